// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/wolfe_line_search.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <functional>
#include <limits>

using namespace sobolev;

namespace
{
  using Point = WolfeLineSearch::Point;

  struct Case
  {
    const char                         *name;
    std::function<double(const double)> value, slope;
  };

  // More and Thuente (1994): 1, 2 and 4 with their parameters; a polynomial.
  std::vector<Case>
  cases()
  {
    const double beta = 0.004;
    return {{"rational",
             [](const double a) {
               return -a / (a * a + 2.);
             },
             [](const double a) {
               return (a * a - 2.) / ((a * a + 2.) * (a * a + 2.));
             }},
            {"fifth power",
             [=](const double a) {
               return std::pow(a + beta, 5) - 2. * std::pow(a + beta, 4);
             },
             [=](const double a) {
               return 5. * std::pow(a + beta, 4) - 8. * std::pow(a + beta, 3);
             }},
            {"two scales",
             [](const double a) {
               const double g = std::sqrt(1. + 1e-6) - 1e-3;
               return g * std::sqrt((1. - a) * (1. - a) + 1e-6) +
                      g * std::sqrt(a * a + 1e-6);
             },
             [](const double a) {
               const double g = std::sqrt(1. + 1e-6) - 1e-3;
               return g * (a - 1.) / std::sqrt((1. - a) * (1. - a) + 1e-6) +
                      g * a / std::sqrt(a * a + 1e-6);
             }},
            {"parabola",
             [](const double a) {
               return (a - 3.) * (a - 3.);
             },
             [](const double a) {
               return 2. * (a - 3.);
             }}};
  }

  WolfeLineSearch::Function
  as_function(const Case &c)
  {
    return [=](const double a) {
      return Point{a, c.value(a), c.slope(a)};
    };
  }
} // namespace

BOOST_AUTO_TEST_SUITE(wolfe_line_search)

BOOST_AUTO_TEST_CASE(both_conditions_hold_from_any_first_step)
{
  for (const Case &c : cases())
    for (const double first : {1e-3, 1e-1, 1., 10., 1e3})
      for (const double c2 : {0.9, 0.1, 1e-3})
        BOOST_TEST_CONTEXT(c.name << ", first step " << first << ", c2 " << c2)
        {
          WolfeOptions options;
          options.curvature = c2;
          const Point start{0., c.value(0.), c.slope(0.)};
          // The slope at 0 vanishes with beta: that is no direction.
          if (!(start.slope < -1e-12))
            continue;

          const auto result =
            WolfeLineSearch(options).search(as_function(c), start, first);

          const double a = result.point.step;
          BOOST_TEST(result.success);
          BOOST_TEST(!result.met_not_finite);
          BOOST_TEST(result.point.value == c.value(a));
          BOOST_TEST(c.value(a) <=
                     start.value + 1e-4 * a * start.slope + 1e-15);
          BOOST_TEST(std::abs(c.slope(a)) <= c2 * std::abs(start.slope));
          BOOST_TEST(result.n_evaluations <= options.max_evaluations);
        }
}



BOOST_AUTO_TEST_CASE(the_minimum_of_a_parabola_is_hit)
{
  WolfeOptions options;
  options.sufficient_decrease = 1e-11;
  options.curvature           = 1e-10;
  const auto result           = WolfeLineSearch(options).search(
    as_function(cases().back()), {0., 9., -6.}, 1.);

  BOOST_TEST(std::abs(result.point.step - 3.) < 1e-9);
  BOOST_TEST(result.n_evaluations <= 6u);
}



BOOST_AUTO_TEST_CASE(steps_without_finite_value_are_too_long)
{
  // -log(1 - a) - 3 a is not finite beyond 1; its minimum is at 2/3.
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double first : {0.5, 1., 1e6})
    for (const bool only_slope : {false, true})
      {
        const auto result = WolfeLineSearch().search(
          [&](const double a) {
            return Point{a,
                         a < 1. ? -std::log(1. - a) - 3. * a
                                : (only_slope ? -10. : nan),
                         a < 1. ? 1. / (1. - a) - 3. : nan};
          },
          {0., 0., -2.},
          first);

        BOOST_TEST(result.success);
        BOOST_TEST(result.point.step < 1.);
        BOOST_TEST(result.point.value < 0.);
        BOOST_TEST(result.met_not_finite == (first >= 1.));
      }
}



BOOST_AUTO_TEST_CASE(decreases_below_round_off_are_found_by_the_slope)
{
  // 1 + 1e-18 (a - 1)^2 is the number 1 for all a of interest.
  WolfeOptions options;
  options.curvature = 0.1;
  const auto result = WolfeLineSearch(options).search(
    [](const double a) {
      return Point{a, 1. + 1e-18 * (a - 1.) * (a - 1.), 2e-18 * (a - 1.)};
    },
    {0., 1., -2e-18},
    7.);

  BOOST_TEST(result.success);
  BOOST_TEST(std::abs(result.point.step - 1.) < 0.1);
}



BOOST_AUTO_TEST_CASE(a_wrong_slope_ends_without_success)
{
  // The value grows although the slope says that it falls.
  const auto result = WolfeLineSearch().search(
    [](const double a) {
      return Point{a, a, -1.};
    },
    {0., 0., -1.},
    1.);

  BOOST_TEST(!result.success);
  BOOST_TEST(result.point.step == 0.);
}



BOOST_AUTO_TEST_CASE(evaluations_are_limited)
{
  WolfeOptions options;
  options.max_evaluations = 7;
  // Falls for ever: no step fulfils the second condition.
  const auto result = WolfeLineSearch(options).search(
    [](const double a) {
      return Point{a, -a, -1.};
    },
    {0., 0., -1.},
    1.);

  BOOST_TEST(!result.success);
  BOOST_TEST(result.n_evaluations == 7u);
  BOOST_TEST(result.point.value < 0.);
}

BOOST_AUTO_TEST_SUITE_END()
