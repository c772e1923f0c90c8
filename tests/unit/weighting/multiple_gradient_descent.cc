// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/multiple_gradient_descent.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "weighting/some_statistics.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  Vector
  combine(const Vector &c, const std::vector<Vector> &g)
  {
    Vector sum(g[0].size(), 0.);
    for (std::size_t k = 0; k < g.size(); ++k)
      for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += c[k] * g[k][i];
    return sum;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(multiple_gradient_descent)

BOOST_AUTO_TEST_CASE(two_blocks_are_as_the_closed_formula)
{
  // The foot of the perpendicular inside of the segment, and both ends.
  for (const double scale : {0.1, 1., 1.7, 30.})
    for (const double shift : {-1., 0., 0.8})
      {
        auto  statistics = some_statistics({1., 1.}, 8);
        auto &g          = statistics.gradients;
        for (unsigned int i = 0; i < g[1].size(); ++i)
          g[1][i] = scale * g[1][i] + shift * g[0][i];
        Vector difference(8);
        for (unsigned int i = 0; i < 8; ++i)
          difference[i] = g[1][i] - g[0][i];
        const double first = std::min(
          std::max(dot(difference, g[1]) / dot(difference, difference), 0.),
          1.);

        const auto c = MultipleGradientDescent(0.).update({1., 1.}, statistics);

        BOOST_TEST(std::abs(c[0] - first) < 1e-12);
        BOOST_TEST(std::abs(c[0] + c[1] - 1.) < 1e-14);
      }
}



BOOST_AUTO_TEST_CASE(a_step_against_the_sum_decreases_all_blocks)
{
  for (const double opposed : {0., -0.2, -2.})
    {
      auto statistics = some_statistics({1., 20., 0.3, 1.}, 10);
      for (unsigned int i = 0; i < 10; ++i)
        statistics.gradients[3][i] += opposed * statistics.gradients[0][i];

      const auto c =
        MultipleGradientDescent(0.).update(Vector(4, 1.), statistics);

      const auto   direction = combine(c, statistics.gradients);
      const double square    = dot(direction, direction);
      for (unsigned int k = 0; k < 4; ++k)
        {
          BOOST_TEST(c[k] >= 0.);
          // At the point of least norm, none is below the square.
          BOOST_TEST(dot(direction, statistics.gradients[k]) >=
                     (1. - 1e-5) * square);
        }
      BOOST_TEST(std::abs(std::accumulate(c.begin(), c.end(), -1.)) < 1e-13);
    }
}



BOOST_AUTO_TEST_CASE(no_weight_is_below_the_floor_and_the_sum_stays)
{
  auto statistics        = some_statistics({1., 1., 1.}, 3);
  statistics.gradients   = {{1., 0., 0.}, {100., 0., 0.}, {0., 1., 0.}};
  constexpr double floor = 1e-3;
  const auto       plain =
    MultipleGradientDescent(0.).update(Vector(3, 1.), statistics);
  BOOST_TEST(std::abs(plain[0] - 0.5) < 1e-7);
  BOOST_TEST(plain[1] < 1e-8);

  const auto c =
    MultipleGradientDescent(floor).update(Vector(3, 1.), statistics);

  BOOST_TEST(c[1] == floor);
  BOOST_TEST(std::abs(c[0] - (0.5 - floor / 2.)) < 1e-7);
  BOOST_TEST(std::abs(c[0] + c[1] + c[2] - 1.) < 1e-14);
}



BOOST_AUTO_TEST_CASE(blocks_without_a_gradient_keep_their_weight)
{
  auto statistics         = some_statistics({1., 1., 1.}, 4);
  statistics.gradients[1] = Vector(4, 0.);
  const auto c = MultipleGradientDescent().update({1., 7., 1.}, statistics);
  BOOST_TEST(c[1] == 7.);
  BOOST_TEST(c[0] + c[2] == 1.);
}

BOOST_AUTO_TEST_SUITE_END()
