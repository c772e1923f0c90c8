// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/normal_equations.h>

#include <algorithm>
#include <cmath>

#include "blas.h"

namespace sobolev
{
  using namespace internal;

  namespace
  {
    // Numbers that are sent at once: enough that latency does not matter.
    constexpr std::size_t size_of_piece = 1 << 17;
  } // namespace



  NormalEquations::NormalEquations(const LeastSquaresProblem &problem,
                                   const double refinement_damping)
    : DampedLeastSquares(problem)
    , refinement_damping(refinement_damping)
    , matrix(std::size_t(n) * n)
    , factor(problem.is_root() ? std::size_t(n) * n : 0)
  {
  }



  double
  NormalEquations::assemble(const std::vector<double> &theta)
  {
    // 1. Local sums, in the lower triangle.
    std::fill(matrix.begin(), matrix.end(), 0.);
    const double loss =
      assemble_rows(theta, [&](const LocalObjective::JacobianPanel &panel) {
        const double   one  = 1.;
        const blas_int size = n, n_rows = panel.rows.size(),
                       leading = panel.leading;
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
      });

    // 2. The matrix is only needed where it is factorised. One triangle
    // travels, a few columns at a time: a copy of all would take half as much
    // memory again.
    std::vector<double> piece, diagonal;
    for (unsigned int begin = 0, end; begin < n; begin = end)
      {
        piece.clear();
        for (end = begin; end < n && piece.size() < size_of_piece; ++end)
          piece.insert(piece.end(),
                       matrix.begin() + std::size_t(end) * n + end,
                       matrix.begin() + std::size_t(end + 1) * n);
        problem.sum_on_root(dealii::make_array_view(piece));
        if (problem.is_root())
          {
            auto column = piece.begin();
            for (unsigned int k = begin; k < end; ++k)
              {
                std::copy_n(column, n - k, &matrix[std::size_t(k) * n + k]);
                diagonal.push_back(*column);
                column += n - k;
              }
          }
      }
    set_largest_diagonal(diagonal);
    return loss;
  }



  bool
  NormalEquations::factorize_on_root()
  {
    std::copy(matrix.begin(), matrix.end(), factor.begin());
    for (unsigned int i = 0; i < n; ++i)
      factor[std::size_t(i) * n + i] += damping;
    const blas_int size = n;
    blas_int       info = 0;
    dpotrf_("L", &size, factor.data(), &size, &info);
    // LAPACK does not see NaN.
    return info == 0 && std::isfinite(maximal_diagonal);
  }



  void
  NormalEquations::compute_step(std::vector<double> &step) const
  {
    if (!compute_rough_step(step))
      refine(step);
  }



  bool
  NormalEquations::compute_rough_step(std::vector<double> &step) const
  {
    step = right_hand_side;
    for (double &s : step)
      s = -s;
    solve(step);
    return !(damping < refinement_damping * maximal_diagonal);
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



  double
  NormalEquations::smallest_damping() const
  {
    return damping_floor;
  }



  void
  NormalEquations::refine(std::vector<double> &step) const
  {
    std::vector<double> residual(n, 0.), linear_rows;
    problem.local().compute_jacobian(
      dealii::ArrayView<const double>(parameters.data(), n),
      [&](const LocalObjective::JacobianPanel &panel) {
        linear_rows.assign(panel.rows.begin(), panel.rows.end());
        multiply_vector('N',
                        linear_rows.size(),
                        n,
                        1.,
                        panel.jacobian,
                        panel.leading,
                        step.data(),
                        1.,
                        linear_rows.data());
        multiply_vector('T',
                        linear_rows.size(),
                        n,
                        1.,
                        panel.jacobian,
                        panel.leading,
                        linear_rows.data(),
                        1.,
                        residual.data());
      });
    problem.sum(dealii::make_array_view(residual));

    for (unsigned int i = 0; i < n; ++i)
      residual[i] += damping * step[i];
    solve(residual);
    for (unsigned int i = 0; i < n; ++i)
      step[i] -= residual[i];
  }
} // namespace sobolev
