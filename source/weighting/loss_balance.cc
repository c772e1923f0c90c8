// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/loss_balance.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  LossBalance::LossBalance(const double exponent)
    : exponent(exponent)
  {
  }



  std::vector<double>
  LossBalance::update(const std::vector<double> &weights,
                      const BlockStatistics     &statistics)
  {
    constexpr double round_off = 1e-24, smallest_weight = 1e-4;

    // 1. The mean of what counts.
    const std::size_t   K = weights.size();
    std::vector<double> weighted(K);
    for (std::size_t k = 0; k < K; ++k)
      weighted[k] = weights[k] * statistics.losses[k];
    const double sum    = std::accumulate(weighted.begin(), weighted.end(), 0.);
    const auto   counts = [&](const double loss) {
      return loss > round_off * sum;
    };
    const auto n_counting =
      std::count_if(weighted.begin(), weighted.end(), counts);
    if (n_counting < 2)
      return weights;
    const double mean = sum / n_counting;

    // 2. The rule.
    std::vector<double> next = weights;
    for (std::size_t k = 0; k < K; ++k)
      if (counts(weighted[k]))
        next[k] *= std::pow(mean / weighted[k], exponent);
    const double scale = K / std::accumulate(next.begin(), next.end(), 0.);
    for (double &weight : next)
      weight = std::max(scale * weight, smallest_weight);
    return next;
  }
} // namespace sobolev
