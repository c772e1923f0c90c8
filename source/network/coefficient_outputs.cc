// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The outputs of a network behind those of its layers: numbers and fields with
// networks of their own.

#include <sobolev/network/layer_kernels.h>
#include <sobolev/network/network.h>

#include <algorithm>
#include <array>

#include "jet_tile_field.h"

namespace sobolev
{
  namespace
  {
    // Pointers to the columns of n derivatives each.
    std::array<double *, CoefficientMap::max_order + 1>
    columns(dealii::AlignedVector<double> &derivatives,
            const unsigned int             order,
            const std::size_t              n)
    {
      std::array<double *, CoefficientMap::max_order + 1> f{};
      for (unsigned int k = 0; k <= order; ++k)
        f[k] = derivatives.data() + k * n;
      return f;
    }
  } // namespace



  void
  JetTile::fill_coefficient(const CoefficientMap &map, const unsigned int k)
  {
    Field              &field = *fields[k];
    const std::size_t   n     = padded_points;
    const double *const z     = field.jets.output(0, 0);
    double *const       c =
      outputs.data() + (n_layer_outputs + k) * jet.n_channels() * n;
    const auto f = columns(field.derivatives, jet.order() + 1, n);
    std::array<double, CoefficientMap::max_order + 1> at_point;
    for (std::size_t p = 0; p < n; ++p)
      {
        map.derivatives(z[p], jet.order() + 1, at_point.data());
        for (unsigned int q = 0; q <= jet.order() + 1; ++q)
          f[q][p] = at_point[q];
      }
    std::copy_n(f[0], n, c);
    layer_kernels<double>().apply_chain_rule(jet, n, f.data(), z, c);
  }



  void
  JetTile::transpose_coefficient(const unsigned int k)
  {
    Field            &field = *fields[k];
    const std::size_t n     = padded_points;
    const auto        f     = columns(field.derivatives, jet.order() + 1, n);
    layer_kernels<double>().apply_chain_rule_adjoint(
      jet,
      n,
      f.data(),
      field.jets.output(0, 0),
      output_adjoints.data() + (n_layer_outputs + k) * jet.n_channels() * n,
      field.jets.output_adjoints.data());
  }



  void
  Network::evaluate_coefficients(const NetworkWeights &weights,
                                 JetTile              &tile) const
  {
    const unsigned int n_channels = tile.jet.n_channels();
    const std::size_t  n          = tile.padded_points;
    for (unsigned int k = 0; k < fields.size(); ++k)
      {
        const CoefficientMap &map = description.coefficients[k].map;
        if (!fields[k])
          {
            double *const c =
              tile.outputs.data() + (tile.n_layer_outputs + k) * n_channels * n;
            std::fill_n(c, n_channels * n, 0.);
            std::fill_n(
              c,
              n,
              map.value(weights.theta[parameters.coefficients()[k].first]));
            continue;
          }
        JetTile &jets = tile.fields[k]->jets;
        for (unsigned int i = 0; i < n_inputs(); ++i)
          jets.set_inputs(i, tile.inputs.data() + i * tile.maximal_points);
        fields[k]->evaluate(*weights.fields[k], jets);
        tile.fill_coefficient(map, k);
      }
  }



  void
  Network::add_coefficient_gradient(
    const NetworkWeights            &weights,
    JetTile                         &tile,
    const dealii::ArrayView<double> &gradient) const
  {
    const std::size_t n = tile.padded_points;
    for (unsigned int k = 0; k < fields.size(); ++k)
      {
        const auto &position = parameters.coefficients()[k];
        if (fields[k])
          {
            tile.transpose_coefficient(k);
            fields[k]->add_parameter_gradient(
              *weights.fields[k],
              tile.fields[k]->jets,
              dealii::ArrayView<double>(&gradient[position.first],
                                        position.n_parameters));
          }
        else
          {
            const double *const c_bar =
              tile.output_adjoints.data() +
              (tile.n_layer_outputs + k) * tile.jet.n_channels() * n;
            gradient[position.first] +=
              description.coefficients[k].map.derivative(
                weights.theta[position.first]) *
              layer_kernels<double>().sum(n, c_bar);
          }
      }
  }



  void
  Network::compute_coefficient_rows(const NetworkWeights &weights,
                                    JetTile              &tile,
                                    double               *matrix,
                                    const std::size_t     leading) const
  {
    const std::size_t n = tile.padded_points;
    for (unsigned int k = 0; k < fields.size(); ++k)
      {
        const auto   &position = parameters.coefficients()[k];
        double *const columns  = matrix + position.first * leading;
        if (fields[k])
          {
            tile.transpose_coefficient(k);
            fields[k]->compute_jacobian_rows(
              *weights.fields[k], tile.fields[k]->jets, columns, leading);
          }
        else
          {
            const double *const c_bar =
              tile.output_adjoints.data() +
              (tile.n_layer_outputs + k) * tile.jet.n_channels() * n;
            const double slope = description.coefficients[k].map.derivative(
              weights.theta[position.first]);
            for (std::size_t p = 0; p < n; ++p)
              columns[p] = slope * c_bar[p];
          }
      }
  }
} // namespace sobolev
