// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/architecture.h>
#include <sobolev/network/network.h>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <limits>
#include <string>

#include "network/reference_network.h"

using namespace sobolev;

namespace
{
  // Whether check() of a changed good architecture gives one sentence that
  // contains the text.
  void
  check_sentence(const std::function<void(Architecture &)> &change,
                 const std::string                         &text)
  {
    Architecture architecture = make_architecture(2, {4, 4}, 2, "tanh");
    change(architecture);

    const auto says_so = [&](const InputError &error) {
      const std::string what = error.what();
      BOOST_TEST_INFO(what);
      BOOST_TEST(what.find(text) != what.npos, what);
      return what.back() == '.' && what.find('\n') == what.npos;
    };
    BOOST_CHECK_EXCEPTION(architecture.check(), InputError, says_so);
    BOOST_CHECK_EXCEPTION(Network{architecture}, InputError, says_so);
  }

  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
} // namespace

BOOST_AUTO_TEST_SUITE(architecture)

BOOST_AUTO_TEST_CASE(a_sound_architecture_passes)
{
  BOOST_CHECK_NO_THROW(make_architecture(1, {1}, 1, "sin").check());
  BOOST_CHECK_NO_THROW(make_architecture(4, {50, 50, 50}, 3, "tanh").check());
  for (const auto &option : architecture_options)
    {
      auto architecture = make_architecture(2, {4, 4}, 2, "tanh");
      add_option(option, architecture);
      BOOST_CHECK_NO_THROW(architecture.check());
    }
}



BOOST_AUTO_TEST_CASE(members_that_do_not_fit_are_input_errors)
{
  check_sentence(
    [](Architecture &a) {
      a.upper.pop_back();
    },
    "2 lower and 1 upper");
  check_sentence(
    [](Architecture &a) {
      a.upper.clear();
      a.lower.clear();
    },
    "0 lower and 0 upper");
  check_sentence(
    [](Architecture &a) {
      a.output_shift.push_back(0.);
    },
    "2 output scales and 3 output shifts");
  check_sentence(
    [](Architecture &a) {
      a.output_shift.clear();
      a.output_scale.clear();
    },
    "0 output scales");
}



BOOST_AUTO_TEST_CASE(values_without_sense_are_input_errors)
{
  check_sentence(
    [](Architecture &a) {
      a.upper[1] = a.lower[1];
    },
    "input 1");
  check_sentence(
    [](Architecture &a) {
      a.lower[0] = not_a_number;
    },
    "input 0");
  check_sentence(
    [](Architecture &a) {
      a.upper[0] = std::numeric_limits<double>::infinity();
    },
    "input 0");
  check_sentence(
    [](Architecture &a) {
      a.hidden_widths.clear();
    },
    "at least one hidden layer");
  check_sentence(
    [](Architecture &a) {
      a.hidden_widths[1] = 0;
    },
    "at least one neuron");
  for (const double scale : {0., -1., not_a_number})
    check_sentence(
      [=](Architecture &a) {
        a.output_scale[1] = scale;
      },
      "output 1");
  check_sentence(
    [](Architecture &a) {
      a.output_shift[1] = not_a_number;
    },
    "output 1");
  check_sentence(
    [](Architecture &a) {
      a.activation = "tangens";
    },
    "'tangens'; known are gelu, irelu, ");
}



BOOST_AUTO_TEST_CASE(options_without_sense_are_input_errors)
{
  check_sentence(
    [](Architecture &a) {
      a.omitted_inputs = {2};
    },
    "omitted input 2");
  check_sentence(
    [](Architecture &a) {
      a.omitted_inputs = {1, 1};
    },
    "omitted input 1");
  check_sentence(
    [](Architecture &a) {
      a.omitted_inputs = {0, 1};
    },
    "all inputs are omitted");
  check_sentence(
    [](Architecture &a) {
      a.waves = {{1., 2., 3.}};
    },
    "3 components");
  check_sentence(
    [](Architecture &a) {
      a.waves = {{1., not_a_number}};
    },
    "not a finite number");
  check_sentence(
    [](Architecture &a) {
      a.features = {nullptr};
    },
    "a feature is missing");
  check_sentence(
    [](Architecture &a) {
      a.factors.resize(3);
    },
    "3 functions for the hard constraint");
  check_sentence(
    [](Architecture &a) {
      a.offsets.resize(1);
    },
    "1 functions for the hard constraint");
  check_sentence(
    [](Architecture &a) {
      a.slopes.scale = 0.;
    },
    "slope scale 0");
  check_sentence(
    [](Architecture &a) {
      a.slopes.other = not_a_number;
    },
    "the slope");
  check_sentence(
    [](Architecture &a) {
      a.factorization_spread = -1.;
    },
    "spread -1");
}

BOOST_AUTO_TEST_SUITE_END()
