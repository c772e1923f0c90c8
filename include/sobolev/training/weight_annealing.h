// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_weight_annealing_h
#define sobolev_training_weight_annealing_h

#include <sobolev/objective/local_objective.h>
#include <sobolev/training/loss_adaptation.h>

namespace sobolev
{
  /**
   * Weights of all blocks of a LocalObjective, for instance a SlopeRecovery, that
   * fall linearly to zero over a part of the run, in twenty steps, so that
   * methods with a memory of the loss keep it for a while.
   */
  class WeightAnnealing : public LossAdaptation
  {
  public:
    /**
     * @param objective Referenced; its weights are those at the start.
     * @param part      Of the run, after which they are zero; in (0, 1].
     */
    WeightAnnealing(LocalObjective &objective, const double part);

    bool update(const std::vector<double> &theta,
                const TrainingProgress    &progress) override;

  private:
    LocalObjective           &objective;
    const double              part;
    const std::vector<double> first_weights;
    unsigned int              step = 0;
  };
} // namespace sobolev

#endif
