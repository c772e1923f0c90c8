// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// How points are cut into tiles and padded must not be visible in results.

#include <sobolev/network/network.h>

#include <deal.II/base/aligned_vector.h>
#include <deal.II/base/exceptions.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  constexpr double tolerance = 1e-15;

  const std::vector<unsigned int> sizes{1, 7, 8, 9, 64, 1000};



  struct Setting
  {
    Setting()
      : network(make_network())
      , jet(JetSpecification::hessian(2))
      , n_jets(2 * jet.n_channels())
      , theta(network.initial_parameters(8))
      , points(make_points(network.architecture(), 1000))
    {
    }

    NetworkWeights
    weights(const Precision precision = Precision::double_precision) const
    {
      NetworkWeights result(network, precision);
      result.assign(view(theta));
      return result;
    }

    // With everything that has buffers of its own.
    static Network
    make_network()
    {
      auto architecture = make_architecture(3, {13, 6, 6}, 2, "tanh");
      add_option("everything", architecture);
      return Network(architecture);
    }

    // Jets of the first n points point by point, and the gradient of the sum
    // of their squares, by tiles with the given capacity.
    std::pair<Vector, Vector>
    compute(const unsigned int n,
            const unsigned int capacity,
            const Precision    precision = Precision::double_precision) const
    {
      const NetworkWeights prepared = weights(precision);
      JetTile              tile(network, jet, capacity, precision);
      Vector               jets, gradient(theta.size(), 0.);
      for (unsigned int begin = 0; begin < n; begin += tile.capacity())
        {
          const unsigned int end = std::min(n, begin + tile.capacity());
          fill_tile(tile, {points.begin() + begin, points.begin() + end});
          network.evaluate(prepared, tile);

          const auto adjoints = tile.all_output_adjoints();
          std::fill(adjoints.begin(), adjoints.end(), 0.);
          for (unsigned int p = 0; p < end - begin; ++p)
            for (unsigned int k = 0; k < n_jets; ++k)
              {
                const double u = tile.all_outputs()[k * tile.stride() + p];
                jets.push_back(u);
                adjoints[k * tile.stride() + p] = 2. * u;
              }
          network.add_parameter_gradient(prepared, tile, view(gradient));
        }
      return {jets, gradient};
    }

    const Network                          network;
    const JetSpecification                 jet;
    const unsigned int                     n_jets;
    const Vector                           theta;
    const std::vector<std::vector<double>> points;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(jet_tile)

BOOST_DATA_TEST_CASE(results_do_not_depend_on_the_capacity,
                     boost::unit_test::data::make(sizes) *
                       boost::unit_test::data::make(sizes),
                     n_points,
                     capacity)
{
  const Setting setting;

  const auto reference = setting.compute(n_points, 0);
  const auto result    = setting.compute(n_points, capacity);

  BOOST_TEST(relative_error(result.first, reference.first) < tolerance);
  // Sums over points in another order.
  BOOST_TEST(relative_error(result.second, reference.second) <
             tolerance * std::max(10., std::sqrt(1. * n_points)));
}



// Cases are few, since every one has its own tiles.
BOOST_AUTO_TEST_CASE(single_precision_does_not_depend_on_the_capacity_either)
{
  const Setting setting;
  for (const unsigned int n_points : sizes)
    {
      const auto reference =
        setting.compute(n_points, 0, Precision::single_precision);
      for (const unsigned int capacity : {1u, 17u, 100u})
        {
          const auto result =
            setting.compute(n_points, capacity, Precision::single_precision);
          BOOST_TEST(relative_error(result.first, reference.first) < 1e-6);
          BOOST_TEST(relative_error(result.second, reference.second) < 1e-5);
        }
    }
}



BOOST_DATA_TEST_CASE(results_do_not_depend_on_the_neighbours,
                     boost::unit_test::data::make(sizes),
                     n_points)
{
  const Setting setting;

  const auto all  = setting.compute(1000, 0).first;
  const auto some = setting.compute(n_points, 0).first;

  BOOST_TEST(relative_error(
               some, {all.begin(), all.begin() + n_points * setting.n_jets}) <
             tolerance);
}



BOOST_DATA_TEST_CASE(padding_never_leaks,
                     boost::unit_test::data::make({false, true}),
                     is_single)
{
  const Setting   setting;
  const Precision precision =
    is_single ? Precision::single_precision : Precision::double_precision;
  const auto         weights = setting.weights(precision);
  const unsigned int stride = 16, leading = 24;
  JetTile            tile(setting.network, setting.jet, stride, precision);

  // Fill the whole tile with NaN first, then use nine of its points.
  fill_tile(
    tile,
    std::vector<std::vector<double>>(
      stride,
      std::vector<double>(3, std::numeric_limits<double>::quiet_NaN())));
  setting.network.evaluate(weights, tile);
  fill_tile(tile, {setting.points.begin(), setting.points.begin() + 9});
  setting.network.evaluate(weights, tile);
  const auto adjoints = tile.all_output_adjoints();
  std::fill(adjoints.begin(), adjoints.end(), 0.);
  for (unsigned int p = 0; p < 9; ++p)
    for (unsigned int k = 0; k < setting.n_jets; ++k)
      adjoints[k * tile.stride() + p] =
        2. * tile.all_outputs()[k * tile.stride() + p];
  const Vector kept(adjoints.begin(), adjoints.end());
  Vector       gradient(setting.theta.size(), 0.);
  setting.network.add_parameter_gradient(weights, tile, view(gradient));

  BOOST_TEST(tile.stride() == stride);
  BOOST_TEST(relative_error(gradient, setting.compute(9, 0, precision).second) <
             (is_single ? 1e-5 : 1e-14));

  // Rows of the padding are zero.
  std::copy(kept.begin(), kept.end(), adjoints.begin());
  dealii::AlignedVector<double> rows(setting.theta.size() * leading, 7.);
  setting.network.compute_jacobian_rows(weights, tile, rows.data(), leading);
  for (std::size_t k = 0; k < setting.theta.size(); ++k)
    {
      for (unsigned int p = 9; p < stride; ++p)
        BOOST_TEST(rows[k * leading + p] == 0.);
      for (unsigned int p = stride; p < leading; ++p)
        BOOST_TEST(rows[k * leading + p] == 7.);
    }
}



BOOST_AUTO_TEST_CASE(nan_at_one_point_stays_at_that_point)
{
  const Setting setting;
  JetTile       tile(setting.network, setting.jet);
  auto          points = setting.points;
  points.resize(12);
  points[4][0] = std::numeric_limits<double>::quiet_NaN();

  fill_tile(tile, points);
  setting.network.evaluate(setting.weights(), tile);

  for (unsigned int k = 0; k < setting.n_jets; ++k)
    for (unsigned int p = 0; p < 12; ++p)
      BOOST_TEST(std::isnan(tile.all_outputs()[k * tile.stride() + p]) ==
                 (p == 4));
}



BOOST_AUTO_TEST_CASE(the_default_capacity_keeps_the_tile_small)
{
  const Setting setting;
  auto          wide = make_architecture(3, {400, 400, 400, 400}, 1, "tanh");
  const Network wide_network(wide);

  for (const Network *network : {&setting.network, &wide_network})
    for (const auto &jet : {JetSpecification::value(),
                            setting.jet,
                            JetSpecification::hessian(3),
                            JetSpecification::bilaplacian(3)})
      {
        const JetTile tile(*network, jet);
        BOOST_TEST(tile.capacity() % 24 == 0u);
        BOOST_TEST(tile.capacity() > 0u);
        BOOST_TEST(tile.capacity() * jet.n_channels() <=
                   std::max(300u, 24 * jet.n_channels()));

        const JetTile single(*network, jet, 0, Precision::single_precision);
        BOOST_TEST(single.capacity() % 48 == 0u);
        BOOST_TEST(single.capacity() > 0u);
        BOOST_TEST(single.capacity() * jet.n_channels() <=
                   std::max(300u, 48 * jet.n_channels()));
      }

  // Wide networks with few channels are limited by the cache.
  BOOST_TEST(JetTile(setting.network, JetSpecification::value()).capacity() ==
             288u);
  BOOST_TEST(JetTile(wide_network, JetSpecification::value()).capacity() <
             288u);
}



// Padding and capacity are multiples of 64 bytes of the numbers in use.
BOOST_AUTO_TEST_CASE(strides_are_multiples_of_the_vector_length)
{
  const Setting setting;
  for (const unsigned int n : {1u, 8u, 9u, 16u, 17u, 30u})
    for (const bool is_single : {false, true})
      {
        const unsigned int multiple = is_single ? 16 : 8;
        JetTile            tile(setting.network,
                     setting.jet,
                     n,
                     is_single ? Precision::single_precision
                                          : Precision::double_precision);
        BOOST_TEST(tile.capacity() == (n + multiple - 1) / multiple * multiple);
        for (unsigned int points = 1; points <= n; ++points)
          {
            tile.reinit(points);
            BOOST_TEST(tile.n_points() == points);
            BOOST_TEST(tile.stride() % multiple == 0u);
            BOOST_TEST(tile.stride() >= points);
            BOOST_TEST(tile.stride() < points + multiple);
          }
      }
}



BOOST_AUTO_TEST_CASE(memory_depends_on_network_and_channels_only)
{
  const Setting setting;
  JetTile       tile(setting.network, setting.jet, 64);
  const auto    bytes = tile.memory_consumption();

  // Neither on the number of points nor on what was computed.
  fill_tile(tile, {setting.points.begin(), setting.points.begin() + 5});
  setting.network.evaluate(setting.weights(), tile);
  BOOST_TEST(tile.memory_consumption() == bytes);
  fill_tile(tile, {setting.points.begin(), setting.points.begin() + 64});
  setting.network.evaluate(setting.weights(), tile);
  const auto adjoints = tile.all_output_adjoints();
  std::fill(adjoints.begin(), adjoints.end(), 1.);
  Vector gradient(setting.theta.size());
  setting.network.add_parameter_gradient(
    setting.weights(), tile, view(gradient));
  BOOST_TEST(tile.memory_consumption() == bytes);

  // What has to be there: z and a of all neurons, inputs, outputs; and not
  // more than a few times as much.
  const std::size_t least =
    sizeof(double) * 64 * setting.jet.n_channels() * (2 * 25 + 10 + 2);
  BOOST_TEST(bytes > least);
  BOOST_TEST(bytes < 3 * least);

  const auto bytes_of = [&](const JetSpecification &jet,
                            const unsigned int      capacity,
                            const Precision         precision =
                              Precision::double_precision) {
    return JetTile(setting.network, jet, capacity, precision)
      .memory_consumption();
  };
  BOOST_TEST(bytes_of(setting.jet, 64) == bytes);
  BOOST_TEST(bytes_of(setting.jet, 128) > 1.8 * bytes);
  BOOST_TEST(bytes_of(JetSpecification::gradient(2), 64) < 0.7 * bytes);
  BOOST_TEST(bytes_of(setting.jet, 64, Precision::single_precision) <
             0.7 * bytes);
}



#ifdef DEBUG
BOOST_AUTO_TEST_CASE(too_many_points_or_none_fail_an_assertion)
{
  const Setting setting;
  JetTile       tile(setting.network, setting.jet, 16);

  BOOST_CHECK_THROW(tile.reinit(0), dealii::ExceptionBase);
  BOOST_CHECK_THROW(tile.reinit(17), dealii::ExceptionBase);
}
#endif

BOOST_AUTO_TEST_SUITE_END()
