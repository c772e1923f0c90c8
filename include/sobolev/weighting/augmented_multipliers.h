// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_augmented_multipliers_h
#define sobolev_weighting_augmented_multipliers_h

#include <vector>

namespace sobolev
{
  /**
   * Multipliers and one penalty of the augmented Lagrangian method of PECANN
   * (Basir, Senocak, J. Comput. Phys. 463, 111301, 2022; arXiv:2109.14860). For
   * the loss $\sum_j R_j^2 + \sum_i (\lambda_i C_i + \frac\mu2 C_i^2)$ with
   * $C_i = r_i^2$, after each step of the parameters, with $p = \|C\|_2$,
   * @f[
   *   \text{if } p \ge \tfrac14 \eta \text{ and } p > 10^{-8}: \quad
   *   \mu \leftarrow \min(2\mu, \mu_{\max}), \quad
   *   \lambda_i \leftarrow \lambda_i + \mu C_i; \qquad
   *   \eta \leftarrow p ,
   * @f]
   * from $\lambda_i = 0$, $\mu = 1$, $\eta = 0$: nothing happens while the
   * violation falls fast. Local, given $p$.
   */
  class AugmentedMultipliers
  {
  public:
    struct Options
    {
      /** $\mu$ at the start. */
      double penalty = 1.;

      /** $\mu_{\max}$. */
      double largest_penalty = 1e4;
    };

    /** Of @p n constraints of this process. */
    AugmentedMultipliers(const std::size_t n, const Options &options);

    /**
     * @param violations $C_i$ of this process.
     * @param norm       $p$, over all processes.
     *
     * @return Whether anything has changed.
     */
    bool update(const std::vector<double> &violations, const double norm);

    /**
     * Go on from other multipliers, with as many entries, and from a penalty.
     * The last norm is forgotten: it was that of other constraints.
     */
    void
    set_state(const std::vector<double> &multipliers, const double penalty);

    /** $\lambda_i$. */
    const std::vector<double> &
    multipliers() const
    {
      return lambda;
    }

    /** $\mu$. */
    double
    penalty() const
    {
      return mu;
    }

  private:
    const Options       options;
    std::vector<double> lambda;
    double              mu, last_norm = 0.;
  };
} // namespace sobolev

#endif
