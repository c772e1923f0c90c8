// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_learning_rate_h
#define sobolev_training_learning_rate_h

#include <vector>

namespace sobolev
{
  /** A learning rate that falls in steps. */
  struct LearningRateDecay
  {
    /** The factor $\ge 0$ by which it falls ... */
    double factor = 0.1;

    /** ... after each of these numbers of iterations. */
    std::vector<unsigned int> iterations;

    /** The learning rate of iteration @p t, relative to the first one. */
    double at(const unsigned int t) const;
  };
} // namespace sobolev

#endif
