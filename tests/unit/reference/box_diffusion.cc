// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/box_diffusion.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "reference/manufactured.h"

using namespace sobolev;

BOOST_AUTO_TEST_SUITE(box_diffusion)

// u = sin(2 x) exp(y), a = 1 + x/2 + y^2.
BOOST_AUTO_TEST_CASE(a_manufactured_solution_is_found)
{
  using manufactured::make_function;
  using Point = dealii::Point<2>;

  const auto u = [](const Point &p) {
    return std::sin(2. * p[0]) * std::exp(p[1]);
  };
  const auto a = [](const Point &p) {
    return 1. + 0.5 * p[0] + p[1] * p[1];
  };
  // -div(a grad u) = -a Laplace(u) - a_x u_x - a_y u_y
  const auto f = [&](const Point &p) {
    const double u_x = 2. * std::cos(2. * p[0]) * std::exp(p[1]);
    return 3. * a(p) * u(p) - 0.5 * u_x - 2. * p[1] * u(p);
  };
  const BoxDiffusion solution(Point(-1., 0.),
                              Point(0.5, 1.),
                              make_function<2>(a),
                              make_function<2>(f),
                              make_function<2>(u));

  BOOST_TEST(solution.estimated_relative_error() < 1e-7);
  for (unsigned int i = 0; i < 8; ++i)
    for (unsigned int j = 0; j < 8; ++j)
      {
        const Point x(-1. + 1.5 * i / 7., j / 7.);
        BOOST_TEST(std::abs(solution.value(x) - u(x)) < 1e-7);
      }
}

BOOST_AUTO_TEST_SUITE_END()
