// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_multiple_gradient_descent_h
#define sobolev_weighting_multiple_gradient_descent_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * Multiple-gradient descent (Desideri, C. R. Math. 350, 313, 2012; Sener,
   * Koltun, NeurIPS 2018): the weights are the point of the simplex
   * $c_k \ge 0$, $\sum_k c_k = 1$ with the least $\|\sum_k c_k g_k\|^2$, so that
   * a step against this sum decreases all blocks. Found by the method of Frank
   * and Wolfe with exact line search on the Gram matrix of the gradients.
   *
   * Weights below a floor $\varepsilon$ would be forgotten: they are lifted to
   * it, and the others give what this takes in equal parts.
   */
  class MultipleGradientDescent : public WeightingRule
  {
  public:
    /** @param floor $\varepsilon \ge 0$. */
    explicit MultipleGradientDescent(const double floor = 1e-5);

    Needs
    needs() const override
    {
      return Needs::gradients;
    }

    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

    /**
     * The point of least norm in the convex hull of vectors with the Gram
     * matrix @p gram, which has $K \times K$ entries row by row.
     */
    static std::vector<double>
    least_norm_point(const std::vector<double> &gram, const unsigned int K);

  private:
    const double floor;
  };
} // namespace sobolev

#endif
