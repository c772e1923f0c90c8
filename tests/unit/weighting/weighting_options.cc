// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/weighting/weighting_options.h>

#include <boost/test/unit_test.hpp>

#include "weighting/some_statistics.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const std::vector<std::string> blocks{"interior", "left", "right"};



  WeightingOptions
  with_numbers(const std::string &rule)
  {
    WeightingOptions options;
    options.rule    = rule;
    options.numbers = {1., 2., 4.};
    return options;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(weighting_options)

BOOST_AUTO_TEST_CASE(every_name_makes_a_rule_of_its_own)
{
  const Vector        ones{1., 1., 1.};
  std::vector<Vector> results;
  for (const std::string &name : weighting_rule_names())
    {
      const auto rule = make_weighting_rule(with_numbers(name), blocks);
      rule->update(ones, some_statistics());
      results.push_back(rule->update(ones, some_statistics({1., 10., 0.4})));
      BOOST_TEST_CONTEXT(name)
      BOOST_TEST((results.back() == ones) == (name == "none"));
    }
  for (std::size_t i = 0; i < results.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      BOOST_TEST((results[i] != results[j]));
}



BOOST_AUTO_TEST_CASE(the_reference_is_found_by_name)
{
  WeightingOptions options;
  options.rule       = "inverse Dirichlet";
  options.memory     = 0.;
  options.reference  = "right";
  const auto weights = make_weighting_rule(options, blocks)
                         ->update({1., 1., 1.}, some_statistics());
  BOOST_TEST(weights[2] == 1.);
  BOOST_TEST(weights[1] < 1.);
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  const auto contains = [](const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
  };
  const auto message = [](const WeightingOptions &options) {
    try
      {
        make_weighting_rule(options, blocks);
      }
    catch (const InputError &error)
      {
        return std::string(error.what());
      }
    return std::string("no exception");
  };

  WeightingOptions options;
  options.rule      = "inverse Dirichlet";
  options.reference = "top";
  BOOST_TEST(contains(message(options), "there is no block 'top'"));
  BOOST_TEST(contains(message(options), "'interior', 'left', 'right'"));
  options         = with_numbers("fixed");
  options.numbers = {1., 2.};
  BOOST_TEST(contains(message(options), "there are 2 numbers"));
  options.numbers = {1., 0., 2.};
  BOOST_TEST(contains(message(options), "the value 0"));
  options.rule = "guesswork";
  BOOST_TEST(contains(message(options), "there is no rule 'guesswork'"));
}

BOOST_AUTO_TEST_SUITE_END()
