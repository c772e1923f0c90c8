// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/grad_norm.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  GradNorm::GradNorm(const double asymmetry, const double rate)
    : asymmetry(asymmetry)
    , rate(rate)
  {
  }



  std::vector<double>
  GradNorm::update(const std::vector<double> &weights,
                   const BlockStatistics     &statistics)
  {
    constexpr double  smallest_weight = 1e-4;
    const std::size_t K               = weights.size();
    if (first_losses.empty())
      first_losses = statistics.losses;

    // 1. Norms of the gradients, parts of the losses, means.
    std::vector<double> norms, parts;
    double              mean_norm = 0., mean_part = 0.;
    for (std::size_t k = 0; k < K; ++k)
      {
        const auto &g = statistics.gradients[k];
        norms.push_back(
          std::sqrt(std::inner_product(g.begin(), g.end(), g.begin(), 0.)));
        parts.push_back(
          first_losses[k] > 0. ? statistics.losses[k] / first_losses[k] : 0.);
        mean_norm += weights[k] * norms[k] / K;
        mean_part += parts[k] / K;
      }
    if (!(mean_norm > 0.) || !(mean_part > 0.))
      return weights;

    // 2. A step of each weight.
    std::vector<double> next = weights;
    for (std::size_t k = 0; k < K; ++k)
      {
        const double target =
          mean_norm * std::pow(parts[k] / mean_part, asymmetry);
        const double excess = weights[k] * norms[k] - target;
        const double sign   = excess > 0. ? 1. : excess < 0. ? -1. : 0.;
        next[k] -= rate * sign * norms[k] / mean_norm;
        next[k] = std::max(next[k], smallest_weight);
      }

    // 3. Their sum stays.
    const double scale = K / std::accumulate(next.begin(), next.end(), 0.);
    for (double &weight : next)
      weight = std::max(scale * weight, smallest_weight);
    return next;
  }
} // namespace sobolev
