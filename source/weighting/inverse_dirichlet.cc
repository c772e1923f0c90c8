// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/inverse_dirichlet.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    // Of a sample: the divisor is n - 1.
    double
    standard_deviation(const std::vector<double> &values)
    {
      const double n    = values.size();
      const double mean = std::accumulate(values.begin(), values.end(), 0.) / n;
      double       square = 0.;
      for (const double value : values)
        square += (value - mean) * (value - mean);
      return n > 1. ? std::sqrt(square / (n - 1.)) : 0.;
    }
  } // namespace



  InverseDirichlet::InverseDirichlet(const double memory, const int reference)
    : memory(memory)
    , reference(reference)
  {
  }



  std::vector<double>
  InverseDirichlet::update(const std::vector<double> &weights,
                           const BlockStatistics     &statistics)
  {
    std::vector<double> deviations;
    for (const auto &gradient : statistics.gradients)
      deviations.push_back(standard_deviation(gradient));
    const double scale =
      reference < 0 ? *std::max_element(deviations.begin(), deviations.end())
                    : deviations[reference];

    std::vector<double> next = weights;
    for (std::size_t k = 0; k < next.size(); ++k)
      if (deviations[k] > 0. && scale > 0.)
        next[k] = memory * next[k] + (1. - memory) * scale / deviations[k];
    return next;
  }
} // namespace sobolev
