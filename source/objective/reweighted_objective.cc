// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/reweighted_objective.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  ReweightedObjective::ReweightedObjective(const LocalObjective &original)
    : original(original)
    , blocks(original.blocks_of_rows())
    , factors_of_blocks(original.block_names().size(), 1.)
    , scales(original.n_rows(), 1.)
    , is_original(true)
  {
    AssertDimension(blocks.size(), scales.size());
  }



  unsigned int
  ReweightedObjective::n_parameters() const
  {
    return original.n_parameters();
  }



  std::size_t
  ReweightedObjective::n_rows() const
  {
    return original.n_rows();
  }



  std::vector<std::string>
  ReweightedObjective::block_names() const
  {
    return original.block_names();
  }



  std::vector<ParameterGroup>
  ReweightedObjective::parameter_groups() const
  {
    return original.parameter_groups();
  }



  std::vector<double>
  ReweightedObjective::points_of_rows() const
  {
    return original.points_of_rows();
  }



  std::vector<double>
  ReweightedObjective::row_weights() const
  {
    auto weights = original.row_weights();
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] *= scales[i] * scales[i];
    return weights;
  }



  std::vector<unsigned int>
  ReweightedObjective::blocks_of_rows() const
  {
    return blocks;
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



  std::vector<double>
  ReweightedObjective::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    auto losses = original.block_losses(theta);
    for (std::size_t m = 0; m < losses.size(); ++m)
      losses[m] *= factors_of_blocks[m];
    return losses;
  }



  void
  ReweightedObjective::compute_rows(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &rows) const
  {
    original.compute_rows(theta, rows);
    for (std::size_t i = 0; i < scales.size(); ++i)
      rows[i] *= scales[i];
  }



  void
  ReweightedObjective::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    original.compute_rows_for_each(thetas, rows);
    for (auto &of_theta : rows)
      for (std::size_t i = 0; i < scales.size(); ++i)
        of_theta[i] *= scales[i];
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
  ReweightedObjective::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    AssertDimension(v.size(), scales.size());
    scaled_rows.resize(v.size());
    for (std::size_t i = 0; i < v.size(); ++i)
      scaled_rows[i] = scales[i] * v[i];
    original.add_transpose_product(
      theta,
      dealii::ArrayView<const double>(scaled_rows.data(), scaled_rows.size()),
      result);
  }



  void
  ReweightedObjective::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    if (is_original)
      {
        original.compute_jacobian(theta, action);
        return;
      }
    original.compute_jacobian(theta, [&](const JacobianPanel &given) {
      const std::size_t   n     = given.rows.size();
      const double *const scale = scales.data() + given.first_row;
      scaled_rows.resize(n);
      for (std::size_t i = 0; i < n; ++i)
        scaled_rows[i] = scale[i] * given.rows[i];
      panel.resize_fast(given.leading * n_parameters());
      for (unsigned int k = 0; k < n_parameters(); ++k)
        {
          const double *const from = given.jacobian + k * given.leading;
          double *const       to   = panel.data() + k * given.leading;
          for (std::size_t i = 0; i < n; ++i)
            to[i] = scale[i] * from[i];
        }
      action({given.first_row,
              dealii::ArrayView<const double>(scaled_rows.data(), n),
              panel.data(),
              given.leading});
    });
  }
} // namespace sobolev
