// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// All activations and their derivatives against power series in extended
// precision, also where vectorised functions tend to be wrong: far from zero,
// at zero, for denormal numbers, infinities and NaN. The values themselves are
// tested more closely with the vectorised functions.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/exact_activation.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::exact_activation;

namespace
{
  constexpr double epsilon  = std::numeric_limits<double>::epsilon();
  constexpr double infinity = std::numeric_limits<double>::infinity();

  const auto all_names = boost::unit_test::data::make(activation_names());



  bool
  has_kink(const std::string &name)
  {
    return name.find("relu") != std::string::npos;
  }



  // Arguments of all magnitudes and both signs.
  template <typename Number>
  std::vector<Number>
  arguments()
  {
    std::vector<Number> z{0, 0.5, 1, 22, 88, 700, Number(709.9), 1e4};
    for (unsigned int i = 0; i < 4000; ++i)
      {
        z.push_back(std::pow(10., 3. * pseudo_random(0, i)));
        z.push_back(5. * pseudo_random(1, i));
      }
    const std::size_t n = z.size();
    for (std::size_t i = 0; i < n; ++i)
      z.push_back(-z[i]);
    return z;
  }



  // The largest error relative to the number itself or to the largest size of
  // the derivative for |z| < 4, whichever is larger.
  template <typename Number>
  void
  compare_with_series(const std::string &name)
  {
    const auto z        = arguments<Number>();
    const auto computed = computed_derivatives(name, z);

    Series size{};
    for (double x = -4.; x < 4.; x += 0.125)
      for (unsigned int k = 0; k < n_orders; ++k)
        size[k] = std::max(size[k], std::abs(derivatives(name, x)[k]));

    for (unsigned int k = 0; k < n_orders; ++k)
      {
        double error = 0.;
        for (std::size_t i = 0; i < z.size(); ++i)
          {
            const long double expected = derivatives(name, z[i])[k];
            const long double scale    = std::max(
              {std::abs(expected),
                  size[k],
                  static_cast<long double>(std::numeric_limits<Number>::min())});
            const double e = std::abs(computed[k][i] - expected) / scale;
            error          = std::isnan(e) ? infinity : std::max(error, e);
          }
        BOOST_TEST(error < 8. * std::numeric_limits<Number>::epsilon(),
                   name << ", derivative " << k << ": " << error);
      }
  }



  // The largest relative error of derivative k where it is normal.
  template <typename Number>
  double
  relative_error(const std::string         &name,
                 const unsigned int         k,
                 const std::vector<Number> &z)
  {
    const auto computed = computed_derivatives(name, z)[k];
    double     error    = 0.;
    for (std::size_t i = 0; i < z.size(); ++i)
      {
        const long double expected = derivatives(name, z[i])[k];
        if (std::abs(expected) < std::numeric_limits<Number>::min())
          continue;
        const double e = std::abs((computed[i] - expected) / expected);
        error          = std::isnan(e) ? infinity : std::max(error, e);
      }
    return error;
  }



  // +-[first, last], without [-hole_end, -hole_begin].
  template <typename Number>
  std::vector<Number>
  range(const double first,
        const double last,
        const double hole_begin = 0.,
        const double hole_end   = 0.)
  {
    std::vector<Number> z;
    for (unsigned int i = 0; i < 10000; ++i)
      {
        const double x = first + (last - first) * i / 10000.;
        z.push_back(x);
        if (x < hole_begin || x > hole_end)
          z.push_back(-x);
      }
    return z;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(activation)

BOOST_AUTO_TEST_CASE(all_activations_are_there)
{
  const std::vector<std::string> expected{"gelu",
                                          "irelu",
                                          "relu",
                                          "relu2",
                                          "relu3",
                                          "sigmoid",
                                          "silu",
                                          "sin",
                                          "softplus",
                                          "tanh"};
  BOOST_TEST(activation_names() == expected, boost::test_tools::per_element());
}



BOOST_AUTO_TEST_CASE(swish_is_a_second_name_of_silu)
{
  const std::vector<double> z{-3., 0.5, 2.};
  BOOST_TEST(
    (computed_derivatives("swish", z) == computed_derivatives("silu", z)));
}



BOOST_DATA_TEST_CASE(derivatives_equal_power_series_in_double, all_names, name)
{
  compare_with_series<double>(name);
}



BOOST_DATA_TEST_CASE(derivatives_equal_power_series_in_float, all_names, name)
{
  compare_with_series<float>(name);
}



BOOST_DATA_TEST_CASE(derivatives_match_differences_of_the_order_below,
                     all_names,
                     name)
{
  for (const double z : {-3.1, -0.7, 0., 0.2, 1.9})
    for (unsigned int k = 1; k < n_orders; ++k)
      if (z != 0. || !has_kink(name))
        {
          const auto difference = derivative_checks::fourth_order_difference(
            [&](const std::vector<double> &x) {
              return computed_derivatives(name, x)[k - 1];
            },
            {z},
            {1.},
            1e-3);
          const std::vector<double> argument{z};
          BOOST_TEST(std::abs(computed_derivatives(name, argument)[k][0] -
                              difference[0]) < 1e-8,
                     name << ", derivative " << k << " at " << z);
        }
}



BOOST_DATA_TEST_CASE(float_equals_double, all_names, name)
{
  std::vector<float> z;
  for (unsigned int i = 0; i < 2000; ++i)
    z.push_back(6. * pseudo_random(2, i));

  const auto single = computed_derivatives(name, z);
  const auto reference =
    computed_derivatives(name, std::vector<double>(z.begin(), z.end()));

  for (unsigned int k = 0; k < n_orders; ++k)
    {
      const std::vector<double> converted(single[k].begin(), single[k].end());
      BOOST_TEST(derivative_checks::relative_error(converted, reference[k]) <
                   1e-6,
                 name << ", derivative " << k);
    }
}



BOOST_AUTO_TEST_CASE(first_derivatives_keep_their_digits_where_they_are_tiny)
{
  const double digits = 1e-14, digits_in_float = 1e-14 / epsilon * 0x1p-23;
  for (const std::string name : {"tanh", "sigmoid", "softplus"})
    {
      BOOST_TEST(relative_error(name, 1, range<double>(0., 750.)) < digits);
      BOOST_TEST(relative_error(name, 1, range<float>(0., 110.)) <
                 digits_in_float);
    }

  // Away from the zero at -1.28 and -0.75.
  const auto silu = range<double>(0., 750., 1., 1.6);
  BOOST_TEST(relative_error("silu", 1, silu) < digits);
  const auto gelu = range<double>(0., 40., 0.6, 0.9);
  BOOST_TEST(relative_error("gelu", 1, gelu) < digits);
  BOOST_TEST(relative_error("gelu", 1, range<float>(0., 15., 0.6, 0.9)) <
             digits_in_float);
}



BOOST_AUTO_TEST_CASE(higher_derivatives_keep_their_digits_in_the_tails)
{
  // All zeros are closer to the origin.
  for (const std::string name : {"tanh", "sigmoid", "softplus", "silu", "gelu"})
    for (unsigned int k = 2; k < n_orders; ++k)
      BOOST_TEST(relative_error(name, k, range<double>(20., 750.)) < 1e-14,
                 name << ", derivative " << k);
}



BOOST_DATA_TEST_CASE(lower_orders_and_results_in_place_are_the_same_numbers,
                     all_names,
                     name)
{
  std::vector<double> z;
  for (unsigned int i = 0; i < 64; ++i)
    z.push_back(3. * pseudo_random(3, i));
  const auto all = computed_derivatives(name, z);

  for (unsigned int order = 0; order < n_orders; ++order)
    {
      const auto lower = computed_derivatives(name, z, order);
      for (unsigned int k = 0; k <= order; ++k)
        BOOST_TEST((lower[k] == all[k]), name << " " << order << " " << k);

      // The arguments are overwritten by the highest derivative.
      dealii::AlignedVector<double> in_place(64), others(order * 64 + 8);
      std::copy(z.begin(), z.end(), in_place.begin());
      std::vector<double *> pointers;
      for (unsigned int k = 0; k < order; ++k)
        pointers.push_back(others.data() + k * 64);
      pointers.push_back(in_place.data());
      make_activation(name)->derivatives(
        in_place.data(), 64, order, pointers.data());
      BOOST_TEST(
        std::equal(in_place.begin(), in_place.end(), all[order].begin()),
        name << " in place, order " << order);
    }
}



BOOST_AUTO_TEST_CASE(activations_saturate_without_overflow)
{
  const std::vector<double> z{800., -800., 1e300, -1e300, infinity, -infinity};

  for (unsigned int i = 0; i < z.size(); ++i)
    {
      const bool   is_positive = i % 2 == 0;
      const double ramp        = is_positive ? z[i] : 0.;
      const double step        = is_positive ? 1. : 0.;
      for (const std::string name :
           {"tanh", "sigmoid", "softplus", "silu", "gelu", "relu"})
        {
          const auto f        = computed_derivatives(name, z);
          const bool is_bound = name == "tanh" || name == "sigmoid";
          BOOST_TEST(f[0][i] == (name == "tanh" ? 2. * step - 1.
                                 : is_bound     ? step
                                                : ramp),
                     name << " at " << z[i]);
          BOOST_TEST(f[1][i] == (is_bound ? 0. : step), name);
          for (unsigned int k = 2; k < n_orders; ++k)
            BOOST_TEST(f[k][i] == 0., name);
        }
    }
}



BOOST_AUTO_TEST_CASE(tiny_arguments_keep_their_digits)
{
  // Odd functions with slope one: exact.
  const std::vector<double> z{
    5e-324, -5e-324, 1e-310, 2.3e-308, -1e-300, 1e-20};

  for (const std::string name : {"tanh", "sin"})
    {
      const auto computed = computed_derivatives(name, z);
      for (unsigned int i = 0; i < z.size(); ++i)
        {
          BOOST_TEST(computed[0][i] == z[i]);
          BOOST_TEST(computed[1][i] == 1.);
        }
    }
}



BOOST_DATA_TEST_CASE(nan_stays_nan_and_does_not_spread, all_names, name)
{
  const std::vector<double> z{0.1, NAN, 0.3, 0.4, 0.5, 0.6, 0.7, -NAN};

  const auto computed  = computed_derivatives(name, z);
  const auto neighbour = computed_derivatives<double>(name, {0.1, 0.2, 0.3});

  for (unsigned int k = 0; k < n_orders; ++k)
    {
      BOOST_TEST(std::isnan(computed[k][1]));
      BOOST_TEST(std::isnan(computed[k][7]));
      for (const unsigned int i : {0, 2})
        BOOST_TEST(std::abs(computed[k][i] - neighbour[k][i]) <=
                   4. * epsilon * std::abs(neighbour[k][i]));
    }
}



BOOST_AUTO_TEST_CASE(sin_of_infinity_is_nan)
{
  for (const auto &f_k :
       computed_derivatives<double>("sin", {infinity, -infinity}))
    BOOST_TEST((std::isnan(f_k[0]) && std::isnan(f_k[1])));
}



BOOST_AUTO_TEST_CASE(irelu_is_half_the_square_of_the_positive_part)
{
  // g, g', g'', g''' at -1, 0-, 0+, 2.
  const std::vector<double> z{-1., -1e-200, 1e-200, 2., 6.};
  const auto                g = computed_derivatives("irelu", z);

  BOOST_TEST(g[0][0] == 0.);
  BOOST_TEST(g[1][0] == 0.);
  BOOST_TEST(g[2][0] == 0.);
  BOOST_TEST(g[0][3] == 2.);
  BOOST_TEST(g[1][3] == 2.);
  BOOST_TEST(g[2][3] == 1.);
  for (unsigned int i = 0; i < z.size(); ++i)
    for (unsigned int k = 3; k < n_orders; ++k)
      BOOST_TEST(g[k][i] == 0.);

  // Continuous with the first derivative; the second one jumps by one.
  BOOST_TEST(std::abs(g[0][2] - g[0][1]) < 1e-199);
  BOOST_TEST(std::abs(g[1][2] - g[1][1]) < 1e-199);
  BOOST_TEST(g[2][2] - g[2][1] == 1.);

  // g(cz) = c^2 g(z) and g' = relu.
  BOOST_TEST(g[0][4] == 9. * g[0][3]);
  BOOST_TEST((g[1] == computed_derivatives("relu", z)[0]));
}



BOOST_AUTO_TEST_CASE(derivatives_at_a_kink_are_those_of_the_left_side)
{
  for (const std::string name : {"relu", "relu2", "relu3", "irelu"})
    for (const auto &f_k : computed_derivatives<double>(name, {0., -0.}))
      BOOST_TEST((f_k[0] == 0. && f_k[1] == 0.), name);
}



BOOST_DATA_TEST_CASE(gain_keeps_the_second_moment, all_names, name)
{
  // E[f(x)^2] for x ~ N(0,1) by the trapezoidal rule.
  std::vector<double> x;
  for (unsigned int i = 0; i <= 2400; ++i)
    x.push_back(-12. + 0.01 * i);
  const auto f      = computed_derivatives(name, x)[0];
  double     moment = 0.;
  for (unsigned int i = 0; i < x.size(); ++i)
    moment += 0.01 * f[i] * f[i] * std::exp(-0.5 * x[i] * x[i]) /
              std::sqrt(2. * std::acos(-1.));

  // The literature's numbers for tanh and sin are 10 and 14 % off.
  const double gain      = make_activation(name)->gain();
  const double tolerance = name == "tanh" || name == "sin" ? 0.15 : 1e-6;
  BOOST_TEST(std::abs(gain * gain * moment - 1.) < tolerance,
             name << " " << moment);
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
