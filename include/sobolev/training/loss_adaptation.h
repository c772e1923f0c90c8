// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_loss_adaptation_h
#define sobolev_training_loss_adaptation_h

#include <vector>

namespace sobolev
{
  /** How far a run is. */
  struct TrainingProgress
  {
    /** Iterations so far, over all optimizers. */
    unsigned int iteration = 0;

    /** The part of the iterations or of the time that is over, from 0 to 1. */
    double part = 0.;

    /** The optimizer finds no better parameters for the present loss. */
    bool is_at_rest = false;
  };



  /**
   * Changes a loss between two iterations of an optimizer: weights of its terms,
   * multipliers of constraints. An optimizer calls TrainingProblem::adapt()
   * before each iteration, and where it would stop because it is at rest. If
   * the loss has become another one, it forgets losses and gradients, and goes
   * on.
   */
  class LossAdaptation
  {
  public:
    virtual ~LossAdaptation() = default;

    /**
     * Change the loss, or not, for the next iteration.
     *
     * @return Whether it has changed; the same on all processes. Collective.
     */
    virtual bool update(const std::vector<double> &theta,
                        const TrainingProgress    &progress) = 0;
  };
} // namespace sobolev

#endif
