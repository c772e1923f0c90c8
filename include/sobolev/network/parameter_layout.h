// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_parameter_layout_h
#define sobolev_network_parameter_layout_h

#include <sobolev/network/architecture.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * Where the parameters of a network are in the vector $\theta$: layer by
   * layer, and in each
   *
   * | parameters                | number     | position                        |
   * | ------------------------- | ---------- | ------------------------------- |
   * | weights $W_{ji}$ or $V_{ji}$ | n_out * n_in | `weights + j * n_in + i`   |
   * | biases $b_j$              | n_out      | `bias + j`                      |
   * | slopes $a$ or $a_j$       | 0, 1 or n_out | `slopes`, hidden layers only |
   * | logarithms $g_j$ of factors | 0 or n_out | `factors + j`                 |
   * | gains $\gamma_j$ of a normalisation | 0 or n_out | `gains + j`         |
   * | shifts $\beta_j$ of a normalisation | 0 or n_out | `shifts + j`        |
   * | means $\mu_j$ of a batch    | 0 or n_out | `means + j`, not trained    |
   * | variances $\sigma_j^2$ of a batch | 0 or n_out | `variances + j`, not trained |
   *
   * No gradient reaches the parameters that are not trained. Behind the layers
   * are the parameters of each coefficient: one number, or all parameters of a
   * network in the same order.
   */
  class ParameterLayout
  {
  public:
    struct Layer
    {
      unsigned int n_in, n_out;
      unsigned int weights, bias, slopes, factors;
      unsigned int n_slopes, n_factors;

      // Both have the same number; so have means and variances.
      unsigned int gains, shifts, means, variances;
      unsigned int n_gains, n_statistics;
    };

    struct Coefficient
    {
      unsigned int first, n_parameters;

      // That of the network of a field; null for a number.
      std::shared_ptr<const ParameterLayout> field;
    };

    explicit ParameterLayout(const Architecture &architecture);

    const std::vector<Layer> &
    layers() const
    {
      return all_layers;
    }

    const std::vector<Coefficient> &
    coefficients() const
    {
      return all_coefficients;
    }

    unsigned int
    n_parameters() const
    {
      return size;
    }

  private:
    static unsigned int end(const Layer &layer);

    std::vector<Layer>       all_layers;
    std::vector<Coefficient> all_coefficients;
    unsigned int             size;
  };
} // namespace sobolev

#endif
