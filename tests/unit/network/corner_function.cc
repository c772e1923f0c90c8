// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/corner_function.h>

#include <deal.II/base/numbers.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <complex>
#include <vector>

#include "derivative_checks.h"
#include "network/input_function_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::input_function_checks;

namespace
{
  constexpr double pi = dealii::numbers::PI;

  // The corner of deal.II's hyper_L: the quadrant x > 0, y > 0 is missing.
  std::vector<CornerFunction>
  l_shape_functions()
  {
    return {
      CornerFunction(CornerFunction::Part::sine, 0., 0., pi / 2, 1.5 * pi),
      CornerFunction(CornerFunction::Part::cosine, 0., 0., pi / 2, 1.5 * pi)};
  }

  // Points in this domain, some close to the sides of the corner.
  const std::vector<Vector> l_shape_points{{-0.5, 0.5},
                                           {-0.5, -0.5},
                                           {0.5, -0.5},
                                           {-1e-3, 0.7},
                                           {0.7, -1e-3},
                                           {-0.9, 1e-3},
                                           {-0.9, -1e-3},
                                           {0.01, -0.02}};
} // namespace

BOOST_AUTO_TEST_SUITE(corner_function)

BOOST_AUTO_TEST_CASE(derivatives_match_differences)
{
  std::vector<CornerFunction> functions = l_shape_functions();
  functions.emplace_back(CornerFunction::Part::sine, 0.3, -0.2, -1., 2. * pi);
  functions.emplace_back(CornerFunction::Part::cosine, 2., 1., 0.4, 2.);
  const std::vector<Vector> points{
    {-0.5, 0.5, 0.1}, {-0.5, -0.6, 0.2}, {0.5, -0.5, 3.}};

  for (const auto &function : functions)
    for (const Vector &x : points)
      check_derivatives(function, x, 4, 1e-7);
}



BOOST_AUTO_TEST_CASE(derivatives_are_those_of_a_complex_power)
{
  // (d/dx)^j (d/dy)^k w = i^k w^(j+k) for w = (e^{-i theta_0} z)^alpha.
  using Complex                = std::complex<double>;
  const JetSpecification jet   = full_jet(2, 4);
  const auto             sine  = l_shape_functions()[0];
  const auto             other = l_shape_functions()[1];
  for (const Vector &x : l_shape_points)
    {
      const Jet    s = evaluate(sine, jet, x), c = evaluate(other, jet, x);
      double       theta = std::atan2(x[1], x[0]) - pi / 2;
      const double r     = std::hypot(x[0], x[1]);
      if (theta < 0.)
        theta += 2. * pi;
      for (unsigned int order = 0; order <= 4; ++order)
        {
          Complex derivative =
            std::polar(std::pow(r, 2. / 3. - order), (2. / 3.) * theta) /
            std::pow(Complex(x[0], x[1]) / r, order);
          for (unsigned int j = 0; j < order; ++j)
            derivative *= 2. / 3. - j;
          for (const auto &along : all_derivatives(2, order))
            {
              const unsigned int channel  = order == 0 ? 0 : jet.channel(along);
              Complex            expected = derivative;
              for (const unsigned int direction : along)
                expected *= direction == 1 ? Complex(0., 1.) : 1.;
              const double tolerance = 1e-13 * std::abs(derivative);
              BOOST_TEST(std::abs(s[channel] - expected.imag()) <= tolerance);
              BOOST_TEST(std::abs(c[channel] - expected.real()) <= tolerance);
            }
        }
    }
}



BOOST_AUTO_TEST_CASE(is_harmonic)
{
  const auto jet = JetSpecification::laplacian(2);
  for (const auto &function : l_shape_functions())
    for (const Vector &x : l_shape_points)
      {
        const double r = std::hypot(x[0], x[1]);
        BOOST_TEST(std::abs(evaluate(function, jet, x)[3]) <
                   1e-14 * std::pow(r, -4. / 3.));
      }
}



BOOST_AUTO_TEST_CASE(the_sine_vanishes_on_both_sides_of_the_corner)
{
  // The branch cut is in the missing quadrant: the sides are one smooth piece
  // with the domain, also if rounding puts a point just outside of it.
  const auto functions = l_shape_functions();
  for (const double outside : {-1e-13, 0., 1e-13})
    {
      BOOST_TEST(std::abs(value(functions[0], {outside, 0.6})) < 1e-12);
      BOOST_TEST(std::abs(value(functions[0], {0.6, outside})) < 1e-12);
      BOOST_TEST(std::abs(value(functions[1], {outside, 0.6}) -
                          std::pow(0.6, 2. / 3.)) < 1e-12);
      BOOST_TEST(std::abs(value(functions[1], {0.6, outside}) +
                          std::pow(0.6, 2. / 3.)) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(is_smooth_across_the_negative_axis)
{
  // atan2 of the coordinates jumps there.
  const auto jet = JetSpecification::gradient(2);
  for (const auto &function : l_shape_functions())
    {
      const Jet above = evaluate(function, jet, {-0.5, 1e-14});
      const Jet below = evaluate(function, jet, {-0.5, -1e-14});
      for (unsigned int c = 0; c < 3; ++c)
        BOOST_TEST(std::abs(above[c] - below[c]) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(is_finite_at_the_vertex)
{
  const JetSpecification jet = full_jet(2, 4);
  for (const auto &function : l_shape_functions())
    {
      const Jet at = evaluate(function, jet, {0., 0.});
      BOOST_TEST(std::abs(at[0]) < 1e-7);
      for (unsigned int c = 0; c < jet.n_channels(); ++c)
        BOOST_TEST(std::isfinite(at[c]));
    }
}



BOOST_AUTO_TEST_CASE(name_and_parameters_make_an_equal_one)
{
  for (const auto &function : l_shape_functions())
    check_copy(function, l_shape_points);
}



BOOST_AUTO_TEST_CASE(bad_arguments_are_input_errors)
{
  const auto part = CornerFunction::Part::sine;
  for (const double angle : {0., -1., 6.4, std::nan("")})
    BOOST_CHECK_THROW(CornerFunction(part, 0., 0., 0., angle), InputError);
  BOOST_CHECK_THROW(make_input_function("corner sine", {0., 0., 0.}),
                    InputError);
  BOOST_CHECK_THROW(make_input_function("edge", {0., 0., 0., 1.}), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
