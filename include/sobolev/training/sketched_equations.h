// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_sketched_equations_h
#define sobolev_training_sketched_equations_h

#include <sobolev/training/damped_factorization.h>

#include <deal.II/base/aligned_vector.h>

#include <vector>

namespace sobolev
{
  /** Options of SketchedEquations. */
  struct SketchedEquationsOptions
  {
    /** Rows of the sketch per parameter. */
    double rows_per_parameter = 3.;

    /** Sketched rows that each row is added to. */
    unsigned int n_nonzeros = 8;

    /**
     * End of the iterations: the error of $J p$ relative to the norm of the
     * solution's.
     */
    double tolerance = 1e-12;

    /** Iterations per solution, at most. */
    unsigned int max_iterations = 300;
  };



  /**
   * DampedLeastSquares for many parameters: the triangular factor of a random
   * sketch of $J$ makes an iteration on $J$ itself converge in a few dozen
   * steps, whatever the condition number (Rokhlin, Tygert, 2008; Avron,
   * Maymounkov, Toledo, "Blendenpik", SIAM J. Sci. Comput. 32, 2010).
   *
   * Each of the $N$ rows of $(J\;\rho)$ is added to some of $m \approx 3 P$
   * rows with random signs (Clarkson, Woodruff, 2013; Meng, Mahoney, 2013),
   * $S J$ is reduced to $R_\lambda$ as in OrthogonalFactorization, and LSQR
   * (Paige, Saunders, 1982) minimises over $y = R_\lambda p$. It starts from
   * the sketch's solution and is restarted until the tolerance is met. The
   * result is the minimiser of the true problem; the sketch only decides how
   * fast. With no more than $m$ rows in all, there is no sketch but $J$ itself.
   *
   * The random numbers belong to the numbers of the rows, counted over all
   * processes: if the processes own consecutive parts of the same rows, the
   * sketch does not depend on their number.
   *
   * Per iteration: $4 M P$ operations for $M$ local rows, one reduction to the
   * root process and one broadcast of $P$ numbers. At most four processes
   * factorise the sketch. Memory per process: $M P + 3 P^2$ numbers for rows and
   * sketch, $2 P^2$ and a share of the sketch for its factor, $2 P^2$ more on
   * the root.
   */
  class SketchedEquations : public DampedFactorization
  {
  public:
    explicit SketchedEquations(const LeastSquaresProblem      &problem,
                               const SketchedEquationsOptions &options = {});

    double assemble(const std::vector<double> &theta) override;

    void compute_step(std::vector<double> &step) const override;

    void compute_step_for(const std::vector<double> &v,
                          std::vector<double>       &step) const override;

    void solve(std::vector<double> &b) const override;

    /** Iterations for the last solution. Local. */
    unsigned int
    n_iterations() const
    {
      return n_iterations_done;
    }

    /** Whether the last solution met the tolerance, or is as good as rounding
     * errors permit. Local. */
    bool
    has_converged() const
    {
      return converged;
    }

  private:
    void sketch();

    // On the root process, while all others are in serve().
    void
    run_lsqr(const std::vector<double> &v, std::vector<double> &step) const;
    void run_conjugate_gradients(std::vector<double> &b) const;

    // About the rounding errors of R_lambda^-T J^T u, given |u|^2: better
    // cannot be.
    double round_off(const double square) const;

    // What multiply() asks of all processes: set u to v first, or not, then to
    // J z - s u.
    struct Order
    {
      const std::vector<double> &z;
      double                     s;
      bool                       restart;
    };

    // On the root process: do that everywhere. Returns J^T u and, at the end,
    // |u|^2 over all processes.
    std::vector<double> multiply(const Order               &order,
                                 const std::vector<double> &v,
                                 std::vector<double>       &u) const;

    // On the others: do what multiply() asks for, until dismiss().
    void serve(const std::vector<double> &v) const;
    void dismiss() const;

    // The local part of multiply().
    std::vector<double> multiply_locally(const Order               &order,
                                         const std::vector<double> &v,
                                         std::vector<double>       &u) const;

    // Solution and iterations, from the root process to all.
    void share(std::vector<double> &solution) const;

    const SketchedEquationsOptions options;
    const std::size_t              n_rows, n_all_rows, first_row;
    const unsigned int             n_sketch_rows;
    // Blocks of rows one after the other, each column-major.
    dealii::AlignedVector<double> jacobian, sketched;
    std::vector<double>           column_squares;
    mutable unsigned int          n_iterations_done;
    mutable bool                  converged;
  };
} // namespace sobolev

#endif
