// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/augmented_multipliers.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  AugmentedMultipliers::AugmentedMultipliers(const std::size_t n,
                                             const Options    &options)
    : options(options)
    , lambda(n, 0.)
    , mu(options.penalty)
  {
  }



  void
  AugmentedMultipliers::set_state(const std::vector<double> &multipliers,
                                  const double               penalty)
  {
    AssertDimension(multipliers.size(), lambda.size());
    lambda    = multipliers;
    mu        = penalty;
    last_norm = 0.;
  }



  bool
  AugmentedMultipliers::update(const std::vector<double> &violations,
                               const double               norm)
  {
    AssertDimension(violations.size(), lambda.size());
    constexpr double sufficient_decrease = 0.25, feasible = 1e-8;

    const bool changes =
      norm >= sufficient_decrease * last_norm && norm > feasible;
    last_norm = norm;
    if (!changes)
      return false;
    mu = std::min(2. * mu, options.largest_penalty);
    for (std::size_t i = 0; i < lambda.size(); ++i)
      lambda[i] += mu * violations[i];
    return true;
  }
} // namespace sobolev
