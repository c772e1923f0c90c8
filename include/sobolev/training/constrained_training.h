// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_constrained_training_h
#define sobolev_training_constrained_training_h

#include <sobolev/training/row_weighting.h>
#include <sobolev/weighting/adaptive_penalties.h>
#include <sobolev/weighting/augmented_multipliers.h>
#include <sobolev/weighting/pointwise_multipliers.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /** Which blocks are constraints, and how their multipliers change. */
  struct ConstraintOptions
  {
    /** "none", "pointwise", "augmented" or "adaptive". */
    std::string method = "none";

    /** Names of the blocks; empty: all but the first one, the interior. */
    std::vector<std::string> blocks;

    /** Iterations of the optimizer from one update to the next [-]. */
    unsigned int interval = 20;

    PointwiseMultipliers::Options pointwise;
    AugmentedMultipliers::Options augmented;

    /** The rates are one per constraint, or one for all of them. */
    AdaptivePenalties::Options adaptive{{1.}};
  };



  /**
   * Training with constraints: some blocks of a LocalObjective have Lagrange
   * multipliers, which change between iterations of an optimizer, any one,
   * by PointwiseMultipliers, AugmentedMultipliers or AdaptivePenalties.
   *
   * Multipliers of points stay on the process of their point. Those of
   * aggregated constraints are replicated; their penalty enters by the effective
   * multipliers $\lambda_k + \mu_k C_k$, with $C_k$ of the last update, so that
   * the gradient of the augmented Lagrangian is exact there, and the loss is a
   * sum of squares.
   */
  class ConstrainedTraining : public RowWeighting
  {
  public:
    /**
     * @param original Referenced; must outlive this object.
     *
     * @throws InputError if @p options names a method or a block that does not
     * exist, or has not as many rates as constraints.
     */
    ConstrainedTraining(const LocalObjective    &original,
                        const ConstraintOptions &options,
                        const MPI_Comm           communicator);

    /** Multipliers at the local constraints, as for AugmentedLagrangian. */
    std::vector<double> multipliers() const;

    std::string description() const override;

  private:
    /** Multipliers change at each interval, and at rest. */
    bool update_weights(const std::vector<double> &theta,
                        const TrainingProgress    &progress) override;

    std::vector<std::vector<double>> values_of_rows() const override;

    std::vector<double> first_values() const override;

    std::vector<double> common_values() const override;

    void set_state(const std::vector<std::vector<double>> &values,
                   const std::vector<double>              &common) override;

    bool update_adaptive(const std::vector<double> &theta);

    // For aggregated constraints.
    void set_effective(const std::vector<double> &violations);

    const ConstraintOptions               options;
    const std::vector<unsigned int>       constraints;
    std::unique_ptr<PointwiseMultipliers> pointwise;
    std::unique_ptr<AugmentedMultipliers> augmented;
    std::unique_ptr<AdaptivePenalties>    adaptive;
    std::vector<double>                   effective;
  };
} // namespace sobolev

#endif
