// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_grad_norm_h
#define sobolev_weighting_grad_norm_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * GradNorm (Chen, Badrinarayanan, Lee, Rabinovich, ICML 2018;
   * arXiv:1711.02257): weights are trained so that the norms $G_k = \|\lambda_k
   * g_k\|$ become $\bar G r_k^a$, where $\bar G$ is their mean and $r_k$ the
   * part of its first loss that block $k$ still has, relative to the mean of
   * these parts. A step against the gradient of $\sum_k |G_k - \bar G r_k^a| /
   * \bar G$, whose targets count as constants, is followed by scaling to the
   * sum $K$. The division by $\bar G$, which the paper does not have, makes the
   * rate independent of the size of the losses.
   */
  class GradNorm : public WeightingRule
  {
  public:
    /**
     * @param asymmetry $a \ge 0$.
     * @param rate      Step length of the weights.
     */
    explicit GradNorm(const double asymmetry = 1.5, const double rate = 0.025);

    Needs
    needs() const override
    {
      return Needs::gradients;
    }

    /** No weight falls below 1e-4. */
    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const double        asymmetry, rate;
    std::vector<double> first_losses;
  };
} // namespace sobolev

#endif
