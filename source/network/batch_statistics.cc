// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/network.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  void
  Network::set_statistics(const std::vector<std::vector<double>> &points,
                          const dealii::ArrayView<double>        &theta) const
  {
    if (description.normalization != Architecture::Normalization::batch)
      return;
    AssertDimension(theta.size(), n_parameters());
    AssertThrow(points.size() > 1,
                dealii::ExcMessage("Statistics need at least two points."));

    // Layer after layer: those before have got their statistics already.
    const dealii::ArrayView<const double> const_theta(theta.begin(),
                                                      theta.size());
    NetworkWeights                        weights(*this);
    JetTile tile(*this, JetSpecification::value());
    for (unsigned int l = 0; l + 1 < parameters.layers().size(); ++l)
      {
        const auto         &layer = parameters.layers()[l];
        std::vector<double> sums(layer.n_out, 0.), squares(layer.n_out, 0.);
        weights.assign(const_theta);

        // Two passes: the variance from differences to the mean.
        for (const bool is_first : {true, false})
          for (std::size_t begin = 0; begin < points.size();
               begin += tile.capacity())
            {
              const unsigned int n =
                std::min<std::size_t>(tile.capacity(), points.size() - begin);
              tile.reinit(n);
              for (unsigned int p = 0; p < n; ++p)
                {
                  AssertDimension(points[begin + p].size(), n_inputs());
                  for (unsigned int i = 0; i < n_inputs(); ++i)
                    tile.set_input(i, p, points[begin + p][i]);
                }
              const auto z = layer_input_sums(weights, tile, l);
              for (unsigned int j = 0; j < layer.n_out; ++j)
                for (unsigned int p = 0; p < n; ++p)
                  if (is_first)
                    sums[j] += z[j * n + p] / points.size();
                  else
                    squares[j] += (z[j * n + p] - sums[j]) *
                                  (z[j * n + p] - sums[j]) / points.size();
            }
        std::copy(sums.begin(), sums.end(), theta.begin() + layer.means);
        std::copy(
          squares.begin(), squares.end(), theta.begin() + layer.variances);
      }
  }



  // W a + b of layer l at the points of the tile, by neuron and point.
  std::vector<double>
  Network::layer_input_sums(const NetworkWeights &weights,
                            JetTile              &tile,
                            const unsigned int    l) const
  {
    evaluate(weights, tile);

    const auto         &layer   = parameters.layers()[l];
    const auto         &theta   = weights.theta;
    const auto         &buffers = tile.buffers<double>();
    const double *const a_in =
      l == 0 ? buffers.first_layer.data() : buffers.hidden[l - 1].a.data();
    const std::size_t leading = tile.leading<double>();

    std::vector<double> z;
    for (unsigned int j = 0; j < layer.n_out; ++j)
      {
        const double factor =
          layer.n_factors > 0 ? std::exp(theta[layer.factors + j]) : 1.;
        for (unsigned int p = 0; p < tile.n_points(); ++p)
          {
            double sum = 0.;
            for (unsigned int i = 0; i < layer.n_in; ++i)
              sum += theta[layer.weights + j * layer.n_in + i] *
                     a_in[i * leading + p];
            z.push_back(theta[layer.bias + j] + factor * sum);
          }
      }
    return z;
  }
} // namespace sobolev
