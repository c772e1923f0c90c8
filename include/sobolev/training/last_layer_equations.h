// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_last_layer_equations_h
#define sobolev_training_last_layer_equations_h

#include <sobolev/training/least_squares_problem.h>

#include <vector>

namespace sobolev
{
  /**
   * The linear least-squares problem
   * @f[
   *   \min_p \| \rho + J_c\, p \|
   * @f]
   * for the columns $J_c$ of the Jacobian that belong to some parameters, by an
   * orthogonal factorisation: each process reduces its rows, panel by panel, to
   * a triangle by Householder transformations (`dgeqrf`), the root process
   * stacks and reduces the triangles and solves by a singular value
   * decomposition (`dgelsd`). The condition number is not squared.
   *
   * With $m$ such parameters, the memory is that of a panel and $O(m^2)$ per
   * process, on the root $O(m^2)$ times the number of processes. All functions
   * are collective; all processes get the same bits.
   */
  class LastLayerEquations
  {
  public:
    /** For consecutive parameters @p first to `first + n - 1`. */
    LastLayerEquations(const LeastSquaresProblem &problem,
                       const unsigned int         first,
                       const unsigned int         n);

    /** The least-squares problem of the rows at some parameters. */
    struct Solution
    {
      /** The step $p$ with the smallest norm; n numbers. */
      std::vector<double> step;

      /** The number of singular values that count. */
      unsigned int rank = 0;

      /** $\|\rho\|^2$ and $\|\rho + J_c p\|^2$. */
      double loss = 0., predicted_loss = 0.;
    };

    /**
     * Linearise at @p theta and solve; singular values below @p truncation
     * times the largest one count as zero. If something is not finite, the
     * loss is NaN and the step zero.
     */
    Solution
    solve(const std::vector<double> &theta, const double truncation) const;

    /** The local rows of the last solve(). */
    const std::vector<double> &
    local_rows() const
    {
      return rows;
    }

  private:
    // The triangle of the local rows (J_c, rho), n + 1 columns.
    std::vector<double>
    compute_local_triangle(const std::vector<double> &theta) const;

    const LeastSquaresProblem  &problem;
    const unsigned int          first, n;
    mutable std::vector<double> rows;
  };
} // namespace sobolev

#endif
