// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/network/kernels.h>
#include <sobolev/network/network.h>

#include <deal.II/base/exceptions.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  using dealii::types::blas_int;

  namespace
  {
    // C = alpha A B + beta C of column-major matrices, op(A) is m x k.
    void
    multiply(const char    *op_a,
             const char    *op_b,
             const blas_int m,
             const blas_int n,
             const blas_int k,
             const double  *a,
             const blas_int lda,
             const double  *b,
             const blas_int ldb,
             const double   beta,
             double        *c,
             const blas_int ldc)
    {
      const double alpha = 1.;
      dgemm_(op_a, op_b, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc);
    }
  } // namespace



  Network::Network(const Architecture &architecture)
    : description(architecture)
  {
    description.check();
    activation = make_activation(description.activation);

    unsigned int n_in  = description.n_inputs() + description.features.size();
    unsigned int begin = 0;
    const auto   add   = [&](const unsigned int n_out) {
      layers.push_back({n_in, n_out, begin, begin + n_in * n_out});
      begin += (n_in + 1) * n_out;
      n_in = n_out;
    };
    for (const unsigned int width : description.hidden_widths)
      add(width);
    add(description.n_outputs());
  }



  std::vector<double>
  Network::initial_parameters(const std::uint64_t seed) const
  {
    std::vector<double>     theta(n_parameters());
    constexpr std::uint64_t weight_stream = 0x77656967,
                            bias_stream   = 0x62696173;

    for (unsigned int l = 0; l < layers.size(); ++l)
      {
        const Layer &layer    = layers[l];
        const bool   is_first = l == 0;
        const bool   is_last  = l + 1 == layers.size();
        const double gain     = is_first || is_last ? 1. : activation->gain();
        const double deviation =
          gain / std::sqrt(0.5 * (layer.n_in + layer.n_out));
        const double bias_range = is_first ? 1. : 0.1;

        for (unsigned int k = layer.weights; k < layer.bias; ++k)
          theta[k] =
            deviation * CounterBasedRandom::normal(seed, weight_stream, k);
        for (unsigned int j = 0; j < layer.n_out; ++j)
          theta[layer.bias + j] =
            is_last ? 0.
                    : bias_range * (2. * CounterBasedRandom::uniform(
                                           seed, bias_stream, layer.bias + j) -
                                    1.);
      }
    return theta;
  }



  void
  Network::evaluate(const dealii::ArrayView<const double> &theta,
                    JetTile                               &tile) const
  {
    AssertDimension(theta.size(), n_parameters());
    AssertDimension(tile.hidden.size() + 1, layers.size());

    const JetSpecification &jet        = tile.jet;
    const unsigned int      n_channels = jet.n_channels();
    const std::size_t       stride     = tile.padded_points;
    const blas_int          rows       = n_channels * stride;

    tile.fill_first_layer(description);

    const double *a_in = tile.first_layer.data();
    for (unsigned int l = 0; l < layers.size(); ++l)
      {
        const Layer &layer   = layers[l];
        const bool   is_last = l + 1 == layers.size();
        double *z = is_last ? tile.outputs.data() : tile.hidden[l].z.data();

        multiply("N",
                 "N",
                 rows,
                 layer.n_out,
                 layer.n_in,
                 a_in,
                 rows,
                 &theta[layer.weights],
                 layer.n_in,
                 0.,
                 z,
                 rows);
        for (unsigned int j = 0; j < layer.n_out; ++j)
          {
            double *z_j = z + j * rows;
            for (std::size_t p = 0; p < stride; ++p)
              z_j[p] += theta[layer.bias + j];

            if (!is_last)
              {
                auto         &buffers   = tile.hidden[l];
                double *const f1        = buffers.f1.data() + j * stride;
                double *const f2        = buffers.f2.data() + j * stride;
                double *const f3        = buffers.f3.data() + j * stride;
                double *const a         = buffers.a.data() + j * rows;
                double *const results[] = {a, f1, f2, f3};
                activation->derivatives(z_j, stride, 3, results);
                kernels::apply_chain_rule(jet, stride, f1, f2, z_j, a);
              }
          }
        if (!is_last)
          a_in = tile.hidden[l].a.data();
      }

    for (unsigned int o = 0; o < n_outputs(); ++o)
      {
        double *const u = tile.outputs.data() + o * rows;
        for (blas_int k = 0; k < rows; ++k)
          u[k] *= description.output_scale[o];
        for (std::size_t p = 0; p < stride; ++p)
          u[p] += description.output_shift[o];
      }
  }



  template <typename Action>
  void
  Network::sweep_backwards(const dealii::ArrayView<const double> &theta,
                           JetTile                               &tile,
                           const Action                          &action) const
  {
    AssertDimension(theta.size(), n_parameters());

    const unsigned int n_channels = tile.jet.n_channels();
    const std::size_t  stride     = tile.padded_points;
    const blas_int     rows       = n_channels * stride;

    // 1. The linear last layer: undo the output scaling.
    double *z_bar = tile.output_adjoints.data();
    for (unsigned int o = 0; o < n_outputs(); ++o)
      for (blas_int k = 0; k < rows; ++k)
        z_bar[o * rows + k] *= description.output_scale[o];

    // 2. From layer to layer: a_bar = z_bar W, then through the activation.
    for (unsigned int l = layers.size() - 1;; --l)
      {
        const Layer &layer = layers[l];
        action(layer,
               z_bar,
               l == 0 ? tile.first_layer.data() : tile.hidden[l - 1].a.data());
        if (l == 0)
          break;

        double *const a_bar = tile.a_bar.data();
        multiply("N",
                 "T",
                 rows,
                 layer.n_in,
                 layer.n_out,
                 z_bar,
                 rows,
                 &theta[layer.weights],
                 layer.n_in,
                 0.,
                 a_bar,
                 rows);

        z_bar               = tile.z_bar.data();
        const auto &buffers = tile.hidden[l - 1];
        for (unsigned int j = 0; j < layer.n_in; ++j)
          kernels::apply_chain_rule_adjoint(tile.jet,
                                            stride,
                                            buffers.f1.data() + j * stride,
                                            buffers.f2.data() + j * stride,
                                            buffers.f3.data() + j * stride,
                                            buffers.z.data() + j * rows,
                                            a_bar + j * rows,
                                            z_bar + j * rows);
      }
  }



  void
  Network::add_parameter_gradient(
    const dealii::ArrayView<const double> &theta,
    JetTile                               &tile,
    const dealii::ArrayView<double>       &gradient) const
  {
    AssertDimension(gradient.size(), n_parameters());

    const std::size_t stride = tile.padded_points;
    const blas_int    rows   = tile.jet.n_channels() * stride;
    sweep_backwards(
      theta,
      tile,
      [&](const Layer &layer, const double *z_bar, const double *a_in) {
        multiply("T",
                 "N",
                 layer.n_in,
                 layer.n_out,
                 rows,
                 a_in,
                 rows,
                 z_bar,
                 rows,
                 1.,
                 &gradient[layer.weights],
                 layer.n_in);
        for (unsigned int j = 0; j < layer.n_out; ++j)
          for (std::size_t p = 0; p < stride; ++p)
            gradient[layer.bias + j] += z_bar[j * rows + p];
      });
  }



  void
  Network::compute_jacobian_rows(const dealii::ArrayView<const double> &theta,
                                 JetTile                               &tile,
                                 double                                *matrix,
                                 const std::size_t leading) const
  {
    const unsigned int n_channels = tile.jet.n_channels();
    const std::size_t  stride     = tile.padded_points;
    const std::size_t  rows       = n_channels * stride;
    sweep_backwards(
      theta,
      tile,
      [&](const Layer &layer, const double *z_bar, const double *a_in) {
        for (unsigned int j = 0; j < layer.n_out; ++j)
          {
            for (unsigned int i = 0; i < layer.n_in; ++i)
              kernels::sum_channel_products(
                n_channels,
                stride,
                z_bar + j * rows,
                a_in + i * rows,
                matrix + (layer.weights + j * layer.n_in + i) * leading);
            std::copy_n(
              z_bar + j * rows, stride, matrix + (layer.bias + j) * leading);
          }
      });
  }



  JetTile::JetTile(const Network          &network,
                   const JetSpecification &specification,
                   const unsigned int      capacity)
    : jet(specification)
    , n_outputs(network.n_outputs())
    , points(0)
    , padded_points(0)
  {
    constexpr unsigned int best_rows = 256;
    const unsigned int     wanted =
      capacity > 0 ? capacity : std::max(best_rows / jet.n_channels(), 32u);
    maximal_points = (wanted + 7) / 8 * 8;

    const auto       &architecture = network.architecture();
    const std::size_t rows = std::size_t(jet.n_channels()) * maximal_points;
    const auto widest = *std::max_element(architecture.hidden_widths.begin(),
                                          architecture.hidden_widths.end());

    inputs.resize(network.n_inputs() * maximal_points);
    first_layer.resize((network.n_inputs() + architecture.features.size()) *
                       rows);
    hidden.resize(architecture.hidden_widths.size());
    for (unsigned int l = 0; l < hidden.size(); ++l)
      {
        const unsigned int width = architecture.hidden_widths[l];
        hidden[l].z.resize(width * rows);
        hidden[l].a.resize(width * rows);
        for (Buffer *f : {&hidden[l].f1, &hidden[l].f2, &hidden[l].f3})
          f->resize(width * maximal_points);
      }
    outputs.resize(n_outputs * rows);
    output_adjoints.resize(n_outputs * rows);
    z_bar.resize(widest * rows);
    a_bar.resize(widest * rows);

    feature_x.resize(network.n_inputs());
    feature_gradient.resize(network.n_inputs());
    feature_hessian.resize(network.n_inputs() * network.n_inputs());
  }



  void
  JetTile::reinit(const unsigned int n_points)
  {
    Assert(n_points > 0, dealii::ExcMessage("A tile needs at least one point"));
    AssertIndexRange(n_points, maximal_points + 1);
    points        = n_points;
    padded_points = (n_points + 7) / 8 * 8;
  }



  void
  JetTile::fill_first_layer(const Architecture &architecture)
  {
    const unsigned int n_inputs   = architecture.n_inputs();
    const unsigned int n_channels = jet.n_channels();
    const std::size_t  rows       = std::size_t(n_channels) * padded_points;

    // 1. Padding repeats the last point.
    for (unsigned int i = 0; i < n_inputs; ++i)
      for (unsigned int p = points; p < padded_points; ++p)
        inputs[i * maximal_points + p] =
          inputs[i * maximal_points + points - 1];

    // 2. Scaled inputs: constant first and no second derivatives.
    for (unsigned int i = 0; i < n_inputs; ++i)
      {
        const double factor =
          2. / (architecture.upper[i] - architecture.lower[i]);
        double *const a = first_layer.data() + i * rows;
        for (unsigned int p = 0; p < padded_points; ++p)
          a[p] =
            factor * (inputs[i * maximal_points + p] - architecture.lower[i]) -
            1.;
        std::fill(a + padded_points, a + rows, 0.);
        for (unsigned int k = 0; k < jet.n_first(); ++k)
          if (jet.first()[k] == i)
            std::fill_n(a + (1 + k) * padded_points, padded_points, factor);
      }

    // 3. Features, point by point.
    for (unsigned int m = 0; m < architecture.features.size(); ++m)
      {
        double *const a = first_layer.data() + (n_inputs + m) * rows;
        for (unsigned int p = 0; p < padded_points; ++p)
          {
            for (unsigned int i = 0; i < n_inputs; ++i)
              feature_x[i] = inputs[i * maximal_points + p];
            a[p] = architecture.features[m]->evaluate(
              dealii::make_array_view(feature_x),
              dealii::make_array_view(feature_gradient),
              dealii::make_array_view(feature_hessian));

            for (unsigned int k = 0; k < jet.n_first(); ++k)
              a[(1 + k) * padded_points + p] = feature_gradient[jet.first()[k]];
            for (unsigned int k = 0; k < jet.n_second(); ++k)
              {
                double sum = 0.;
                for (const auto &term : jet.second()[k])
                  sum += term.factor *
                         feature_hessian[jet.first()[term.a] * n_inputs +
                                         jet.first()[term.b]];
                a[(1 + jet.n_first() + k) * padded_points + p] = sum;
              }
          }
      }
  }
} // namespace sobolev
