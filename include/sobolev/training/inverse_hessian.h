// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_inverse_hessian_h
#define sobolev_training_inverse_hessian_h

#include <vector>

namespace sobolev
{
  /**
   * A symmetric positive definite approximation $H$ of the inverse Hessian of a
   * function, learned from steps $s$ and the changes $y$ of the gradient along
   * them: $H y = s$ for the last one. Local to the process.
   */
  class InverseHessian
  {
  public:
    virtual ~InverseHessian() = default;

    /** Set it to the identity. */
    virtual void reset() = 0;

    /** Set @p result to $H x$. */
    virtual void multiply(const std::vector<double> &x,
                          std::vector<double>       &result) const = 0;

    /**
     * Update after the step $s = \alpha p$ with $p = -H g$.
     *
     * @return Whether there is positive curvature along the step, $y^T s > 0$,
     * and everything is finite; if not, nothing has changed.
     */
    virtual bool update(const std::vector<double> &s,
                        const std::vector<double> &y,
                        const std::vector<double> &old_gradient,
                        const double               alpha) = 0;
  };
} // namespace sobolev

#endif
