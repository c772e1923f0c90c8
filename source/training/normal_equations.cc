// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/normal_equations.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  using dealii::types::blas_int;

  NormalEquations::NormalEquations(const LeastSquaresProblem &problem)
    : problem(problem)
    , n(problem.n_parameters())
    , matrix(std::size_t(n) * n)
    , factor(problem.is_root() ? std::size_t(n) * n : 0)
    , right_hand_side(n)
    , maximal_diagonal(0.)
  {
  }



  double
  NormalEquations::assemble(const std::vector<double> &theta)
  {
    // 1. Local sums, in the lower triangle.
    std::fill(matrix.begin(), matrix.end(), 0.);
    std::vector<double> sums(n + 1, 0.);
    rows.resize(problem.local().n_rows());

    problem.local().compute_jacobian(
      dealii::make_array_view(theta),
      [&](const LocalObjective::JacobianPanel &panel) {
        const double   one  = 1.;
        const blas_int size = n, n_rows = panel.rows.size(),
                       leading = panel.leading, increment = 1;
        dsyrk_("L",
               "T",
               &size,
               &n_rows,
               &one,
               panel.jacobian,
               &leading,
               &one,
               matrix.data(),
               &size);
        dgemv_("T",
               &n_rows,
               &size,
               &one,
               panel.jacobian,
               &leading,
               panel.rows.data(),
               &increment,
               &one,
               sums.data(),
               &increment);
        std::copy(
          panel.rows.begin(), panel.rows.end(), rows.begin() + panel.first_row);
      });
    sums[n] = std::inner_product(rows.begin(), rows.end(), rows.begin(), 0.);

    // 2. The matrix is only needed where it is factorised.
    MPI_Reduce(problem.is_root() ? MPI_IN_PLACE : matrix.data(),
               matrix.data(),
               static_cast<int>(matrix.size()),
               MPI_DOUBLE,
               MPI_SUM,
               0,
               problem.get_communicator());
    problem.sum(dealii::make_array_view(sums));
    right_hand_side.assign(sums.begin(), sums.end() - 1);

    maximal_diagonal = 0.;
    if (problem.is_root())
      for (unsigned int i = 0; i < n; ++i)
        {
          // NaN stays.
          const double entry = matrix[std::size_t(i) * n + i];
          if (std::isnan(entry) || entry > maximal_diagonal)
            maximal_diagonal = entry;
        }
    problem.broadcast(dealii::ArrayView<double>(&maximal_diagonal, 1));
    return sums[n];
  }



  bool
  NormalEquations::factorize(const double damping)
  {
    double success = 1.;
    if (problem.is_root())
      {
        std::copy(matrix.begin(), matrix.end(), factor.begin());
        for (unsigned int i = 0; i < n; ++i)
          factor[std::size_t(i) * n + i] += damping;
        const blas_int size = n;
        blas_int       info = 0;
        dpotrf_("L", &size, factor.data(), &size, &info);
        success = info == 0 ? 1. : 0.;
      }
    problem.broadcast(dealii::ArrayView<double>(&success, 1));
    return success > 0.;
  }



  void
  NormalEquations::solve(std::vector<double> &b) const
  {
    if (problem.is_root())
      {
        const blas_int size = n, one = 1;
        blas_int       info = 0;
        dpotrs_("L", &size, &one, factor.data(), &size, b.data(), &size, &info);
      }
    problem.broadcast(dealii::make_array_view(b));
  }



  void
  NormalEquations::refine(const std::vector<double> &theta,
                          const double               damping,
                          std::vector<double>       &step) const
  {
    std::vector<double> residual(n, 0.), linear_rows;
    problem.local().compute_jacobian(
      dealii::make_array_view(theta),
      [&](const LocalObjective::JacobianPanel &panel) {
        const double   one  = 1.;
        const blas_int size = n, n_rows = panel.rows.size(),
                       leading = panel.leading, increment = 1;
        linear_rows.assign(panel.rows.begin(), panel.rows.end());
        dgemv_("N",
               &n_rows,
               &size,
               &one,
               panel.jacobian,
               &leading,
               step.data(),
               &increment,
               &one,
               linear_rows.data(),
               &increment);
        dgemv_("T",
               &n_rows,
               &size,
               &one,
               panel.jacobian,
               &leading,
               linear_rows.data(),
               &increment,
               &one,
               residual.data(),
               &increment);
      });
    problem.sum(dealii::make_array_view(residual));

    for (unsigned int i = 0; i < n; ++i)
      residual[i] += damping * step[i];
    solve(residual);
    for (unsigned int i = 0; i < n; ++i)
      step[i] -= residual[i];
  }
} // namespace sobolev
