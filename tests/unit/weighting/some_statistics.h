// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_weighting_some_statistics_h
#define sobolev_tests_weighting_some_statistics_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/weighting/weighting_rule.h>

#include <vector>

#include "derivative_checks.h"

namespace sobolev
{
  using derivative_checks::Vector;

  /** Random gradients of the given sizes, and losses, for three blocks. */
  inline BlockStatistics
  some_statistics(const Vector      &scales = {1., 20., 0.3},
                  const unsigned int n      = 50)
  {
    BlockStatistics statistics;
    for (unsigned int k = 0; k < scales.size(); ++k)
      {
        Vector gradient;
        for (unsigned int i = 0; i < n; ++i)
          gradient.push_back(scales[k] * CounterBasedRandom::normal(4, k, i));
        statistics.gradients.push_back(gradient);
        statistics.losses.push_back(scales[k] * scales[k]);
        statistics.traces.push_back(scales[k] * (1. + k));
      }
    return statistics;
  }



  inline Vector
  times(const double factor, Vector v)
  {
    for (double &entry : v)
      entry *= factor;
    return v;
  }
} // namespace sobolev

#endif
