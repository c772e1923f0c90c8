// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/soft_adapt.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  SoftAdapt::SoftAdapt(const double sharpness,
                       const bool   normalised,
                       const bool   loss_weighted)
    : sharpness(sharpness)
    , normalised(normalised)
    , loss_weighted(loss_weighted)
  {
  }



  std::vector<double>
  SoftAdapt::update(const std::vector<double> &weights,
                    const BlockStatistics     &statistics)
  {
    const auto         &losses = statistics.losses;
    const std::size_t   K      = weights.size();
    const bool          first  = last_losses.empty();
    std::vector<double> changes(K, 0.);
    for (std::size_t k = 0; k < K && !first; ++k)
      changes[k] = losses[k] - last_losses[k];
    last_losses = losses;
    if (first)
      return weights;

    // The largest exponent is zero: no overflow.
    double size = 0.;
    for (const double change : changes)
      size += std::abs(change);
    for (double &change : changes)
      change *= normalised && size > 0. ? sharpness / size : sharpness;
    const double largest = *std::max_element(changes.begin(), changes.end());
    std::vector<double> next(K);
    for (std::size_t k = 0; k < K; ++k)
      next[k] =
        std::exp(changes[k] - largest) * (loss_weighted ? losses[k] : 1.);
    const double sum = std::accumulate(next.begin(), next.end(), 0.);
    if (!(sum > 0.))
      return weights;
    for (double &weight : next)
      weight /= sum;
    return next;
  }
} // namespace sobolev
