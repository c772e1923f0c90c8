// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_self_adaptive_weights_h
#define sobolev_weighting_self_adaptive_weights_h

#include <sobolev/weighting/point_weighting_rule.h>

namespace sobolev
{
  /**
   * Self-adaptive weights (McClenny, Braga-Neto, J. Comput. Phys. 474, 111722,
   * 2023; arXiv:2009.04544): the loss is minimised in the parameters and
   * maximised in $\lambda_i$, which enter by the mask $W_i = \lambda_i^2$. With
   * steps of gradient ascent,
   * @f[
   *   \lambda_i \leftarrow \lambda_i + \eta \frac{\partial}{\partial \lambda_i}
   *   \lambda_i^2 r_i^2 = \lambda_i (1 + 2 \eta r_i^2) ,
   * @f]
   * from $\lambda_i = 1$. The quadrature weight $w_i$ is left out, so that the
   * number of points does not matter. Weights never decrease.
   */
  class SelfAdaptiveWeights : public PointWeightingRule
  {
  public:
    /** @param rate $\eta$. */
    explicit SelfAdaptiveWeights(const double rate);

    void update(std::vector<double>   &weights,
                const PointStatistics &statistics) override;

  private:
    const double rate;
  };
} // namespace sobolev

#endif
