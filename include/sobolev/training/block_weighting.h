// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_block_weighting_h
#define sobolev_training_block_weighting_h

#include <sobolev/objective/reweighted_objective.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/loss_adaptation.h>
#include <sobolev/weighting/weighting_rule.h>

#include <deal.II/base/mpi.h>

#include <fstream>
#include <string>
#include <vector>

namespace sobolev
{
  /** When weights of blocks change. */
  struct BlockWeightingOptions
  {
    /** Iterations from one update to the next [-]. */
    unsigned int interval = 5;

    /** The last part of the run, in which weights stay [-]. */
    double frozen_part = 0.;

    /** File for one line per update; empty: none. */
    std::string history_file;
  };



  /**
   * The losses of the blocks where all parameters, and with them the outputs of
   * the network, are zero: for a linear equation $D_k u = f_k$ the integral of
   * $f_k^2$, which is that of what the block measures of the solution squared,
   * as epsilon_optimal_weights() needs it. Collective.
   *
   * @throws InputError if one of them is not a positive number.
   */
  std::vector<double>
  losses_of_zero(const LocalObjective &objective, const MPI_Comm communicator);



  /**
   * Weights of the blocks of a LocalObjective that follow a WeightingRule while
   * it is trained. The objective itself, and who judges by it, keeps its
   * weights: what is trained is a copy, whose blocks are multiplied by the
   * weights of the rule.
   *
   * Gradients and traces are summed over the processes before the rule sees
   * them: the number of processes does not matter.
   */
  class BlockWeighting : public LossAdaptation
  {
  public:
    /**
     * All weights are one. Collective.
     *
     * @param original Referenced, as is the @p rule; both must outlive this
     *                 object.
     *
     * @throws InputError if the file of the history cannot be written.
     */
    BlockWeighting(const LocalObjective        &original,
                   WeightingRule               &rule,
                   const BlockWeightingOptions &options,
                   const MPI_Comm               communicator);

    /** The copy with the present weights. Local. */
    const LocalObjective &
    objective() const
    {
      return reweighted;
    }

    /** The weights of the rule. Local. */
    const std::vector<double> &
    weights() const
    {
      return reweighted.factors();
    }

    /** For instance those of a loss with other points. Local. */
    void set_weights(const std::vector<double> &weights);

    /**
     * Statistics that are not finite change nothing.
     */
    bool update(const std::vector<double> &theta,
                const TrainingProgress    &progress) override;

    /** Names of blocks and their weights, for people. Local. */
    std::string description() const;

  private:
    BlockStatistics compute_statistics(const std::vector<double> &theta) const;

    const LeastSquaresProblem   original;
    WeightingRule              &rule;
    const BlockWeightingOptions options;
    ReweightedObjective         reweighted;
    std::ofstream               history;
  };
} // namespace sobolev

#endif
