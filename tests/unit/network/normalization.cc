// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Batch normalisation is a plain network with other weights, and its statistics
// are those of the given points. Layer normalisation is one of the options that
// network.cc and network_gradient.cc test.

#include <sobolev/network/network.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <ostream>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace sobolev
{
  std::ostream &
  operator<<(std::ostream &out, const Architecture::Normalization kind)
  {
    return out << (kind == Architecture::Normalization::layer ? "layer"
                                                              : "batch");
  }
} // namespace sobolev

namespace
{
  using Normalization = Architecture::Normalization;

  constexpr double variance_floor = 1e-5;



  Architecture
  normalized(const Normalization normalization)
  {
    auto result          = make_architecture(2, {7, 5}, 2, "tanh");
    result.normalization = normalization;
    return result;
  }



  // Random gains, shifts, means, and variances between 1/2 and 3/2.
  std::vector<double>
  random_parameters(const Network &network)
  {
    auto theta = network.initial_parameters(4);
    for (std::size_t k = 0; k < theta.size(); ++k)
      theta[k] += 0.5 * pseudo_random(7, k);
    return theta;
  }



  // The same map without normalisation: W = gamma V / sigma, and so on.
  std::vector<double>
  merged(const Network &network, const std::vector<double> &theta)
  {
    std::vector<double> result;
    for (const auto &layer : network.layout().layers())
      {
        std::vector<double> biases;
        for (unsigned int j = 0; j < layer.n_out; ++j)
          {
            double factor = 1., mean = 0., shift = 0.;
            if (layer.n_statistics > 0)
              {
                factor = theta[layer.gains + j] /
                         std::sqrt(theta[layer.variances + j] + variance_floor);
                mean  = theta[layer.means + j];
                shift = theta[layer.shifts + j];
              }
            for (unsigned int i = 0; i < layer.n_in; ++i)
              result.push_back(factor *
                               theta[layer.weights + j * layer.n_in + i]);
            biases.push_back(factor * (theta[layer.bias + j] - mean) + shift);
          }
        result.insert(result.end(), biases.begin(), biases.end());
      }
    return result;
  }



  std::vector<double>
  jets(const Network &network, const std::vector<double> &theta, JetTile &tile)
  {
    NetworkWeights weights(network);
    weights.assign(view(theta));
    network.evaluate(weights, tile);
    return {tile.all_outputs().begin(), tile.all_outputs().end()};
  }
} // namespace

BOOST_AUTO_TEST_SUITE(normalization)

BOOST_AUTO_TEST_CASE(a_batch_normalisation_is_a_plain_network)
{
  const Network network(normalized(Normalization::batch)),
    plain(normalized(Normalization::none));
  const auto theta = random_parameters(network);
  const auto jet   = JetSpecification::hessian(2);
  JetTile    tile(network, jet), plain_tile(plain, jet);
  const auto points = make_points(network.architecture(), 20);
  fill_tile(tile, points);
  fill_tile(plain_tile, points);

  const auto expected = jets(plain, merged(network, theta), plain_tile);
  BOOST_TEST(relative_error(jets(network, theta, tile), expected) < 1e-14);
}



// Against differences, but for the statistics, which no gradient reaches.
BOOST_AUTO_TEST_CASE(gradient_and_jacobian_of_a_batch_normalisation)
{
  auto architecture               = normalized(Normalization::batch);
  architecture.slopes.kind        = Architecture::Slopes::Kind::layer;
  architecture.slopes.scale       = 2.;
  architecture.factorized_weights = true;
  const Network      network(architecture);
  const auto         theta = random_parameters(network);
  const auto         jet   = JetSpecification::laplacian(2);
  const unsigned int n     = 16;
  JetTile            tile(network, jet, n);
  const unsigned int n_jets = 2 * jet.n_channels();
  fill_tile(tile, make_points(architecture, n));
  Vector adjoints;
  for (unsigned int k = 0; k < n_jets * n; ++k)
    adjoints.push_back(pseudo_random(3, k));

  Vector         computed(theta.size(), 0.);
  NetworkWeights weights(network);
  weights.assign(view(theta));
  network.evaluate(weights, tile);
  std::copy(
    adjoints.begin(), adjoints.end(), tile.all_output_adjoints().begin());
  network.add_parameter_gradient(weights, tile, view(computed));
  dealii::AlignedVector<double> rows(theta.size() * n);
  network.compute_jacobian_rows(weights, tile, rows.data(), n);

  Vector expected = gradient(
    [&](const Vector &parameters) {
      return Vector{dot(adjoints, jets(network, parameters, tile))};
    },
    theta,
    1e-3);
  for (const auto &layer : network.layout().layers())
    for (unsigned int j = 0; j < 2 * layer.n_statistics; ++j)
      {
        // They matter, but are not trained.
        BOOST_TEST(std::abs(expected[layer.means + j]) > 1e-6);
        expected[layer.means + j] = 0.;
      }
  BOOST_TEST(relative_error(computed, expected) < 1e-8);

  Vector summed(theta.size(), 0.);
  for (std::size_t k = 0; k < theta.size(); ++k)
    for (unsigned int p = 0; p < n; ++p)
      summed[k] += rows[k * n + p];
  BOOST_TEST(relative_error(summed, computed) < 1e-13);
}



BOOST_AUTO_TEST_CASE(statistics_are_those_of_the_points)
{
  const Network network(normalized(Normalization::batch));
  auto          theta  = random_parameters(network);
  const auto    points = make_points(network.architecture(), 150);

  network.set_statistics(points, view(theta));

  // By hand, layer after layer.
  std::vector<std::vector<double>> a;
  for (const auto &x : points)
    {
      a.emplace_back();
      for (unsigned int i = 0; i < 2; ++i)
        {
          const double l = network.architecture().lower[i],
                       u = network.architecture().upper[i];
          a.back().push_back(2. * (x[i] - l) / (u - l) - 1.);
        }
    }
  for (unsigned int l = 0; l < 2; ++l)
    {
      const auto                      &layer = network.layout().layers()[l];
      std::vector<std::vector<double>> next(a.size());
      for (unsigned int j = 0; j < layer.n_out; ++j)
        {
          double mean = 0., square = 0.;
          for (unsigned int p = 0; p < a.size(); ++p)
            {
              double z = theta[layer.bias + j];
              for (unsigned int i = 0; i < layer.n_in; ++i)
                z += theta[layer.weights + j * layer.n_in + i] * a[p][i];
              next[p].push_back(z);
              mean += z / a.size();
              square += z * z / a.size();
            }
          const double variance = square - mean * mean;
          BOOST_TEST(std::abs(theta[layer.means + j] - mean) < 1e-13);
          BOOST_TEST(std::abs(theta[layer.variances + j] - variance) < 1e-12);
          for (auto &of_point : next)
            of_point[j] =
              std::tanh(theta[layer.gains + j] * (of_point[j] - mean) /
                          std::sqrt(variance + variance_floor) +
                        theta[layer.shifts + j]);
        }
      a = next;
    }
}



// One point's value does not depend on the points that come with it.
BOOST_AUTO_TEST_CASE(points_do_not_see_one_another)
{
  for (const auto kind :
       {Normalization::none, Normalization::layer, Normalization::batch})
    {
      const Network network(normalized(kind));
      const auto    theta  = random_parameters(network);
      const auto    points = make_points(network.architecture(), 9);
      JetTile       all(network, JetSpecification::value(), 16);
      fill_tile(all, points);
      jets(network, theta, all);
      for (unsigned int p = 0; p < points.size(); ++p)
        {
          JetTile alone(network, JetSpecification::value(), 16);
          fill_tile(alone, {points[p]});
          jets(network, theta, alone);
          for (unsigned int o = 0; o < 2; ++o)
            BOOST_TEST(alone.output(o, 0)[0] == all.output(o, 0)[p]);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
