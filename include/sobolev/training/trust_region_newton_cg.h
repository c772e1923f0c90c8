// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_trust_region_newton_cg_h
#define sobolev_training_trust_region_newton_cg_h

#include <sobolev/training/optimizer.h>

namespace sobolev
{
  /** Options of TrustRegionNewtonCG. */
  struct TrustRegionNewtonCGOptions
  {
    /** Products with the Hessian per step, at most. */
    unsigned int max_cg_iterations = 200;

    /** The linear system is solved up to this part of the gradient. */
    double cg_tolerance = 1e-3;

    /** Length of the first step, at most. */
    double initial_radius = 1.;
  };



  /**
   * Newton's method with a trust region, whose linear systems are solved by
   * conjugate gradients until they meet the boundary or negative curvature
   * (Steihaug 1983; Nocedal and Wright, 2006, algorithm 7.2), by Trilinos' ROL.
   *
   * Products with the Hessian are central differences of gradients: two
   * gradients each, with a relative error of about 1e-10. So they are those of
   * the full Hessian, for any loss; those of the Gauss-Newton matrix, $J^T J
   * v$, need a sum of squares and, as there is no product $J v$ without
   * $J$, a whole Jacobian, which costs more than a few gradients. Memory is a
   * few vectors.
   *
   * A step costs up to 2 max_cg_iterations gradients. It ends when no step
   * decreases the loss any more. The column `damping` of the history holds the
   * radius of the trust region.
   */
  class TrustRegionNewtonCG : public Optimizer
  {
  public:
    explicit TrustRegionNewtonCG(
      const TrustRegionNewtonCGOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const TrustRegionNewtonCGOptions options;
  };
} // namespace sobolev

#endif
