// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_damped_least_squares_h
#define sobolev_training_damped_least_squares_h

#include <sobolev/training/least_squares_problem.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The linearisation of a LeastSquaresProblem with rows $\rho$ and Jacobian
   * $J$, $N \times P$, at some parameters, and its damped minimisers
   * @f[
   *   p(\lambda) = \arg\min_p \|\rho + J p\|^2 + \lambda \|p\|^2
   *     = -(J^T J + \lambda I)^{-1} J^T \rho
   * @f]
   * for as many $\lambda$ as wanted: assemble() once, then factorize() for
   * each. The implementations differ in cost and in how small a $\lambda$ may
   * be before rounding errors spoil the steps:
   *
   * | class                   | assembly | per $\lambda$ | needs         |
   * | ----------------------- | -------- | ------------- | ------------- |
   * | NormalEquations         | $N P^2$  | $P^3/3$       |               |
   * | OrthogonalFactorization | $2 N P^2$| $2 P^3/3$     |               |
   * | DualEquations           | $N^2 P$  | $N^3/3$       | $N < P$       |
   * | SketchedEquations       | $6 P^3$  | $2 P^3/3$ and iterations of $4 N P$ | $N P$ numbers |
   *
   * All functions are collective unless they say otherwise. All processes get
   * the same bits.
   */
  class DampedLeastSquares
  {
  public:
    virtual ~DampedLeastSquares() = default;

    DampedLeastSquares(const DampedLeastSquares &)            = delete;
    DampedLeastSquares &operator=(const DampedLeastSquares &) = delete;

    /**
     * Linearise at @p theta.
     *
     * @return The loss.
     */
    virtual double assemble(const std::vector<double> &theta) = 0;

    /**
     * Prepare for the given damping $\lambda$.
     *
     * @return Whether the damped problem has a numerically unique solution.
     *         The functions below must not be called otherwise.
     */
    bool factorize(const double damping);

    /** Set @p step to $p(\lambda)$. */
    virtual void compute_step(std::vector<double> &step) const = 0;

    /**
     * As compute_step(), but without what costs much more than a solution with
     * the factors and only removes rounding errors.
     *
     * @return Whether @p step is what compute_step() gives.
     */
    virtual bool
    compute_rough_step(std::vector<double> &step) const
    {
      compute_step(step);
      return true;
    }

    /**
     * Set @p step to $\arg\min_p \|v + J p\|^2 + \lambda \|p\|^2$, where
     * @p v has the local rows. More accurate than solve() with $J^T v$ where
     * the class documentation says so.
     */
    virtual void compute_step_for(const std::vector<double> &v,
                                  std::vector<double>       &step) const;

    /** Replace @p b by $(J^T J + \lambda I)^{-1} b$. */
    virtual void solve(std::vector<double> &b) const = 0;

    /**
     * The damping below which rounding errors spoil the steps, relative to
     * largest_diagonal(). Local.
     */
    virtual double smallest_damping() const = 0;

    /** $J^T \rho$, that is, half the gradient of the loss. Local. */
    const std::vector<double> &
    transpose_times_rows() const
    {
      return right_hand_side;
    }

    /** The local rows $\rho$ at the last assemble(). Local. */
    const std::vector<double> &
    local_rows() const
    {
      return rows;
    }

    /**
     * The largest diagonal entry of $J^T J$, a lower bound of $\|J\|^2$; NaN
     * if $J$ is not finite. Local.
     */
    double
    largest_diagonal() const
    {
      return maximal_diagonal;
    }

  protected:
    /** The problem is referenced and must outlive this object. */
    explicit DampedLeastSquares(const LeastSquaresProblem &problem);

    /**
     * On the root process only: prepare for #damping, as factorize() says.
     */
    virtual bool factorize_on_root() = 0;

    /**
     * Compute #rows, #right_hand_side and #parameters panel by panel, and call
     * @p action with each panel.
     *
     * @return The loss.
     */
    double assemble_rows(
      const std::vector<double>                                        &theta,
      const std::function<void(const LocalObjective::JacobianPanel &)> &action);

    /**
     * Set #maximal_diagonal on all processes to the largest of the squares
     * given on the root process.
     */
    void set_largest_diagonal(const std::vector<double> &diagonal);

    const LeastSquaresProblem &problem;
    const unsigned int         n;
    std::vector<double>        parameters, right_hand_side, rows;
    double                     maximal_diagonal, damping;
  };



  /**
   * An implementation by its name:
   *
   * | name         | class                                                 |
   * | ------------ | ----------------------------------------------------- |
   * | "gram"       | NormalEquations                                       |
   * | "orthogonal" | OrthogonalFactorization                               |
   * | "dual"       | DualEquations                                         |
   * | "sketched"   | SketchedEquations                                     |
   * | "automatic"  | "dual" if there are fewer rows than parameters, else  |
   * |              | "sketched" for more than 3000 parameters, else "gram" |
   *
   * Collective. @p problem is referenced and must outlive the result.
   *
   * @throws InputError if there is no such name.
   */
  std::unique_ptr<DampedLeastSquares>
  make_damped_least_squares(const std::string         &kind,
                            const LeastSquaresProblem &problem,
                            const double               refinement_damping = 0.);
} // namespace sobolev

#endif
