// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_limited_inverse_hessian_h
#define sobolev_training_limited_inverse_hessian_h

#include <sobolev/training/inverse_hessian.h>

#include <deque>

namespace sobolev
{
  /**
   * The inverse Hessian of limited-memory BFGS: the last $m$ pairs $(s, y)$,
   * applied as BFGS updates to $\gamma I$ with $\gamma = s^T y / y^T y$ of the
   * last pair (Nocedal and Wright, 2006, algorithm 7.4).
   *
   * Takes $16 m n$ bytes for $n$ variables, a product $4 m n$ multiplications.
   */
  class LimitedInverseHessian : public InverseHessian
  {
  public:
    /**
     * The identity.
     *
     * @param storage The number $m > 0$ of pairs that are kept.
     */
    explicit LimitedInverseHessian(const unsigned int storage);

    void reset() override;

    void multiply(const std::vector<double> &x,
                  std::vector<double>       &result) const override;

    /** The numbers other than $s$ and $y$ are not used. */
    bool update(const std::vector<double> &s,
                const std::vector<double> &y,
                const std::vector<double> &old_gradient,
                const double               alpha) override;

  private:
    struct Pair
    {
      std::vector<double> s, y;

      // 1 / y^T s
      double rho;
    };

    const unsigned int storage;

    // The oldest first.
    std::deque<Pair> pairs;
    double           gamma;
  };
} // namespace sobolev

#endif
