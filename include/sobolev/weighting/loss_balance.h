// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_loss_balance_h
#define sobolev_weighting_loss_balance_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * Weights that follow the losses themselves, so that no block is left behind:
   * @f[
   *   \lambda_k \leftarrow \lambda_k \Bigl( \frac{\overline{\lambda L}}
   *     {\lambda_k L_k} \Bigr)^\alpha , \qquad
   *   \overline{\lambda L} = \frac1K \sum_{j=1}^K \lambda_j L_j ,
   * @f]
   * scaled to a mean of one. A small $\alpha$ suits Levenberg-Marquardt, whose
   * steps are long.
   */
  class LossBalance : public WeightingRule
  {
  public:
    /** @param exponent $\alpha$, between 0 and 1. */
    explicit LossBalance(const double exponent = 0.05);

    /**
     * Blocks whose loss is zero, apart from rounding errors, do not count.
     * Weights are at least 1e-4.
     */
    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const double exponent;
  };
} // namespace sobolev

#endif
