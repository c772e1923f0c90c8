// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/pointwise_multipliers.h>

#include <deal.II/base/exceptions.h>

#include <cmath>

namespace sobolev
{
  PointwiseMultipliers::PointwiseMultipliers(const std::size_t n,
                                             const Options    &options)
    : options(options)
    , lambda(n, 1.)
    , v(n, 0.)
  {
  }



  void
  PointwiseMultipliers::set_state(const std::vector<double> &multipliers,
                                  const std::vector<double> &averages)
  {
    AssertDimension(multipliers.size(), lambda.size());
    AssertDimension(averages.size(), v.size());
    lambda = multipliers;
    v      = averages;
  }



  void
  PointwiseMultipliers::update(const std::vector<double> &violations)
  {
    AssertDimension(violations.size(), lambda.size());
    for (std::size_t i = 0; i < lambda.size(); ++i)
      {
        const double C = violations[i];
        v[i]           = options.memory * v[i] + (1. - options.memory) * C * C;
        lambda[i] += options.rate * C / std::sqrt(v[i] + options.epsilon);
      }
  }
} // namespace sobolev
