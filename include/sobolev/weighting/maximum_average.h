// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_maximum_average_h
#define sobolev_weighting_maximum_average_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * The annealing of Wang, Teng, Perdikaris (SIAM J. Sci. Comput. 43, A3055,
   * 2021; arXiv:2001.04536), "max/avg": with maximum and mean over the entries of
   * a gradient,
   * @f[
   *   \hat\lambda_k = \frac{\max |g_{\rm ref}|}{\mathrm{mean} |\lambda_k g_k|},
   *   \qquad
   *   \lambda_k \leftarrow \alpha\lambda_k + (1-\alpha)\hat\lambda_k .
   * @f]
   * The reference, whose own weight stays, has the largest $\max |g_k|$ or is a
   * given block. With the present weight in the mean, as above and in the
   * authors' code, constant gradients lead to $\lambda_k = \sqrt{\max / \mathrm{mean}}$;
   * without it, to the ratio itself.
   */
  class MaximumAverage : public WeightingRule
  {
  public:
    /**
     * @param memory          $0 \le \alpha < 1$.
     * @param weight_in_mean  Whether $\lambda_k$ is in the mean.
     * @param reference       Number of the block of reference; negative: that
     *                        with the largest entry of a gradient.
     */
    explicit MaximumAverage(const double memory         = 0.5,
                            const bool   weight_in_mean = true,
                            const int    reference      = -1);

    Needs
    needs() const override
    {
      return Needs::gradients;
    }

    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const double memory;
    const bool   weight_in_mean;
    const int    reference;
  };
} // namespace sobolev

#endif
