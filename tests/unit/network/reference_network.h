// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_network_reference_network_h
#define sobolev_tests_network_reference_network_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/network/activation.h>
#include <sobolev/network/network.h>

#include <Sacado.hpp>

#include <cmath>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace sobolev
{
  /**
   * A multilayer perceptron as one writes it down from Architecture's formula,
   * one neuron after the other, for any number type: what Network is compared
   * with.
   */
  namespace reference_network
  {
    /** As many inputs as any test has. */
    constexpr int max_inputs = 4;

    /**
     * Numbers with first (inner and outer) and second derivatives in the
     * inputs; @p Scalar may itself carry derivatives in the parameters.
     */
    template <typename Scalar>
    using FirstOrder = Sacado::Fad::SFad<Scalar, max_inputs>;
    template <typename Scalar>
    using SecondOrder = Sacado::Fad::SFad<FirstOrder<Scalar>, max_inputs>;

    using ParameterNumber = Sacado::Fad::DFad<double>;



    /** The normal distribution function, which Sacado does not have. */
    inline double
    normal_distribution(const double z)
    {
      return 0.5 * std::erfc(-z / std::sqrt(2.));
    }



    template <typename Fad>
    Fad
    normal_distribution(const Fad &z)
    {
      using std::exp;
      using Value = std::decay_t<decltype(z.val())>;

      const Value x       = z.val();
      const Value density = exp(-0.5 * x * x) / std::sqrt(2. * std::acos(-1.));
      Fad         result(z.size(), normal_distribution(x));
      for (int i = 0; i < z.size(); ++i)
        result.fastAccessDx(i) = density * z.dx(i);
      return result;
    }



    template <typename Number>
    Number
    activate(const std::string &name, const Number &z)
    {
      using std::exp;
      using std::log;
      using std::sin;
      using std::tanh;
      if (name == "tanh")
        return tanh(z);
      if (name == "sin")
        return sin(z);
      if (name == "sigmoid")
        return 1. / (1. + exp(-z));
      if (name == "softplus")
        return log(1. + exp(z));
      if (name == "silu")
        return z / (1. + exp(-z));
      if (name == "gelu")
        return z * normal_distribution(z);
      const Number ramp = z > 0. ? z : Number(0.);
      if (name == "relu")
        return ramp;
      if (name == "relu2")
        return ramp * ramp;
      if (name == "relu3")
        return ramp * ramp * ramp;
      if (name == "irelu")
        return 0.5 * ramp * ramp;
      throw std::runtime_error("reference network: add the activation " + name);
    }



    /** All activations but those with kinks: differences make sense. */
    inline std::vector<std::string>
    smooth_activation_names()
    {
      std::vector<std::string> names;
      for (const std::string &name : activation_names())
        if (name.find("relu") == name.npos)
          names.push_back(name);
      return names;
    }



    /**
     * The outputs for the first layer's inputs @p a. Weights are @p theta in
     * the order of the documentation of Network.
     */
    template <typename Number, typename Scalar>
    std::vector<Number>
    propagate(const Architecture        &architecture,
              const std::vector<Scalar> &theta,
              std::vector<Number>        a)
    {
      auto widths = architecture.hidden_widths;
      widths.push_back(architecture.n_outputs());

      std::size_t position = 0;
      for (std::size_t l = 0; l < widths.size(); ++l)
        {
          const std::size_t   biases = position + widths[l] * a.size();
          std::vector<Number> next;
          for (unsigned int j = 0; j < widths[l]; ++j)
            {
              Number z = Number(theta[biases + j]);
              for (const Number &a_i : a)
                z += Number(theta[position++]) * a_i;
              next.push_back(l + 1 < widths.size()
                               ? activate(architecture.activation, z)
                               : z);
            }
          position += widths[l];
          a = next;
        }
      for (unsigned int o = 0; o < architecture.n_outputs(); ++o)
        a[o] =
          architecture.output_scale[o] * a[o] + architecture.output_shift[o];
      return a;
    }



    /**
     * A feature at $x_0 + dx$ from its value and derivatives at $x_0$: exact
     * to second order, which is all that is carried.
     */
    template <typename Number>
    Number
    evaluate_feature(const InputFeature        &feature,
                     const std::vector<double> &x_0,
                     const std::vector<Number> &dx)
    {
      const std::size_t   n = x_0.size();
      std::vector<double> gradient(n), hessian(n * n);
      Number              value =
        feature.evaluate(dealii::ArrayView<const double>(x_0.data(), n),
                         dealii::ArrayView<double>(gradient.data(), n),
                         dealii::ArrayView<double>(hessian.data(), n * n));
      for (std::size_t i = 0; i < n; ++i)
        {
          value += gradient[i] * dx[i];
          for (std::size_t j = 0; j < n; ++j)
            value += 0.5 * hessian[i * n + j] * dx[i] * dx[j];
        }
      return value;
    }



    /** Outputs with first and second derivatives at the point @p x. */
    template <typename Scalar>
    std::vector<SecondOrder<Scalar>>
    evaluate(const Architecture        &architecture,
             const std::vector<Scalar> &theta,
             const std::vector<double> &x)
    {
      using Number = SecondOrder<Scalar>;

      std::vector<Number> a, dx;
      for (unsigned int i = 0; i < x.size(); ++i)
        {
          // x_i - x_0: zero, but derivative one.
          Number step(max_inputs, i, FirstOrder<Scalar>(0.));
          step.val() = FirstOrder<Scalar>(max_inputs, i, Scalar(0.));
          dx.push_back(step);

          const double l = architecture.lower[i], u = architecture.upper[i];
          a.push_back(2. / (u - l) * (x[i] - l + step) - 1.);
        }
      for (const auto &feature : architecture.features)
        a.push_back(evaluate_feature(*feature, x, dx));
      return propagate(architecture, theta, a);
    }



    /** The channels of @p jet of one output. */
    template <typename Scalar>
    std::vector<Scalar>
    channels(const JetSpecification &jet, const SecondOrder<Scalar> &u)
    {
      std::vector<Scalar> result{u.val().val()};
      for (const unsigned int i : jet.first())
        result.push_back(u.val().dx(i));
      for (const auto &terms : jet.second())
        {
          Scalar sum(0.);
          for (const auto &term : terms)
            sum +=
              term.factor * u.dx(jet.first()[term.a]).dx(jet.first()[term.b]);
          result.push_back(sum);
        }
      return result;
    }



    /** @p theta as independent variables. */
    inline std::vector<ParameterNumber>
    with_derivatives(const std::vector<double> &theta)
    {
      std::vector<ParameterNumber> result;
      for (std::size_t k = 0; k < theta.size(); ++k)
        result.emplace_back(
          static_cast<int>(theta.size()), static_cast<int>(k), theta[k]);
      return result;
    }
  } // namespace reference_network



  /** Number @p i of a repeatable sequence between -1 and 1. */
  inline double
  pseudo_random(const unsigned int stream, const std::size_t i)
  {
    return 2. * CounterBasedRandom::uniform(4711, stream, i) - 1.;
  }



  /** An architecture with boxes, scales and shifts that differ everywhere. */
  inline Architecture
  make_architecture(const unsigned int               n_inputs,
                    const std::vector<unsigned int> &hidden_widths,
                    const unsigned int               n_outputs,
                    const std::string               &activation)
  {
    Architecture result;
    for (unsigned int i = 0; i < n_inputs; ++i)
      {
        result.lower.push_back(-1. - 0.3 * i);
        result.upper.push_back(1.5 + 0.2 * i);
      }
    result.hidden_widths = hidden_widths;
    result.activation    = activation;
    result.output_scale.clear();
    result.output_shift.clear();
    for (unsigned int o = 0; o < n_outputs; ++o)
      {
        result.output_scale.push_back(0.7 + 0.4 * o);
        result.output_shift.push_back(0.2 - 0.5 * o);
      }
    return result;
  }



  /** Points in the middle part of the input box. */
  inline std::vector<std::vector<double>>
  make_points(const Architecture &architecture, const unsigned int n_points)
  {
    std::vector<std::vector<double>> points(n_points);
    for (unsigned int p = 0; p < n_points; ++p)
      for (unsigned int i = 0; i < architecture.n_inputs(); ++i)
        points[p].push_back(pseudo_random(1, p * architecture.n_inputs() + i));
    return points;
  }



  /** Load @p points into @p tile. */
  inline void
  fill_tile(JetTile &tile, const std::vector<std::vector<double>> &points)
  {
    tile.reinit(points.size());
    for (unsigned int p = 0; p < points.size(); ++p)
      for (unsigned int i = 0; i < points[p].size(); ++i)
        tile.set_input(i, p, points[p][i]);
  }



  inline dealii::ArrayView<const double>
  view(const std::vector<double> &v)
  {
    return {v.data(), v.size()};
  }



  inline dealii::ArrayView<double>
  view(std::vector<double> &v)
  {
    return {v.data(), v.size()};
  }
} // namespace sobolev

#endif
