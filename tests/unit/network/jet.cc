// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The arithmetic of jets to fourth order against nested forward mode, which
// differentiates the same formulas once more at every level.

#include <sobolev/network/jet.h>

#include <Sacado.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "network/input_function_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::input_function_checks;

namespace
{
  using MultiIndex = JetSpecification::MultiIndex;
  using Forward    = reference_network::ForwardMode<double, 2, 4>;
  using Nested     = Forward::Number;

  // A formula in two numbers, in both arithmetics.
  struct Formula
  {
    std::string                                           name;
    std::function<Jet(const Jet &, const Jet &)>          jet;
    std::function<Nested(const Nested &, const Nested &)> nested;
  };

  std::ostream &
  operator<<(std::ostream &out, const Formula &formula)
  {
    return out << formula.name;
  }

  template <typename F>
  Formula
  make(const std::string &name, const F &f)
  {
    return {name,
            [f](const Jet &z, const Jet &w) -> Jet {
              Jet r = z;
              f(z, w, r);
              return r;
            },
            [f](const Nested &z, const Nested &w) -> Nested {
              Nested r;
              f(z, w, r);
              return r;
            }};
  }



  // Everything that Jet can do, assigned to r since the expressions of Sacado
  // refer to their operands. z is between 0.2 and 0.9, w around 1.6.
  const std::vector<Formula> formulas{
    make("z + w",
         [](const auto &z, const auto &w, auto &r) {
           r = z + w;
         }),
    make("z - w",
         [](const auto &z, const auto &w, auto &r) {
           r = z - w;
         }),
    make("z * w",
         [](const auto &z, const auto &w, auto &r) {
           r = z * w;
         }),
    make("z / w",
         [](const auto &z, const auto &w, auto &r) {
           r = z / w;
         }),
    make("-z",
         [](const auto &z, const auto &, auto &r) {
           r = -z;
         }),
    make("z + 2",
         [](const auto &z, const auto &, auto &r) {
           r = z + 2.;
         }),
    make("2 + z",
         [](const auto &z, const auto &, auto &r) {
           r = 2. + z;
         }),
    make("z - 2",
         [](const auto &z, const auto &, auto &r) {
           r = z - 2.;
         }),
    make("2 - z",
         [](const auto &z, const auto &, auto &r) {
           r = 2. - z;
         }),
    make("z * 3",
         [](const auto &z, const auto &, auto &r) {
           r = z * 3.;
         }),
    make("3 * z",
         [](const auto &z, const auto &, auto &r) {
           r = 3. * z;
         }),
    make("z / 3",
         [](const auto &z, const auto &, auto &r) {
           r = z / 3.;
         }),
    make("3 / z",
         [](const auto &z, const auto &, auto &r) {
           r = 3. / z;
         }),
    make("sin z",
         [](const auto &z, const auto &, auto &r) {
           r = sin(z);
         }),
    make("cos z",
         [](const auto &z, const auto &, auto &r) {
           r = cos(z);
         }),
    make("tan z",
         [](const auto &z, const auto &, auto &r) {
           r = tan(z);
         }),
    make("asin z",
         [](const auto &z, const auto &, auto &r) {
           r = asin(z);
         }),
    make("acos z",
         [](const auto &z, const auto &, auto &r) {
           r = acos(z);
         }),
    make("atan z",
         [](const auto &z, const auto &, auto &r) {
           r = atan(z);
         }),
    make("sinh z",
         [](const auto &z, const auto &, auto &r) {
           r = sinh(z);
         }),
    make("cosh z",
         [](const auto &z, const auto &, auto &r) {
           r = cosh(z);
         }),
    make("tanh z",
         [](const auto &z, const auto &, auto &r) {
           r = tanh(z);
         }),
    make("exp z",
         [](const auto &z, const auto &, auto &r) {
           r = exp(z);
         }),
    make("log z",
         [](const auto &z, const auto &, auto &r) {
           r = log(z);
         }),
    make("sqrt z",
         [](const auto &z, const auto &, auto &r) {
           r = sqrt(z);
         }),
    make("abs z",
         [](const auto &z, const auto &, auto &r) {
           r = abs(z);
         }),
    make("abs(z - w)",
         [](const auto &z, const auto &w, auto &r) {
           r = abs(z - w);
         }),
    make("z^0.3",
         [](const auto &z, const auto &, auto &r) {
           r = pow(z, 0.3);
         }),
    make("z^-1.7",
         [](const auto &z, const auto &, auto &r) {
           r = pow(z, -1.7);
         }),
    make("z^5",
         [](const auto &z, const auto &, auto &r) {
           r = pow(z, 5.);
         }),
    make("(z - w)^-3",
         [](const auto &z, const auto &w, auto &r) {
           r = 1. / ((z - w) * (z - w) * (z - w));
         }),
    make("all together", [](const auto &z, const auto &w, auto &r) {
      r = sin(z * w) / (1.5 + exp(-z)) * sqrt(w) - log(w * w + z);
    })};



  // Jets of the inputs x.
  std::vector<Jet>
  inputs(const JetSpecification &jet, const std::vector<double> &x)
  {
    std::vector<Jet> result;
    for (unsigned int i = 0; i < x.size(); ++i)
      result.push_back(Jet::input(jet, i, x[i]));
    return result;
  }



  // Two numbers that have all derivatives.
  template <typename Number>
  std::vector<Number>
  arguments(const std::vector<Number> &x)
  {
    return {0.3 + 0.4 * x[0] * x[1] * x[1] + 0.2 * x[0] * x[0],
            1.6 - 0.5 * x[0] * x[0] * x[1] + 0.3 * x[1] +
              0.2 * x[1] * x[1] * x[1] * x[1]};
  }



  // The argument of the formula in forward mode along the jet's directions.
  Nested
  in_forward_mode(const Formula             &formula,
                  const JetSpecification    &jet,
                  const std::vector<double> &x)
  {
    std::vector<Nested> variables;
    for (unsigned int i = 0; i < x.size(); ++i)
      variables.push_back(
        Forward::variable(x[i], reference_network::slopes(jet, i)));
    const auto zw = arguments(variables);
    return formula.nested(zw[0], zw[1]);
  }



  Jet
  in_jets(const Formula             &formula,
          const JetSpecification    &jet,
          const std::vector<double> &x)
  {
    const auto zw = arguments(inputs(jet, x));
    return formula.jet(zw[0], zw[1]);
  }



  Vector
  channels(const Jet &jet)
  {
    Vector result;
    for (unsigned int c = 0; c < jet.specification().n_channels(); ++c)
      result.push_back(jet[c]);
    return result;
  }



  void
  check_equal(const Jet &computed, const std::vector<double> &expected)
  {
    for (unsigned int c = 0; c < expected.size(); ++c)
      {
        const double error =
          std::abs(computed[c] - expected[c]) / (1. + std::abs(expected[c]));
        BOOST_TEST(error < 1e-13, "channel " << c << ": " << error);
      }
  }



  const std::vector<double> point{0.7, 0.4};



  // In two dimensions: sums, one of them along an oblique direction.
  std::vector<JetSpecification>
  collapsed_jets()
  {
    std::vector<JetSpecification> result{JetSpecification::laplacian(2),
                                         JetSpecification::hessian(2),
                                         JetSpecification::bilaplacian(2)};
    auto                          third = JetSpecification::gradient(2);
    third.add({{{0, 0, 0}, 1.}, {{0, 1, 1}, -0.4}});
    result.push_back(third);

    JetSpecification oblique;
    oblique.add_direction({0.6, -0.8});
    oblique.add_direction({1.5, 0.5});
    oblique.add({{{0, 0}, 1.}, {{0, 1}, 0.3}});
    oblique.add(MultiIndex{0, 0, 1});
    oblique.add({{{0, 0, 0, 0}, 1.}, {{0, 1, 1, 1}, -2.}});
    result.push_back(oblique);
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(jet)

BOOST_DATA_TEST_CASE(all_derivatives_equal_nested_forward_mode,
                     boost::unit_test::data::make(formulas),
                     formula)
{
  const auto jet = full_jet(2, 4);
  check_equal(in_jets(formula, jet, point),
              Forward::channels(jet, in_forward_mode(formula, jet, point)));
}



BOOST_DATA_TEST_CASE(sums_and_directions_equal_nested_forward_mode,
                     boost::unit_test::data::make(formulas) *
                       boost::unit_test::data::xrange(collapsed_jets().size()),
                     formula,
                     number)
{
  const auto jet = collapsed_jets()[number];
  check_equal(in_jets(formula, jet, point),
              Forward::channels(jet, in_forward_mode(formula, jet, point)));
}



BOOST_AUTO_TEST_CASE(inputs_have_the_components_of_directions)
{
  JetSpecification jet;
  jet.add_direction({0.6, -0.8});
  jet.add_first(2);
  jet.add(MultiIndex{0, 1});

  const Jet y = Jet::input(jet, 1, 5.), z = Jet::input(jet, 2, 6.);

  BOOST_TEST(y[0] == 5.);
  BOOST_TEST(y[1] == -0.8);
  BOOST_TEST(y[2] == 0.);
  BOOST_TEST(y[3] == 0.);
  BOOST_TEST(z[0] == 6.);
  BOOST_TEST(z[1] == 0.);
  BOOST_TEST(z[2] == 1.);
  BOOST_TEST(&y.specification() == &jet);
}



BOOST_AUTO_TEST_CASE(composition_needs_the_derivatives_only)
{
  const auto jet  = full_jet(2, 4);
  const auto zw   = arguments(inputs(jet, point));
  const auto e    = std::exp(zw[0][0]);
  const Jet  made = zw[0].compose(e, e, e, e, e), expected = exp(zw[0]);

  for (unsigned int c = 0; c < jet.n_channels(); ++c)
    BOOST_TEST(made[c] == expected[c]);

  // f = z^4 / 24 by its derivatives.
  const Jet    z = zw[0], power = z * z * z * z * (1. / 24.);
  const double v = z[0];
  const Jet    composed =
    z.compose(v * v * v * v / 24., v * v * v / 6., v * v / 2., v, 1.);
  check_equal(composed, channels(power));
}



BOOST_AUTO_TEST_CASE(assignments_equal_operators)
{
  const auto jet = full_jet(2, 4);
  const auto zw  = arguments(inputs(jet, point));
  Jet        sum = zw[0], difference = zw[0], multiple = zw[0];
  sum += zw[1];
  difference -= zw[1];
  multiple *= 3.;
  for (unsigned int c = 0; c < jet.n_channels(); ++c)
    {
      BOOST_TEST(sum[c] == zw[0][c] + zw[1][c]);
      BOOST_TEST(difference[c] == zw[0][c] - zw[1][c]);
      BOOST_TEST(multiple[c] == zw[0][c] * 3.);
    }
}



// Whole exponents at negative numbers and at zero: products say what is right.
BOOST_DATA_TEST_CASE(whole_powers_exist_everywhere,
                     boost::unit_test::data::make({-1.3, 0., 0.8}) *
                       boost::unit_test::data::xrange(7),
                     x,
                     exponent)
{
  const auto jet = full_jet(2, 4);
  const auto in  = inputs(jet, {x, 0.});
  const Jet  z   = in[0] + in[1] * (0.5 + in[0]);
  Jet        expected(jet, 1.);
  for (int k = 0; k < exponent; ++k)
    expected = expected * z;

  check_equal(pow(z, exponent), channels(expected));
}



BOOST_AUTO_TEST_CASE(negative_whole_powers_exist_at_negative_numbers)
{
  const auto jet = full_jet(2, 4);
  const auto in  = inputs(jet, {-1.3, 0.2});
  const Jet  z   = in[0] + in[1] * in[0];
  const Jet  one = pow(z, -3.) * (z * z * z);
  Vector     expected(jet.n_channels(), 0.);
  expected[0] = 1.;
  check_equal(one, expected);
}



BOOST_AUTO_TEST_CASE(derivatives_that_do_not_exist_are_not_finite)
{
  const auto jet = full_jet(1, 1);
  const auto x   = inputs(jet, {0.});

  BOOST_TEST(sqrt(x[0])[0] == 0.);
  BOOST_TEST(!std::isfinite(sqrt(x[0])[1]));
  BOOST_TEST(!std::isfinite(log(x[0])[1]));
  BOOST_TEST(!std::isfinite((1. / x[0])[1]));
}



// Every octant and both axes. The angle is that of x + i y = r e^(i phi),
// whose derivatives are those of the imaginary part of the logarithm.
BOOST_DATA_TEST_CASE(angles_are_right_in_all_quadrants,
                     boost::unit_test::data::xrange(16),
                     sixteenth)
{
  const auto   jet   = full_jet(2, 4);
  const double angle = (sixteenth - 7) / 8. * std::acos(-1.);
  const double r     = 1.3;
  const auto   in    = inputs(jet, {r * std::cos(angle), r * std::sin(angle)});
  const Jet    computed = atan2(in[1], in[0]);

  // The derivative of log w of order m is (-1)^(m-1) (m-1)! w^-m, times i for
  // every derivative along y.
  BOOST_TEST(std::abs(computed[0] - angle) < 1e-15);
  for (unsigned int order = 1; order <= 4; ++order)
    for (const auto &along : all_derivatives(2, order))
      {
        const int    n_y = std::count(along.begin(), along.end(), 1u);
        const double phase =
          (order - 1.) * std::acos(-1.) - order * angle + n_y * std::acos(0.);
        const double expected =
          std::tgamma(order) * std::pow(r, -1. * order) * std::sin(phase);
        BOOST_TEST(std::abs(computed[jet.channel(along)] - expected) < 1e-14);
      }
  // Of arguments that are no inputs.
  const Jet scaled = atan2(exp(in[0]) * in[1], exp(in[0]) * in[0]);
  check_equal(scaled, channels(computed));
}



BOOST_AUTO_TEST_CASE(too_many_channels_are_an_error)
{
  BOOST_TEST(full_jet(3, 4).n_channels() <= Jet::max_channels);
  BOOST_CHECK_NO_THROW(Jet(full_jet(3, 4), 1.));
  BOOST_CHECK_THROW(Jet(full_jet(4, 4), 1.), dealii::ExceptionBase);
}

BOOST_AUTO_TEST_SUITE_END()
