// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_residual_attention_h
#define sobolev_weighting_residual_attention_h

#include <sobolev/weighting/point_weighting_rule.h>

namespace sobolev
{
  /**
   * Residual-based attention (Anagnostopoulos, Toscano, Stergiopulos,
   * Karniadakis, Comput. Methods Appl. Mech. Eng. 421, 116805, 2024;
   * arXiv:2307.00379): residuals are multiplied by
   * @f[
   *   \lambda_i \leftarrow \gamma \lambda_i + \eta \frac{|r_i|}{\max_j |r_j|} ,
   *   \qquad W_i = \lambda_i^2 ,
   * @f]
   * from $\lambda_i = 0$, with the largest residual of the block. Weights stay
   * below $(\eta/(1-\gamma))^2$.
   */
  class ResidualAttention : public PointWeightingRule
  {
  public:
    /**
     * @param rate   $\eta$.
     * @param memory $\gamma$.
     */
    ResidualAttention(const double rate, const double memory);

    double
    first_weight() const override
    {
      return 0.;
    }

    void update(std::vector<double>   &weights,
                const PointStatistics &statistics) override;

  private:
    const double rate, memory;
  };
} // namespace sobolev

#endif
