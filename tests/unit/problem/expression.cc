// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/expression.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <iostream>
#include <sstream>

using namespace sobolev;
using dealii::Point;

namespace
{
  std::string
  message_for(const std::string              &expression,
              const Expression<2>::Constants &constants = {})
  {
    // Nothing but the exception may tell the user about it.
    std::ostringstream printed;
    auto *const        original = std::cerr.rdbuf(printed.rdbuf());
    std::string        message;
    try
      {
        Expression<2>("Law/source", expression, constants);
      }
    catch (const InputError &error)
      {
        message = error.what();
      }
    std::cerr.rdbuf(original);
    BOOST_TEST(printed.str() == "");
    return message;
  }



  bool
  has(const std::string &message, const std::string &part)
  {
    return message.find(part) != std::string::npos;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(expression)

BOOST_AUTO_TEST_CASE(values_are_those_of_the_formula)
{
  const Expression<3> f("f", "a*x + sin(pi*y) - z^2", {{"a", 2.5}});
  const Point<3>      p(0.3, 0.2, -0.7);
  std::vector<double> values(2);
  f.value_list({p, 2. * p}, values);

  const auto expected = [](const Point<3> &p) {
    return 2.5 * p[0] + std::sin(M_PI * p[1]) - p[2] * p[2];
  };
  BOOST_TEST(f.value(p) == expected(p), boost::test_tools::tolerance(1e-15));
  BOOST_TEST(values[1] == expected(2. * p),
             boost::test_tools::tolerance(1e-15));
}



BOOST_AUTO_TEST_CASE(gradients_of_smooth_functions_have_eleven_digits)
{
  const Expression<2> f("f", "sin(2*pi*x)*exp(-3*y) - erfc(4*x)");
  for (const Point<2> &p : {Point<2>(0.31, 0.77), Point<2>(-0.2, 0.05)})
    {
      const auto   gradient = f.gradient(p);
      const double e        = std::exp(-3. * p[1]);
      const double d_x      = 2. * M_PI * std::cos(2. * M_PI * p[0]) * e +
                         8. / std::sqrt(M_PI) * std::exp(-16. * p[0] * p[0]);
      const double d_y = -3. * std::sin(2. * M_PI * p[0]) * e;

      BOOST_TEST(gradient[0] == d_x, boost::test_tools::tolerance(1e-11));
      BOOST_TEST(gradient[1] == d_y, boost::test_tools::tolerance(1e-11));
    }
}



BOOST_AUTO_TEST_CASE(gradients_use_the_length_scale)
{
  const Expression<1> f("f", "sin(1e-6*x)", {}, 1e6);
  BOOST_TEST(f.gradient(Point<1>(3e5))[0] == 1e-6 * std::cos(0.3),
             boost::test_tools::tolerance(1e-11));
}



BOOST_AUTO_TEST_CASE(steep_and_broken_functions_make_the_step_smaller)
{
  const Expression<1> layer("f", "tanh(x/1e-3)");
  const double        t = std::tanh(0.7);
  BOOST_TEST(layer.gradient(Point<1>(7e-4))[0] == 1e3 * (1. - t * t),
             boost::test_tools::tolerance(1e-9));

  const Expression<1> kink("f", "if(x<0.5,x,2*x)");
  BOOST_TEST(kink.gradient(Point<1>(0.501))[0] == 2.,
             boost::test_tools::tolerance(1e-10));
  BOOST_TEST(kink.gradient(Point<1>(0.499))[0] == 1.,
             boost::test_tools::tolerance(1e-10));

  const Expression<1> root("f", "sqrt(x)");
  BOOST_TEST(root.gradient(Point<1>(1e-3))[0] == 0.5 / std::sqrt(1e-3),
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(std::isnan(root.gradient(Point<1>(0.))[0]));
}



BOOST_AUTO_TEST_CASE(absent_variables_have_derivative_exactly_zero)
{
  const Expression<2> constant("f", "1e3*exp(1)*pi");
  BOOST_TEST(constant.is_constant());
  BOOST_TEST(constant.gradient(Point<2>(0.1, 0.2)).norm() == 0.);

  const Expression<2> in_y("f", "exp(y)");
  BOOST_TEST(!in_y.is_constant());
  BOOST_TEST(in_y.gradient(Point<2>(0.1, 0.2))[0] == 0.);

  // In 2D the x of 0x10 or exp are no variables.
  const Expression<2> not_in_x("f", "exp(2)+max(1,2)");
  BOOST_TEST(not_in_x.is_constant());
}



BOOST_AUTO_TEST_CASE(bad_expressions_are_one_sentence_that_names_the_entry)
{
  for (const std::string text :
       {"sin(x", "x*z", "sinn(x)", "x+", "1,5", "x=3", "", "x;y", "foo"})
    {
      const std::string message = message_for(text);

      BOOST_TEST_CONTEXT(text << ": " << message)
      {
        BOOST_TEST(has(message, "Law/source: the expression '" + text + "'"));
        BOOST_TEST(has(message, "x,y"));
        BOOST_TEST(!has(message, "\n"));
        BOOST_TEST(!has(message, "Exception"));
      }
    }
}



BOOST_AUTO_TEST_CASE(bad_constants_are_one_sentence)
{
  BOOST_TEST(has(message_for("x", {{"my const", 1.}}), "Law/source"));
  BOOST_TEST(has(message_for("x", {{"x", 1.}}), "Law/source"));
}



BOOST_AUTO_TEST_CASE(comparisons_and_lists_of_arguments_are_no_mistakes)
{
  for (const std::string text :
       {"if(x<=0.5,1,2)", "x==y", "x>=y", "x!=y", "max(x,y)"})
    BOOST_TEST(message_for(text) == "");
}

BOOST_AUTO_TEST_SUITE_END()
