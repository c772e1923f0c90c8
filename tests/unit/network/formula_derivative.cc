// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Derivatives of formulas as formulas against the jets of the formulas.

#include <sobolev/network/formula_function.h>
#include <sobolev/network/formula_operation.h>

#include <deal.II/base/utilities.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "network/input_function_checks.h"

using namespace sobolev;
using namespace sobolev::input_function_checks;

namespace
{
  const std::vector<Vector> points{{0.3, 0.6}, {0.71, 0.2}, {0.45, 0.9}};

  // All derivatives of the first and second order.
  void
  check(const std::string &formula)
  {
    const std::vector<std::string> names{"x", "y"};
    const FormulaFunction          function(formula, names);
    const JetSpecification         jet    = full_jet(2, 2);
    const auto                     agrees = [&](const std::string &derivative,
                            const unsigned int channel,
                            const Vector      &point) {
      const double expected = evaluate(function, jet, point)[channel];
      const double found = value(FormulaFunction(derivative, names), point);
      BOOST_TEST(std::abs(found - expected) < 1e-13 * (1. + std::abs(expected)),
                 derivative << " is " << found << " and not " << expected);
    };
    for (const Vector &point : points)
      for (unsigned int a = 0; a < 2; ++a)
        {
          const std::string first = "diff(" + formula + ", " + names[a] + ")";
          agrees(first, jet.first(a), point);
          for (unsigned int b = a; b < 2; ++b)
            agrees("diff(" + first + "," + names[b] + ")",
                   jet.channel({a, b}),
                   point);
        }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(formula_derivative)

BOOST_AUTO_TEST_CASE(all_functions_are_differentiated)
{
  const std::vector<std::string> arguments{
    "0.2 + 0.3*x*y", "1 + x - 0.4*y", "x*y^2"};
  for (const std::string &name :
       dealii::Utilities::split_string_list(formula_function_names(), ','))
    {
      const auto        *function = find_formula_operation(name);
      const unsigned int n        = std::max(function->least_arguments,
                                      std::min(function->most_arguments, 3U));
      std::string        list;
      for (unsigned int k = 0; k < n; ++k)
        list += (k > 0 ? ", " : "") + arguments[k];
      check(name + "(" + list + ")");
    }
}



BOOST_AUTO_TEST_CASE(all_operators_are_differentiated)
{
  for (const std::string name : {"+", "-", "*", "/", "^"})
    check("(1 + x*y) " + name + " (0.5 + x^2 + y)");
  for (const std::string name : {"<", ">", "<=", ">=", "==", "!=", "&&", "||"})
    check("x*y + (x " + name + " y)*x^2");
  check("-x*y^3");
  check("x < y ? x^2*y : sin(y)");
}



BOOST_AUTO_TEST_CASE(powers_with_constant_exponents_are_fine_at_zero)
{
  for (const std::string power : {"x^1", "x^2", "x^3", "pow(x, 2)"})
    {
      const FormulaFunction first("diff(" + power + ", x)", {"x"});
      const FormulaFunction second("diff(diff(" + power + ", x), x)", {"x"});
      const std::string     exponent = power.substr(power.size() - 1);
      BOOST_TEST(value(first, {0.}) == (power == "x^1" ? 1. : 0.));
      BOOST_TEST(value(second, {0.}) ==
                 (power == "x^2" || power == "pow(x, 2)" ? 2. : 0.));
    }
}



BOOST_AUTO_TEST_CASE(nothing_is_left_of_diff_and_of_zeros)
{
  const auto text = [](const std::string &formula) {
    return FormulaFunction(formula, {"x", "y"}).text();
  };
  BOOST_TEST(text("diff(3*x, x)") == "x, y: 3");
  BOOST_TEST(text("diff(x*y + 5, y)") == "x, y: x");
  BOOST_TEST(text("diff(y^3, x)") == "x, y: 0");
  BOOST_TEST(text("diff(x^2, x)") == "x, y: (2*x)");
  BOOST_TEST(text("diff(if(x < 0, 1, 3), x)") == "x, y: 0");
}

BOOST_AUTO_TEST_SUITE_END()
