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
    : original(original)
    , blocks(original.blocks_of_rows())
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
    original_rows.resize(n_rows());
    original.compute_rows(theta, dealii::make_array_view(original_rows));
    std::vector<double> result;
    for (const std::size_t i : constrained)
      result.push_back(original_rows[i] * original_rows[i] / weights[i]);
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
  AugmentedLagrangian::scale(const std::size_t i, const double row) const
  {
    return std::sqrt(lambda[i] + curvature[i] * row * row);
  }



  double
  AugmentedLagrangian::slope(const std::size_t i, const double row) const
  {
    // Without a multiplier, rho' = |rho| rho is flat where it vanishes.
    const double root = scale(i, row);
    return root > 0. ? (lambda[i] + 2. * curvature[i] * row * row) / root : 0.;
  }



  unsigned int
  AugmentedLagrangian::n_parameters() const
  {
    return original.n_parameters();
  }



  std::size_t
  AugmentedLagrangian::n_rows() const
  {
    return original.n_rows();
  }



  std::vector<std::string>
  AugmentedLagrangian::block_names() const
  {
    return original.block_names();
  }



  std::vector<ParameterGroup>
  AugmentedLagrangian::parameter_groups() const
  {
    return original.parameter_groups();
  }



  std::vector<unsigned int>
  AugmentedLagrangian::blocks_of_rows() const
  {
    return blocks;
  }



  std::vector<double>
  AugmentedLagrangian::points_of_rows() const
  {
    return original.points_of_rows();
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



  std::vector<double>
  AugmentedLagrangian::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    std::vector<double> losses(block_names().size(), 0.);
    scaled_rows.resize(n_rows());
    compute_rows(theta, dealii::make_array_view(scaled_rows));
    for (std::size_t i = 0; i < scaled_rows.size(); ++i)
      losses[blocks[i]] += scaled_rows[i] * scaled_rows[i];
    return losses;
  }



  void
  AugmentedLagrangian::compute_rows(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &rows) const
  {
    original.compute_rows(theta, rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] *= scale(i, rows[i]);
  }



  void
  AugmentedLagrangian::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    original.compute_rows_for_each(thetas, rows);
    for (auto &of_theta : rows)
      for (std::size_t i = 0; i < of_theta.size(); ++i)
        of_theta[i] *= scale(i, of_theta[i]);
  }



  double
  AugmentedLagrangian::add_gradient(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradient) const
  {
    // dL/d theta = 2 J^T (rho' drho'/drho)
    original_rows.resize(n_rows());
    original.compute_rows(theta, dealii::make_array_view(original_rows));
    double loss = 0.;
    for (std::size_t i = 0; i < original_rows.size(); ++i)
      {
        const double row    = original_rows[i];
        const double scaled = scale(i, row) * row;
        loss += scaled * scaled;
        original_rows[i] = 2. * scaled * slope(i, row);
      }
    original.add_transpose_product(
      theta,
      dealii::ArrayView<const double>(original_rows.data(),
                                      original_rows.size()),
      gradient);
    return loss;
  }



  void
  AugmentedLagrangian::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    original_rows.resize(n_rows());
    original.compute_rows(theta, dealii::make_array_view(original_rows));
    for (std::size_t i = 0; i < original_rows.size(); ++i)
      original_rows[i] = slope(i, original_rows[i]) * v[i];
    original.add_transpose_product(
      theta,
      dealii::ArrayView<const double>(original_rows.data(),
                                      original_rows.size()),
      result);
  }



  void
  AugmentedLagrangian::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    std::vector<double> slopes;
    original.compute_jacobian(theta, [&](const JacobianPanel &given) {
      const std::size_t n = given.rows.size();
      scaled_rows.resize(n);
      slopes.resize(n);
      for (std::size_t i = 0; i < n; ++i)
        {
          const double row = given.rows[i];
          scaled_rows[i]   = scale(given.first_row + i, row) * row;
          slopes[i]        = slope(given.first_row + i, row);
        }
      panel.resize_fast(given.leading * n_parameters());
      for (unsigned int k = 0; k < n_parameters(); ++k)
        {
          const double *const from = given.jacobian + k * given.leading;
          double *const       to   = panel.data() + k * given.leading;
          for (std::size_t i = 0; i < n; ++i)
            to[i] = slopes[i] * from[i];
        }
      action({given.first_row,
              dealii::ArrayView<const double>(scaled_rows.data(), n),
              panel.data(),
              given.leading});
    });
  }
} // namespace sobolev
