// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/layer_kernels.h>
#include <sobolev/network/network.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <array>

namespace sobolev
{
  namespace
  {
    // Pointers to the derivatives of the activation at one neuron. The first
    // takes the place of z itself, which nobody needs any more.
    template <typename Number, typename LayerBuffers>
    std::array<Number *, Activation::max_order + 1>
    derivatives_of_neuron(LayerBuffers      &layer,
                          const unsigned int j,
                          const std::size_t  leading,
                          const std::size_t  n)
    {
      std::array<Number *, Activation::max_order + 1> f{};
      f[1] = layer.z.data() + j * leading;
      for (unsigned int k = 0; k < layer.f.size(); ++k)
        f[2 + k] = layer.f[k].data() + j * n;
      return f;
    }
  } // namespace



  Network::Network(const Architecture &architecture)
    : description((architecture.check(), architecture))
    , parameters(description)
    , activation(make_activation(description.activation))
  {
    for (const auto &coefficient : description.coefficients)
      fields.push_back(coefficient.field
                         ? std::make_shared<const Network>(*coefficient.field)
                         : nullptr);
  }



  bool
  Network::is_skipped(const unsigned int l) const
  {
    const auto &layers = parameters.layers();
    return description.skip_connections && l > 0 && l + 1 < layers.size() &&
           layers[l].n_in == layers[l].n_out;
  }



  void
  Network::evaluate(const NetworkWeights &weights, JetTile &tile) const
  {
    Assert(&weights.network == this,
           dealii::ExcMessage("The weights belong to another network."));
    if (weights.precision() == Precision::double_precision)
      evaluate_layers<double>(weights, tile);
    else
      evaluate_layers<float>(weights, tile);
    evaluate_coefficients(weights, tile);
  }



  template <typename Number>
  void
  Network::evaluate_layers(const NetworkWeights &weights, JetTile &tile) const
  {
    const JetSpecification     &jet      = tile.jet;
    const LayerKernels<Number> &compute  = layer_kernels<Number>();
    auto                       &buffers  = tile.buffers<Number>();
    const auto                 &prepared = weights.layers<Number>();
    const std::size_t           n        = tile.padded_points;
    const std::size_t           rows     = jet.n_channels() * n;
    const std::size_t           leading  = tile.leading<Number>();
    const unsigned int          order    = jet.order();

    if (tile.n_known_functions > 0 && tile.known == nullptr)
      tile.compute_known_functions(*this);
    tile.pad_inputs();
    tile.fill_first_layer(description, buffers);

    const Number *a_in = buffers.first_layer.data();
    for (unsigned int l = 0; l < prepared.size(); ++l)
      {
        const auto &layer   = parameters.layers()[l];
        const bool  is_last = l + 1 == prepared.size();
        Number *z = is_last ? buffers.last.data() : buffers.hidden[l].z.data();

        compute.multiply(rows,
                         layer.n_in,
                         layer.n_out,
                         a_in,
                         leading,
                         prepared[l].weights.data(),
                         z,
                         false);
        const bool is_normalized =
          !is_last && buffers.hidden[l].normalization != nullptr;
        if (is_last || is_normalized)
          for (unsigned int j = 0; j < layer.n_out; ++j)
            compute.add_scalar(n, prepared[l].bias[j], z + j * leading);
        if (is_last)
          break;
        if (is_normalized)
          buffers.hidden[l].normalization->normalize(
            n,
            leading,
            weights.reparametrizations[l].gains,
            weights.reparametrizations[l].shifts,
            z);

        Number *const a = buffers.hidden[l].a.data();
        for (unsigned int j = 0; j < layer.n_out; ++j)
          {
            const auto f =
              derivatives_of_neuron<Number>(buffers.hidden[l], j, leading, n);
            activation->evaluate(jet,
                                 n,
                                 order + 1,
                                 is_normalized ? Number(0.)
                                               : prepared[l].bias[j],
                                 z + j * leading,
                                 f.data(),
                                 a + j * leading);
            if (is_skipped(l))
              compute.add(rows, a_in + j * leading, a + j * leading);
          }
        a_in = a;
      }

    tile.fill_outputs(description, buffers);
  }



  template <typename Number, typename Action, typename NormalizationAction>
  void
  Network::sweep_backwards(const NetworkWeights      &weights,
                           JetTile                   &tile,
                           const Action              &action,
                           const NormalizationAction &normalize) const
  {
    const LayerKernels<Number> &compute  = layer_kernels<Number>();
    auto                       &buffers  = tile.buffers<Number>();
    const auto                 &prepared = weights.layers<Number>();
    const std::size_t           n        = tile.padded_points;
    const std::size_t           rows     = tile.jet.n_channels() * n;
    const std::size_t           leading  = tile.leading<Number>();

    // From layer to layer: a_bar = z_bar W, then through the activation. With
    // a skipped layer, the adjoint of its output is also one of its input.
    tile.transpose_outputs(description, buffers);
    for (unsigned int l = prepared.size() - 1;; --l)
      {
        const auto &layer = parameters.layers()[l];
        if (layer.n_gains > 0 && buffers.hidden[l].normalization)
          {
            for (unsigned int j = 0; j < layer.n_out; ++j)
              std::copy_n(buffers.z_bar.data() + j * leading,
                          n,
                          buffers.shift_rows.data() + j * n);
            buffers.hidden[l].normalization->transpose(
              n,
              leading,
              weights.reparametrizations[l].gains,
              buffers.z_bar.data(),
              buffers.gain_rows.data());
            normalize(l, buffers.gain_rows.data(), buffers.shift_rows.data());
          }
        action(l,
               buffers.z_bar.data(),
               l == 0 ? buffers.first_layer.data()
                      : buffers.hidden[l - 1].a.data());
        if (l == 0)
          break;

        compute.multiply(rows,
                         layer.n_out,
                         layer.n_in,
                         buffers.z_bar.data(),
                         leading,
                         prepared[l].transposed.data(),
                         buffers.a_bar.data(),
                         is_skipped(l));
        for (unsigned int j = 0; j < layer.n_in; ++j)
          {
            auto      &below = buffers.hidden[l - 1];
            const auto f = derivatives_of_neuron<Number>(below, j, leading, n);
            compute.apply_chain_rule_adjoint(tile.jet,
                                             n,
                                             f.data(),
                                             below.z.data() + j * leading,
                                             buffers.a_bar.data() + j * leading,
                                             buffers.z_bar.data() +
                                               j * leading);
          }
      }
  }



  void
  Network::add_parameter_gradient(
    const NetworkWeights            &weights,
    JetTile                         &tile,
    const dealii::ArrayView<double> &gradient) const
  {
    AssertDimension(gradient.size(), n_parameters());
    if (weights.precision() == Precision::double_precision)
      add_gradient<double>(weights, tile, gradient);
    else
      add_gradient<float>(weights, tile, gradient);
    add_coefficient_gradient(weights, tile, gradient);
  }



  template <typename Number>
  void
  Network::add_gradient(const NetworkWeights            &weights,
                        JetTile                         &tile,
                        const dealii::ArrayView<double> &gradient) const
  {
    const LayerKernels<Number> &compute = layer_kernels<Number>();
    const std::size_t           n       = tile.padded_points;
    const std::size_t           rows    = tile.jet.n_channels() * n;
    const std::size_t           leading = tile.leading<Number>();
    auto &effective = tile.buffers<Number>().effective_gradient;

    sweep_backwards<Number>(
      weights,
      tile,
      [&](const unsigned int l, const Number *z_bar, const Number *a_in) {
        const auto &layer      = parameters.layers()[l];
        const bool  is_trivial = weights.reparametrizations[l].is_trivial;
        double     *result =
          is_trivial ? &gradient[layer.weights] : effective.data();
        if (!is_trivial)
          std::fill(effective.begin(), effective.end(), 0.);

        compute.add_transpose_product(
          rows, layer.n_in, layer.n_out, a_in, z_bar, leading, result);
        double *const bias = result + layer.n_in * layer.n_out;
        for (unsigned int j = 0; j < layer.n_out; ++j)
          bias[j] += compute.sum(n, z_bar + j * leading);

        if (!is_trivial)
          weights.add_pulled_back(l, effective.data(), gradient);
      },
      [&](
        const unsigned int l, const Number *gain_bar, const Number *shift_bar) {
        for (unsigned int j = 0; j < parameters.layers()[l].n_out; ++j)
          weights.add_normalization_gradient(l,
                                             j,
                                             compute.sum(n, gain_bar + j * n),
                                             compute.sum(n, shift_bar + j * n),
                                             gradient);
      });
  }



  void
  Network::compute_jacobian_rows(const NetworkWeights &weights,
                                 JetTile              &tile,
                                 double               *matrix,
                                 const std::size_t     leading) const
  {
    if (weights.precision() == Precision::double_precision)
      compute_rows<double>(weights, tile, matrix, leading);
    else
      compute_rows<float>(weights, tile, matrix, leading);
    compute_coefficient_rows(weights, tile, matrix, leading);
  }



  template <typename Number>
  void
  Network::compute_rows(const NetworkWeights &weights,
                        JetTile              &tile,
                        double               *matrix,
                        const std::size_t     leading) const
  {
    const LayerKernels<Number> &compute    = layer_kernels<Number>();
    const unsigned int          n_channels = tile.jet.n_channels();
    const std::size_t           n          = tile.padded_points;
    const std::size_t           column     = tile.leading<Number>();

    // Columns that are added to, and those that nothing depends on.
    for (const auto &layer : parameters.layers())
      for (unsigned int k = layer.slopes;
           k < layer.variances + layer.n_statistics;
           ++k)
        std::fill_n(matrix + k * leading, n, 0.);
    sweep_backwards<Number>(
      weights,
      tile,
      [&](const unsigned int l, const Number *z_bar, const Number *a_in) {
        const auto &layer = parameters.layers()[l];
        for (unsigned int j = 0; j < layer.n_out; ++j)
          {
            const Number *const bar = z_bar + j * column;
            compute.sum_channel_products(
              n_channels,
              n,
              layer.n_in,
              bar,
              a_in,
              column,
              matrix + (layer.weights + j * layer.n_in) * leading,
              leading);
            std::copy_n(bar, n, matrix + (layer.bias + j) * leading);
          }
        weights.pull_back_rows(l, n, matrix, leading);
      },
      [&](
        const unsigned int l, const Number *gain_bar, const Number *shift_bar) {
        for (unsigned int j = 0; j < parameters.layers()[l].n_out; ++j)
          weights.add_normalization_rows(
            l, j, n, gain_bar + j * n, shift_bar + j * n, matrix, leading);
      });
  }



  std::vector<double>
  Network::input_gradient(const NetworkWeights &weights, JetTile &tile) const
  {
    AssertDimension(tile.jet.n_channels(), 1);
    Assert(description.omitted_inputs.empty() && description.waves.empty() &&
             description.features.empty() && description.offsets.empty() &&
             description.factors.empty(),
           dealii::ExcNotImplemented());
    std::vector<double> gradient(n_inputs() * tile.stride(), 0.);
    if (weights.precision() == Precision::double_precision)
      add_input_gradient<double>(weights, tile, gradient);
    else
      add_input_gradient<float>(weights, tile, gradient);
    return gradient;
  }



  template <typename Number>
  void
  Network::add_input_gradient(const NetworkWeights &weights,
                              JetTile              &tile,
                              std::vector<double>  &gradient) const
  {
    const unsigned int n       = tile.padded_points;
    const std::size_t  leading = tile.leading<Number>();
    const auto        &layer   = parameters.layers()[0];
    const auto        &first   = weights.layers<Number>()[0].weights;
    sweep_backwards<Number>(
      weights,
      tile,
      [&](const unsigned int l, const Number *z_bar, const Number *) {
        if (l > 0)
          return;
        for (unsigned int i = 0; i < layer.n_in; ++i)
          {
            // That of the scaled input.
            const double factor =
              2. / (description.upper[i] - description.lower[i]);
            double *const result = gradient.data() + i * n;
            for (unsigned int j = 0; j < layer.n_out; ++j)
              for (unsigned int p = 0; p < n; ++p)
                result[p] +=
                  factor * first[j * layer.n_in + i] * z_bar[j * leading + p];
          }
      },
      [](const unsigned int, const Number *, const Number *) {});
  }
} // namespace sobolev
