// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/adaptive_penalties.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  AdaptivePenalties::AdaptivePenalties(const Options &options)
    : options(options)
    , lambda(options.rates.size(), 1.)
    , mu(options.rates.size(), 1.)
    , v(options.rates.size(), 0.)
  {
  }



  bool
  AdaptivePenalties::update(const std::vector<double> &violations,
                            const double               objective)
  {
    AssertDimension(violations.size(), lambda.size());
    double loss = objective;
    for (std::size_t k = 0; k < lambda.size(); ++k)
      {
        const double C = violations[k];
        v[k]           = options.memory * v[k] + (1. - options.memory) * C * C;
        loss += lambda[k] * C + 0.5 * mu[k] * C * C;
      }

    const bool stagnates = loss >= options.stagnation * last_loss;
    last_loss            = loss;
    if (!stagnates)
      return false;
    for (std::size_t k = 0; k < lambda.size(); ++k)
      {
        lambda[k] += mu[k] * violations[k];
        mu[k] = std::max(options.rates[k] / std::sqrt(v[k] + 1e-16), mu[k]);
      }
    return true;
  }



  std::vector<double>
  AdaptivePenalties::state() const
  {
    std::vector<double> all(lambda);
    all.insert(all.end(), mu.begin(), mu.end());
    all.insert(all.end(), v.begin(), v.end());
    all.push_back(last_loss);
    return all;
  }



  void
  AdaptivePenalties::set_state(const std::vector<double> &state)
  {
    const std::size_t n = lambda.size();
    AssertDimension(state.size(), 3 * n + 1);
    const auto begin = state.begin();
    lambda.assign(begin, begin + n);
    mu.assign(begin + n, begin + 2 * n);
    v.assign(begin + 2 * n, begin + 3 * n);
    last_loss = state.back();
  }
} // namespace sobolev
