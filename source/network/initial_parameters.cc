// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/network/network.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    constexpr std::uint64_t weight_stream = 0x77656967,
                            bias_stream   = 0x62696173,
                            factor_stream = 0x66616374,
                            // Between the seeds of fields.
      field_stream = 0x6669656c64;



    // Make the rows (or, if there are more rows than columns, the columns) of
    // an m x n matrix orthonormal: Gram-Schmidt, twice.
    void
    orthonormalize(double *matrix, const unsigned int m, const unsigned int n)
    {
      const bool         by_rows = m <= n;
      const unsigned int count = by_rows ? m : n, size = by_rows ? n : m;
      const auto         entry = [&](const unsigned int vector,
                             const unsigned int k) -> double         &{
        return by_rows ? matrix[vector * n + k] : matrix[k * n + vector];
      };
      const auto product = [&](const unsigned int v, const unsigned int w) {
        double sum = 0.;
        for (unsigned int k = 0; k < size; ++k)
          sum += entry(v, k) * entry(w, k);
        return sum;
      };

      for (unsigned int v = 0; v < count; ++v)
        {
          for (unsigned int repetition = 0; repetition < 2; ++repetition)
            for (unsigned int w = 0; w < v; ++w)
              {
                const double along = product(v, w);
                for (unsigned int k = 0; k < size; ++k)
                  entry(v, k) -= along * entry(w, k);
              }
          const double length = std::sqrt(product(v, v));
          for (unsigned int k = 0; k < size; ++k)
            entry(v, k) /= length;
        }
    }
  } // namespace



  std::vector<double>
  Network::initial_parameters(const std::uint64_t seed) const
  {
    using Initialization = Architecture::Initialization;
    using namespace CounterBasedRandom;

    const auto &layers = parameters.layers();
    const auto &slopes = description.slopes;
    const auto  kind   = description.initialization;

    // Weights and biases have the random numbers of a network without slopes
    // and factors: theta_k that of k - n_others.
    std::vector<double> theta(n_parameters());
    unsigned int        n_others = 0;
    for (unsigned int l = 0; l < layers.size(); ++l)
      {
        const auto  &layer    = layers[l];
        const bool   is_first = l == 0;
        const bool   is_last  = l + 1 == layers.size();
        const double gain     = is_first || is_last ? 1. : activation->gain();
        const double slope =
          is_last ? 1. : (is_first ? slopes.first : slopes.other);

        // 1. Weights.
        const double n = layer.n_in, m = layer.n_out;
        const double range = is_first ? 1. / n : std::sqrt(6. / n) / slope;
        const double deviation =
          kind == Initialization::glorot ? gain / std::sqrt(0.5 * (n + m))
          : kind == Initialization::he   ? std::sqrt(2. / n)
                                         : 1.;
        for (unsigned int k = layer.weights; k < layer.bias; ++k)
          theta[k] =
            kind == Initialization::siren
              ? range * (2. * uniform(seed, weight_stream, k - n_others) - 1.)
              : deviation * normal(seed, weight_stream, k - n_others);
        if (kind == Initialization::orthogonal)
          {
            orthonormalize(&theta[layer.weights], layer.n_out, layer.n_in);
            for (unsigned int k = layer.weights; k < layer.bias; ++k)
              theta[k] *= gain;
          }

        // 2. Biases.
        const double bias_range = is_last ? 0. : (is_first ? 1. : 0.1);
        for (unsigned int k = layer.bias; k < layer.slopes; ++k)
          theta[k] =
            bias_range * (2. * uniform(seed, bias_stream, k - n_others) - 1.);

        // 3. Slopes n a = slope, normalisations that do nothing yet, and
        // factors that leave the weights as they are.
        std::fill_n(
          theta.begin() + layer.slopes, layer.n_slopes, slope / slopes.scale);
        std::fill_n(theta.begin() + layer.gains, layer.n_gains, 1.);
        std::fill_n(theta.begin() + layer.variances, layer.n_statistics, 1.);
        for (unsigned int j = 0; j < layer.n_factors; ++j)
          {
            double &g = theta[layer.factors + j];
            g         = description.factorization_mean +
                description.factorization_spread *
                  normal(seed, factor_stream, layer.factors + j);
            for (unsigned int i = 0; i < layer.n_in; ++i)
              theta[layer.weights + j * layer.n_in + i] *= std::exp(-g);
          }
        n_others += layer.n_slopes + layer.n_factors;
      }

    for (unsigned int k = 0; k < fields.size(); ++k)
      {
        const auto &coefficient = description.coefficients[k];
        const auto  values =
          fields[k]
             ? fields[k]->initial_parameters(seed + (k + 1) * field_stream)
             : std::vector<double>{coefficient.map.inverse(coefficient.initial)};
        std::copy(values.begin(),
                  values.end(),
                  theta.begin() + parameters.coefficients()[k].first);
      }
    return theta;
  }
} // namespace sobolev
