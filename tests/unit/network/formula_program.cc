// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// FormulaProgram against the same formulas in Jet arithmetic, whose derivatives
// are checked against differences elsewhere.

#include <sobolev/network/formula_parser.h>
#include <sobolev/network/formula_program.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "network/reference_network.h"

using namespace sobolev;

namespace
{
  // Inputs x, y and symbols u, v, w in the rows 3, 0, 2 of four.
  const std::vector<std::string>  names{"x", "y", "u", "v", "w"};
  const std::vector<unsigned int> symbol_rows{3, 0, 2};
  constexpr unsigned int n_inputs = 2, n_rows = 4, stride = 24, n_points = 19;
  constexpr double       untouched = 1e300;



  // A tile of points and what FormulaProgram says about it.
  struct Tile
  {
    explicit Tile(const std::vector<std::string> &texts)
    {
      for (const std::string &text : texts)
        formulas.push_back(FormulaParser(names, {}).parse(text));
      for (unsigned int i = 0; i < n_inputs * stride; ++i)
        inputs.push_back(0.1 + 0.8 * std::abs(pseudo_random(40, i)));
      for (unsigned int i = 0; i < n_rows * stride; ++i)
        symbols.push_back(0.1 + 0.8 * std::abs(pseudo_random(41, i)));

      const FormulaProgram program(formulas, n_inputs, symbol_rows);
      std::vector<double>  known(program.n_known() * stride);
      std::vector<double>  at_point(program.n_known());
      for (unsigned int p = 0; p < n_points; ++p)
        {
          const std::vector<double> x{inputs[p], inputs[stride + p]};
          program.compute_known(dealii::make_array_view(x),
                                dealii::make_array_view(at_point));
          for (unsigned int k = 0; k < at_point.size(); ++k)
            known[k * stride + p] = at_point[k];
        }
      n_known = at_point.size();
      values.assign(formulas.size() * stride, untouched);
      derivatives.assign(formulas.size() * n_rows * stride, untouched);
      program.evaluate(n_points,
                       known.data(),
                       stride,
                       symbols.data(),
                       stride,
                       dealii::make_array_view(values),
                       n_rows,
                       dealii::make_array_view(derivatives));
    }

    // The formula and its derivatives in all variables, by jets.
    Jet
    expected(const unsigned int f, const unsigned int p) const
    {
      static const JetSpecification gradient = JetSpecification::gradient(5);
      std::vector<Jet>              variables;
      for (unsigned int i = 0; i < n_inputs; ++i)
        variables.push_back(Jet::input(gradient, i, inputs[i * stride + p]));
      for (unsigned int s = 0; s < 3; ++s)
        variables.push_back(Jet::input(
          gradient, n_inputs + s, symbols[symbol_rows[s] * stride + p]));
      return formulas[f].evaluate(dealii::ArrayView<const Jet>(variables));
    }

    std::vector<Formula> formulas;
    std::vector<double>  inputs, symbols, values, derivatives;
    unsigned int         n_known;
  };



  void
  check(const std::vector<std::string> &texts)
  {
    const Tile tile(texts);
    for (unsigned int f = 0; f < texts.size(); ++f)
      for (unsigned int p = 0; p < n_points; ++p)
        {
          const Jet    expected = tile.expected(f, p);
          const double value    = tile.values[f * stride + p];
          BOOST_TEST(std::abs(value - expected[0]) <=
                       1e-14 * (1. + std::abs(expected[0])),
                     texts[f] << ": " << value << " " << expected[0]);
          for (unsigned int s = 0; s < 3; ++s)
            {
              const double slope =
                tile.derivatives[(f * n_rows + symbol_rows[s]) * stride + p];
              const double exact = expected[1 + n_inputs + s];
              BOOST_TEST(std::abs(slope - exact) <=
                           1e-13 * (1. + std::abs(exact)),
                         texts[f] << ", " << names[n_inputs + s] << ": "
                                  << slope << " " << exact);
            }
        }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(formula_program)

BOOST_AUTO_TEST_CASE(functions_and_operators_agree_with_jets)
{
  for (const std::string name :
       {"sin",  "cos",  "tan",  "asin", "acos", "atan",  "sinh",
        "cosh", "tanh", "exp",  "log",  "ln",   "log10", "log2",
        "sqrt", "abs",  "sign", "erfc", "min",  "max"})
    check({name + "(0.4*u + 0.3*v*x)", "y*" + name + "(u*v)*w"});
  check({"u + v - x", "u - v*w", "x*u/v", "-u/(1 + w*w)", "u/y - x/u"});
  check({"u^2", "u^3", "u^1", "u^4", "u^-1.5", "2^u", "x^u", "u^v", "u^x"});
  check({"pow(u, 3)", "pow(u, v)", "pow(u - 2, 4)", "(u - 2)^3"});
  check({"atan2(u, v)", "min(u, v, w, x)", "max(u, 0.5, v)"});
}



BOOST_AUTO_TEST_CASE(repeated_parts_and_several_formulas_agree_with_jets)
{
  check({"u + u*v - 0.01*w",
         "u*v + sin(u*v)*exp(u*v)",
         "x*y + sin(x)",
         "3",
         "u",
         "x",
         "(u*v + x)/(u*v - x*y - 5) + (u*v)^2"});
}



BOOST_AUTO_TEST_CASE(choices_agree_with_jets)
{
  check({"if(u < v, u*v, sin(u))",
         "u > 0.5 ? u^2 : v^2",
         "x > 0.5 && y > 0.2 ? u : v",
         "x < 0.4 || u > 0.7 ? w : 2"});
}



BOOST_AUTO_TEST_CASE(branches_that_are_not_chosen_have_no_say)
{
  // The other branch is not a number, or has an infinite slope.
  const Tile tile({"u < 2 ? u : log(u - 2)", "u < 2 ? v : sqrt(v - v)"});

  for (unsigned int p = 0; p < n_points; ++p)
    {
      BOOST_TEST(tile.values[p] == tile.symbols[3 * stride + p]);
      BOOST_TEST(tile.derivatives[3 * stride + p] == 1.);
      BOOST_TEST(tile.derivatives[n_rows * stride + p] == 1.);
    }
}



BOOST_AUTO_TEST_CASE(what_depends_on_the_inputs_only_is_computed_once)
{
  BOOST_TEST(Tile({"u*(sin(x)*y + 3*x)"}).n_known == 1u);
  BOOST_TEST(Tile({"u*sin(x) + v*sin(x) + w*y"}).n_known == 2u);
  BOOST_TEST(Tile({"u*v - 2"}).n_known == 0u);
}



BOOST_AUTO_TEST_CASE(other_points_and_rows_are_not_touched)
{
  const Tile tile({"u*v + erfc(w)", "u"});

  for (unsigned int f = 0; f < 2; ++f)
    {
      for (unsigned int p = 0; p < stride; ++p)
        BOOST_TEST((tile.values[f * stride + p] == untouched) ==
                   (p >= n_points));
      for (unsigned int r = 0; r < n_rows; ++r)
        for (unsigned int p = 0; p < stride; ++p)
          BOOST_TEST((tile.derivatives[(f * n_rows + r) * stride + p] ==
                      untouched) == (r == 1 || p >= n_points));
    }
}

BOOST_AUTO_TEST_SUITE_END()
