// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_soft_adapt_h
#define sobolev_weighting_soft_adapt_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * SoftAdapt (Heydari, Thompson, Mehmood, arXiv:1912.12355): blocks whose loss
   * falls least get most. With the changes $s_k$ of the losses since the last
   * call,
   * @f[
   *   \lambda_k = \frac{p_k e^{\beta s_k}}{\sum_j p_j e^{\beta s_j}} ,
   * @f]
   * where, in the normalised variant, $s_k$ is divided by $\sum_j |s_j|$, and
   * $p_k$ is one or, in the loss-weighted variant, the loss.
   */
  class SoftAdapt : public WeightingRule
  {
  public:
    /** @param sharpness $\beta$. */
    explicit SoftAdapt(const double sharpness     = 0.1,
                       const bool   normalised    = true,
                       const bool   loss_weighted = true);

    /** The first call only remembers the losses. */
    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const double        sharpness;
    const bool          normalised, loss_weighted;
    std::vector<double> last_losses;
  };
} // namespace sobolev

#endif
