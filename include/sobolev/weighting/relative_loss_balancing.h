// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_relative_loss_balancing_h
#define sobolev_weighting_relative_loss_balancing_h

#include <sobolev/weighting/weighting_rule.h>

#include <cstdint>

namespace sobolev
{
  /**
   * ReLoBRaLo, relative loss balancing with random lookback (Bischof, Kraus,
   * arXiv:2110.09813): with the scaled softmax of the progress since an earlier
   * time $t'$,
   * @f[
   *   \hat\lambda_k(t, t') = K \frac{\exp(L_k(t)/(T L_k(t')))}
   *                             {\sum_j \exp(L_j(t)/(T L_j(t')))} , \qquad
   *   \lambda_k(t) = \alpha \bigl(\rho \lambda_k(t-1) + (1-\rho)
   *     \hat\lambda_k(t, 0)\bigr) + (1-\alpha) \hat\lambda_k(t, t-1) ,
   * @f]
   * where $\rho$ is one or, seldom, zero.
   */
  class RelativeLossBalancing : public WeightingRule
  {
  public:
    /**
     * @param memory      $\alpha$.
     * @param temperature $T > 0$.
     * @param lookback    The mean of $\rho$.
     * @param seed        Of the random numbers.
     */
    explicit RelativeLossBalancing(const double        memory      = 0.999,
                                   const double        temperature = 0.1,
                                   const double        lookback    = 0.999,
                                   const std::uint64_t seed        = 1);

    /** The first call only remembers the losses. */
    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    std::vector<double> balanced_since(const std::vector<double> &earlier,
                                       const std::vector<double> &losses) const;

    const double        memory, temperature, lookback;
    const std::uint64_t seed;
    std::uint64_t       n_calls = 0;
    std::vector<double> first_losses, last_losses;
  };
} // namespace sobolev

#endif
