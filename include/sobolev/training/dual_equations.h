// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_dual_equations_h
#define sobolev_training_dual_equations_h

#include <sobolev/training/damped_least_squares.h>

#include <deal.II/base/aligned_vector.h>

#include <vector>

namespace sobolev
{
  /**
   * DampedLeastSquares for fewer rows than parameters, $N < P$, with the
   * Cholesky factorisation of an $N \times N$ matrix:
   * @f[
   *   p = -J^T (J J^T + \lambda I)^{-1} \rho .
   * @f]
   * Squares the condition number as NormalEquations does. Rows that are zero
   * or that depend on each other need $\lambda > 0$, and so does solve().
   *
   * solve() uses $(J^T J + \lambda I)^{-1} b = (b - J^T (J J^T + \lambda
   * I)^{-1} J b) / \lambda$, which loses digits for small $\lambda$ where
   * compute_step_for() does not.
   *
   * The products of the rows of any two processes are computed by one of
   * them, and factorised on the root process. Memory per process for $M$ local
   * rows: $(M + M_{\max}) P + M N$ numbers; $2 N^2$ more on the root.
   */
  class DualEquations : public DampedLeastSquares
  {
  public:
    explicit DualEquations(const LeastSquaresProblem &problem);

    double assemble(const std::vector<double> &theta) override;

    void compute_step(std::vector<double> &step) const override;

    void compute_step_for(const std::vector<double> &v,
                          std::vector<double>       &step) const override;

    void solve(std::vector<double> &b) const override;

    double smallest_damping() const override;

  private:
    bool factorize_on_root() override;

    // Set v to J^T (J J^T + lambda I)^-1 v.
    std::vector<double> multiply_by_inverse(const std::vector<double> &v) const;

    const std::vector<unsigned int> n_rows_of, first_row_of;
    const unsigned int              n_rows, n_all_rows;
    // The local rows and, on the root, J J^T and its factor.
    dealii::AlignedVector<double> jacobian, matrix, factor;
  };
} // namespace sobolev

#endif
