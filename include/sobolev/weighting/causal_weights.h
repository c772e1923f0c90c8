// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_causal_weights_h
#define sobolev_weighting_causal_weights_h

#include <sobolev/weighting/point_weighting_rule.h>

#include <algorithm>
#include <cstddef>

namespace sobolev
{
  /**
   * Weights that respect causality (Wang, Sankaran, Perdikaris, Comput. Methods
   * Appl. Mech. Eng. 421, 116813, 2024; arXiv:2203.07404): later times count
   * once the earlier ones are solved. In slice $m$ in time,
   * @f[
   *   W = \exp\Bigl(-\epsilon \sum_{k<m} L_k \Bigr)
   * @f]
   * with the means $L_k$ of $r_i^2$ in the earlier slices. When all weights
   * exceed $\delta$, $\epsilon$ becomes the next one of a list.
   */
  class CausalWeights : public PointWeightingRule
  {
  public:
    /**
     * @param n_slices  Of equal length.
     * @param steepness The values of $\epsilon$, increasing.
     * @param threshold $\delta$.
     *
     * @throws InputError if there are no slices or no values of $\epsilon$.
     */
    CausalWeights(const unsigned int         n_slices,
                  const std::vector<double> &steepness,
                  const double               threshold);

    unsigned int
    n_slices() const override
    {
      return slices;
    }

    /** The present $\epsilon$. */
    double
    present_steepness() const
    {
      return steepness[present];
    }

    /** The number of the present $\epsilon$. */
    std::vector<double>
    state() const override
    {
      return {double(present)};
    }

    /** The last $\epsilon$ if there are not so many. */
    void
    set_state(const std::vector<double> &state) override
    {
      present = std::min(static_cast<std::size_t>(std::max(state[0], 0.)),
                         steepness.size() - 1);
    }

    void update(std::vector<double>   &weights,
                const PointStatistics &statistics) override;

  private:
    const unsigned int        slices;
    const std::vector<double> steepness;
    const double              threshold;
    std::size_t               present = 0;
  };
} // namespace sobolev

#endif
