// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_stage_trial_h
#define sobolev_training_stage_trial_h

#include <sobolev/training/least_squares_problem.h>

#include <vector>

namespace sobolev
{
  /**
   * How well a network with random parameters suits what a trained one has
   * left: see try_stage().
   */
  struct StageTrial
  {
    /** For the outputs, so that they change the residual by its own size. */
    double amplitude = 1.;

    /** The part of the residual's norm that the last layer cannot remove. */
    double remainder = 1.;
  };

  /**
   * With the rows $\rho(\theta)$ of a network that adds to a trained one, see
   * make_next_stage(), and $\theta_0$, which is $\theta$ but for the last
   * layer, which is zero, the amplitude is
   * @f[
   *   \frac{\|\rho(\theta_0)\|}{\|\rho(\theta) - \rho(\theta_0)\|}
   * @f]
   * (Wang and Lai, J. Comput. Phys. 504 (2024) 112865, but from the equation
   * itself instead of an estimate by its order), and the remainder
   * @f[
   *   \min_p \frac{\|\rho(\theta_0) + J_c(\theta_0) p\|}{\|\rho(\theta_0)\|}
   * @f]
   * over the parameters of the last layer, see LastLayerEquations: the smaller
   * it is, the better the frequencies of the hidden layers are chosen.
   * Collective.
   *
   * @throws InputError if the network has no linear last layer.
   * @throws ComputationError if the network does not change the rows.
   */
  StageTrial try_stage(const LeastSquaresProblem &problem,
                       const std::vector<double> &theta);
} // namespace sobolev

#endif
