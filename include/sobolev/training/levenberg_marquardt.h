// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_levenberg_marquardt_h
#define sobolev_training_levenberg_marquardt_h

#include <sobolev/training/optimizer.h>

#include <string>

namespace sobolev
{
  /** Options of LevenbergMarquardt; the defaults are good for most problems. */
  struct LevenbergMarquardtOptions
  {
    /** First damping, relative to the largest diagonal entry of $J^T J$. */
    double initial_damping = 1e-3;

    /**
     * The kind of DampedLeastSquares. With "automatic", steps come from
     * NormalEquations, but from OrthogonalFactorization while the damping is
     * below NormalEquations::smallest_damping() or the normal matrix is
     * numerically singular. Fewer rows than parameters, or more than 3000
     * parameters, have other kinds: see make_damped_least_squares().
     */
    std::string linear_algebra = "automatic";

    /** Use geodesic acceleration. */
    bool acceleration = true;

    /** Largest $2\|p_2\|/\|p_1\|$ of an acceptable step. */
    double acceleration_limit = 2.;

    /** Step length $h$ of the differences that give $r''$. */
    double acceleration_step = 0.1;

    /**
     * Steps of NormalEquations with a damping below this are refined
     * (NormalEquations::refine()), relative to the largest diagonal entry of
     * $J^T J$; 0: never.
     */
    double refinement_damping = 1e-6;

    /** Smallest ratio of actual to predicted decrease to accept a step. */
    double minimal_ratio = 1e-2;

    /** What the ratio of decreases changes: "damping" or "radius". */
    std::string step_control = "damping";

    /** With radius control: steps that are tried at once. */
    unsigned int n_candidates = 5;

    /** With radius control: the ratio of decreases that is aimed at. */
    double target_ratio = 0.15;

    /** With radius control: the first radius. */
    double initial_radius = 1.;

    /** With radius control: the end, where smaller steps are needed. */
    double smallest_radius = 1e-12;

    /** With radius control: steps are not longer. */
    double largest_radius = 1e3;
  };



  /**
   * Levenberg-Marquardt with geodesic acceleration.
   *
   * With the rows $\rho(\theta)$, their Jacobian $J$ and the damping $\lambda$,
   * a step is $p_1 + p_2$,
   * @f[
   *   (J^T J + \lambda I)\, p_1 = -J^T \rho, \qquad
   *   (J^T J + \lambda I)\, p_2 = -\tfrac12 J^T \rho'', \qquad
   *   \rho'' = \frac{\rho(\theta + h p_1) - 2 \rho(\theta)
   *     + \rho(\theta - h p_1)}{h^2} .
   * @f]
   * The second part follows the curved valleys of these losses (Transtrum and
   * Sethna, arXiv:1201.5885). A trial is accepted if $2\|p_2\| \le \alpha
   * \|p_1\|$ and the actual decrease of the loss is a positive fraction of the
   * one predicted by the linear model for $p_1$; $\lambda$ is divided by 3 or
   * 9 after good steps and multiplied by 2.5 after rejected ones. Decreases
   * are sums of $(\rho_i - \rho'_i)(\rho_i + \rho'_i)$, which resolves changes
   * far below the round-off of the loss itself.
   *
   * That is damping control. With radius control, the steps have a given length
   * $\|p_1\| = D$ (DampingSearch), and $q$ of them are tried at once, in one
   * pass over the points, with
   * @f[
   *   D_i = \Delta\, 3^{-1 + 2 i/(q-1)}, \qquad i = 0, \dots, q-1 ,
   * @f]
   * or $D_0 = \Delta$ if there is only one. Candidates end where an
   * acceleration is too large. With the ratios $\eta_i$ of decreases, the
   * longest step is taken for which no $\eta_j$, $j \le i$, is below the target
   * ratio, and the shortest one if there is none but its loss decreases. The
   * next $\Delta$ is where $\min_{j \le i} \eta_j$, linear in $\log D$ between
   * two candidates, meets the target; three times as large if all meet it, a
   * third if none does. With one candidate, it grows for $\eta > 0.75$ only.
   *
   * Each iteration costs one Jacobian and one linearisation, and each trial one
   * factorisation, see DampedLeastSquares; with normal equations $N P^2$ and
   * $P^3/3$ operations. Ends also when $\lambda$ has grown beyond any use.
   */
  class LevenbergMarquardt : public LeastSquaresOptimizer
  {
  public:
    explicit LevenbergMarquardt(const LevenbergMarquardtOptions &options = {});

    std::string name() const override;

  private:
    void minimize_squares(const LeastSquaresProblem &problem,
                          std::vector<double>       &theta,
                          TrainingMonitor           &monitor) const override;

    const LevenbergMarquardtOptions options;
  };
} // namespace sobolev

#endif
