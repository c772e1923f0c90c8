// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The order of the parameters, and their values at the start.

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/network_setting.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::network_setting;

namespace
{
  namespace data = boost::unit_test::data;

  using Initialization = Architecture::Initialization;

  Network
  large_network(const Initialization initialization,
                const std::string   &activation  = "silu",
                const double         first_slope = 1.,
                const double         other_slope = 1.)
  {
    auto architecture = make_architecture(100, {300, 200}, 50, activation);
    architecture.initialization = initialization;
    architecture.slopes.first   = first_slope;
    architecture.slopes.other   = other_slope;
    return Network(architecture);
  }



  // Mean, variance and largest absolute value of entries begin to end.
  struct Moments
  {
    Moments(const Vector      &theta,
            const unsigned int begin,
            const unsigned int end)
    {
      for (unsigned int k = begin; k < end; ++k)
        {
          mean += theta[k] / (end - begin);
          variance += theta[k] * theta[k] / (end - begin);
          largest = std::max(largest, std::abs(theta[k]));
        }
    }

    double mean = 0., variance = 0., largest = 0.;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(initial_parameters)

BOOST_AUTO_TEST_CASE(parameters_are_counted_and_ordered_as_documented)
{
  const Network plain(make_architecture(3, {5, 4}, 2, "tanh"));
  BOOST_TEST(plain.n_parameters() == 3u * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2);
  BOOST_TEST(plain.n_inputs() == 3u);
  BOOST_TEST(plain.n_outputs() == 2u);

  auto architecture               = plain.architecture();
  architecture.slopes.kind        = Architecture::Slopes::Kind::layer;
  architecture.factorized_weights = true;
  architecture.waves              = {{1., 2., 3.}};
  architecture.omitted_inputs     = {0, 2};
  architecture.features           = {std::make_shared<TestFunction>(1.)};
  const Network full(architecture);

  // Weights, biases, slope, factors of each layer: 1 + 2 + 1 inputs.
  BOOST_TEST(full.n_parameters() ==
             (4u * 5 + 5 + 1 + 5) + (5 * 4 + 4 + 1 + 4) + (4 * 2 + 2 + 2));
  const auto &layers = full.layout().layers();
  BOOST_TEST(layers.size() == 3u);
  BOOST_TEST(layers[0].n_in == 4u);
  BOOST_TEST(layers[1].weights == 31u);
  BOOST_TEST(layers[1].bias == 51u);
  BOOST_TEST(layers[1].slopes == 55u);
  BOOST_TEST(layers[1].n_slopes == 1u);
  BOOST_TEST(layers[1].factors == 56u);
  BOOST_TEST(layers[1].n_factors == 4u);
  BOOST_TEST(layers[2].n_slopes == 0u);
  BOOST_TEST(layers[2].n_factors == 2u);

  architecture.slopes.kind = Architecture::Slopes::Kind::neuron;
  BOOST_TEST(Network(architecture).n_parameters() ==
             full.n_parameters() + 4 + 3);
}



BOOST_DATA_TEST_CASE(initial_parameters_depend_on_the_seed_only,
                     data::make(architecture_options),
                     option)
{
  const auto    architecture = architecture_of(option_case, "tanh", option);
  const Network network(architecture), other(architecture);

  const auto theta = network.initial_parameters(3);

  BOOST_TEST((theta == other.initial_parameters(3)));
  BOOST_TEST((theta == network.initial_parameters(3)));
  BOOST_TEST((theta != network.initial_parameters(4)));
}



BOOST_DATA_TEST_CASE(initial_parameters_have_the_documented_distribution,
                     data::make(activation_names()),
                     activation)
{
  const double gain = make_activation(activation)->gain();
  for (const auto kind : {Initialization::glorot, Initialization::he})
    {
      const Network network = large_network(kind, activation);
      const auto    theta   = network.initial_parameters(1);
      for (unsigned int l = 0; l < 3; ++l)
        {
          const auto   &layer = network.layout().layers()[l];
          const Moments weights(theta, layer.weights, layer.bias);
          const double  expected =
            kind == Initialization::glorot
               ? (l == 1 ? gain * gain : 1.) / (0.5 * (layer.n_in + layer.n_out))
               : 2. / layer.n_in;
          BOOST_TEST(std::abs(weights.variance / expected - 1.) < 0.05);
          BOOST_TEST(std::abs(weights.mean) < 0.05 * std::sqrt(expected));

          // Biases: uniform in a range, zero in the last layer.
          const Moments biases(theta, layer.bias, layer.bias + layer.n_out);
          const double  range = l == 0 ? 1. : l == 1 ? 0.1 : 0.;
          BOOST_TEST(biases.largest <= range);
          BOOST_TEST(biases.largest >= 0.95 * range);
          BOOST_TEST(std::abs(biases.mean) <= 0.1 * range);
        }
    }
}



BOOST_AUTO_TEST_CASE(orthogonal_weights_have_orthonormal_rows_or_columns)
{
  const Network network = large_network(Initialization::orthogonal);
  const auto    theta   = network.initial_parameters(1);
  for (unsigned int l = 0; l < 3; ++l)
    {
      const auto  &layer   = network.layout().layers()[l];
      const bool   by_rows = layer.n_out <= layer.n_in;
      const double gain    = l == 1 ? make_activation("silu")->gain() : 1.;

      const unsigned int count = by_rows ? layer.n_out : layer.n_in;
      const unsigned int size  = by_rows ? layer.n_in : layer.n_out;
      const auto entry = [&](const unsigned int v, const unsigned int k) {
        return theta[layer.weights +
                     (by_rows ? v * layer.n_in + k : k * layer.n_in + v)];
      };
      double error = 0.;
      for (unsigned int v = 0; v < count; ++v)
        for (unsigned int w = 0; w <= v; ++w)
          {
            double product = 0.;
            for (unsigned int k = 0; k < size; ++k)
              product += entry(v, k) * entry(w, k);
            error =
              std::max(error, std::abs(product - (v == w ? gain * gain : 0.)));
          }
      BOOST_TEST(error < 1e-13, "layer " << l << ": " << error);
    }
}



BOOST_AUTO_TEST_CASE(siren_weights_are_uniform_in_the_documented_ranges)
{
  const double  slope = 30.;
  const Network network =
    large_network(Initialization::siren, "sin", 2., slope);
  const auto theta = network.initial_parameters(1);
  for (unsigned int l = 0; l < 3; ++l)
    {
      const auto   &layer = network.layout().layers()[l];
      const Moments weights(theta, layer.weights, layer.bias);
      const double  range =
        l == 0 ? 1. / layer.n_in
                : std::sqrt(6. / layer.n_in) / (l == 1 ? slope : 1.);
      BOOST_TEST(weights.largest <= range);
      BOOST_TEST(weights.largest > 0.999 * range);
      BOOST_TEST(std::abs(weights.mean) < 0.02 * range);
      BOOST_TEST(std::abs(3. * weights.variance / (range * range) - 1.) < 0.03);
    }
}



// What the options add to the parameters leaves the others as they are.
BOOST_DATA_TEST_CASE(slopes_and_factors_start_as_documented,
                     data::xrange(4) * data::make({false, true}),
                     initialization,
                     by_layer)
{
  using Kind                  = Architecture::Slopes::Kind;
  auto architecture           = make_architecture(3, {40, 30, 30}, 2, "tanh");
  architecture.initialization = static_cast<Initialization>(initialization);
  architecture.slopes.first   = 3.;
  architecture.slopes.other   = 0.7;
  const Network plain(architecture);
  architecture.slopes.kind          = by_layer ? Kind::layer : Kind::neuron;
  architecture.slopes.scale         = 10.;
  architecture.factorized_weights   = true;
  architecture.factorization_mean   = 0.8;
  architecture.factorization_spread = 0.2;
  const Network changed(architecture);

  const auto plain_theta   = plain.initial_parameters(9);
  const auto changed_theta = changed.initial_parameters(9);

  Vector factors;
  for (unsigned int l = 0; l < 4; ++l)
    {
      const auto &one   = plain.layout().layers()[l];
      const auto &two   = changed.layout().layers()[l];
      double      error = 0.;
      for (unsigned int j = 0; j < one.n_out; ++j)
        {
          factors.push_back(changed_theta[two.factors + j]);
          for (unsigned int i = 0; i < one.n_in; ++i)
            {
              const unsigned int k      = j * one.n_in + i;
              const double       weight = plain_theta[one.weights + k];
              error                     = std::max(error,
                               std::abs(std::exp(factors.back()) *
                                          changed_theta[two.weights + k] -
                                        weight) /
                                 std::abs(weight));
            }
          BOOST_TEST(changed_theta[two.bias + j] == plain_theta[one.bias + j]);
        }
      BOOST_TEST(error < 1e-15, "layer " << l << ": " << error);
      for (unsigned int j = 0; j < two.n_slopes; ++j)
        BOOST_TEST(std::abs(10. * changed_theta[two.slopes + j] -
                            (l == 0 ? 3. : 0.7)) < 1e-15);
    }
  const Moments moments(factors, 0, factors.size());
  BOOST_TEST(std::abs(moments.mean - 0.8) < 0.06);
  BOOST_TEST(
    std::abs(std::sqrt(moments.variance - moments.mean * moments.mean) - 0.2) <
    0.04);
}



// n a = 1 is no slope at all, to the last bit.
BOOST_DATA_TEST_CASE(unit_slopes_reproduce_the_network_without,
                     data::make({1., 5., 10.}) * data::make({false, true}),
                     scale,
                     by_layer)
{
  using Kind        = Architecture::Slopes::Kind;
  const auto points = make_points(architecture_of(option_case, "tanh"), 21);
  const auto jets   = [&](const Architecture &architecture) {
    const Network network(architecture);
    JetTile       tile(network, JetSpecification::bilaplacian(2), 21);
    fill_tile(tile, points);
    NetworkWeights weights(network);
    weights.assign(view(network.initial_parameters(5)));
    network.evaluate(weights, tile);
    return Vector(tile.all_outputs().begin(), tile.all_outputs().end());
  };

  auto       architecture   = architecture_of(option_case, "tanh");
  const auto without        = jets(architecture);
  architecture.slopes.kind  = by_layer ? Kind::layer : Kind::neuron;
  architecture.slopes.scale = scale;
  const auto with           = jets(architecture);

  BOOST_TEST((with == without));
}

BOOST_AUTO_TEST_SUITE_END()
