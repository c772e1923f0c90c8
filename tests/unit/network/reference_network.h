// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_network_reference_network_h
#define sobolev_tests_network_reference_network_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/network/network.h>

#include <Sacado.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "network/taylor_number.h"

namespace sobolev
{
  /**
   * A function of the inputs that is written down once for all numbers:
   * $\sin(a x_0) e^{x_n / 2} + 0.3$ with the last input $x_n$.
   */
  class TestFunction : public InputFunction
  {
  public:
    explicit TestFunction(const double a)
      : a(a)
    {
    }

    std::string
    name() const override
    {
      return "test function";
    }

    std::vector<double>
    parameters() const override
    {
      return {a};
    }

    Jet
    evaluate(const dealii::ArrayView<const Jet> &x) const override
    {
      return formula(x[0], x[x.size() - 1]);
    }

    template <typename Number>
    Number
    formula(const Number &first, const Number &last) const
    {
      const Number wave = sin(a * first), growth = exp(0.5 * last);
      return wave * growth + 0.3;
    }

  private:
    const double a;
  };



  /**
   * A multilayer perceptron as one writes it down from Architecture's formula,
   * one neuron after the other, for any number type: what Network is compared
   * with.
   */
  namespace reference_network
  {
    using Term       = JetSpecification::Term;
    using MultiIndex = JetSpecification::MultiIndex;

    /** The derivatives of input @p i along the directions of @p jet. */
    inline std::vector<double>
    slopes(const JetSpecification &jet, const unsigned int i)
    {
      std::vector<double> result;
      for (const auto &direction : jet.directions())
        result.push_back(i < direction.size() ? direction[i] : 0.);
      return result;
    }



    /**
     * Nested numbers of Sacado: each of @p order levels has derivatives along
     * @p n directions. @p T may itself carry derivatives in the parameters.
     */
    template <typename T, int n, int order>
    struct ForwardMode
    {
      using Scalar = T;
      using Lower  = ForwardMode<T, n, order - 1>;
      using Number = Sacado::Fad::SFad<typename Lower::Number, n>;

      static Number
      constant(const Scalar &value)
      {
        return Number(Lower::constant(value));
      }

      static Number
      variable(const double value, const std::vector<double> &slopes)
      {
        AssertIndexRange(slopes.size(), n + 1);
        Number result = constant(Scalar(0.));
        result.val()  = Lower::variable(value, slopes);
        for (unsigned int d = 0; d < slopes.size(); ++d)
          result.fastAccessDx(d) = Lower::constant(Scalar(slopes[d]));
        return result;
      }

      static Scalar
      derivative(const Number      &u,
                 const MultiIndex  &along,
                 const unsigned int position = 0)
      {
        return position < along.size()
                 ? Lower::derivative(
                     u.fastAccessDx(along[position]), along, position + 1)
                 : Lower::derivative(u.val(), along, position);
      }

      static Scalar
      value(const Number &u)
      {
        return derivative(u, {});
      }

      /** All channels of @p jet. */
      static std::vector<Scalar>
      channels(const JetSpecification &jet, const Number &u)
      {
        std::vector<Scalar> result;
        for (unsigned int c = 0; c < jet.n_channels(); ++c)
          {
            Scalar sum(0.);
            for (const Term &term : jet.terms(c))
              sum += term.factor * derivative(u, term.along);
            result.push_back(sum);
          }
        return result;
      }

      static Number
      activate(const std::string &name, const Number &z)
      {
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
        throw std::runtime_error("reference network: add the activation " +
                                 name);
      }
    };

    template <typename T, int n>
    struct ForwardMode<T, n, 0>
    {
      using Number = T;

      static T
      constant(const T &value)
      {
        return value;
      }

      static T
      variable(const double value, const std::vector<double> &)
      {
        return T(value);
      }

      static T
      derivative(const T &u, const MultiIndex &, const unsigned int)
      {
        return u;
      }
    };

    /** The activations that ForwardMode knows. */
    const std::vector<std::string> elementary_activations{"tanh",
                                                          "sin",
                                                          "sigmoid",
                                                          "softplus",
                                                          "silu"};



    /** The same interface for TaylorNumber: extended precision. */
    struct ExtendedPrecision
    {
      using Scalar = long double;
      using Number = TaylorNumber;

      static Number
      constant(const Scalar value)
      {
        return Number(value);
      }

      static Number
      variable(const double value, const std::vector<double> &slopes)
      {
        return Number(value, slopes);
      }

      static Scalar
      value(const Number &u)
      {
        return u.value();
      }

      static std::vector<Scalar>
      channels(const JetSpecification &jet, const Number &u)
      {
        std::vector<Scalar> result;
        for (unsigned int c = 0; c < jet.n_channels(); ++c)
          {
            Scalar sum = 0.L;
            for (const Term &term : jet.terms(c))
              sum += term.factor * u.derivative(term.along);
            result.push_back(sum);
          }
        return result;
      }

      static Number
      activate(const std::string &name, const Number &z)
      {
        return z.compose(exact_activation::series(name, z.value()));
      }
    };



    /** $v^{-1/2}$ by Newton's method, which gains an order per step. */
    template <typename Kind>
    typename Kind::Number
    inverse_root(const typename Kind::Number &v)
    {
      using std::sqrt;
      using Scalar                 = typename Kind::Scalar;
      const Scalar          start  = Scalar(1.) / sqrt(Kind::value(v));
      typename Kind::Number result = Kind::constant(start);
      for (unsigned int i = 0; i < 4; ++i)
        result = result * (Kind::constant(Scalar(1.5)) -
                           Kind::constant(Scalar(0.5)) * v * result * result);
      return result;
    }



    /** Layer normalisation, gains at @p position of theta, then shifts. */
    template <typename Kind>
    void
    normalize_layer(const std::vector<typename Kind::Scalar> &theta,
                    const std::size_t                         position,
                    std::vector<typename Kind::Number>       &z)
    {
      using Scalar               = typename Kind::Scalar;
      const std::size_t n        = z.size();
      const auto        share    = Kind::constant(Scalar(1.) / Scalar(1. * n));
      auto              mean     = Kind::constant(Scalar(0.));
      auto              variance = Kind::constant(Scalar(1e-5));
      for (const auto &z_j : z)
        mean += share * z_j;
      for (auto &z_j : z)
        z_j = z_j - mean;
      for (const auto &z_j : z)
        variance += share * (z_j * z_j);
      const auto factor = inverse_root<Kind>(variance);
      for (std::size_t j = 0; j < n; ++j)
        z[j] = Kind::constant(theta[position + j]) * (z[j] * factor) +
               Kind::constant(theta[position + n + j]);
    }



    /** $a^0$: what the first layer gets. */
    template <typename Kind>
    std::vector<typename Kind::Number>
    first_layer(const Architecture                       &architecture,
                const std::vector<typename Kind::Number> &x)
    {
      using Number = typename Kind::Number;
      using Scalar = typename Kind::Scalar;

      std::vector<Number> a;
      const auto         &omitted = architecture.omitted_inputs;
      for (unsigned int i = 0; i < x.size(); ++i)
        if (std::find(omitted.begin(), omitted.end(), i) == omitted.end())
          {
            // In the precision of the scalars.
            const Scalar l(architecture.lower[i]), u(architecture.upper[i]);
            const Scalar factor = Scalar(2.) / (u - l);
            const Number scaled =
              Kind::constant(factor) * (x[i] - Kind::constant(l));
            a.push_back(scaled - Kind::constant(Scalar(1.)));
          }
      for (const auto &wave : architecture.waves)
        {
          Number phase = Kind::constant(Scalar(0.));
          for (unsigned int i = 0; i < x.size(); ++i)
            phase += wave[i] * x[i];
          a.push_back(cos(phase));
          a.push_back(sin(phase));
        }
      for (const auto &feature : architecture.features)
        a.push_back(dynamic_cast<const TestFunction &>(*feature).formula(
          x.front(), x.back()));
      return a;
    }



    /**
     * $N$: the outputs for the first layer's inputs @p a, before they are
     * scaled. Parameters are ordered as ParameterLayout documents, those of
     * the first layer begin at @p weights, which is moved behind the last one.
     */
    template <typename Kind>
    std::vector<typename Kind::Number>
    propagate(const Architecture                       &architecture,
              const std::vector<typename Kind::Scalar> &theta,
              std::vector<typename Kind::Number>        a,
              std::size_t                              &weights)
    {
      using Number = typename Kind::Number;
      using Scalar = typename Kind::Scalar;
      using std::exp;
      using Slopes = Architecture::Slopes;

      auto widths = architecture.hidden_widths;
      widths.push_back(architecture.n_layer_outputs());
      const auto &slopes = architecture.slopes;

      for (std::size_t l = 0; l < widths.size(); ++l)
        {
          const bool        is_hidden    = l + 1 < widths.size();
          const std::size_t biases       = weights + widths[l] * a.size();
          const std::size_t first_slope  = biases + widths[l];
          const bool        is_trained   = slopes.kind != Slopes::Kind::fixed;
          const bool        is_layerwise = slopes.kind == Slopes::Kind::layer;
          const std::size_t first_factor =
            first_slope + (!is_hidden || !is_trained ? 0
                           : is_layerwise            ? 1
                                                     : widths[l]);

          // 1. W a + b
          std::vector<Number> next;
          for (unsigned int j = 0; j < widths[l]; ++j)
            {
              Number z = Kind::constant(Scalar(0.));
              for (const Number &a_i : a)
                z += Kind::constant(theta[weights++]) * a_i;
              if (architecture.factorized_weights)
                {
                  const Scalar factor = exp(theta[first_factor + j]);
                  z                   = Kind::constant(factor) * z;
                }
              z += Kind::constant(theta[biases + j]);
              next.push_back(z);
            }
          weights =
            first_factor + (architecture.factorized_weights ? widths[l] : 0);

          // 2. Normalisation, activation, input.
          if (is_hidden &&
              architecture.normalization == Architecture::Normalization::layer)
            {
              normalize_layer<Kind>(theta, weights, next);
              weights += 2 * widths[l];
            }
          for (unsigned int j = 0; is_hidden && j < widths[l]; ++j)
            {
              Scalar slope(l == 0 ? slopes.first : slopes.other);
              if (is_trained)
                slope =
                  slopes.scale * theta[first_slope + (is_layerwise ? 0 : j)];
              next[j] = Kind::activate(architecture.activation,
                                       Kind::constant(slope) * next[j]);
              if (architecture.skip_connections && l > 0 &&
                  a.size() == widths[l])
                next[j] += a[j];
            }
          a = next;
        }
      return a;
    }



    /** $T(z)$ of a coefficient. */
    template <typename Kind>
    typename Kind::Number
    apply_map(const CoefficientMap &map, const typename Kind::Number &z)
    {
      using Scalar            = typename Kind::Scalar;
      typename Kind::Number f = z;
      if (map.kind == CoefficientMap::Kind::exponential)
        f = exp(z);
      else if (map.kind == CoefficientMap::Kind::softplus)
        f = Kind::activate("softplus", z);
      else if (map.kind == CoefficientMap::Kind::sigmoid)
        f = Kind::activate("sigmoid", z);
      return Kind::constant(Scalar(map.factor)) * f +
             Kind::constant(Scalar(map.offset));
    }



    /**
     * The channels of all outputs at the point @p x: output, then channel.
     * @p Kind is ForwardMode or ExtendedPrecision.
     */
    template <typename Kind>
    std::vector<std::vector<typename Kind::Scalar>>
    evaluate(const Architecture                       &architecture,
             const JetSpecification                   &jet,
             const std::vector<typename Kind::Scalar> &theta,
             const std::vector<double>                &point)
    {
      using Number = typename Kind::Number;

      std::vector<Number> x;
      for (unsigned int i = 0; i < point.size(); ++i)
        x.push_back(Kind::variable(point[i], slopes(jet, i)));
      std::size_t position = 0;
      const auto  N        = propagate<Kind>(
        architecture, theta, first_layer<Kind>(architecture, x), position);

      const auto known = [&](const auto &functions, const unsigned int o) {
        return dynamic_cast<const TestFunction &>(*functions[o])
          .formula(x.front(), x.back());
      };
      std::vector<std::vector<typename Kind::Scalar>> result;
      for (unsigned int o = 0; o < architecture.n_layer_outputs(); ++o)
        {
          Number u = architecture.output_scale[o] * N[o];
          u        = u + architecture.output_shift[o];
          if (!architecture.factors.empty() && architecture.factors[o])
            u = known(architecture.factors, o) * u;
          if (!architecture.offsets.empty() && architecture.offsets[o])
            u += known(architecture.offsets, o);
          result.push_back(Kind::channels(jet, u));
        }
      for (const auto &coefficient : architecture.coefficients)
        {
          Number z = x.front();
          if (coefficient.field)
            {
              const Architecture &field = *coefficient.field;
              z                         = field.output_scale[0] *
                  propagate<Kind>(
                    field, theta, first_layer<Kind>(field, x), position)[0];
              z = z + field.output_shift[0];
            }
          else
            z = Kind::constant(theta[position++]);
          result.push_back(
            Kind::channels(jet, apply_map<Kind>(coefficient.map, z)));
        }
      return result;
    }



    /** Numbers with derivatives in the parameters. */
    using ParameterNumber = Sacado::Fad::DFad<double>;

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



  /**
   * What add_option() knows: one thing at a time, then all of them but the
   * normalisation, whose derivatives are steep for few neurons, and the
   * coefficients, which are outputs of their own.
   */
  const std::vector<std::string> architecture_options{"plain",
                                                      "skip connections",
                                                      "fixed slopes",
                                                      "slopes of layers",
                                                      "slopes of neurons",
                                                      "factorized weights",
                                                      "layer normalisation",
                                                      "waves",
                                                      "omitted inputs",
                                                      "features",
                                                      "offsets",
                                                      "factors",
                                                      "coefficients",
                                                      "everything"};

  /** Numbers and fields with all kinds of bounds. */
  inline void
  add_coefficients(Architecture &architecture)
  {
    using Kind = CoefficientMap::Kind;

    Architecture field;
    field.lower         = architecture.lower;
    field.upper         = architecture.upper;
    field.hidden_widths = {4, 3};
    field.activation    = architecture.activation;
    field.output_scale  = {0.8};
    field.output_shift  = {-0.3};
    auto smaller        = field;
    smaller.slopes.kind = Architecture::Slopes::Kind::layer;
    if (field.n_inputs() > 1)
      smaller.omitted_inputs = {0};
    smaller.hidden_widths = {3};

    const auto one            = std::make_shared<const Architecture>(field);
    const auto two            = std::make_shared<const Architecture>(smaller);
    architecture.coefficients = {{{Kind::identity, 0.2, 3.}, 0.7, nullptr},
                                 {{Kind::sigmoid, -1., 4.}, 0., one},
                                 {{Kind::exponential, 1., -0.5}, 0.1, nullptr},
                                 {{Kind::softplus, 0.5, 2.}, 0., two},
                                 {{Kind::exponential, 0., 1.5}, 0., two},
                                 {{Kind::sigmoid, 0., 1.}, 0.4, nullptr},
                                 {{Kind::softplus, 0., 1.}, 0.4, nullptr},
                                 {{Kind::identity, 0., 0.5}, 0., one}};
  }



  /** Change one of architecture_options, for any number of inputs. */
  inline void
  add_option(const std::string &option, Architecture &architecture)
  {
    using Kind             = Architecture::Slopes::Kind;
    const unsigned int n   = architecture.n_inputs();
    const bool         all = option == "everything";
    const auto         is  = [&](const std::string &name) {
      return option == name || all;
    };

    if (is("skip connections"))
      architecture.skip_connections = true;
    if (is("fixed slopes"))
      architecture.slopes.first = 1.7;
    if (is("fixed slopes"))
      architecture.slopes.other = 0.8;
    if (option == "slopes of layers")
      architecture.slopes.kind = Kind::layer;
    if (is("slopes of neurons"))
      architecture.slopes.kind = Kind::neuron;
    if (architecture.slopes.kind != Kind::fixed)
      architecture.slopes.scale = 5.;
    if (is("factorized weights"))
      architecture.factorized_weights = true;
    if (option == "layer normalisation")
      architecture.normalization = Architecture::Normalization::layer;
    if (is("waves") || option == "omitted inputs")
      for (unsigned int k = 0; k < 2; ++k)
        {
          architecture.waves.emplace_back();
          for (unsigned int i = 0; i < n; ++i)
            architecture.waves.back().push_back(1.2 * (k + 1) - 0.9 * i * k);
        }
    if (is("omitted inputs"))
      architecture.omitted_inputs = {n - 1};
    if (is("features"))
      architecture.features = {std::make_shared<TestFunction>(1.3),
                               std::make_shared<TestFunction>(-0.4)};
    const unsigned int n_outputs = architecture.n_outputs();
    if (is("offsets"))
      {
        architecture.offsets.resize(n_outputs);
        architecture.offsets.front() = std::make_shared<TestFunction>(0.9);
      }
    if (is("factors"))
      {
        architecture.factors.resize(n_outputs);
        architecture.factors.back() = std::make_shared<TestFunction>(1.1);
      }
    if (option == "coefficients")
      add_coefficients(architecture);
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
