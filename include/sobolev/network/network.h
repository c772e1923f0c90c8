// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_network_h
#define sobolev_network_network_h

#include <sobolev/network/activation.h>
#include <sobolev/network/architecture.h>
#include <sobolev/network/jet_tile.h>
#include <sobolev/network/network_weights.h>
#include <sobolev/network/parameter_layout.h>

#include <deal.II/base/array_view.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The map $(\theta, x) \mapsto u$ of a multilayer perceptron, its input
   * derivatives (jets), and the adjoint actions in $\theta$.
   *
   * The parameters $\theta$ are not part of the object; ParameterLayout says
   * where each is. All functions are local to the process, const, and may be
   * called from several threads with a JetTile each.
   *
   * Usage, for one tile of points:
   * @code
   * NetworkWeights weights(network);
   * weights.assign(theta);                   // once per theta
   * JetTile tile(network, JetSpecification::laplacian(2));
   * tile.reinit(n_points);                   // at most tile.capacity() points
   * tile.set_input(i, p, x);                 // for all inputs and points
   * network.evaluate(weights, tile);         // jets are in tile.output(o, c)
   * ...                                      // fill tile.all_output_adjoints()
   * network.add_parameter_gradient(weights, tile, gradient);
   * @endcode
   */
  class Network
  {
  public:
    /** @throws InputError if the architecture is not sound. */
    explicit Network(const Architecture &architecture);

    const Architecture &
    architecture() const
    {
      return description;
    }

    /** Where which parameter is. */
    const ParameterLayout &
    layout() const
    {
      return parameters;
    }

    unsigned int
    n_inputs() const
    {
      return description.n_inputs();
    }

    unsigned int
    n_outputs() const
    {
      return description.n_outputs();
    }

    /** The number of trainable parameters. */
    unsigned int
    n_parameters() const
    {
      return parameters.n_parameters();
    }

    /**
     * Random parameters that depend on @p seed only. With $n$ inputs and $m$
     * neurons of a layer and the gain $\gamma$ of the activation (1 in the
     * first and last layer), the weights are
     *
     * | Initialization | distribution                                        |
     * | -------------- | --------------------------------------------------- |
     * | glorot         | normal, deviation $\gamma \sqrt{2/(n+m)}$ (Glorot and Bengio 2010) |
     * | he             | normal, deviation $\sqrt{2/n}$ (He et al. 2015)     |
     * | orthogonal     | $\gamma$ times orthonormal rows or columns (Saxe et al. 2014) |
     * | siren          | uniform in $\pm 1/n$ in the first layer, then in $\pm \sqrt{6/n} / s$ with the slope $s$ (Sitzmann et al. 2020) |
     *
     * Biases are uniform in [-0.1, 0.1], in the first layer in [-1, 1] so that
     * the neurons' centres spread over the domain, and zero in the last.
     * Adaptive slopes and weight factors do not change what the seed gives.
     * Coefficients have their initial values; the network of a field has
     * random numbers of its own.
     */
    std::vector<double> initial_parameters(const std::uint64_t seed) const;

    /**
     * Set the means and variances of a batch normalisation in @p theta to those
     * of the given points, layer after layer. They then belong to the map: the
     * value at one point never depends on other points. Gradients leave them
     * as they are. Does nothing for other networks.
     *
     * @param points All inputs of each point, in physical units; at least two.
     */
    void set_statistics(const std::vector<std::vector<double>> &points,
                        const dealii::ArrayView<double>        &theta) const;

    /** Compute the jets of the points in @p tile. */
    void evaluate(const NetworkWeights &weights, JetTile &tile) const;

    /**
     * Add $\sum_{o,c,p} \bar u_{o,c,p}\, \partial u_{o,c,p} / \partial\theta$
     * to @p gradient, with the adjoints $\bar u$ in
     * JetTile::all_output_adjoints(). The last evaluate() of @p tile must have
     * been with the same @p weights.
     */
    void
    add_parameter_gradient(const NetworkWeights            &weights,
                           JetTile                         &tile,
                           const dealii::ArrayView<double> &gradient) const;

    /**
     * As add_parameter_gradient(), but without the sum over the points: entry
     * $(p, k)$ of a column-major matrix with leading dimension @p leading
     * is set to $\sum_{o,c} \bar u_{o,c,p}\, \partial u_{o,c,p} /
     * \partial\theta_k$. Rows 0 to JetTile::stride() are written; the
     * padding rows are zero if their adjoints are. @p matrix is aligned to 64
     * bytes and @p leading a multiple of 8.
     */
    void compute_jacobian_rows(const NetworkWeights &weights,
                               JetTile              &tile,
                               double               *matrix,
                               const std::size_t     leading) const;

    /**
     * The derivatives in the inputs of $\sum_o \bar u_{o,p}\, u_{o,p}$ at each
     * point, by one reverse sweep whatever the number of inputs: input $i$,
     * point $p$ at `i * stride() + p` of the result.
     *
     * As add_parameter_gradient(), for a tile of values and a network without
     * omitted inputs, waves, features, offsets and factors.
     */
    std::vector<double>
    input_gradient(const NetworkWeights &weights, JetTile &tile) const;

  private:
    friend class JetTile;
    friend class NetworkWeights;

    template <typename Number>
    void evaluate_layers(const NetworkWeights &weights, JetTile &tile) const;

    // The reverse sweep, the same for both kinds of result; action(l, z_bar,
    // a_in) uses the adjoints of layer l before its activation, normalize(l,
    // gain_bar, shift_bar) those of a layer normalisation, by neuron and point.
    template <typename Number, typename Action, typename NormalizationAction>
    void sweep_backwards(const NetworkWeights      &weights,
                         JetTile                   &tile,
                         const Action              &action,
                         const NormalizationAction &normalize) const;

    template <typename Number>
    void add_gradient(const NetworkWeights            &weights,
                      JetTile                         &tile,
                      const dealii::ArrayView<double> &gradient) const;

    template <typename Number>
    void add_input_gradient(const NetworkWeights &weights,
                            JetTile              &tile,
                            std::vector<double>  &gradient) const;

    template <typename Number>
    void compute_rows(const NetworkWeights &weights,
                      JetTile              &tile,
                      double               *matrix,
                      const std::size_t     leading) const;

    // W a + b of a layer at the points of a tile of values, by neuron and
    // point.
    std::vector<double> layer_input_sums(const NetworkWeights &weights,
                                         JetTile              &tile,
                                         const unsigned int    layer) const;

    // What evaluate(), add_parameter_gradient() and compute_jacobian_rows() do,
    // for the coefficients.
    void
    evaluate_coefficients(const NetworkWeights &weights, JetTile &tile) const;
    void
         add_coefficient_gradient(const NetworkWeights            &weights,
                                  JetTile                         &tile,
                                  const dealii::ArrayView<double> &gradient) const;
    void compute_coefficient_rows(const NetworkWeights &weights,
                                  JetTile              &tile,
                                  double               *matrix,
                                  const std::size_t     leading) const;

    // Whether the input of this layer is added to its output.
    bool is_skipped(const unsigned int layer) const;

    Architecture                      description;
    ParameterLayout                   parameters;
    std::shared_ptr<const Activation> activation;
    // One per coefficient, null for numbers.
    std::vector<std::shared_ptr<const Network>> fields;
  };
} // namespace sobolev

#endif
