// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/weighting/causal_weights.h>

#include <cmath>

namespace sobolev
{
  CausalWeights::CausalWeights(const unsigned int         n_slices,
                               const std::vector<double> &steepness,
                               const double               threshold)
    : slices(n_slices)
    , steepness(steepness)
    , threshold(threshold)
  {
    AssertInput(n_slices > 0 && !steepness.empty(),
                "causal weights need at least one slice and one steepness; "
                "there are "
                  << n_slices << " and " << steepness.size() << ".");
  }



  void
  CausalWeights::update(std::vector<double>   &weights,
                        const PointStatistics &statistics)
  {
    std::vector<double> of_slices;
    double              sum = 0.;
    for (const double mean : statistics.slice_means)
      {
        of_slices.push_back(std::exp(-steepness[present] * sum));
        sum += mean;
      }
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] = of_slices[statistics.slices[i]];
    if (of_slices.back() > threshold && present + 1 < steepness.size())
      ++present;
  }
} // namespace sobolev
