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



  std::vector<double>
  LocalObjective::add_block_gradients(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradients) const
  {
    const unsigned int n_blocks = block_names().size();
    AssertDimension(gradients.size(), n_blocks * n_parameters());
    const auto          blocks = blocks_of_rows();
    std::vector<double> rows(n_rows()), of_block(n_rows()),
      losses(n_blocks, 0.);
    compute_rows(theta, dealii::make_array_view(rows));
    for (unsigned int b = 0; b < n_blocks; ++b)
      {
        // dL_b/d theta = 2 J^T rho, with the rows of block b
        for (std::size_t i = 0; i < rows.size(); ++i)
          {
            of_block[i] = blocks[i] == b ? 2. * rows[i] : 0.;
            losses[b] += of_block[i] * rows[i] / 2.;
          }
        add_transpose_product(
          theta,
          dealii::ArrayView<const double>(of_block.data(), of_block.size()),
          dealii::ArrayView<double>(gradients.data() + b * n_parameters(),
                                    n_parameters()));
      }
    return losses;
  }
} // namespace sobolev
