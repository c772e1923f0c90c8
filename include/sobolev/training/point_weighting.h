// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_point_weighting_h
#define sobolev_training_point_weighting_h

#include <sobolev/training/row_weighting.h>
#include <sobolev/weighting/point_weighting_rule.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /** Which residuals get weights of their points, and how these change. */
  struct PointWeightingOptions
  {
    /** "none", "self-adaptive", "residual attention" or "causal". */
    std::string rule = "none";

    /** Names of the blocks; empty: all of them, the first one for "causal". */
    std::vector<std::string> blocks;

    /** Iterations of the optimizer from one update to the next [-]. */
    unsigned int interval = 1;

    /** Of "self-adaptive" and "residual attention"; see there. */
    double rate = 0.01;

    /** Of "residual attention". */
    double memory = 0.999;

    /** Of "causal", see CausalWeights. */
    unsigned int        n_slices = 32;
    std::vector<double> steepness{1e-2, 1e-1, 1., 10., 100.};
    double              threshold = 0.99;

    /** The number of the input that is the time; -1: the last one. */
    int time_input = -1;
  };



  /**
   * Weights of the points of a LocalObjective that follow a PointWeightingRule
   * while it is trained by any optimizer. What the rule has to know of other
   * points is reduced over the processes before: their number does not matter.
   */
  class PointWeighting : public RowWeighting
  {
  public:
    /**
     * Collective.
     *
     * @param original Referenced; must outlive this object.
     *
     * @throws InputError if @p options names a rule, a block or an input that
     * does not exist.
     */
    PointWeighting(const LocalObjective        &original,
                   const PointWeightingOptions &options,
                   const MPI_Comm               communicator);

    /** $W_i$ at the weighted rows. */
    const std::vector<double> &
    weights() const
    {
      return row_weights;
    }

    std::string description() const override;

  private:
    /**
     * Weights change at each interval, and at rest as long as they change by
     * more than a thousandth.
     */
    bool update_weights(const std::vector<double> &theta,
                        const TrainingProgress    &progress) override;

    std::vector<std::vector<double>> values_of_rows() const override;

    std::vector<double> first_values() const override;

    std::vector<double> common_values() const override;

    void set_state(const std::vector<std::vector<double>> &values,
                   const std::vector<double>              &common) override;

    // Which slice in time each row is in.
    void assign_slices(const int time_input);

    PointStatistics compute_statistics(const std::vector<double> &theta) const;

    const PointWeightingOptions         options;
    std::unique_ptr<PointWeightingRule> rule;
    std::vector<double>                 row_weights;
    // Of the rows: block, from zero, and slice.
    std::vector<unsigned int> block_indices, slices;
    unsigned int              n_blocks = 0;
  };
} // namespace sobolev

#endif
