// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_normal_equations_h
#define sobolev_training_normal_equations_h

#include <sobolev/training/damped_least_squares.h>

#include <deal.II/base/aligned_vector.h>

#include <vector>

namespace sobolev
{
  /**
   * DampedLeastSquares by the normal equations $(J^T J + \lambda I)\, p = -J^T
   * \rho$ and a Cholesky factorisation.
   *
   * $J^T J$ is accumulated panel by panel (blocked `dsyrk`), so the memory per
   * process is $2 P^2$ numbers on the root and $P^2$ elsewhere, whatever the
   * number of points. The root process factorises and broadcasts
   * solutions.
   *
   * Squares the condition number of $J$: useful down to $\lambda \approx
   * 10^{-13} \|J\|^2$. refine() wins back much of what that loses.
   */
  class NormalEquations : public DampedLeastSquares
  {
  public:
    /** smallest_damping() of this class. */
    static constexpr double damping_floor = 1e-13;

    /**
     * @param refinement_damping Steps with a damping below this, relative to
     *                           largest_diagonal(), are improved by refine().
     */
    explicit NormalEquations(const LeastSquaresProblem &problem,
                             const double refinement_damping = 0.);

    double assemble(const std::vector<double> &theta) override;

    void compute_step(std::vector<double> &step) const override;

    /** Without refine(). */
    bool compute_rough_step(std::vector<double> &step) const override;

    void solve(std::vector<double> &b) const override;

    double smallest_damping() const override;

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
     */
    void refine(std::vector<double> &step) const;

  private:
    bool factorize_on_root() override;

    const double                  refinement_damping;
    dealii::AlignedVector<double> matrix, factor;
  };
} // namespace sobolev

#endif
