// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/parameter_errors.h>

#include <deal.II/base/patterns.h>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace
{
  using sobolev::nearest_name;

  std::string
  allowed_by(const dealii::Patterns::PatternBase &pattern)
  {
    return sobolev::describe_pattern(pattern.description());
  }
} // namespace


BOOST_AUTO_TEST_SUITE(parameter_errors)

BOOST_AUTO_TEST_CASE(the_nearest_name_is_found_despite_typos_and_case)
{
  const std::vector<std::string> names = {
    "max iterations", "initial damping", "seed", "tolerance"};

  BOOST_TEST(nearest_name("max iteration", names) == "max iterations");
  BOOST_TEST(nearest_name("Max Iterations", names) == "max iterations");
  BOOST_TEST(nearest_name("sede", names) == "seed");
  BOOST_TEST(nearest_name("tolerence", names) == "tolerance");
}



BOOST_AUTO_TEST_CASE(names_that_are_far_from_all_others_have_no_nearest_one)
{
  BOOST_TEST(nearest_name("viscosity", {"seed", "tolerance"}) == "");
  BOOST_TEST(nearest_name("x", {"y"}) == "");
  BOOST_TEST(nearest_name("anything", {}) == "");
}



BOOST_AUTO_TEST_CASE(patterns_are_described_in_words)
{
  using namespace dealii;

  BOOST_TEST(allowed_by(Patterns::Integer()) == "an integer");
  BOOST_TEST(allowed_by(Patterns::Integer(1)) == "an integer of at least 1");
  BOOST_TEST(allowed_by(Patterns::Integer(1, 3)) == "an integer from 1 to 3");
  BOOST_TEST(allowed_by(Patterns::Double()) == "a number");
  BOOST_TEST(allowed_by(Patterns::Double(0.)) == "a number of at least 0");
  BOOST_TEST(allowed_by(Patterns::Double(0., 1.)) == "a number from 0 to 1");
  BOOST_TEST(allowed_by(Patterns::Bool()) == "true or false");
  BOOST_TEST(allowed_by(Patterns::Selection("tanh|sin")) ==
             "one of 'tanh', 'sin'");
  BOOST_TEST(allowed_by(Patterns::MultipleSelection("a|b")) ==
             "a list of some of 'a', 'b'");
  BOOST_TEST(allowed_by(Patterns::List(Patterns::Integer(1), 1)) ==
             "a list separated by commas (at least 1), each of it an integer "
             "of at least 1");
  BOOST_TEST(allowed_by(Patterns::List(Patterns::Double(), 2, 2, ";")) ==
             "a list separated by ';' (2 of them), each of it a number");
}



BOOST_AUTO_TEST_CASE(several_lines_become_one)
{
  BOOST_TEST(sobolev::on_one_line("\n  two\n\n   lines \n") == "two lines");
}

BOOST_AUTO_TEST_SUITE_END()
