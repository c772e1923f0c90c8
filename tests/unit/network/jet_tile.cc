// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// How points are cut into tiles and padded must not be visible in results.

#include <sobolev/network/network.h>

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
      : network(make_architecture(3, {13, 6}, 2, "tanh"))
      , jet(JetSpecification::hessian(2))
      , n_jets(2 * jet.n_channels())
      , theta(network.initial_parameters(8))
      , points(make_points(network.architecture(), 1000))
    {
    }

    // Jets of the first n points point by point, and the gradient of the sum
    // of their squares, by tiles with the given capacity.
    std::pair<Vector, Vector>
    compute(const unsigned int n, const unsigned int capacity) const
    {
      JetTile tile(network, jet, capacity);
      Vector  jets, gradient(theta.size(), 0.);
      for (unsigned int begin = 0; begin < n; begin += tile.capacity())
        {
          const unsigned int end = std::min(n, begin + tile.capacity());
          fill_tile(tile, {points.begin() + begin, points.begin() + end});
          network.evaluate(view(theta), tile);

          const auto adjoints = tile.all_output_adjoints();
          std::fill(adjoints.begin(), adjoints.end(), 0.);
          for (unsigned int p = 0; p < end - begin; ++p)
            for (unsigned int k = 0; k < n_jets; ++k)
              {
                const double u = tile.all_outputs()[k * tile.stride() + p];
                jets.push_back(u);
                adjoints[k * tile.stride() + p] = 2. * u;
              }
          network.add_parameter_gradient(view(theta), tile, view(gradient));
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



BOOST_AUTO_TEST_CASE(padding_never_leaks)
{
  const Setting setting;
  JetTile       tile(setting.network, setting.jet, 16);

  // Fill the whole tile with NaN first, then use nine of its points.
  fill_tile(
    tile,
    std::vector<std::vector<double>>(
      16, std::vector<double>(3, std::numeric_limits<double>::quiet_NaN())));
  setting.network.evaluate(view(setting.theta), tile);
  fill_tile(tile, {setting.points.begin(), setting.points.begin() + 9});
  setting.network.evaluate(view(setting.theta), tile);
  const auto adjoints = tile.all_output_adjoints();
  std::fill(adjoints.begin(), adjoints.end(), 0.);
  for (unsigned int p = 0; p < 9; ++p)
    for (unsigned int k = 0; k < setting.n_jets; ++k)
      adjoints[k * tile.stride() + p] =
        2. * tile.all_outputs()[k * tile.stride() + p];
  const Vector kept(adjoints.begin(), adjoints.end());
  Vector       gradient(setting.theta.size(), 0.);
  setting.network.add_parameter_gradient(
    view(setting.theta), tile, view(gradient));

  BOOST_TEST(tile.stride() == 16u);
  BOOST_TEST(relative_error(gradient, setting.compute(9, 0).second) < 1e-14);

  // Rows of the padding are zero.
  std::copy(kept.begin(), kept.end(), adjoints.begin());
  Vector rows(setting.theta.size() * 20, 7.);
  setting.network.compute_jacobian_rows(
    view(setting.theta), tile, rows.data(), 20);
  for (std::size_t k = 0; k < setting.theta.size(); ++k)
    {
      for (unsigned int p = 9; p < 16; ++p)
        BOOST_TEST(rows[k * 20 + p] == 0.);
      for (unsigned int p = 16; p < 20; ++p)
        BOOST_TEST(rows[k * 20 + p] == 7.);
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
  setting.network.evaluate(view(setting.theta), tile);

  for (unsigned int k = 0; k < setting.n_jets; ++k)
    for (unsigned int p = 0; p < 12; ++p)
      BOOST_TEST(std::isnan(tile.all_outputs()[k * tile.stride() + p]) ==
                 (p == 4));
}



BOOST_AUTO_TEST_CASE(the_default_capacity_keeps_the_tile_small)
{
  const Setting setting;

  for (const auto &jet :
       {JetSpecification::value(), setting.jet, JetSpecification::hessian(3)})
    {
      const JetTile tile(setting.network, jet);
      BOOST_TEST(tile.capacity() % 8 == 0u);
      BOOST_TEST(tile.capacity() >= 32u);
      BOOST_TEST(tile.capacity() * jet.n_channels() <= 400u);
    }
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
