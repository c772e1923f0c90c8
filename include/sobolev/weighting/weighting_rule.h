// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_weighting_rule_h
#define sobolev_weighting_weighting_rule_h

#include <sobolev/weighting/block_statistics.h>

#include <vector>

namespace sobolev
{
  /**
   * A rule for the weights $\lambda_k$ of a loss $\sum_k \lambda_k L_k$ while
   * it is minimised. Weights are one at the start; they are constants for the
   * optimizer, which does not differentiate them.
   *
   * Rules are arithmetic with numbers that are the same on all processes: they
   * are local, and so are the weights the same everywhere.
   */
  class WeightingRule
  {
  public:
    enum class Needs
    {
      losses,
      gradients,
      traces
    };

    virtual ~WeightingRule() = default;

    /** What has to be in the statistics beside the losses. */
    virtual Needs
    needs() const
    {
      return Needs::losses;
    }

    /**
     * The next weights. Blocks that say nothing, since their loss or gradient
     * is zero, keep theirs. May remember what it was given.
     *
     * @param weights    The present ones, one per block.
     * @param statistics All of them finite.
     */
    virtual std::vector<double> update(const std::vector<double> &weights,
                                       const BlockStatistics &statistics) = 0;
  };
} // namespace sobolev

#endif
