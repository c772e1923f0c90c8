// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/layer_kernels.h>
#include <sobolev/network/layer_normalization.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sobolev
{
  template <typename Number>
  LayerNormalization<Number>::LayerNormalization(
    const JetSpecification &jet,
    const unsigned int      n_neurons,
    const unsigned int      maximal_points)
    : jet(jet)
    , n_neurons(n_neurons)
    , maximal_rows(jet.n_channels() * maximal_points)
    , centred(n_neurons * maximal_rows)
    , variance(maximal_rows)
    , inverse_root(maximal_rows)
    , mean(maximal_rows)
    , root_bar(maximal_rows)
    , variance_bar(maximal_rows)
    , root_derivatives(jet.order() + 2, Column(maximal_points))
  {
  }



  template <typename Number>
  void
  LayerNormalization<Number>::add_product(const std::size_t n,
                                          const double      factor,
                                          const Number     *one,
                                          const Number     *two,
                                          Number           *result) const
  {
    for (const auto &term : jet.product())
      {
        const Number scale = factor * term.factor;
        for (std::size_t p = 0; p < n; ++p)
          result[term.channel * n + p] +=
            scale * one[term.left * n + p] * two[term.right * n + p];
      }
  }



  template <typename Number>
  void
  LayerNormalization<Number>::add_transposed_product(const std::size_t n,
                                                     const double      factor,
                                                     const Number     *one,
                                                     const Number     *bar,
                                                     Number *result) const
  {
    for (const auto &term : jet.product())
      {
        const Number scale = factor * term.factor;
        for (std::size_t p = 0; p < n; ++p)
          result[term.right * n + p] +=
            scale * one[term.left * n + p] * bar[term.channel * n + p];
      }
  }



  template <typename Number>
  void
  LayerNormalization<Number>::normalize(const std::size_t          n,
                                        const std::size_t          leading,
                                        const std::vector<double> &gains,
                                        const std::vector<double> &shifts,
                                        Number                    *z)
  {
    constexpr double  epsilon = 1e-5;
    const std::size_t rows    = jet.n_channels() * n;
    const double      share   = 1. / n_neurons;

    // 1. u = z - mean
    std::fill_n(mean.begin(), rows, Number(0.));
    for (unsigned int j = 0; j < n_neurons; ++j)
      for (std::size_t r = 0; r < rows; ++r)
        mean[r] += Number(share) * z[j * leading + r];
    for (unsigned int j = 0; j < n_neurons; ++j)
      for (std::size_t r = 0; r < rows; ++r)
        centred[j * maximal_rows + r] = z[j * leading + r] - mean[r];

    // 2. v and v^(-1/2)
    std::fill_n(variance.begin(), rows, Number(0.));
    for (unsigned int j = 0; j < n_neurons; ++j)
      {
        const Number *u = centred.data() + j * maximal_rows;
        add_product(n, share, u, u, variance.data());
      }
    for (std::size_t p = 0; p < n; ++p)
      {
        variance[p] += epsilon;
        double derivative = 1. / std::sqrt(variance[p]);
        for (unsigned int k = 0; k < root_derivatives.size(); ++k)
          {
            root_derivatives[k][p] = derivative;
            derivative *= -(0.5 + k) / variance[p];
          }
      }
    std::array<const Number *, JetSpecification::max_order + 2> f{};
    for (unsigned int k = 0; k < root_derivatives.size(); ++k)
      f[k] = root_derivatives[k].data();
    std::copy_n(f[0], n, inverse_root.begin());
    layer_kernels<Number>().apply_chain_rule(
      jet, n, f.data(), variance.data(), inverse_root.data());

    // 3. y
    for (unsigned int j = 0; j < n_neurons; ++j)
      {
        Number *const y = z + j * leading;
        std::fill_n(y, rows, Number(0.));
        add_product(n,
                    gains[j],
                    centred.data() + j * maximal_rows,
                    inverse_root.data(),
                    y);
        for (std::size_t p = 0; p < n; ++p)
          y[p] += Number(shifts[j]);
      }
  }



  template <typename Number>
  void
  LayerNormalization<Number>::transpose(const std::size_t          n,
                                        const std::size_t          leading,
                                        const std::vector<double> &gains,
                                        Number                    *y_bar,
                                        Number                    *gain_rows)
  {
    const std::size_t rows  = jet.n_channels() * n;
    const double      share = 1. / n_neurons;

    // 1. Through y = g u v^(-1/2) + h; y_bar becomes the direct part of u_bar.
    // The mean's memory serves for u v^(-1/2).
    std::fill_n(root_bar.begin(), rows, Number(0.));
    for (unsigned int j = 0; j < n_neurons; ++j)
      {
        const Number *const u   = centred.data() + j * maximal_rows;
        Number *const       bar = y_bar + j * leading;

        std::fill_n(mean.begin(), rows, Number(0.));
        add_product(n, 1., u, inverse_root.data(), mean.data());
        std::fill_n(gain_rows + j * n, n, Number(0.));
        for (std::size_t r = 0; r < rows; ++r)
          gain_rows[j * n + r % n] += bar[r] * mean[r];

        add_transposed_product(n, gains[j], u, bar, root_bar.data());
        std::fill_n(mean.begin(), rows, Number(0.));
        add_transposed_product(
          n, gains[j], inverse_root.data(), bar, mean.data());
        std::copy_n(mean.begin(), rows, bar);
      }

    // 2. Through v^(-1/2) and v.
    std::array<const Number *, JetSpecification::max_order + 2> f{};
    for (unsigned int k = 0; k < root_derivatives.size(); ++k)
      f[k] = root_derivatives[k].data();
    layer_kernels<Number>().apply_chain_rule_adjoint(
      jet, n, f.data(), variance.data(), root_bar.data(), variance_bar.data());
    for (unsigned int j = 0; j < n_neurons; ++j)
      add_transposed_product(n,
                             2. * share,
                             centred.data() + j * maximal_rows,
                             variance_bar.data(),
                             y_bar + j * leading);

    // 3. Through u = z - mean.
    std::fill_n(mean.begin(), rows, Number(0.));
    for (unsigned int j = 0; j < n_neurons; ++j)
      for (std::size_t r = 0; r < rows; ++r)
        mean[r] += Number(share) * y_bar[j * leading + r];
    for (unsigned int j = 0; j < n_neurons; ++j)
      for (std::size_t r = 0; r < rows; ++r)
        y_bar[j * leading + r] -= mean[r];
  }



  template class LayerNormalization<double>;
  template class LayerNormalization<float>;
} // namespace sobolev
