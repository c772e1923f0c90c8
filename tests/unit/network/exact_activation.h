// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_network_exact_activation_h
#define sobolev_tests_network_exact_activation_h

#include <sobolev/network/activation.h>

#include <deal.II/base/aligned_vector.h>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Activations by power series in extended precision, in which none of the
   * formulas for derivatives occurs, and helpers to compare with them.
   */
  namespace exact_activation
  {
    constexpr unsigned int n_orders = Activation::max_order + 1;

    /** Coefficients of a truncated power series in $h = z - z_0$. */
    using Series = std::array<long double, n_orders>;

    inline Series
    product(const Series &a, const Series &b)
    {
      Series result{};
      for (unsigned int i = 0; i < n_orders; ++i)
        for (unsigned int j = 0; i + j < n_orders; ++j)
          result[i + j] += a[i] * b[j];
      return result;
    }



    inline Series
    quotient(const Series &a, const Series &b)
    {
      Series result{};
      for (unsigned int i = 0; i < n_orders; ++i)
        {
          result[i] = a[i];
          for (unsigned int j = 1; j <= i; ++j)
            result[i] -= result[i - j] * b[j];
          result[i] /= b[0];
        }
      return result;
    }



    /** @p factor times $e^{ah + bh^2}$: $u' = (a + 2bh) u$. */
    inline Series
    exponential(const long double factor,
                const long double a,
                const long double b)
    {
      Series u{};
      u[0] = factor;
      for (unsigned int i = 1; i < n_orders; ++i)
        u[i] = (a * u[i - 1] + (i > 1 ? 2.L * b * u[i - 2] : 0.L)) / i;
      return u;
    }



    /** The series with derivative @p a and constant term @p value. */
    inline Series
    integral(const long double value, const Series &a)
    {
      Series result{};
      result[0] = value;
      for (unsigned int i = 1; i < n_orders; ++i)
        result[i] = a[i - 1] / i;
      return result;
    }



    inline Series
    sigmoid(const long double z)
    {
      // For negative z from e^z, so that small values keep their digits.
      const long double sign = z >= 0 ? 1.L : -1.L;
      const Series      e    = exponential(std::exp(-sign * z), -sign, 0.L);
      Series            one{}, sum = e;
      one[0] = 1.L;
      sum[0] += 1.L;
      return quotient(z >= 0 ? one : e, sum);
    }



    /** The series of the activation @p name around @p z. */
    inline Series
    series(const std::string &name, const long double z)
    {
      Series identity{};
      identity[0] = z;
      identity[1] = 1.L;

      if (name == "tanh")
        {
          const long double sign = z >= 0 ? 1.L : -1.L;
          const Series      e =
            exponential(std::exp(-2.L * sign * z), -2.L * sign, 0.L);
          Series numerator{}, denominator = e;
          for (unsigned int i = 0; i < n_orders; ++i)
            numerator[i] = -sign * e[i];
          numerator[0] = -sign * std::expm1(-2.L * sign * z);
          denominator[0] += 1.L;
          return quotient(numerator, denominator);
        }
      if (name == "sin")
        {
          Series            result{};
          const long double values[] = {
            std::sin(z), std::cos(z), -std::sin(z), -std::cos(z)};
          long double factorial = 1.L;
          for (unsigned int i = 0; i < n_orders; factorial *= ++i)
            result[i] = values[i % 4] / factorial;
          return result;
        }
      if (name == "sigmoid")
        return sigmoid(z);
      if (name == "softplus")
        return integral((z > 0 ? z : 0.L) + std::log1p(std::exp(-std::abs(z))),
                        sigmoid(z));
      if (name == "silu")
        return product(identity, sigmoid(z));
      if (name == "gelu")
        {
          const long double density =
            std::exp(-0.5L * z * z) / std::sqrt(2.L * std::acos(-1.L));
          return product(identity,
                         integral(0.5L * std::erfc(-z / std::sqrt(2.L)),
                                  exponential(density, -z, -0.5L)));
        }
      if (z <= 0)
        identity = {};
      if (name == "relu")
        return identity;
      if (name == "relu2")
        return product(identity, identity);
      if (name == "relu3")
        return product(identity, product(identity, identity));
      if (name == "irelu")
        {
          auto half = identity;
          for (long double &coefficient : half)
            coefficient *= 0.5L;
          return product(half, identity);
        }
      throw std::runtime_error("add the series of the activation " + name);
    }



    /** All derivatives of the activation @p name at @p z. */
    inline Series
    derivatives(const std::string &name, const long double z)
    {
      Series      result    = series(name, z);
      long double factorial = 1.L;
      for (unsigned int i = 0; i < n_orders; factorial *= ++i)
        result[i] *= factorial;
      return result;
    }



    /** What Activation::derivatives() returns, for any number of arguments. */
    template <typename Number>
    std::vector<std::vector<Number>>
    computed_derivatives(const std::string         &name,
                         const std::vector<Number> &z,
                         const unsigned int         order = n_orders - 1)
    {
      constexpr std::size_t multiple = 64 / sizeof(Number);
      const std::size_t     n = (z.size() + multiple - 1) / multiple * multiple;

      dealii::AlignedVector<Number> arguments(n);
      std::copy(z.begin(), z.end(), arguments.begin());
      std::vector<dealii::AlignedVector<Number>> f(
        order + 1, dealii::AlignedVector<Number>(n));
      std::vector<Number *> pointers;
      for (auto &f_k : f)
        pointers.push_back(f_k.data());
      make_activation(name)->derivatives(
        arguments.data(), n, order, pointers.data());

      std::vector<std::vector<Number>> result;
      for (const auto &f_k : f)
        result.emplace_back(f_k.begin(), f_k.begin() + z.size());
      return result;
    }



    /**
     * The error of @p computed in units of the last place of @p expected; of
     * the smallest normal number below that. Infinite for NaN.
     */
    template <typename Number>
    double
    error_in_ulp(const Number computed, const long double expected)
    {
      using Limits = std::numeric_limits<Number>;
      if (std::abs(expected) > Limits::max())
        return std::isinf(computed) ? 0. : Limits::infinity();
      const long double size =
        std::max<long double>(std::abs(expected), Limits::min());
      const double error =
        std::abs(computed - expected) /
        std::ldexp(1.L, std::ilogb(size) + 1 - Limits::digits);
      return std::isnan(error) ? Limits::infinity() : error;
    }
  } // namespace exact_activation
} // namespace sobolev

#endif
