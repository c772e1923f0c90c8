// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_function.h>

#include <deal.II/base/function_parser.h>
#include <deal.II/base/numbers.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "network/input_function_checks.h"

using namespace sobolev;
using namespace sobolev::input_function_checks;

namespace
{
  const FormulaFunction::Constants constants{{"pi", dealii::numbers::PI},
                                             {"a", 0.75},
                                             {"b_2", -1.5}};

  // Where all functions below are smooth.
  const std::vector<Vector> points{{0.3, 0.6}, {0.71, 0.2}, {0.45, 0.9}};

  FormulaFunction
  make(const std::string &expression)
  {
    return FormulaFunction(expression, {"x", "y"}, constants);
  }



  // Compare with muparser, and the derivatives with differences.
  void
  check(const std::string &expression)
  {
    const FormulaFunction     formula = make(expression);
    dealii::FunctionParser<2> muparser(1);
    muparser.initialize("x,y", expression, constants);
    for (const Vector &x : points)
      {
        const double expected = muparser.value({x[0], x[1]});
        BOOST_TEST(std::abs(value(formula, x) - expected) <=
                     4e-15 * (1. + std::abs(expected)),
                   expression << " is " << value(formula, x)
                              << " and for muparser " << expected);
        check_derivatives(formula, x, 4, 1e-7);
      }
    check_copy(formula, points);
  }



  // The one sentence that a wrong formula gives.
  std::string
  mistake(const std::string &expression)
  {
    try
      {
        make(expression);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  }
} // namespace

BOOST_AUTO_TEST_SUITE(formula_function)

BOOST_AUTO_TEST_CASE(functions_agree_with_muparser_and_differences)
{
  for (const std::string name :
       {"sin",  "cos",  "tan",  "asin", "acos", "atan",  "sinh",
        "cosh", "tanh", "exp",  "log",  "ln",   "log10", "log2",
        "sqrt", "abs",  "sign", "erfc", "min",  "max"})
    {
      check(name + "(0.4*x + 0.3*y*y)");
      check("x*" + name + "(x*y)*y");
    }
  check("abs(-x*y)");
  check("atan2(x, y)");
  check("atan2(-y, -2*x)");
  check("atan2(x*x, -y)");
  check("pow(x + y, 2.5)");
  check("pow(x - y, 3)");
  check("pow(x + 1, y - 2)");
  check("min(x, 2*y, 0.1)");
  check("max(sin(x), y, x*y)");
}



BOOST_AUTO_TEST_CASE(operators_bind_as_in_muparser)
{
  for (const std::string expression :
       {"x + y",       "x - y - x*x", "x*y",
        "x/y/x",       "x/(1 + y)/2", "-x^2",
        "2^-x",        "x^y^x",       "2^-x^2",
        "2^-x*y",      "-x*y + -y",   "x*-y",
        "(-x)^2",      "x^-2/y",      "-(x + y)^3",
        "1 - -x",      "2*x^2*y",     "1/x^2",
        "a*x + b_2*y", "pi*x",        "1e-2*x + .5 + 3.",
        "2.5E+1*y",    "x^0 + y^1",   "-2^2*x"})
    check(expression);
}



BOOST_AUTO_TEST_CASE(choices_agree_with_muparser)
{
  for (const std::string expression : {"if(x < y, x*y, sin(x))",
                                       "x > 0.5 ? x^2 : y^2",
                                       "x < 0.4 ? 1 + x : y < 0.5 ? y^3 : x*y",
                                       "(x <= y)*x + (x >= y)*y",
                                       "(x == x)*x*y + (x != x)",
                                       "if(x < 0.5 && y < 0.7, x*x, y*y)",
                                       "if(x < 0.5 || y > 0.7, x*x, y*y)",
                                       "if((x < 0.5) & (y < 0.7), x*x, y*y)",
                                       "if((x < 0.5) | (y > 0.7), x*x, y*y)",
                                       "1 + x < 2 - y ? x : y"})
    check(expression);
}



BOOST_AUTO_TEST_CASE(e_and_pi_are_known)
{
  const FormulaFunction formula("e^x*pi + _pi + _e", {"x"});
  BOOST_TEST(std::abs(value(formula, {0.5}) -
                      (std::exp(0.5) + 1.) * dealii::numbers::PI -
                      dealii::numbers::E) < 1e-14);
}



BOOST_AUTO_TEST_CASE(names_are_the_inputs_in_their_order)
{
  const FormulaFunction formula("100*t + 10*y + x", {"x", "y", "t", "nu"});
  BOOST_TEST(value(formula, {1., 2., 3., 4.}) == 321.);
  check_derivatives(FormulaFunction("sin(t*nu)*exp(x)", {"x", "t", "nu"}),
                    {0.3, 0.5, 0.7});
}



BOOST_AUTO_TEST_CASE(the_text_is_complete)
{
  BOOST_TEST(make("a*x-y^2").text() == "x, y: ((0.75*x)-(y^2))");
  BOOST_TEST(make("-x*(1+1)").text() == "x, y: ((-x)*2)");
  BOOST_TEST(make("b_2^2 + sin(pi*x)").text() ==
             "x, y: (2.25+sin((3.141592653589793*x)))");
  BOOST_TEST(make("x < y ? min(x, 1, b_2) : 2").text() ==
             "x, y: if((x<y),min(x,1,(-1.5)),2)");
  // Infinity is not a number that a text can hold.
  check_copy(make("exp(-1/(x - x)^2)"), {});
}



BOOST_AUTO_TEST_CASE(whole_powers_are_fine_at_zero)
{
  const JetSpecification jet = full_jet(1, 4);
  const Jet at = evaluate(FormulaFunction("x^3", {"x"}), jet, {0.});
  for (unsigned int c = 0; c < jet.n_channels(); ++c)
    BOOST_TEST(at[c] == (jet.order(c) == 3 ? 6. : 0.));
}



BOOST_AUTO_TEST_CASE(mistakes_give_one_sentence_with_the_place)
{
  const auto check_mistake = [](const std::string &expression,
                                const std::string &part) {
    const std::string what = mistake(expression);
    BOOST_TEST(what.find(part) != what.npos, what);
    BOOST_TEST(what.find("'" + expression + "'") != what.npos, what);
    BOOST_TEST(what.back() == '.');
    BOOST_TEST(what.find('\n') == what.npos);
  };
  check_mistake("", "is empty");
  check_mistake("  ", "is empty");
  check_mistake("x +", "at the end: a number");
  check_mistake("x + * y", "at character 5, '* y': a number");
  check_mistake("sin(x", "at the end: ')' is missing");
  check_mistake("(x + y", "')' is missing");
  check_mistake("x + y)", "at character 6, ')': an operator");
  check_mistake("sinn(x)", "there is no function 'sinn'; known are diff, if");
  check_mistake("neg(x)", "there is no function 'neg'");
  check_mistake("2*q", "'q' is not known; variables and constants are x, y");
  check_mistake("sin", "needs arguments");
  check_mistake("sin(x, y)", "at character 1, 'sin(x, y)': sin takes 1");
  check_mistake("atan2(x)", "atan2 takes 2");
  check_mistake("diff(x)", "',' and an input are missing");
  check_mistake("diff(x, z)",
                "at character 9, 'z)': diff is along one of the inputs, x, y");
  check_mistake("diff(x, x + y)", "at character 11, '+ y)': ')' is missing");
  check_mistake("pow()", "a number, a name or '('");
  check_mistake("1,5", "the decimal sign is a point");
  check_mistake("x = 3", "an assignment");
  check_mistake("x ? y", "':' is missing");
  check_mistake("x y", "at character 3, 'y': an operator");
  check_mistake("2x", "an operator");
  check_mistake("x; y", "at character 2");
  check_mistake("1e999", "not a number");
  check_mistake(".", "not a number");
  check_mistake("x # y", "at character 3");
  check_mistake(std::string(2000, '('), "nested too deeply");
  check_mistake(std::string(2000, '-') + "x", "nested too deeply");

  BOOST_CHECK_THROW(make_input_function("formula", {}, "x"), InputError);
  BOOST_CHECK_THROW(make_input_function("formula", {1.}, "x: x"), InputError);
  BOOST_CHECK_THROW(make_input_function("formula", {}, "x: y"), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
