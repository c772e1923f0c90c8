// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_jet_tile_h
#define sobolev_network_jet_tile_h

#include <sobolev/network/jet_specification.h>
#include <sobolev/network/layer_normalization.h>
#include <sobolev/network/network_weights.h>

#include <deal.II/base/aligned_vector.h>
#include <deal.II/base/array_view.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace sobolev
{
  class Network;
  struct Architecture;
  struct CoefficientMap;
  class Activation;
  class PointTile;

  /**
   * The buffers for the jets of one tile of points: inputs, all intermediate
   * results, outputs and their adjoints. Allocated once, then reused; its size
   * depends on the network and the number of channels, not on the number of
   * points of a problem.
   *
   * Points are padded to stride(), a multiple of the numbers in 64 bytes. The
   * padding repeats the last point.
   */
  class JetTile
  {
  public:
    /**
     * For jets of @p specification. With @p capacity zero, the number of points
     * is chosen so that matrix products are efficient and a tile takes no more
     * than a few MiB: see doc/performance.md.
     */
    JetTile(const Network          &network,
            const JetSpecification &specification,
            const unsigned int      capacity  = 0,
            const Precision         precision = Precision::double_precision);

    ~JetTile();

    /** Set the number of points, at most capacity(), before set_input(). */
    void reinit(const unsigned int n_points);

    /** Set input @p i of point @p p, in physical units. */
    void
    set_input(const unsigned int i, const unsigned int p, const double value)
    {
      inputs[i * maximal_points + p] = value;
    }

    /** Set input @p i of all points; @p values holds n_points() numbers. */
    void
    set_inputs(const unsigned int i, const double *values)
    {
      std::copy_n(values, points, inputs.data() + i * maximal_points);
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

    /**
     * Evaluate the features, offsets and factors of @p network at the points of
     * this tile, as evaluate() does by itself. They depend on the points only:
     * who evaluates the same points often keeps known_functions() and hands
     * them back to use_known_functions().
     */
    void compute_known_functions(const Network &network);

    /**
     * Jets of features, factors, offsets in this order: function $k$, channel
     * $c$, point $p$ at `(k * n_channels + c) * stride() + p`.
     */
    dealii::ArrayView<const double>
    known_functions() const
    {
      return {known_jets.data(),
              n_known_functions * jet.n_channels() * padded_points};
    }

    /**
     * Let the next evaluate() use these known_functions(), which stay with the
     * caller. reinit() forgets them.
     */
    void
    use_known_functions(const dealii::ArrayView<const double> &values)
    {
      AssertDimension(values.size(), known_functions().size());
      known = values.data();
    }

    /** Bytes of all buffers. */
    std::size_t memory_consumption() const;

  private:
    friend class Network;

    // Column j begins at j * leading, for the layers' inputs and outputs.
    template <typename Number>
    struct Buffers
    {
      using Column = dealii::AlignedVector<Number>;

      // z: before the activation, its value replaced by f'. a: after it.
      // f: the derivatives f'', f''', ..., one column of points per neuron.
      struct Layer
      {
        Column              z, a;
        std::vector<Column> f;

        // Null unless this layer is normalised over its neurons.
        std::unique_ptr<LayerNormalization<Number>> normalization;
      };

      Column             first_layer, last, z_bar, a_bar;
      Column             wave_arguments, wave_derivatives;
      std::vector<Layer> hidden;
      // The gradient of one layer's effective weights and biases.
      std::vector<double> effective_gradient;
      // Derivatives with respect to gains and shifts, by neuron and point.
      Column gain_rows, shift_rows;
    };

    // A coefficient that is a field: the jets of its network, and T, T', ...
    // at the points, a column of them per derivative.
    struct Field;

    template <typename Number>
    Buffers<Number> &buffers();

    template <typename Number>
    void allocate(const Network &network, Buffers<Number> &buffers) const;

    template <typename Number>
    std::size_t leading() const;

    template <typename Number>
    void fill_first_layer(const Architecture &architecture,
                          Buffers<Number>    &buffers);

    template <typename Number>
    void fill_waves(const Architecture &architecture,
                    const unsigned int  first_column,
                    Buffers<Number>    &buffers);

    // Let the padding repeat the last point.
    void pad_inputs();

    // The product of two jets of the points, in place of u.
    void multiply_jets(const double *factor, double *u) const;

    // u = g + factor (s N + m), from the last layer's values.
    template <typename Number>
    void fill_outputs(const Architecture    &architecture,
                      const Buffers<Number> &buffers);

    // The jets of coefficient k: the map applied to the jets of its network.
    void fill_coefficient(const CoefficientMap &map, const unsigned int k);

    // The transpose of its derivative, to the adjoints of the network's jets.
    void transpose_coefficient(const unsigned int k);

    // The transpose of the derivative of fill_outputs(), to z_bar.
    template <typename Number>
    void transpose_outputs(const Architecture &architecture,
                           Buffers<Number>    &buffers) const;

    const JetSpecification        jet;
    const unsigned int            n_outputs, n_layer_outputs;
    unsigned int                  maximal_points, points, padded_points;
    dealii::AlignedVector<double> inputs, outputs, output_adjoints;
    // See known_functions(); known is what is used, null for nothing yet.
    unsigned int                      n_known_functions;
    dealii::AlignedVector<double>     known_jets;
    const double                     *known = nullptr;
    std::unique_ptr<PointTile>        known_points;
    std::shared_ptr<const Activation> sine;
    // One per coefficient, null for numbers.
    std::vector<std::unique_ptr<Field>> fields;
    std::unique_ptr<Buffers<double>>    double_buffers;
    std::unique_ptr<Buffers<float>>     single_buffers;
  };
} // namespace sobolev

#endif
