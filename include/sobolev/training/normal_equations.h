// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_normal_equations_h
#define sobolev_training_normal_equations_h

#include <sobolev/training/least_squares_problem.h>

#include <deal.II/base/aligned_vector.h>

#include <vector>

namespace sobolev
{
  /**
   * The damped normal equations $(J^T J + \lambda I)\, p = b$ of a
   * LeastSquaresProblem, by a Cholesky factorisation.
   *
   * $J^T J$ is accumulated panel by panel (blocked `dsyrk`), so the memory per
   * process is $2 P^2$ numbers on the root and $P^2$ elsewhere, whatever the
   * number of points. The root process factorises and broadcasts solutions:
   * all processes get the same bits.
   *
   * Squares the condition number of $J$: useful down to $\lambda \approx
   * 10^{-13} \|J\|^2$. refine() wins back much of what that loses. All
   * functions are collective.
   */
  class NormalEquations
  {
  public:
    explicit NormalEquations(const LeastSquaresProblem &problem);

    /**
     * Compute $J^T J$ and $J^T \rho$ at @p theta and the local rows $\rho$.
     *
     * @return The loss.
     */
    double assemble(const std::vector<double> &theta);

    /** $J^T \rho$, that is, half the gradient of the loss. */
    const std::vector<double> &
    transpose_times_rows() const
    {
      return right_hand_side;
    }

    /** The local rows $\rho$ at the last assemble(). */
    const std::vector<double> &
    local_rows() const
    {
      return rows;
    }

    /** The largest diagonal entry of $J^T J$, a lower bound of $\|J\|^2$. */
    double
    largest_diagonal() const
    {
      return maximal_diagonal;
    }

    /**
     * Factorise for the given damping.
     *
     * @return Whether the damped matrix is numerically positive definite.
     */
    bool factorize(const double damping);

    /** Replace @p b by the solution for the last factorize(). */
    void solve(std::vector<double> &b) const;

    /**
     * Improve the solution @p step of $(J^T J + \lambda I)\, p = -J^T \rho$
     * by one step of iterative refinement with $J$ itself in the residual,
     * @f[
     *   p \leftarrow p - (J^T J + \lambda I)^{-1}
     *     \bigl( J^T (\rho + J p) + \lambda p \bigr) .
     * @f]
     * The vector $\rho + J p$ is small where $\rho$ and $J p$ are not, so the
     * residual is free of the error that forming $J^T J$ makes: these are the
     * corrected seminormal equations of Bjorck (1987). Costs a second pass
     * over the Jacobian.
     *
     * @param theta   The parameters of the last assemble().
     * @param damping $\lambda$ of the last factorize().
     */
    void refine(const std::vector<double> &theta,
                const double               damping,
                std::vector<double>       &step) const;

  private:
    const LeastSquaresProblem    &problem;
    const unsigned int            n;
    dealii::AlignedVector<double> matrix, factor;
    std::vector<double>           right_hand_side, rows;
    double                        maximal_diagonal;
  };
} // namespace sobolev

#endif
