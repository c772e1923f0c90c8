// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/local_objective.h>

namespace sobolev
{
  void
  LocalObjective::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    AssertDimension(rows.size(), thetas.size());
    for (std::size_t k = 0; k < thetas.size(); ++k)
      compute_rows(dealii::make_array_view(thetas[k]),
                   dealii::make_array_view(rows[k]));
  }



  std::vector<double>
  LocalObjective::row_weights() const
  {
    return std::vector<double>(n_rows(), 1.);
  }



  std::vector<double>
  LocalObjective::points_of_rows() const
  {
    return {};
  }



  double
  LocalObjective::add_weighted_gradient(
    const dealii::ArrayView<const double> &theta,
    const std::vector<double>             &factors,
    const dealii::ArrayView<double>       &gradient) const
  {
    // dL/d theta = 2 J^T (f rho)
    const auto          blocks = blocks_of_rows();
    std::vector<double> rows(n_rows());
    compute_rows(theta, dealii::make_array_view(rows));
    double loss = 0.;
    for (std::size_t i = 0; i < rows.size(); ++i)
      {
        const double factor = factors[blocks[i]];
        loss += factor * rows[i] * rows[i];
        rows[i] *= 2. * factor;
      }
    add_transpose_product(
      theta,
      dealii::ArrayView<const double>(rows.data(), rows.size()),
      gradient);
    return loss;
  }



  std::vector<double>
  LocalObjective::add_block_gradients(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradients) const
  {
    const unsigned int n_blocks = block_names().size();
    AssertDimension(gradients.size(), n_blocks * n_parameters());
    std::vector<double> losses;
    for (unsigned int b = 0; b < n_blocks; ++b)
      {
        std::vector<double> only_this(n_blocks, 0.);
        only_this[b] = 1.;
        losses.push_back(add_weighted_gradient(
          theta,
          only_this,
          dealii::ArrayView<double>(gradients.data() + b * n_parameters(),
                                    n_parameters())));
      }
    return losses;
  }
} // namespace sobolev
