// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/network.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // Added to the variances of a batch.
    constexpr double variance_floor = 1e-5;
  } // namespace



  NetworkWeights::NetworkWeights(const Network  &network,
                                 const Precision precision)
    : network(network)
    , number_type(precision)
    , theta(network.n_parameters())
  {
    const auto allocate = [&](auto &layers) {
      for (const auto &layer : network.layout().layers())
        {
          layers.emplace_back();
          layers.back().weights.resize(layer.n_in * layer.n_out);
          layers.back().transposed.resize(layer.n_in * layer.n_out);
          layers.back().bias.resize(layer.n_out);
        }
    };
    if (precision == Precision::double_precision)
      allocate(double_layers);
    else
      allocate(single_layers);

    for (const auto &layer : network.layout().layers())
      {
        Reparametrization map;
        map.weights_factors.resize(layer.n_out);
        map.bias_factors.resize(layer.n_out);
        map.biases.resize(layer.n_out);

        const bool is_layer_norm = layer.n_gains > 0 && layer.n_statistics == 0;
        map.extras.resize(
          (layer.n_slopes > 0 && !is_layer_norm ? layer.n_out : 0) +
          layer.n_factors + 2 * layer.n_statistics);
        if (is_layer_norm)
          {
            map.gains.resize(layer.n_out);
            map.shifts.resize(layer.n_out);
          }
        reparametrizations.push_back(map);
      }
    for (const auto &field : network.fields)
      fields.push_back(
        field ? std::make_unique<NetworkWeights>(*field, precision) : nullptr);
  }



  template <>
  const std::vector<NetworkWeights::Layer<double>> &
  NetworkWeights::layers() const
  {
    return double_layers;
  }



  template <>
  const std::vector<NetworkWeights::Layer<float>> &
  NetworkWeights::layers() const
  {
    return single_layers;
  }



  void
  NetworkWeights::assign(const dealii::ArrayView<const double> &values)
  {
    AssertDimension(values.size(), theta.size());
    std::copy(values.begin(), values.end(), theta.begin());

    for (unsigned int k = 0; k < fields.size(); ++k)
      if (fields[k])
        {
          const auto &position = network.layout().coefficients()[k];
          fields[k]->assign(dealii::ArrayView<const double>(
            theta.data() + position.first, position.n_parameters));
        }
    for (unsigned int l = 0; l < reparametrizations.size(); ++l)
      assign_layer(l);
    if (number_type == Precision::double_precision)
      fill(double_layers);
    else
      fill(single_layers);
  }



  void
  NetworkWeights::assign_layer(const unsigned int l)
  {
    const auto        &layer     = network.layout().layers()[l];
    const auto        &slopes    = network.architecture().slopes;
    Reparametrization &map       = reparametrizations[l];
    const bool         is_hidden = l + 1 < reparametrizations.size();
    const bool   is_layer_norm   = layer.n_gains > 0 && layer.n_statistics == 0;
    const bool   is_batch_norm   = layer.n_statistics > 0;
    const double fixed_slope =
      !is_hidden ? 1. : (l == 0 ? slopes.first : slopes.other);

    std::size_t extra = 0;
    for (unsigned int j = 0; j < layer.n_out; ++j)
      {
        // 1. The parts.
        const unsigned int slope_position =
          layer.slopes + (layer.n_slopes > 1 ? j : 0);
        const double slope = layer.n_slopes > 0
                               ? slopes.scale * theta[slope_position]
                               : fixed_slope;
        const double factor =
          layer.n_factors > 0 ? std::exp(theta[layer.factors + j]) : 1.;
        const double bias = theta[layer.bias + j];

        if (is_layer_norm)
          {
            map.gains[j]           = slope * theta[layer.gains + j];
            map.shifts[j]          = slope * theta[layer.shifts + j];
            map.weights_factors[j] = factor;
            map.bias_factors[j]    = 1.;
            map.biases[j]          = bias;
            if (layer.n_factors > 0)
              map.extras[extra++] = {layer.factors + j, j, factor, 0.};
            continue;
          }

        const double gain  = is_batch_norm ? theta[layer.gains + j] : 1.;
        const double shift = is_batch_norm ? theta[layer.shifts + j] : 0.;
        const double mean  = is_batch_norm ? theta[layer.means + j] : 0.;
        const double inverse_deviation =
          is_batch_norm
            ? 1. / std::sqrt(theta[layer.variances + j] + variance_floor)
            : 1.;

        // 2. Together.
        const double scale     = gain * inverse_deviation;
        const double unslanted = scale * (bias - mean) + shift;
        map.weights_factors[j] = slope * factor * scale;
        map.bias_factors[j]    = slope * scale;
        map.biases[j]          = slope * unslanted;
        if (layer.n_slopes > 0)
          map.extras[extra++] = {slope_position,
                                 j,
                                 slopes.scale * factor * scale,
                                 slopes.scale * unslanted};
        if (layer.n_factors > 0)
          map.extras[extra++] = {
            layer.factors + j, j, map.weights_factors[j], 0.};
        if (is_batch_norm)
          {
            map.extras[extra++] = {layer.gains + j,
                                   j,
                                   slope * factor * inverse_deviation,
                                   slope * inverse_deviation * (bias - mean)};
            map.extras[extra++] = {layer.shifts + j, j, 0., slope};
          }
      }
    AssertDimension(extra, map.extras.size());
    map.is_trivial = extra == 0 && (is_layer_norm || fixed_slope == 1.);
  }



  template <typename Add>
  void
  NetworkWeights::pull_back_normalization(const unsigned int l,
                                          const unsigned int j,
                                          const Add         &add) const
  {
    const auto &layer  = network.layout().layers()[l];
    const auto &slopes = network.architecture().slopes;

    const unsigned int slope_position =
      layer.slopes + (layer.n_slopes > 1 ? j : 0);
    const double slope = layer.n_slopes > 0
                           ? slopes.scale * theta[slope_position]
                           : (l == 0 ? slopes.first : slopes.other);
    add(layer.gains + j, slope, 0.);
    add(layer.shifts + j, 0., slope);
    if (layer.n_slopes > 0)
      add(slope_position,
          slopes.scale * theta[layer.gains + j],
          slopes.scale * theta[layer.shifts + j]);
  }



  template <typename Number>
  void
  NetworkWeights::fill(std::vector<Layer<Number>> &prepared)
  {
    for (unsigned int l = 0; l < prepared.size(); ++l)
      {
        const auto              &layer = network.layout().layers()[l];
        const Reparametrization &map   = reparametrizations[l];
        for (unsigned int j = 0; j < layer.n_out; ++j)
          {
            for (unsigned int i = 0; i < layer.n_in; ++i)
              {
                const Number weight = map.weights_factors[j] *
                                      theta[layer.weights + j * layer.n_in + i];
                prepared[l].weights[j * layer.n_in + i]     = weight;
                prepared[l].transposed[i * layer.n_out + j] = weight;
              }
            prepared[l].bias[j] = map.biases[j];
          }
      }
  }



  void
  NetworkWeights::add_pulled_back(
    const unsigned int               l,
    const double                    *effective,
    const dealii::ArrayView<double> &gradient) const
  {
    const auto              &layer = network.layout().layers()[l];
    const Reparametrization &map   = reparametrizations[l];
    const double *const      bias  = effective + layer.n_in * layer.n_out;
    for (unsigned int j = 0; j < layer.n_out; ++j)
      {
        for (unsigned int i = 0; i < layer.n_in; ++i)
          gradient[layer.weights + j * layer.n_in + i] +=
            map.weights_factors[j] * effective[j * layer.n_in + i];
        gradient[layer.bias + j] += map.bias_factors[j] * bias[j];
      }
    for (const Extra &extra : map.extras)
      {
        const double *const row = effective + extra.neuron * layer.n_in;
        const double *const weights =
          theta.data() + layer.weights + extra.neuron * layer.n_in;
        double along = 0.;
        for (unsigned int i = 0; i < layer.n_in; ++i)
          along += weights[i] * row[i];
        gradient[extra.parameter] +=
          extra.weights_factor * along + extra.bias_factor * bias[extra.neuron];
      }
  }



  void
  NetworkWeights::pull_back_rows(const unsigned int l,
                                 const std::size_t  n,
                                 double            *matrix,
                                 const std::size_t  leading) const
  {
    const auto              &layer = network.layout().layers()[l];
    const Reparametrization &map   = reparametrizations[l];
    if (map.is_trivial)
      return;

    // 1. The additional parameters, from columns that are not scaled yet. A
    // slope per layer collects from all of its neurons.
    for (const Extra &extra : map.extras)
      std::fill_n(matrix + extra.parameter * leading, n, 0.);
    for (const Extra &extra : map.extras)
      {
        double *const      result = matrix + extra.parameter * leading;
        const unsigned int first  = layer.weights + extra.neuron * layer.n_in;
        for (unsigned int i = 0; i < layer.n_in; ++i)
          {
            const double factor = extra.weights_factor * theta[first + i];
            const double *const column = matrix + (first + i) * leading;
            for (std::size_t p = 0; p < n; ++p)
              result[p] += factor * column[p];
          }
        const double *const column =
          matrix + (layer.bias + extra.neuron) * leading;
        for (std::size_t p = 0; p < n; ++p)
          result[p] += extra.bias_factor * column[p];
      }

    // 2. Weights and biases.
    for (unsigned int j = 0; j < layer.n_out; ++j)
      {
        const auto scale = [&](const unsigned int k, const double factor) {
          double *const column = matrix + k * leading;
          for (std::size_t p = 0; p < n; ++p)
            column[p] *= factor;
        };
        for (unsigned int i = 0; i < layer.n_in; ++i)
          scale(layer.weights + j * layer.n_in + i, map.weights_factors[j]);
        scale(layer.bias + j, map.bias_factors[j]);
      }
  }



  void
  NetworkWeights::add_normalization_gradient(
    const unsigned int               l,
    const unsigned int               j,
    const double                     gain_bar,
    const double                     shift_bar,
    const dealii::ArrayView<double> &gradient) const
  {
    pull_back_normalization(
      l, j, [&](const unsigned int k, const double gain, const double shift) {
        gradient[k] += gain * gain_bar + shift * shift_bar;
      });
  }



  template <typename Number>
  void
  NetworkWeights::add_normalization_rows(const unsigned int l,
                                         const unsigned int j,
                                         const std::size_t  n,
                                         const Number      *gain_bar,
                                         const Number      *shift_bar,
                                         double            *matrix,
                                         const std::size_t  leading) const
  {
    pull_back_normalization(
      l, j, [&](const unsigned int k, const double gain, const double shift) {
        double *const column = matrix + k * leading;
        for (std::size_t p = 0; p < n; ++p)
          column[p] += gain * gain_bar[p] + shift * shift_bar[p];
      });
  }



  template void NetworkWeights::add_normalization_rows(const unsigned int,
                                                       const unsigned int,
                                                       const std::size_t,
                                                       const double *,
                                                       const double *,
                                                       double *,
                                                       const std::size_t) const;
  template void NetworkWeights::add_normalization_rows(const unsigned int,
                                                       const unsigned int,
                                                       const std::size_t,
                                                       const float *,
                                                       const float *,
                                                       double *,
                                                       const std::size_t) const;
} // namespace sobolev
