// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_pointwise_multipliers_h
#define sobolev_weighting_pointwise_multipliers_h

#include <vector>

namespace sobolev
{
  /**
   * One Lagrange multiplier per constraint, by dual ascent with steps that are
   * normalised as those of RMSProp (Basir, Commun. Comput. Phys. 33, 1240,
   * 2023; arXiv:2209.09988). For the loss $\sum_j R_j^2 + \sum_i \lambda_i
   * C_i$ with constraints $C_i = r_i^2 \ge 0$, after each step of the
   * parameters
   * @f[
   *   v_i \leftarrow \beta v_i + (1-\beta) C_i^2, \qquad
   *   \lambda_i \leftarrow \lambda_i + \eta \frac{C_i}{\sqrt{v_i +
   *   \epsilon}} ,
   * @f]
   * from $\lambda_i = 1$ and $v_i = 0$. Multipliers never decrease; they grow
   * by about $\eta$ where a violation does not fall. There is no quadratic
   * penalty. Local.
   */
  class PointwiseMultipliers
  {
  public:
    struct Options
    {
      /** $\eta$. */
      double rate = 1.;

      /** $\beta$. */
      double memory = 0.9;

      /** $\epsilon$. */
      double epsilon = 1e-8;
    };

    /** Of @p n constraints. */
    PointwiseMultipliers(const std::size_t n, const Options &options);

    /** @param violations $C_i$. */
    void update(const std::vector<double> &violations);

    /** Go on from others, with as many entries. */
    void set_state(const std::vector<double> &multipliers,
                   const std::vector<double> &averages);

    /** $\lambda_i$. */
    const std::vector<double> &
    multipliers() const
    {
      return lambda;
    }

    /** $v_i$. */
    const std::vector<double> &
    averages() const
    {
      return v;
    }

  private:
    const Options       options;
    std::vector<double> lambda, v;
  };
} // namespace sobolev

#endif
