// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_fixed_weights_h
#define sobolev_weighting_fixed_weights_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /** Weights that were given and stay as they are. */
  class FixedWeights : public WeightingRule
  {
  public:
    explicit FixedWeights(const std::vector<double> &weights);

    /** The given weights. */
    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const std::vector<double> weights;
  };



  /**
   * The weights that are optimal to first order in the error of the network
   * ("epsilon-optimal": van der Meer, Oosterlee, Borovykh, J. Comput. Appl.
   * Math. 405, 113887, 2022; as in arXiv:2107.00940): with the squared norm
   * $I_k$ of what block $k$ measures of the solution,
   * @f[
   *   \lambda_k = \frac{\prod_{j \ne k} I_j}{\sum_i \prod_{j \ne i} I_j} ,
   * @f]
   * that is proportional to $1/I_k$ and one in sum.
   *
   * @param integrals $I_k > 0$.
   */
  std::vector<double>
  epsilon_optimal_weights(const std::vector<double> &integrals);
} // namespace sobolev

#endif
