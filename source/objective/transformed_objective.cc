// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/transformed_objective.h>

#include <deal.II/base/exceptions.h>

namespace sobolev
{
  TransformedObjective::TransformedObjective(const LocalObjective &original)
    : original(original)
    , blocks(original.blocks_of_rows())
  {
    AssertDimension(blocks.size(), original.n_rows());
  }



  unsigned int
  TransformedObjective::n_parameters() const
  {
    return original.n_parameters();
  }



  std::size_t
  TransformedObjective::n_rows() const
  {
    return blocks.size();
  }



  std::vector<std::string>
  TransformedObjective::block_names() const
  {
    return original.block_names();
  }



  std::vector<ParameterGroup>
  TransformedObjective::parameter_groups() const
  {
    return original.parameter_groups();
  }



  std::vector<unsigned int>
  TransformedObjective::blocks_of_rows() const
  {
    return blocks;
  }



  std::vector<double>
  TransformedObjective::points_of_rows() const
  {
    return original.points_of_rows();
  }



  std::vector<double>
  TransformedObjective::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    std::vector<double> losses(block_names().size(), 0.);
    buffer.resize(n_rows());
    compute_rows(theta, dealii::make_array_view(buffer));
    for (std::size_t i = 0; i < buffer.size(); ++i)
      losses[blocks[i]] += buffer[i] * buffer[i];
    return losses;
  }



  void
  TransformedObjective::compute_rows(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &rows) const
  {
    original.compute_rows(theta, rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = transformed(i, rows[i]);
  }



  void
  TransformedObjective::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    original.compute_rows_for_each(thetas, rows);
    for (auto &of_theta : rows)
      for (std::size_t i = 0; i < of_theta.size(); ++i)
        of_theta[i] = transformed(i, of_theta[i]);
  }



  double
  TransformedObjective::add_gradient(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradient) const
  {
    // dL/d theta = 2 J^T (rho' drho'/drho) with J of the original
    buffer.resize(n_rows());
    original.compute_rows(theta, dealii::make_array_view(buffer));
    double loss = 0.;
    for (std::size_t i = 0; i < buffer.size(); ++i)
      {
        const double row = transformed(i, buffer[i]);
        loss += row * row;
        buffer[i] = 2. * row * slope(i, buffer[i]);
      }
    original.add_transpose_product(
      theta,
      dealii::ArrayView<const double>(buffer.data(), buffer.size()),
      gradient);
    return loss;
  }



  void
  TransformedObjective::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    AssertDimension(v.size(), n_rows());
    buffer.resize(n_rows());
    if (!is_linear())
      original.compute_rows(theta, dealii::make_array_view(buffer));
    for (std::size_t i = 0; i < buffer.size(); ++i)
      buffer[i] = slope(i, buffer[i]) * v[i];
    original.add_transpose_product(
      theta,
      dealii::ArrayView<const double>(buffer.data(), buffer.size()),
      result);
  }



  void
  TransformedObjective::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    std::vector<double> slopes;
    original.compute_jacobian(theta, [&](const JacobianPanel &given) {
      const std::size_t n = given.rows.size();
      buffer.resize(n);
      slopes.resize(n);
      for (std::size_t i = 0; i < n; ++i)
        {
          buffer[i] = transformed(given.first_row + i, given.rows[i]);
          slopes[i] = slope(given.first_row + i, given.rows[i]);
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
              dealii::ArrayView<const double>(buffer.data(), n),
              panel.data(),
              given.leading});
    });
  }
} // namespace sobolev
