// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/least_squares_problem.h>

#include <algorithm>

namespace sobolev
{
  namespace
  {
    dealii::ArrayView<const double>
    view(const std::vector<double> &v)
    {
      return {v.data(), v.size()};
    }
  } // namespace



  LeastSquaresProblem::LeastSquaresProblem(const LocalObjective *training,
                                           const LocalObjective *hold_out,
                                           const MPI_Comm        communicator,
                                           LossAdaptation       *adaptation)
    : TrainingProblem(training, hold_out, communicator, adaptation)
    , training(*training)
  {
  }



  std::vector<double>
  LeastSquaresProblem::block_gradients(const std::vector<double> &theta,
                                       std::vector<double> &gradients) const
  {
    // The losses travel with the gradients: one message.
    const std::size_t   n_blocks = training.block_names().size();
    const std::size_t   n        = n_blocks * n_parameters();
    std::vector<double> buffer(n + n_blocks, 0.);
    const auto          losses = training.add_block_gradients(
      view(theta), dealii::ArrayView<double>(buffer.data(), n));
    std::copy(losses.begin(), losses.end(), buffer.begin() + n);
    sum(dealii::make_array_view(buffer));

    gradients.assign(buffer.begin(), buffer.begin() + n);
    return {buffer.begin() + n, buffer.end()};
  }



  std::vector<double>
  LeastSquaresProblem::block_traces(const std::vector<double> &theta) const
  {
    const auto          blocks = training.blocks_of_rows();
    std::vector<double> traces(training.block_names().size(), 0.);
    training.compute_jacobian(
      view(theta), [&](const LocalObjective::JacobianPanel &panel) {
        for (unsigned int k = 0; k < n_parameters(); ++k)
          {
            const double *const column = panel.jacobian + k * panel.leading;
            for (std::size_t i = 0; i < panel.rows.size(); ++i)
              traces[blocks[panel.first_row + i]] += column[i] * column[i];
          }
      });
    sum(dealii::make_array_view(traces));
    return traces;
  }



  void
  LeastSquaresProblem::transpose_product(const std::vector<double> &theta,
                                         const std::vector<double> &v,
                                         std::vector<double> &result) const
  {
    result.assign(n_parameters(), 0.);
    training.add_transpose_product(
      view(theta), view(v), dealii::make_array_view(result));
    sum(dealii::make_array_view(result));
  }



  void
  LeastSquaresProblem::compute_local_rows(const std::vector<double> &theta,
                                          std::vector<double>       &rows) const
  {
    rows.resize(training.n_rows());
    training.compute_rows(view(theta), dealii::make_array_view(rows));
  }



  void
  LeastSquaresProblem::compute_local_rows(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    rows.resize(thetas.size());
    for (auto &of_theta : rows)
      of_theta.resize(training.n_rows());
    training.compute_rows_for_each(thetas, rows);
  }



  std::vector<double>
  LeastSquaresProblem::decreases(
    const std::vector<double>              &rows,
    const std::vector<std::vector<double>> &thetas) const
  {
    compute_local_rows(thetas, trial_rows);
    std::vector<double> result(thetas.size(), 0.);
    for (std::size_t k = 0; k < thetas.size(); ++k)
      for (std::size_t i = 0; i < rows.size(); ++i)
        result[k] +=
          (rows[i] - trial_rows[k][i]) * (rows[i] + trial_rows[k][i]);
    sum(dealii::make_array_view(result));
    return result;
  }
} // namespace sobolev
