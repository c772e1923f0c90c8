// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_network_h
#define sobolev_network_network_h

#include <sobolev/network/activation.h>
#include <sobolev/network/architecture.h>
#include <sobolev/network/jet_specification.h>

#include <deal.II/base/aligned_vector.h>
#include <deal.II/base/array_view.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace sobolev
{
  class JetTile;

  /**
   * The map $(\theta, x) \mapsto u$ of a multilayer perceptron, its input
   * derivatives (jets), and the adjoint actions in $\theta$.
   *
   * The parameters $\theta$ are not part of the object: layer by layer, first
   * the weights $W^l_{ji}$ ($j$ the neuron, $i$ its input) at `j * n_in + i`,
   * then the biases. All functions are local to the process, const, and may be
   * called from several threads with a JetTile each.
   *
   * Usage, for one tile of points:
   * @code
   * JetTile tile(network, JetSpecification::laplacian(2));
   * tile.reinit(points);                     // at most tile.capacity() points
   * network.evaluate(theta, tile);           // jets are in tile.output(o, c)
   * ...                                      // fill tile.output_adjoint(o, c)
   * network.add_parameter_gradient(theta, tile, gradient);
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
      return layers.back().bias + layers.back().n_out;
    }

    /**
     * Random parameters: weights normally distributed with standard deviation
     * gain / sqrt((n_in + n_out) / 2) (Glorot and Bengio 2010), where the gain
     * is the activation's for hidden layers but the first and 1 for the first
     * and last; biases uniform in [-0.1, 0.1], in the first layer in [-1, 1]
     * so that the neurons' centres spread over the domain. Depends on @p seed
     * only.
     */
    std::vector<double> initial_parameters(const std::uint64_t seed) const;

    /** Compute the jets of the points in @p tile. */
    void
    evaluate(const dealii::ArrayView<const double> &theta, JetTile &tile) const;

    /**
     * Add $\sum_{o,c,p} \bar u_{o,c,p}\, \partial u_{o,c,p} / \partial\theta$
     * to @p gradient, with the adjoints $\bar u$ in
     * JetTile::output_adjoint(), which are overwritten. The last evaluate()
     * of @p tile must have been with the same @p theta.
     */
    void
    add_parameter_gradient(const dealii::ArrayView<const double> &theta,
                           JetTile                               &tile,
                           const dealii::ArrayView<double> &gradient) const;

    /**
     * As add_parameter_gradient(), but without the sum over the points: entry
     * $(p, k)$ of a column-major matrix with leading dimension @p leading
     * is set to $\sum_{o,c} \bar u_{o,c,p}\, \partial u_{o,c,p} /
     * \partial\theta_k$. Rows 0 to JetTile::stride() are written; the
     * padding rows are zero if their adjoints are.
     */
    void compute_jacobian_rows(const dealii::ArrayView<const double> &theta,
                               JetTile                               &tile,
                               double                                *matrix,
                               const std::size_t leading) const;

  private:
    struct Layer
    {
      unsigned int n_in, n_out;
      /** Positions of weights and biases in theta. */
      unsigned int weights, bias;
    };

    // The reverse sweep, the same for both kinds of result; action(layer,
    // z_bar, a_in) uses the adjoints of a layer's pre-activations.
    template <typename Action>
    void sweep_backwards(const dealii::ArrayView<const double> &theta,
                         JetTile                               &tile,
                         const Action                          &action) const;

    Architecture                      description;
    std::shared_ptr<const Activation> activation;
    std::vector<Layer>                layers;
  };



  /**
   * The buffers for the jets of one tile of points: inputs, all intermediate
   * results, outputs and their adjoints. Allocated once, then reused.
   *
   * All channels of all points of one neuron are contiguous: neuron $j$,
   * channel $c$, point $p$ at `(j * n_channels + c) * stride() + p`, where the
   * stride is the number of points rounded up to a multiple of 8. One layer is
   * then one matrix product with (channels * points) rows.
   */
  class JetTile
  {
  public:
    /**
     * For jets of @p specification. With @p capacity zero, the number of
     * points is chosen so that channels times points is about 256, where
     * matrix products of this shape are fastest and a tile stays in the
     * second-level cache.
     */
    JetTile(const Network          &network,
            const JetSpecification &specification,
            const unsigned int      capacity = 0);

    /** Set the number of points, at most capacity(), before set_input(). */
    void reinit(const unsigned int n_points);

    /** Set input @p i of point @p p, in physical units. */
    void
    set_input(const unsigned int i, const unsigned int p, const double value)
    {
      inputs[i * maximal_points + p] = value;
    }

    unsigned int
    capacity() const
    {
      return maximal_points;
    }

    unsigned int
    n_points() const
    {
      return points;
    }

    unsigned int
    stride() const
    {
      return padded_points;
    }

    const JetSpecification &
    specification() const
    {
      return jet;
    }

    /** Channel @p c of output @p o: stride() numbers. */
    const double *
    output(const unsigned int o, const unsigned int c) const
    {
      return outputs.data() + (o * jet.n_channels() + c) * padded_points;
    }

    /** All outputs: `(o * n_channels + c) * stride() + p`. */
    dealii::ArrayView<const double>
    all_outputs() const
    {
      return {outputs.data(), n_outputs * jet.n_channels() * padded_points};
    }

    /** The adjoints, in the layout of all_outputs(); to be filled. */
    dealii::ArrayView<double>
    all_output_adjoints()
    {
      return {output_adjoints.data(),
              n_outputs * jet.n_channels() * padded_points};
    }

  private:
    friend class Network;

    using Buffer = dealii::AlignedVector<double>;

    // One per layer but the last: what the reverse sweep needs.
    struct LayerBuffers
    {
      Buffer z, a, f1, f2, f3;
    };

    void fill_first_layer(const Architecture &architecture);

    const JetSpecification    jet;
    const unsigned int        n_outputs;
    unsigned int              maximal_points, points, padded_points;
    Buffer                    inputs, first_layer, outputs, output_adjoints;
    std::vector<LayerBuffers> hidden;
    Buffer                    z_bar, a_bar;
    std::vector<double>       feature_x, feature_gradient, feature_hessian;
  };
} // namespace sobolev

#endif
