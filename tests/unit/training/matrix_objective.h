// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_training_matrix_objective_h
#define sobolev_tests_training_matrix_objective_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/objective/local_objective.h>

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "derivative_checks.h"

namespace sobolev
{
  using derivative_checks::Vector;



  /** A dense matrix, column by column. */
  struct DenseMatrix
  {
    DenseMatrix(const unsigned int n_rows, const unsigned int n_columns)
      : n_rows(n_rows)
      , n_columns(n_columns)
      , entries(std::size_t(n_rows) * n_columns)
    {
    }

    double &
    operator()(const unsigned int i, const unsigned int k)
    {
      return entries[std::size_t(k) * n_rows + i];
    }

    double
    operator()(const unsigned int i, const unsigned int k) const
    {
      return entries[std::size_t(k) * n_rows + i];
    }

    unsigned int n_rows, n_columns;
    Vector       entries;
  };



  /** Random numbers between -1 and 1. */
  inline DenseMatrix
  random_matrix(const unsigned int n_rows,
                const unsigned int n_columns,
                const unsigned int seed)
  {
    DenseMatrix matrix(n_rows, n_columns);
    for (unsigned int k = 0; k < n_columns; ++k)
      for (unsigned int i = 0; i < n_rows; ++i)
        matrix(i, k) = 2. * CounterBasedRandom::uniform(seed, k, i) - 1.;
    return matrix;
  }



  /**
   * Singular values from 1 down to 1 / @p condition in equal ratios, with
   * singular vectors that have nothing to do with the unit vectors: products
   * with three random reflections from both sides.
   */
  inline DenseMatrix
  graded_matrix(const unsigned int n_rows,
                const unsigned int n_columns,
                const double       condition)
  {
    DenseMatrix        matrix(n_rows, n_columns);
    const unsigned int rank = std::min(n_rows, n_columns);
    for (unsigned int k = 0; k < rank; ++k)
      matrix(k, k) = std::pow(condition, -double(k) / (rank - 1));
    for (unsigned int r = 0; r < 3; ++r)
      {
        const auto left  = random_matrix(n_rows, 1, 20 + r),
                   right = random_matrix(n_columns, 1, 30 + r);
        const double left_square =
          derivative_checks::dot(left.entries, left.entries);
        const double right_square =
          derivative_checks::dot(right.entries, right.entries);
        for (unsigned int k = 0; k < n_columns; ++k)
          {
            double product = 0.;
            for (unsigned int i = 0; i < n_rows; ++i)
              product += left(i, 0) * matrix(i, k);
            for (unsigned int i = 0; i < n_rows; ++i)
              matrix(i, k) -= 2. / left_square * product * left(i, 0);
          }
        for (unsigned int i = 0; i < n_rows; ++i)
          {
            double product = 0.;
            for (unsigned int k = 0; k < n_columns; ++k)
              product += right(k, 0) * matrix(i, k);
            for (unsigned int k = 0; k < n_columns; ++k)
              matrix(i, k) -= 2. / right_square * product * right(k, 0);
          }
      }
    return matrix;
  }



  /**
   * Rows $\rho = b + J \theta$ with a given $J$, of which this process owns
   * some. At $\theta = 0$, they are $b$ and $J$ to the last bit.
   */
  class MatrixObjective : public LocalObjective
  {
  public:
    /** How rows are distributed over the ranks of MPI_COMM_WORLD. */
    enum class Owner
    {
      /** Row i belongs to rank i modulo the number of ranks. */
      in_turn,
      /** Nothing for the others. */
      last_rank,
      /** Nothing for the others. */
      first_rank
    };

    MatrixObjective(const DenseMatrix &matrix,
                    const Vector      &b,
                    const Owner        owner,
                    const unsigned int panel_rows = 7)
      : matrix(matrix)
      , b(b)
      , panel_rows(panel_rows)
    {
      const unsigned int rank =
        dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
      const unsigned int n_ranks =
        dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
      for (unsigned int i = 0; i < matrix.n_rows; ++i)
        {
          const unsigned int rank_of_row =
            owner == Owner::in_turn
              ? i % n_ranks
              : (owner == Owner::last_rank ? n_ranks - 1 : 0);
          if (rank_of_row == rank)
            owned.push_back(i);
        }
    }

    unsigned int
    n_parameters() const override
    {
      return matrix.n_columns;
    }

    std::size_t
    n_rows() const override
    {
      return owned.size();
    }

    std::vector<std::string>
    block_names() const override
    {
      return {"all"};
    }

    std::vector<unsigned int>
    blocks_of_rows() const override
    {
      return std::vector<unsigned int>(n_rows(), 0);
    }

    std::vector<double>
    block_weights() const override
    {
      return {1.};
    }

    void
    set_block_weights(const std::vector<double> &) override
    {
      AssertThrow(false, dealii::ExcNotImplemented());
    }

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override
    {
      Vector rows(n_rows());
      compute_rows(theta, dealii::make_array_view(rows));
      return {derivative_checks::dot(rows, rows)};
    }

    void
    compute_rows(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &rows) const override
    {
      for (std::size_t i = 0; i < n_rows(); ++i)
        {
          rows[i] = b[owned[i]];
          for (unsigned int k = 0; k < n_parameters(); ++k)
            rows[i] += matrix(owned[i], k) * theta[k];
        }
    }

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &gradient) const override
    {
      Vector rows(n_rows());
      compute_rows(theta, dealii::make_array_view(rows));
      const double loss = derivative_checks::dot(rows, rows);
      for (double &row : rows)
        row *= 2.;
      add_transpose_product(
        theta,
        dealii::ArrayView<const double>(rows.data(), rows.size()),
        gradient);
      return loss;
    }

    void
    add_transpose_product(
      const dealii::ArrayView<const double> &,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override
    {
      for (std::size_t i = 0; i < n_rows(); ++i)
        for (unsigned int k = 0; k < n_parameters(); ++k)
          result[k] += v[i] * matrix(owned[i], k);
    }

    void
    compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override
    {
      const std::size_t leading = panel_rows + 2;
      Vector            rows(n_rows());
      compute_rows(theta, dealii::make_array_view(rows));
      Vector jacobian(leading * n_parameters(), 1e300);
      for (std::size_t begin = 0; begin < n_rows(); begin += panel_rows)
        {
          const std::size_t size =
            std::min<std::size_t>(panel_rows, n_rows() - begin);
          for (std::size_t i = 0; i < size; ++i)
            for (unsigned int k = 0; k < n_parameters(); ++k)
              jacobian[k * leading + i] = matrix(owned[begin + i], k);
          action({begin,
                  dealii::ArrayView<const double>(rows.data() + begin, size),
                  jacobian.data(),
                  leading});
        }
    }

    /** Those entries of a vector with all rows that this process owns. */
    Vector
    local_part(const Vector &all) const
    {
      Vector local;
      for (const unsigned int i : owned)
        local.push_back(all[i]);
      return local;
    }

  private:
    const DenseMatrix         matrix;
    const Vector              b;
    const unsigned int        panel_rows;
    std::vector<unsigned int> owned;
  };



  /**
   * The minimiser of $\|b + J p\|^2 + \lambda \|p\|^2$ by Householder
   * reflections in extended precision.
   */
  inline Vector
  reference_step(const DenseMatrix &matrix,
                 const Vector      &b,
                 const long double  damping)
  {
    using Extended       = long double;
    const unsigned int n = matrix.n_columns, n_above = matrix.n_rows;
    const unsigned int n_all_rows = n_above + n;

    // [J -b; sqrt(lambda) I 0]
    std::vector<std::vector<Extended>> columns(
      n + 1, std::vector<Extended>(n_all_rows, 0));
    for (unsigned int i = 0; i < n_above; ++i)
      {
        for (unsigned int k = 0; k < n; ++k)
          columns[k][i] = matrix(i, k);
        columns[n][i] = -b[i];
      }
    for (unsigned int k = 0; k < n; ++k)
      columns[k][n_above + k] = std::sqrt(damping);

    for (unsigned int j = 0; j < n; ++j)
      {
        auto    &column = columns[j];
        Extended square = 0;
        for (unsigned int i = j; i < n_all_rows; ++i)
          square += column[i] * column[i];
        const Extended beta = -std::copysign(std::sqrt(square), column[j]);
        std::vector<Extended> v(column.begin() + j, column.end());
        v[0] -= beta;
        const Extended factor =
          -2 / std::inner_product(v.begin(), v.end(), v.begin(), Extended(0));
        for (unsigned int k = j; k < n + 1; ++k)
          {
            const Extended product = std::inner_product(
              v.begin(), v.end(), columns[k].begin() + j, Extended(0));
            for (unsigned int i = j; i < n_all_rows; ++i)
              columns[k][i] += factor * product * v[i - j];
          }
      }

    Vector step(n);
    auto  &right_hand_side = columns[n];
    for (unsigned int j = n; j-- > 0;)
      {
        right_hand_side[j] /= columns[j][j];
        step[j] = right_hand_side[j];
        for (unsigned int i = 0; i < j; ++i)
          right_hand_side[i] -= columns[j][i] * right_hand_side[j];
      }
    return step;
  }
} // namespace sobolev

#endif
