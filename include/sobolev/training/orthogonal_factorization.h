// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_orthogonal_factorization_h
#define sobolev_training_orthogonal_factorization_h

#include <sobolev/training/damped_factorization.h>

#include <vector>

namespace sobolev
{
  /**
   * DampedLeastSquares without forming $J^T J$: with the factors of all rows,
   * @f[
   *   (J \; \rho) = Q \begin{pmatrix} R & c \\ 0 & e \\ 0 & 0 \end{pmatrix} ,
   *   \qquad
   *   \begin{pmatrix} R & c \\ \sqrt\lambda I & 0 \end{pmatrix}
   *     = Q_\lambda
   *       \begin{pmatrix} R_\lambda & c_\lambda \\ 0 & * \end{pmatrix}
   * @f]
   * (TallFactorization and DampedTriangle), the step is $-R_\lambda^{-1}
   * c_\lambda$. The condition number of $J$ is not squared: useful down to
   * $\lambda \approx P \epsilon^2 \|J\|^2$ with the machine precision
   * $\epsilon$, where $\sqrt\lambda$ vanishes in the rounding errors of $J$.
   *
   * solve() only knows $J^T v$, not $v$; its seminormal equations $R_\lambda^T
   * R_\lambda p = b$ have errors like those of NormalEquations::solve().
   * compute_step_for() is as accurate as compute_step() if $Q$ is kept, for
   * $N P$ numbers of memory over all processes; otherwise it is solve().
   *
   * Memory besides: $3 P^2$ numbers per process, $2 P^2$ more on the root.
   */
  class OrthogonalFactorization : public DampedFactorization
  {
  public:
    /**
     * @param max_memory_of_q $Q$ is kept if it needs at most as much memory
     *                        per process [byte].
     */
    explicit OrthogonalFactorization(const LeastSquaresProblem &problem,
                                     const double max_memory_of_q = 1e9);

    double assemble(const std::vector<double> &theta) override;

    void compute_step(std::vector<double> &step) const override;

    void compute_step_for(const std::vector<double> &v,
                          std::vector<double>       &step) const override;

    void solve(std::vector<double> &b) const override;

    /** Whether compute_step_for() uses $Q$. */
    bool
    keeps_q() const
    {
      return keep;
    }

    /**
     * The singular values of $J$ at the last assemble(), largest first, by a
     * singular value decomposition of $R$: about $20 P^3$ operations, once.
     */
    const std::vector<double> &singular_values();

    /**
     * As compute_step() for any damping, by the singular value decomposition
     * $R = U \Sigma V^T$: $p = -V (\Sigma^2 + \lambda I)^{-1} \Sigma U^T c$.
     * Costs $4 P^2$ operations after the first time. With $\lambda = 0$,
     * singular values below $P \epsilon \|J\|$ count as zero.
     */
    void compute_step_by_singular_values(const double         damping,
                                         std::vector<double> &step);

  private:
    // -R_lambda^-1 times c_lambda of the root process, to all.
    void substitute(std::vector<double> &step) const;

    // On the root process.
    std::vector<double>           sigma, left_vectors_times_c;
    dealii::AlignedVector<double> right_vectors;
    const bool                    keep;
  };
} // namespace sobolev

#endif
