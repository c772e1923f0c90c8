// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_dense_quasi_newton_h
#define sobolev_training_dense_quasi_newton_h

#include <sobolev/training/dense_inverse_hessian.h>
#include <sobolev/training/optimizer.h>
#include <sobolev/training/wolfe_line_search.h>

namespace sobolev
{
  /** Options of DenseQuasiNewton. */
  struct DenseQuasiNewtonOptions
  {
    DenseInverseHessian::Formula formula =
      DenseInverseHessian::Formula::self_scaled_broyden;

    WolfeOptions line_search;

    /** Length of the first trial step along the steepest descent, at most. */
    double first_length = 1.;
  };



  /**
   * Steps $\alpha p$ along $p = -H g$ with a dense DenseInverseHessian $H$ and a
   * WolfeLineSearch, beginning with $H = I$.
   *
   * The root process has $H$, $8 P^2$ bytes, and broadcasts the direction: all
   * processes get the same bits. An iteration costs $O(P^2)$ there and one
   * gradient, seldom more. Needs the loss and its gradient only.
   *
   * A failed line search is followed by one restart with $H = I$ before giving
   * up, an update without positive curvature is left out.
   */
  class DenseQuasiNewton : public Optimizer
  {
  public:
    explicit DenseQuasiNewton(const DenseQuasiNewtonOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const DenseQuasiNewtonOptions options;
  };
} // namespace sobolev

#endif
