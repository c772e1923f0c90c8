// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Activations and their derivatives against formulas in extended precision,
// also where vectorised functions tend to be wrong: far from zero, at zero,
// for denormal numbers, infinities and NaN.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;

namespace
{
  constexpr double epsilon      = std::numeric_limits<double>::epsilon();
  constexpr double infinity     = std::numeric_limits<double>::infinity();
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

  using Derivatives = std::array<std::vector<double>, 4>;



  // f, f', f'', f''' at any number of arguments.
  Derivatives
  derivatives(const std::string &name, std::vector<double> z)
  {
    const std::size_t n = z.size();
    z.resize((n + 7) / 8 * 8, 0.);

    Derivatives result;
    for (auto &f : result)
      f.resize(z.size());
    make_activation(name)->derivatives(z.data(),
                                       z.size(),
                                       result[0].data(),
                                       result[1].data(),
                                       result[2].data(),
                                       result[3].data());
    for (auto &f : result)
      f.resize(n);
    return result;
  }



  // The same in extended precision.
  std::array<long double, 4>
  exact(const std::string &name, const long double z)
  {
    if (name == "tanh")
      {
        const long double t = std::tanh(z), d = 1.L / std::cosh(z);
        return {{t, d * d, -2.L * t * d * d, d * d * (6.L * t * t - 2.L)}};
      }
    if (name == "sin")
      return {{std::sin(z), std::cos(z), -std::sin(z), -std::cos(z)}};
    throw std::runtime_error("add the formulas of the activation " + name);
  }



  // Arguments of all magnitudes and both signs.
  std::vector<double>
  arguments()
  {
    std::vector<double> z{0., -0., 0.5, 1., 22., 700., 709.9, 1e4, 38999.};
    for (unsigned int i = 0; i < 4000; ++i)
      z.push_back(std::pow(10., 5. * pseudo_random(0, i) - 1.));
    const std::size_t n = z.size();
    for (std::size_t i = 0; i < n; ++i)
      z.push_back(-z[i]);
    return z;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(activation)

BOOST_DATA_TEST_CASE(derivatives_equal_formulas_in_extended_precision,
                     boost::unit_test::data::make(activation_names()),
                     name)
{
  const auto z = arguments();

  const auto computed = derivatives(name, z);

  double largest_error = 0.;
  for (std::size_t i = 0; i < z.size(); ++i)
    {
      const auto expected = exact(name, z[i]);
      for (unsigned int order = 0; order < 4; ++order)
        largest_error = std::max<double>(
          largest_error, std::abs(computed[order][i] - expected[order]));
    }
  BOOST_TEST(largest_error < 8. * epsilon, name << " " << largest_error);
}



BOOST_DATA_TEST_CASE(derivatives_match_differences_of_the_order_below,
                     boost::unit_test::data::make(activation_names()),
                     name)
{
  for (const double z : {-3.1, -0.7, 0., 0.2, 1.9})
    for (unsigned int order = 0; order < 3; ++order)
      {
        const auto difference = derivative_checks::fourth_order_difference(
          [&](const std::vector<double> &x) {
            return derivatives(name, x)[order];
          },
          {z},
          {1.},
          1e-3);
        BOOST_TEST(std::abs(derivatives(name, {z})[order + 1][0] -
                            difference[0]) < 1e-10);
      }
}



BOOST_AUTO_TEST_CASE(values_are_accurate_to_four_units_in_the_last_place)
{
  for (const std::string name : {"tanh", "sin"})
    {
      std::vector<double> z;
      for (unsigned int i = 0; i < 4000; ++i)
        z.push_back(3. * pseudo_random(1, i));

      const auto computed = derivatives(name, z)[0];

      double largest_error = 0.;
      for (std::size_t i = 0; i < z.size(); ++i)
        {
          const long double expected = exact(name, z[i])[0];
          largest_error              = std::max<double>(
            largest_error, std::abs((computed[i] - expected) / expected));
        }
      BOOST_TEST(largest_error < 4. * epsilon, name << " " << largest_error);
    }
}



BOOST_AUTO_TEST_CASE(tanh_saturates_without_overflow)
{
  const auto computed =
    derivatives("tanh", {700., -700., 1e300, -1e300, infinity, -infinity});

  for (unsigned int i = 0; i < 6; ++i)
    {
      BOOST_TEST(computed[0][i] == (i % 2 == 0 ? 1. : -1.));
      for (unsigned int order = 1; order < 4; ++order)
        BOOST_TEST(computed[order][i] == 0.);
    }
}



BOOST_AUTO_TEST_CASE(sin_is_exact_far_from_zero)
{
  const std::vector<double> z{1e6, -1e6, 39001., 1e15, 0.3, -1e22, 2., 3.};

  const auto computed = derivatives("sin", z);

  for (unsigned int i = 0; i < z.size(); ++i)
    {
      BOOST_TEST(std::abs(computed[0][i] - std::sin(z[i])) < 4. * epsilon);
      BOOST_TEST(std::abs(computed[1][i] - std::cos(z[i])) < 4. * epsilon);
    }
}



BOOST_DATA_TEST_CASE(zero_and_tiny_arguments_keep_their_digits,
                     boost::unit_test::data::make(activation_names()),
                     name)
{
  // Both known activations are odd with slope one at zero.
  const std::vector<double> z{
    0., 5e-324, -5e-324, 1e-310, 2.3e-308, -1e-300, 1e-20, -1e-9};

  const auto computed = derivatives(name, z);

  for (unsigned int i = 0; i < z.size(); ++i)
    {
      BOOST_TEST(std::abs(computed[0][i] - z[i]) <=
                 4. * epsilon * std::abs(z[i]));
      BOOST_TEST(std::abs(computed[1][i] - 1.) <= epsilon);
      for (unsigned int order = 0; order < 4; ++order)
        BOOST_TEST(std::isfinite(computed[order][i]));
    }
}



BOOST_DATA_TEST_CASE(nan_stays_nan_and_does_not_spread,
                     boost::unit_test::data::make(activation_names()),
                     name)
{
  const std::vector<double> z{
    0.1, not_a_number, 0.3, 0.4, 0.5, 0.6, 0.7, -not_a_number};

  const auto computed  = derivatives(name, z);
  const auto neighbour = derivatives(name, {0.1, 0.2, 0.3});

  for (unsigned int order = 0; order < 4; ++order)
    {
      BOOST_TEST(std::isnan(computed[order][1]));
      BOOST_TEST(std::isnan(computed[order][7]));
      BOOST_TEST(std::abs(computed[order][0] - neighbour[order][0]) <=
                 2. * epsilon);
      BOOST_TEST(std::abs(computed[order][2] - neighbour[order][2]) <=
                 2. * epsilon);
    }
}



BOOST_AUTO_TEST_CASE(sin_of_infinity_is_nan)
{
  const auto computed = derivatives("sin", {infinity, -infinity});

  for (unsigned int order = 0; order < 4; ++order)
    {
      BOOST_TEST(std::isnan(computed[order][0]));
      BOOST_TEST(std::isnan(computed[order][1]));
    }
}



BOOST_AUTO_TEST_CASE(an_unknown_name_is_an_input_error_that_lists_all_names)
{
  const auto names = activation_names();

  BOOST_TEST(std::is_sorted(names.begin(), names.end()));
  BOOST_CHECK_EXCEPTION(
    make_activation("tahn"), InputError, [&](const InputError &error) {
      const std::string what = error.what();
      bool              good = what.find("'tahn'") != what.npos;
      for (const auto &name : names)
        good = good && what.find(name) != what.npos;
      return good;
    });
}

BOOST_AUTO_TEST_SUITE_END()
