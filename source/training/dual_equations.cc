// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/dual_equations.h>

#include <algorithm>
#include <cmath>

#include "blas.h"

namespace sobolev
{
  using namespace internal;

  namespace
  {
    std::vector<unsigned int>
    gather_n_rows(const LeastSquaresProblem &problem)
    {
      return dealii::Utilities::MPI::all_gather(
        problem.get_communicator(),
        static_cast<unsigned int>(problem.local().n_rows()));
    }



    // The sums of those before, and of all.
    std::vector<unsigned int>
    partial_sums(const std::vector<unsigned int> &values)
    {
      std::vector<unsigned int> sums{0};
      for (const unsigned int value : values)
        sums.push_back(sums.back() + value);
      return sums;
    }



    // Each pair of processes is dealt with by one of the two, and each process
    // deals with about as many pairs.
    bool
    computes_product(const unsigned int rank,
                     const unsigned int other,
                     const unsigned int n_ranks)
    {
      const unsigned int forward  = (other + n_ranks - rank) % n_ranks,
                         backward = (n_ranks - forward) % n_ranks;
      return forward < backward || (forward == backward && rank <= other);
    }
  } // namespace



  DualEquations::DualEquations(const LeastSquaresProblem &problem)
    : DampedLeastSquares(problem)
    , n_rows_of(gather_n_rows(problem))
    , first_row_of(partial_sums(n_rows_of))
    , n_rows(problem.local().n_rows())
    , n_all_rows(first_row_of.back())
    , jacobian(std::size_t(n_rows) * n)
  {
    if (problem.is_root())
      {
        matrix.resize(std::size_t(n_all_rows) * n_all_rows);
        factor.resize(std::size_t(n_all_rows) * n_all_rows);
      }
  }



  double
  DualEquations::assemble(const std::vector<double> &theta)
  {
    // 1. The rows, and the squares of the columns.
    const double loss =
      assemble_rows(theta, [&](const LocalObjective::JacobianPanel &panel) {
        for (unsigned int k = 0; k < n; ++k)
          std::copy_n(panel.jacobian + k * panel.leading,
                      panel.rows.size(),
                      jacobian.data() + std::size_t(k) * n_rows +
                        panel.first_row);
      });
    std::vector<double> diagonal(n, 0.);
    for (unsigned int k = 0; k < n; ++k)
      for (unsigned int i = 0; i < n_rows; ++i)
        {
          const double entry = jacobian[std::size_t(k) * n_rows + i];
          diagonal[k] += entry * entry;
        }
    problem.sum_on_root(dealii::make_array_view(diagonal));
    set_largest_diagonal(diagonal);

    // 2. Products with the rows of every process in turn; the result goes to
    // its place in the lower or upper triangle.
    const MPI_Comm     communicator = problem.get_communicator();
    const unsigned int n_ranks      = n_rows_of.size(),
                       rank =
                         dealii::Utilities::MPI::this_mpi_process(communicator);
    std::vector<double> others, products, received;
    for (unsigned int other = 0; other < n_ranks; ++other)
      {
        const unsigned int n_others = n_rows_of[other];
        if (n_others == 0)
          continue;
        others.resize(std::size_t(n_others) * n);
        if (rank == other)
          std::copy(jacobian.begin(), jacobian.end(), others.begin());
        problem.broadcast(dealii::make_array_view(others), other);

        if (n_rows > 0 && computes_product(rank, other, n_ranks))
          {
            products.resize(std::size_t(n_rows) * n_others);
            multiply('N',
                     'T',
                     n_rows,
                     n_others,
                     n,
                     1.,
                     jacobian.data(),
                     n_rows,
                     others.data(),
                     n_others,
                     0.,
                     products.data(),
                     n_rows);
            if (!problem.is_root())
              problem.send(dealii::make_array_view(products), 0);
          }
        if (problem.is_root())
          for (unsigned int from = 0; from < n_ranks; ++from)
            {
              const unsigned int size = n_rows_of[from];
              if (size == 0 || !computes_product(from, other, n_ranks))
                continue;
              if (from != 0)
                {
                  products.resize(std::size_t(size) * n_others);
                  problem.receive(dealii::make_array_view(products), from);
                }
              for (unsigned int j = 0; j < n_others; ++j)
                for (unsigned int i = 0; i < size; ++i)
                  {
                    const std::size_t row    = first_row_of[from] + i,
                                      column = first_row_of[other] + j;
                    matrix[std::min(row, column) * n_all_rows +
                           std::max(row, column)] =
                      products[std::size_t(j) * size + i];
                  }
            }
      }
    return loss;
  }



  bool
  DualEquations::factorize_on_root()
  {
    if (n_all_rows == 0)
      return true;
    std::copy(matrix.begin(), matrix.end(), factor.begin());
    for (std::size_t i = 0; i < n_all_rows; ++i)
      factor[i * n_all_rows + i] += damping;
    const blas_int size = n_all_rows;
    blas_int       info = 0;
    dpotrf_("L", &size, factor.data(), &size, &info);
    // LAPACK does not see NaN.
    return info == 0 && std::isfinite(maximal_diagonal);
  }



  void
  DualEquations::compute_step(std::vector<double> &step) const
  {
    compute_step_for(rows, step);
  }



  void
  DualEquations::compute_step_for(const std::vector<double> &v,
                                  std::vector<double>       &step) const
  {
    step = multiply_by_inverse(v);
    for (double &s : step)
      s = -s;
  }



  void
  DualEquations::solve(std::vector<double> &b) const
  {
    std::vector<double> product(n_rows, 0.);
    multiply_vector('N',
                    n_rows,
                    n,
                    1.,
                    jacobian.data(),
                    n_rows,
                    b.data(),
                    0.,
                    product.data());
    const auto correction = multiply_by_inverse(product);
    for (unsigned int k = 0; k < n; ++k)
      b[k] = (b[k] - correction[k]) / damping;
  }



  double
  DualEquations::smallest_damping() const
  {
    return 1e-13;
  }



  std::vector<double>
  DualEquations::multiply_by_inverse(const std::vector<double> &v) const
  {
    // 1. To the root and back; zeros where others have rows.
    const unsigned int rank =
      dealii::Utilities::MPI::this_mpi_process(problem.get_communicator());
    std::vector<double> all(n_all_rows, 0.);
    std::copy(v.begin(), v.end(), all.begin() + first_row_of[rank]);
    problem.sum_on_root(dealii::make_array_view(all));
    if (problem.is_root() && n_all_rows > 0)
      {
        const blas_int size = n_all_rows, one = 1;
        blas_int       info = 0;
        dpotrs_(
          "L", &size, &one, factor.data(), &size, all.data(), &size, &info);
      }
    problem.broadcast(dealii::make_array_view(all));

    // 2. J^T
    std::vector<double> result(n, 0.);
    multiply_vector('T',
                    n_rows,
                    n,
                    1.,
                    jacobian.data(),
                    n_rows,
                    all.data() + first_row_of[rank],
                    0.,
                    result.data());
    problem.sum(dealii::make_array_view(result));
    return result;
  }
} // namespace sobolev
