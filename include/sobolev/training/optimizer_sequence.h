// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_optimizer_sequence_h
#define sobolev_training_optimizer_sequence_h

#include <sobolev/training/optimizer.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * Several optimizers, one after the other, each from the best parameters so
   * far, of the same attempt. Levenberg-Marquardt followed by SelfScaledBroyden, for instance:
   * the former needs few iterations to come near a minimum, the latter has
   * cheap ones, see doc/optimizers.md.
   *
   * An optimizer ends after its number of iterations or for a reason of its
   * own; the sequence ends when a limit of the whole run is reached, see
   * MonitorOptions, or with the last one. After an interruption it goes on with
   * the optimizer that was interrupted.
   */
  class OptimizerSequence : public Optimizer
  {
  public:
    struct Stage
    {
      std::unique_ptr<Optimizer> optimizer;
      /** Iterations, at most; 0: no limit. */
      unsigned int max_iterations;
    };

    explicit OptimizerSequence(std::vector<Stage> stages);

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const std::vector<Stage> stages;
  };
} // namespace sobolev

#endif
