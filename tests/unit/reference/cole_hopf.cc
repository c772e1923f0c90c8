// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// ColeHopf against Cole's series with Bessel functions, against Burgers'
// equation with derivatives by differences, and against a published slope.

#include <sobolev/reference/cole_hopf.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

using namespace sobolev;

namespace
{
  const double pi = std::acos(-1.);



  // With z = 1/(2 pi nu): -2 nu phi_x / phi and phi = I_0(z) + 2 sum_n (-1)^n
  // I_n(z) exp(-nu n^2 pi^2 t) cos(n pi x).
  double
  series(const double viscosity, const double x, const double t)
  {
    const double z   = 1. / (2. * pi * viscosity);
    double       phi = std::cyl_bessel_i(0., z), slope = 0.;
    for (int n = 1; n < 60; ++n)
      {
        const double a = (n % 2 == 0 ? 2. : -2.) * std::cyl_bessel_i(n, z) *
                         std::exp(-viscosity * n * n * pi * pi * t);
        phi += a * std::cos(n * pi * x);
        slope -= a * n * pi * std::sin(n * pi * x);
      }
    return -2. * viscosity * slope / phi;
  }



  // Central differences of order eight.
  template <typename Function>
  double
  first_derivative(const Function &f, const double h)
  {
    const std::array<double, 4> c{{4. / 5., -1. / 5., 4. / 105., -1. / 280.}};
    double                      sum = 0.;
    for (int i = 1; i <= 4; ++i)
      sum += c[i - 1] * (f(i * h) - f(-i * h));
    return sum / h;
  }



  template <typename Function>
  double
  second_derivative(const Function &f, const double h)
  {
    const std::array<double, 4> c{{8. / 5., -1. / 5., 8. / 315., -1. / 560.}};
    double                      sum = -205. / 72. * f(0.);
    for (int i = 1; i <= 4; ++i)
      sum += c[i - 1] * (f(i * h) + f(-i * h));
    return sum / (h * h);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(cole_hopf)

BOOST_DATA_TEST_CASE(values_equal_the_series,
                     boost::unit_test::data::make({0.05, 0.1, 1., 10.}),
                     viscosity)
{
  const ColeHopf u(viscosity);
  for (const double t : {0.01, 0.1, 0.4, 1., 3.})
    for (const double x : {-0.95, -0.5, -0.1, 0.02, 0.3, 0.7, 0.99})
      {
        const double expected = series(viscosity, x, t);
        const double error    = u.value({x, t}) - expected;
        BOOST_TEST(std::abs(error) < 1e-12,
                   "at " << x << ", " << t << ": " << error);
      }
}



BOOST_DATA_TEST_CASE(
  the_equation_holds,
  boost::unit_test::data::make({0.01 / 3.141592653589793, 0.02, 0.3}),
  viscosity)
{
  const ColeHopf u(viscosity);
  for (const double t : {0.2, 0.6, 1.})
    for (const double x : {-0.8, -0.35, 0.2, 0.55})
      {
        const auto in_x = [&](const double h) {
          return u.value({x + h, t});
        };
        const auto in_t = [&](const double h) {
          return u.value({x, t + h});
        };
        const double residual = first_derivative(in_t, 5e-3) +
                                in_x(0.) * first_derivative(in_x, 5e-3) -
                                viscosity * second_derivative(in_x, 5e-3);
        BOOST_TEST(std::abs(residual) < 2e-9,
                   "at " << x << ", " << t << ": " << residual);
      }
}



BOOST_AUTO_TEST_CASE(largest_slope_is_the_published_one)
{
  // Basdevant et al., Computers & Fluids 14 (1986): 152.00516 at pi t = 1.6037.
  const ColeHopf u(0.01 / pi);

  const double slope = first_derivative(
    [&](const double h) {
      return u.value({h, 1.6037 / pi});
    },
    2e-4);

  BOOST_TEST(std::abs(slope + 152.00516) < 2e-5, slope);
}



BOOST_AUTO_TEST_CASE(initial_and_boundary_values_and_symmetry)
{
  const ColeHopf u(0.01 / pi);
  BOOST_TEST(u.value({0.3, 0.}) == -std::sin(0.3 * pi));
  BOOST_TEST(std::abs(u.value({0.3, 1e-12}) + std::sin(0.3 * pi)) < 1e-10);
  for (const double t : {0.01, 0.3, 1.})
    {
      for (const double x : {-1., 0., 1.})
        BOOST_TEST(std::abs(u.value({x, t})) < 1e-12);
      for (const double x : {0.001, 0.1, 0.8})
        BOOST_TEST(std::abs(u.value({x, t}) + u.value({-x, t})) < 1e-12);
    }
}

BOOST_AUTO_TEST_SUITE_END()
