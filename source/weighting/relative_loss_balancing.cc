// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/weighting/relative_loss_balancing.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  RelativeLossBalancing::RelativeLossBalancing(const double        memory,
                                               const double        temperature,
                                               const double        lookback,
                                               const std::uint64_t seed)
    : memory(memory)
    , temperature(temperature)
    , lookback(lookback)
    , seed(seed)
  {
  }



  std::vector<double>
  RelativeLossBalancing::balanced_since(const std::vector<double> &earlier,
                                        const std::vector<double> &losses) const
  {
    const std::size_t   K = losses.size();
    std::vector<double> result(K);
    for (std::size_t k = 0; k < K; ++k)
      result[k] = earlier[k] > 0. ? losses[k] / (temperature * earlier[k]) : 0.;
    const double largest = *std::max_element(result.begin(), result.end());
    for (double &entry : result)
      entry = std::exp(entry - largest);
    const double sum = std::accumulate(result.begin(), result.end(), 0.);
    for (double &entry : result)
      entry *= K / sum;
    return result;
  }



  std::vector<double>
  RelativeLossBalancing::update(const std::vector<double> &weights,
                                const BlockStatistics     &statistics)
  {
    const auto &losses = statistics.losses;
    if (first_losses.empty())
      {
        first_losses = last_losses = losses;
        return weights;
      }

    const bool stays =
      CounterBasedRandom::uniform(seed, 0, n_calls++) < lookback;
    const auto since_first = balanced_since(first_losses, losses);
    const auto since_last  = balanced_since(last_losses, losses);
    last_losses            = losses;

    std::vector<double> next(weights.size());
    for (std::size_t k = 0; k < next.size(); ++k)
      next[k] = memory * (stays ? weights[k] : since_first[k]) +
                (1. - memory) * since_last[k];
    return next;
  }
} // namespace sobolev
