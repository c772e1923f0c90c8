// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_point_weighting_rule_h
#define sobolev_weighting_point_weighting_rule_h

#include <vector>

namespace sobolev
{
  /**
   * What a PointWeightingRule sees of the residuals $r_i$ of some blocks at
   * their points. Entries "by row" are those of this process, all others are the
   * same on all processes.
   */
  struct PointStatistics
  {
    /** $r_i^2$, by row. */
    std::vector<double> squares;

    /** The number of the block, by row: from zero, among the weighted ones. */
    std::vector<unsigned int> blocks;

    /** The largest $r_i^2$ of each block. */
    std::vector<double> largest;

    /** The slice in time, by row; all zero unless the rule asks for slices. */
    std::vector<unsigned int> slices;

    /** The mean of $r_i^2$ in each slice; 0 where there are no points. */
    std::vector<double> slice_means;
  };



  /**
   * A rule for weights $W_i \ge 0$ of single points while a loss
   * $\sum_i w_i W_i r_i^2$ is minimised. Weights are constants for the
   * optimizer, which does not differentiate them.
   *
   * Rules are local: a weight depends on what belongs to its point and on numbers
   * that are the same on all processes.
   */
  class PointWeightingRule
  {
  public:
    virtual ~PointWeightingRule() = default;

    /** All weights before the first update. */
    virtual double
    first_weight() const
    {
      return 1.;
    }

    /** How many slices in time of equal length it wants to know of. */
    virtual unsigned int
    n_slices() const
    {
      return 1;
    }

    /** What else it remembers, and to go on from that. */
    virtual std::vector<double>
    state() const
    {
      return {};
    }

    virtual void
    set_state(const std::vector<double> &)
    {
    }

    /** Change the @p weights, one per row. All statistics are finite. */
    virtual void
    update(std::vector<double> &weights, const PointStatistics &statistics) = 0;
  };
} // namespace sobolev

#endif
