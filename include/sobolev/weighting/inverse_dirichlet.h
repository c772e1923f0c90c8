// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_inverse_dirichlet_h
#define sobolev_weighting_inverse_dirichlet_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * Inverse-Dirichlet weighting (Maddu, Sturm, Mueller, Sbalzarini, Mach.
   * Learn.: Sci. Technol. 3, 015026, 2022; arXiv:2107.00940): weighted gradients
   * of all blocks get the same spread. With the sample standard deviation
   * $s_k$ over the entries of $g_k$,
   * @f[
   *   \hat\lambda_k = \frac{s_{\rm ref}}{s_k}, \qquad
   *   \lambda_k \leftarrow \alpha\lambda_k + (1-\alpha)\hat\lambda_k ,
   * @f]
   * where the reference has the largest $s_k$ or is a given block.
   */
  class InverseDirichlet : public WeightingRule
  {
  public:
    /**
     * @param memory    $0 \le \alpha < 1$.
     * @param reference Number of the block of reference; negative: that with
     *                  the largest deviation.
     */
    explicit InverseDirichlet(const double memory    = 0.5,
                              const int    reference = -1);

    Needs
    needs() const override
    {
      return Needs::gradients;
    }

    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const double memory;
    const int    reference;
  };
} // namespace sobolev

#endif
