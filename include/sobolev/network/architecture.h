// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_architecture_h
#define sobolev_network_architecture_h

#include <sobolev/network/input_feature.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Everything about a multilayer perceptron except its parameters.
   *
   * The inputs are the space coordinates, then, where present, time, then
   * parameters of the problem. With the scaled inputs $\hat x_i = 2 (x_i -
   * l_i) / (u_i - l_i) - 1$ and features $\phi_k(x)$, the network is
   * @f[
   *   a^0 = (\hat x, \phi(x)), \quad
   *   a^{l} = f(W^l a^{l-1} + b^l), \quad l = 1,\dots,L, \quad
   *   u = s \odot (W^{L+1} a^L + b^{L+1}) + m .
   * @f]
   *
   * | member          | meaning                            | size          |
   * | --------------- | ---------------------------------- | ------------- |
   * | `lower`,`upper` | $l$, $u$: box of the inputs [x]    | n_inputs      |
   * | `features`      | $\phi_k$                           | any           |
   * | `hidden_widths` | neurons per hidden layer           | $L \ge 1$     |
   * | `activation`    | name of $f$, see make_activation() | -             |
   * | `output_scale`  | $s$ [u]                            | n_outputs     |
   * | `output_shift`  | $m$ [u]                            | n_outputs     |
   */
  struct Architecture
  {
    std::vector<double>                              lower, upper;
    std::vector<std::shared_ptr<const InputFeature>> features;
    std::vector<unsigned int>                        hidden_widths;
    std::string                                      activation = "tanh";
    std::vector<double>                              output_scale{1.};
    std::vector<double>                              output_shift{0.};

    unsigned int
    n_inputs() const
    {
      return lower.size();
    }

    unsigned int
    n_outputs() const
    {
      return output_scale.size();
    }

    /**
     * @throws InputError with one sentence if the members do not fit together
     * or a width is zero, a box empty, a scale not a positive number.
     */
    void check() const;
  };
} // namespace sobolev

#endif
