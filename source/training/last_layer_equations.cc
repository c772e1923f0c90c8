// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/last_layer_equations.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sobolev
{
  using dealii::types::blas_int;

  namespace
  {
    // A column-major matrix with room for some more rows than it has.
    struct Rows
    {
      Rows(const std::size_t capacity, const unsigned int n_columns)
        : capacity(capacity)
        , n_columns(n_columns)
        , values(capacity * n_columns)
      {
      }

      double *
      column(const std::size_t k)
      {
        return values.data() + k * capacity;
      }

      // Replace the rows by the upper triangle of their QR factorisation.
      void
      reduce()
      {
        blas_int m = n_rows, n = n_columns, leading = capacity, info = 0;
        blas_int size = -1;
        double   best = 0.;
        tau.resize(n_columns);
        dgeqrf_(
          &m, &n, values.data(), &leading, tau.data(), &best, &size, &info);
        size = static_cast<blas_int>(best);
        work.resize(size);
        dgeqrf_(&m,
                &n,
                values.data(),
                &leading,
                tau.data(),
                work.data(),
                &size,
                &info);
        for (std::size_t k = 0; k < n_columns; ++k)
          for (std::size_t i = k + 1; i < n_rows; ++i)
            column(k)[i] = 0.;
        n_rows = std::min<std::size_t>(n_rows, n_columns);
      }

      // The upper triangle as a square matrix.
      std::vector<double>
      triangle()
      {
        std::vector<double> result(std::size_t(n_columns) * n_columns, 0.);
        for (std::size_t k = 0; k < n_columns; ++k)
          std::copy_n(column(k),
                      std::min<std::size_t>(n_rows, k + 1),
                      result.begin() + k * n_columns);
        return result;
      }

      const std::size_t   capacity;
      const unsigned int  n_columns;
      std::size_t         n_rows = 0;
      std::vector<double> values, tau, work;
    };
  } // namespace



  LastLayerEquations::LastLayerEquations(const LeastSquaresProblem &problem,
                                         const unsigned int         first,
                                         const unsigned int         n)
    : problem(problem)
    , first(first)
    , n(n)
  {
    AssertIndexRange(first + n, problem.n_parameters() + 1);
  }



  std::vector<double>
  LastLayerEquations::compute_local_triangle(
    const std::vector<double> &theta) const
  {
    // Rows are collected until a reduction is worth its while.
    const std::size_t n_columns = n + 1;
    Rows              collected(4 * n_columns + 1024, n_columns);
    rows.resize(problem.local().n_rows());
    problem.local().compute_jacobian(
      dealii::make_array_view(theta),
      [&](const LocalObjective::JacobianPanel &panel) {
        std::copy(
          panel.rows.begin(), panel.rows.end(), rows.begin() + panel.first_row);
        std::size_t begin = 0;
        while (begin < panel.rows.size())
          {
            if (collected.n_rows == collected.capacity)
              collected.reduce();
            const std::size_t size = std::min(
              panel.rows.size() - begin, collected.capacity - collected.n_rows);
            for (unsigned int k = 0; k < n; ++k)
              std::copy_n(panel.jacobian + (first + k) * panel.leading + begin,
                          size,
                          collected.column(k) + collected.n_rows);
            std::copy_n(panel.rows.begin() + begin,
                        size,
                        collected.column(n) + collected.n_rows);
            collected.n_rows += size;
            begin += size;
          }
      });
    collected.reduce();
    return collected.triangle();
  }



  LastLayerEquations::Solution
  LastLayerEquations::solve(const std::vector<double> &theta,
                            const double               truncation) const
  {
    // 1. One triangle on the root.
    const unsigned int        n_columns = n + 1;
    const std::size_t         size      = std::size_t(n_columns) * n_columns;
    const std::vector<double> local     = compute_local_triangle(theta);
    const unsigned int        n_ranks =
      dealii::Utilities::MPI::n_mpi_processes(problem.get_communicator());
    std::vector<double> all(problem.is_root() ? n_ranks * size : 0);
    MPI_Gather(local.data(),
               static_cast<int>(size),
               MPI_DOUBLE,
               all.data(),
               static_cast<int>(size),
               MPI_DOUBLE,
               0,
               problem.get_communicator());

    // 2. Solve there: what comes back is the step and three numbers.
    std::vector<double> result(n + 3, 0.);
    if (problem.is_root())
      {
        Rows stacked(std::size_t(n_ranks) * n_columns, n_columns);
        stacked.n_rows = stacked.capacity;
        for (unsigned int r = 0; r < n_ranks; ++r)
          for (unsigned int k = 0; k < n_columns; ++k)
            std::copy_n(all.data() + r * size + std::size_t(k) * n_columns,
                        n_columns,
                        stacked.column(k) + std::size_t(r) * n_columns);
        stacked.reduce();
        std::vector<double> R = stacked.triangle();

        // The last column is Q^T rho.
        std::vector<double> b(R.end() - n_columns, R.end());
        const double        loss =
          std::inner_product(b.begin(), b.end(), b.begin(), 0.);
        const bool is_finite =
          std::all_of(R.begin(), R.end(), [](const double entry) {
            return std::isfinite(entry);
          });
        if (is_finite && n > 0)
          {
            for (double &entry : b)
              entry = -entry;
            std::vector<double>   s(n), work(1);
            std::vector<blas_int> integers(1);
            const blas_int        m = n_columns, columns = n, one = 1;
            blas_int              rank = 0, info = 0, work_size = -1;
            // First ask for the size of the work space, then solve.
            for (unsigned int pass = 0; pass < 2; ++pass)
              {
                dgelsd_(&m,
                        &columns,
                        &one,
                        R.data(),
                        &m,
                        b.data(),
                        &m,
                        s.data(),
                        &truncation,
                        &rank,
                        work.data(),
                        &work_size,
                        integers.data(),
                        &info);
                if (pass == 0)
                  {
                    work_size = static_cast<blas_int>(work[0]);
                    work.resize(work_size);
                    integers.resize(integers[0]);
                  }
              }
            // What is left of the right hand side, and what was truncated.
            std::copy_n(b.begin(), n, result.begin());
            const std::vector<double> triangle = stacked.triangle();
            std::vector<double> r(triangle.end() - n_columns, triangle.end());
            for (unsigned int k = 0; k < n; ++k)
              for (unsigned int i = 0; i <= k; ++i)
                r[i] += triangle[std::size_t(k) * n_columns + i] * b[k];
            result[n] =
              info == 0 ? loss : std::numeric_limits<double>::quiet_NaN();
            result[n + 1] =
              std::inner_product(r.begin(), r.end(), r.begin(), 0.);
            result[n + 2] = rank;
          }
        else
          result[n] = std::numeric_limits<double>::quiet_NaN();
      }
    problem.broadcast(dealii::make_array_view(result));

    Solution solution;
    solution.step.assign(result.begin(), result.begin() + n);
    solution.loss           = result[n];
    solution.predicted_loss = result[n + 1];
    solution.rank           = static_cast<unsigned int>(result[n + 2]);
    return solution;
  }
} // namespace sobolev
