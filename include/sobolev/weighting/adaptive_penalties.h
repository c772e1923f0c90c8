// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_adaptive_penalties_h
#define sobolev_weighting_adaptive_penalties_h

#include <limits>
#include <vector>

namespace sobolev
{
  /**
   * Conditionally adaptive penalty updates, CAPU (Hu, Basir, Senocak, Comput.
   * Methods Appl. Mech. Eng. 456, 118953, 2026; arXiv:2508.15695), of aggregated
   * constraints: each $C_k$ is a mean of squared residuals. For the loss $L = J +
   * \sum_k (\lambda_k C_k + \frac12 \mu_k C_k^2)$, after each step of the
   * parameters,
   * @f[
   *   v_k \leftarrow \zeta v_k + (1-\zeta) C_k^2; \qquad
   *   \text{if } L \ge \omega L_{\rm last}: \quad
   *   \lambda_k \leftarrow \lambda_k + \mu_k C_k, \quad
   *   \mu_k \leftarrow \max\Bigl(\frac{\eta_k}{\sqrt{v_k + 10^{-16}}},
   *   \mu_k\Bigr) ,
   * @f]
   * from $\lambda_k = \mu_k = 1$, $v_k = 0$, $L_{\rm last} = \infty$: only when
   * the parameters do not get anywhere, and never smaller penalties. $L$ is that
   * of the old multipliers. All is replicated: local.
   */
  class AdaptivePenalties
  {
  public:
    struct Options
    {
      /** $\eta_k$, one per constraint. */
      std::vector<double> rates;

      /** $\zeta$. */
      double memory = 0.99;

      /** $\omega$. */
      double stagnation = 0.999;
    };

    explicit AdaptivePenalties(const Options &options);

    /**
     * @param violations $C_k$.
     * @param objective  $J$.
     *
     * @return Whether anything has changed.
     */
    bool update(const std::vector<double> &violations, const double objective);

    /** $\lambda_k$. */
    const std::vector<double> &
    multipliers() const
    {
      return lambda;
    }

    /** $\mu_k$. */
    const std::vector<double> &
    penalties() const
    {
      return mu;
    }

    /** $\lambda_k$, $\mu_k$, $v_k$ of all constraints, then $L_{\rm last}$. */
    std::vector<double> state() const;

    /** Go on from a state(), with as many constraints. */
    void set_state(const std::vector<double> &state);

  private:
    Options             options;
    std::vector<double> lambda, mu, v;
    double              last_loss = std::numeric_limits<double>::infinity();
  };
} // namespace sobolev

#endif
