// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/learning_rate.h>

namespace sobolev
{
  double
  LearningRateDecay::at(const unsigned int t) const
  {
    double rate = 1.;
    for (const unsigned int iteration : iterations)
      if (t > iteration)
        rate *= factor;
    return rate;
  }
} // namespace sobolev
