// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_architecture_h
#define sobolev_network_architecture_h

#include <sobolev/network/coefficient_map.h>
#include <sobolev/network/input_function.h>

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
   * l_i) / (u_i - l_i) - 1$, waves $k$ and features $\phi$, the network is
   * @f[
   *   a^0 = (\hat x, \cos k\cdot x, \sin k\cdot x, \phi(x)), \quad
   *   z^l = W^l a^{l-1} + b^l, \quad
   *   a^l = f(s^l \odot \mathcal N(z^l)) \; [+ a^{l-1}], \quad
   *   l = 1, \dots, L,
   * @f]
   * @f[
   *   u = g(x) + \varphi(x) \bigl(s \odot (W^{L+1} a^L + b^{L+1}) + m\bigr) .
   * @f]
   * By default there are no waves and features, the slopes $s^l$ are one,
   * nothing is normalised ($\mathcal N$), no layer is skipped, and $g = 0$,
   * $\varphi = 1$.
   *
   * | member          | meaning                            | size          |
   * | --------------- | ---------------------------------- | ------------- |
   * | `lower`,`upper` | $l$, $u$: box of the inputs [x]    | n_inputs      |
   * | `omitted_inputs`| inputs that are no part of $a^0$   | any           |
   * | `waves`         | wave vectors $k$ [rad/x]           | any x n_inputs |
   * | `features`      | $\phi$                             | any           |
   * | `hidden_widths` | neurons per hidden layer           | $L \ge 1$     |
   * | `activation`    | name of $f$, see make_activation() | -             |
   * | `output_scale`  | $s$ [u]                            | n_layer_outputs() |
   * | `output_shift`  | $m$ [u]                            | n_layer_outputs() |
   * | `offsets`       | $g$ [u]; null means 0              | none or n_layer_outputs() |
   * | `factors`       | $\varphi$; null means 1            | none or n_layer_outputs() |
   * | `coefficients`  | further outputs, see Coefficient   | any           |
   *
   * Waves make random Fourier features (Tancik et al. 2020), with chosen
   * frequencies, and periodic networks: for a period $T$ of input $i$, waves
   * $2\pi m e_i / T$ and `omitted_inputs` $= \{i\}$ (Dong and Ni 2021). With
   * $g$ equal to the Dirichlet data and $\varphi$ zero on that boundary, the
   * condition holds exactly (Sukumar and Srivastava 2022).
   */
  struct Architecture
  {
    /**
     * Adaptive slopes (Jagtap, Kawaguchi and Karniadakis 2020): $s^l_j = n
     * a^l_j$ with a trained $a$ per layer or per neuron and a fixed factor
     * $n$. With the activation sin, a slope is a frequency.
     */
    struct Slopes
    {
      enum class Kind
      {
        fixed,
        layer,
        neuron
      };

      Kind kind = Kind::fixed;

      /** The factor $n \ge 1$. */
      double scale = 1.;

      /** $n a$ at the start, in the first and in the other hidden layers. */
      double first = 1., other = 1.;
    };

    /**
     * Normalisation $\mathcal N$ of the hidden layers, with trained factor
     * and shift per neuron.
     */
    enum class Normalization
    {
      none,

      /** Over the neurons of a layer, point by point (Ba et al. 2016). */
      layer,

      /**
       * Over points, neuron by neuron (Ioffe and Szegedy 2015), with mean and
       * variance that Network::set_statistics() takes from a set of points.
       */
      batch
    };

    /** Distribution of the weights at the start, see Network. */
    enum class Initialization
    {
      glorot,
      he,
      orthogonal,
      siren
    };

    /**
     * An unknown coefficient of equations, which is trained together with the
     * layers and is one more output behind theirs: a number $c = T(\theta_k)$,
     * whose derivatives in the inputs are zero, or a field $c(x) = T(u(x))$
     * with a network of its own.
     */
    struct Coefficient
    {
      /** $T$, which keeps $c$ within its bounds. */
      CoefficientMap map;

      /**
       * Of a number: its value at the start. Fields start near $T$ of the
       * output shift of their network.
       */
      double initial = 0.;

      /**
       * The network $u$ of a field: the same inputs, some of which may be
       * omitted, one output, no coefficients, no batch normalisation. Null for
       * a number.
       */
      std::shared_ptr<const Architecture> field;
    };

    std::vector<double>                               lower, upper;
    std::vector<unsigned int>                         omitted_inputs;
    std::vector<std::vector<double>>                  waves;
    std::vector<std::shared_ptr<const InputFunction>> features;
    std::vector<unsigned int>                         hidden_widths;
    std::string                                       activation = "tanh";
    Slopes                                            slopes;
    Normalization  normalization  = Normalization::none;
    Initialization initialization = Initialization::glorot;

    /** Whether $a^{l-1}$ is added where layers $l-1$, $l$ are equally wide. */
    bool skip_connections = false;

    /**
     * Whether weights are products $W^l_{ji} = e^{g^l_j} V^l_{ji}$ with trained
     * $g$ and $V$ (random weight factorisation, Wang, Wang, Seidman and
     * Perdikaris 2022); $g$ is normally distributed at the start, with the
     * given mean and deviation, and $W$ is as without.
     */
    bool   factorized_weights   = false;
    double factorization_mean   = 0.5;
    double factorization_spread = 0.1;

    std::vector<double>                               output_scale{1.};
    std::vector<double>                               output_shift{0.};
    std::vector<std::shared_ptr<const InputFunction>> offsets, factors;
    std::vector<Coefficient>                          coefficients;

    unsigned int
    n_inputs() const
    {
      return lower.size();
    }

    /** The size of $a^0$. */
    unsigned int
    n_first_inputs() const
    {
      return n_inputs() - omitted_inputs.size() + 2 * waves.size() +
             features.size();
    }

    /** The size of the last layer. */
    unsigned int
    n_layer_outputs() const
    {
      return output_scale.size();
    }

    unsigned int
    n_outputs() const
    {
      return n_layer_outputs() + coefficients.size();
    }

    /**
     * @throws InputError with one sentence if the members do not fit together
     * or a width is zero, a box empty, a scale not a positive number.
     */
    void check() const;

  private:
    void check_first_layer() const;
    void check_slopes() const;
    void check_coefficients() const;
  };
} // namespace sobolev

#endif
