// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/augmented_lagrangian.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  AugmentedLagrangian::AugmentedLagrangian(
    const LocalObjective            &original,
    const std::vector<unsigned int> &constraints)
    : TransformedObjective(original)
    , weights(original.row_weights())
    , lambda(original.n_rows(), 1.)
    , curvature(original.n_rows(), 0.)
  {
    for (std::size_t i = 0; i < blocks.size(); ++i)
      if (weights[i] > 0. &&
          std::count(constraints.begin(), constraints.end(), blocks[i]) > 0)
        constrained.push_back(i);
  }



  std::vector<double>
  AugmentedLagrangian::violations(
    const dealii::ArrayView<const double> &theta) const
  {
    std::vector<double> rows(n_rows());
    original.compute_rows(theta, dealii::make_array_view(rows));
    std::vector<double> result;
    for (const std::size_t i : constrained)
      result.push_back(rows[i] * rows[i] / weights[i]);
    return result;
  }



  void
  AugmentedLagrangian::set_multipliers(const std::vector<double> &multipliers,
                                       const double               penalty)
  {
    AssertDimension(multipliers.size(), constrained.size());
    for (std::size_t k = 0; k < constrained.size(); ++k)
      {
        lambda[constrained[k]]    = multipliers[k];
        curvature[constrained[k]] = penalty / (2. * weights[constrained[k]]);
      }
  }



  double
  AugmentedLagrangian::transformed(const std::size_t i, const double row) const
  {
    return std::sqrt(lambda[i] + curvature[i] * row * row) * row;
  }



  double
  AugmentedLagrangian::slope(const std::size_t i, const double row) const
  {
    // Without a multiplier, rho' = |rho| rho is flat where it vanishes.
    const double root = std::sqrt(lambda[i] + curvature[i] * row * row);
    return root > 0. ? (lambda[i] + 2. * curvature[i] * row * row) / root : 0.;
  }



  std::vector<double>
  AugmentedLagrangian::row_weights() const
  {
    return weights;
  }



  std::vector<double>
  AugmentedLagrangian::block_weights() const
  {
    return original.block_weights();
  }



  void
  AugmentedLagrangian::set_block_weights(const std::vector<double> &)
  {
    AssertThrow(false, dealii::ExcNotImplemented());
  }
} // namespace sobolev
