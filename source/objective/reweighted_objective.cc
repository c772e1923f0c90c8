// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/reweighted_objective.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  ReweightedObjective::ReweightedObjective(const LocalObjective &original)
    : TransformedObjective(original)
    , factors_of_blocks(original.block_names().size(), 1.)
    , scales(original.n_rows(), 1.)
    , is_original(true)
  {
  }



  double
  ReweightedObjective::transformed(const std::size_t i, const double row) const
  {
    return scales[i] * row;
  }



  double
  ReweightedObjective::slope(const std::size_t i, const double) const
  {
    return scales[i];
  }



  std::vector<double>
  ReweightedObjective::row_weights() const
  {
    auto weights = original.row_weights();
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] *= scales[i] * scales[i];
    return weights;
  }



  std::vector<double>
  ReweightedObjective::block_weights() const
  {
    auto weights = original.block_weights();
    for (std::size_t m = 0; m < weights.size(); ++m)
      weights[m] *= factors_of_blocks[m];
    return weights;
  }



  void
  ReweightedObjective::set_block_weights(const std::vector<double> &weights)
  {
    const auto          originals = original.block_weights();
    std::vector<double> quotients;
    AssertDimension(weights.size(), originals.size());
    for (std::size_t m = 0; m < weights.size(); ++m)
      {
        Assert(originals[m] > 0., dealii::ExcDivideByZero());
        quotients.push_back(weights[m] / originals[m]);
      }
    set_factors(quotients);
  }



  void
  ReweightedObjective::set_factors(const std::vector<double> &factors)
  {
    AssertDimension(factors.size(), factors_of_blocks.size());
    for (const double factor : factors)
      {
        (void)factor;
        Assert(factor >= 0. && std::isfinite(factor),
               dealii::ExcMessage("The factor of a block must be a finite "
                                  "number that is not negative."));
      }
    factors_of_blocks = factors;
    for (std::size_t i = 0; i < scales.size(); ++i)
      scales[i] = std::sqrt(factors[blocks[i]]);
    is_original =
      std::all_of(factors.begin(), factors.end(), [](const double factor) {
        return factor == 1.;
      });
  }



  double
  ReweightedObjective::add_gradient(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradient) const
  {
    return original.add_weighted_gradient(theta, factors_of_blocks, gradient);
  }



  double
  ReweightedObjective::add_weighted_gradient(
    const dealii::ArrayView<const double> &theta,
    const std::vector<double>             &factors,
    const dealii::ArrayView<double>       &gradient) const
  {
    AssertDimension(factors.size(), factors_of_blocks.size());
    std::vector<double> products(factors);
    for (std::size_t m = 0; m < products.size(); ++m)
      products[m] *= factors_of_blocks[m];
    return original.add_weighted_gradient(theta, products, gradient);
  }



  void
  ReweightedObjective::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    if (is_original)
      original.compute_jacobian(theta, action);
    else
      TransformedObjective::compute_jacobian(theta, action);
  }
} // namespace sobolev
