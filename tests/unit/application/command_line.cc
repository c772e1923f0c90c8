// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/command_line.h>
#include <sobolev/base/exceptions.h>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace
{
  using sobolev::CommandLine;

  CommandLine
  parse(std::vector<const char *> arguments)
  {
    arguments.insert(arguments.begin(), "build/applications/plate");
    return sobolev::parse_command_line(static_cast<int>(arguments.size()),
                                       arguments.data());
  }



  // The sentence of the InputError, on success an empty string.
  std::string
  error_of(const std::vector<const char *> &arguments)
  {
    try
      {
        parse(arguments);
      }
    catch (const sobolev::InputError &error)
      {
        return error.what();
      }
    return "";
  }



  bool
  contains(const std::string &text, const std::string &part)
  {
    return text.find(part) != std::string::npos;
  }
} // namespace


BOOST_AUTO_TEST_SUITE(command_line)

BOOST_AUTO_TEST_CASE(all_options_are_read_and_overrides_keep_their_order)
{
  const CommandLine result = parse({"--set",
                                    "seed=3",
                                    "a b.prm",
                                    "--set",
                                    "Training/max iterations = 20",
                                    "--output",
                                    "my results"});

  BOOST_TEST(result.program == "plate");
  BOOST_TEST(result.parameter_file == "a b.prm");
  BOOST_TEST(result.overrides.size() == 2u);
  BOOST_TEST(result.overrides[0] == "seed=3");
  BOOST_TEST(result.overrides[1] == "Training/max iterations = 20");
  BOOST_TEST(result.output_directory == "my results");
  BOOST_TEST(!result.help);
  BOOST_TEST(!result.print_parameters);
}



BOOST_AUTO_TEST_CASE(help_and_parameters_need_no_file)
{
  BOOST_TEST(parse({"--help"}).help);
  BOOST_TEST(parse({"-h"}).help);
  BOOST_TEST(parse({"--parameters"}).print_parameters);
  BOOST_TEST(contains(sobolev::usage("plate"), "plate FILE.prm"));
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  BOOST_TEST(contains(error_of({}), "no parameter file"));
  BOOST_TEST(contains(error_of({"a.prm", "--outptu", "x"}), "'--output'"));
  BOOST_TEST(contains(error_of({"a.prm", "--frobnicate"}), "--frobnicate"));
  BOOST_TEST(contains(error_of({"a.prm", "--set"}), "--set"));
  BOOST_TEST(contains(error_of({"a.prm", "--output", "x", "--output", "y"}),
                      "--output"));
  BOOST_TEST(contains(error_of({"a.prm", "--out", "x"}), "'--out'"));

  const std::string two = error_of({"a.prm", "b.prm"});
  BOOST_TEST(contains(two, "a.prm"));
  BOOST_TEST(contains(two, "b.prm"));
}

BOOST_AUTO_TEST_SUITE_END()
