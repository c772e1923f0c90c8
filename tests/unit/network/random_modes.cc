// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/formula_function.h>
#include <sobolev/network/random_modes.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace sobolev;

namespace
{
  const double pi = std::acos(-1.);



  double
  evaluate(const std::string &text, const double x, const double y)
  {
    const FormulaFunction  function(text, {"x", "y"});
    const JetSpecification only_value;
    const std::vector<Jet> point{Jet(only_value, x), Jet(only_value, y)};
    return function.evaluate(
      dealii::ArrayView<const Jet>(point.data(), point.size()))[0];
  }
} // namespace

BOOST_AUTO_TEST_SUITE(random_modes_of_a_seed)

BOOST_AUTO_TEST_CASE(are_reproducible_periodic_and_bounded)
{
  RandomModes options;
  const auto  text = random_modes({"x", "y"}, options);
  BOOST_TEST(text == random_modes({"x", "y"}, options));
  BOOST_TEST(std::count(text.begin(), text.end(), 'c') == 20);
  for (const auto &[x, y] :
       std::vector<std::pair<double, double>>{{0.3, 0.1}, {2., 5.}, {4., 1.}})
    {
      const double u = evaluate(text, x, y);
      BOOST_TEST(std::abs(evaluate(text, x + 2. * pi, y) - u) < 1e-11);
      BOOST_TEST(std::abs(evaluate(text, x, y - 2. * pi) - u) < 1e-11);
      BOOST_TEST(std::abs(u) < 20. * 25.);
    }
  options.seed = 2;
  BOOST_TEST(text != random_modes({"x", "y"}, options));
}



// The mean of u^2 over a period and over many functions: 20 modes, each with
// the variance 25/3 of both amplitudes and 1/2 of both waves.
BOOST_AUTO_TEST_CASE(have_the_expected_variance)
{
  const unsigned int n   = 400;
  double             sum = 0., square = 0.;
  for (unsigned int i = 0; i < n; ++i)
    {
      RandomModes options;
      options.seed    = 100 + i;
      const double u2 = std::pow(evaluate(random_modes({"x", "y"}, options),
                                          2. * pi * std::fmod(0.618 * i, 1.),
                                          2. * pi * std::fmod(0.755 * i, 1.)),
                                 2);
      sum += u2 / n;
      square += u2 * u2 / n;
    }
  const double expected  = 20. * std::pow(25. / 3. / 2., 2);
  const double deviation = std::sqrt((square - sum * sum) / n);
  BOOST_TEST(std::abs(sum - expected) < 4. * deviation);
  BOOST_TEST(deviation < 0.2 * expected);
}



// The wave numbers are those of the options: none, with equal frequency, is
// left out.
BOOST_AUTO_TEST_CASE(have_all_wavenumbers)
{
  RandomModes options;
  options.n_modes            = 200;
  options.largest_wavenumber = 3;
  const auto   text          = random_modes({"x"}, options);
  unsigned int total         = 0;
  for (const std::string l : {"1", "2", "3"})
    {
      unsigned int      n    = 0;
      const std::string wave = "cos(" + l + "*x";
      for (auto at = text.find(wave); at != std::string::npos;
           at      = text.find(wave, at + 1))
        ++n;
      BOOST_TEST((n > 40u && n < 95u), n);
      total += n;
    }
  BOOST_TEST(total == 200u);
}

BOOST_AUTO_TEST_SUITE_END()
