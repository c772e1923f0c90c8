// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/self_adaptive_weights.h>

#include <cmath>

namespace sobolev
{
  SelfAdaptiveWeights::SelfAdaptiveWeights(const double rate)
    : rate(rate)
  {
  }



  void
  SelfAdaptiveWeights::update(std::vector<double>   &weights,
                              const PointStatistics &statistics)
  {
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] *= std::pow(1. + 2. * rate * statistics.squares[i], 2);
  }
} // namespace sobolev
