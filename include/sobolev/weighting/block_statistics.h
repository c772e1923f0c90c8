// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_block_statistics_h
#define sobolev_weighting_block_statistics_h

#include <vector>

namespace sobolev
{
  /**
   * What a WeightingRule sees of the terms (blocks) $L_1, \dots, L_K$ of a
   * loss at the present parameters, without the weights that it chooses. All
   * are sums over all processes.
   */
  struct BlockStatistics
  {
    /** $L_k$. */
    std::vector<double> losses;

    /**
     * $g_k = \partial L_k/\partial\theta$ with respect to weights and biases
     * of the layers, without those of unknown coefficients; empty unless WeightingRule::needs() asks for them.
     */
    std::vector<std::vector<double>> gradients;

    /**
     * $\operatorname{tr}(J_k J_k^T)$ of the residual rows of each block; empty
     * unless WeightingRule::needs() asks for them.
     */
    std::vector<double> traces;
  };
} // namespace sobolev

#endif
