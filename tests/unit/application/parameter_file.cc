// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/parameter_file.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/parameter_handler.h>
#include <deal.II/base/patterns.h>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace
{
  namespace fs = std::filesystem;
  using sobolev::parse_override;

  // A folder of this process with files in it, removed with the object.
  struct ScratchFolder
  {
    ScratchFolder()
      : path(fs::temp_directory_path() /
             ("sobolev parameter file " + std::to_string(getpid())))
    {
      fs::create_directories(path);
    }

    ~ScratchFolder()
    {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }

    std::string
    write(const std::string &name, const std::string &text) const
    {
      std::ofstream(path / name) << text;
      return path / name;
    }

    const fs::path path;
  };



  void
  declare(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;
    prm.declare_entry("seed", "1", Integer(0), "The seed [-].");
    prm.declare_entry("file name", "", Anything());
    prm.enter_subsection("Network");
    prm.declare_entry("widths", "20, 20", List(Integer(1), 1));
    prm.declare_entry("activation", "tanh", Selection("tanh|sin"));
    prm.leave_subsection();
    prm.enter_subsection("Training");
    prm.enter_subsection("Levenberg-Marquardt");
    prm.declare_entry("max iterations", "100", Integer(1));
    prm.declare_entry("initial damping", "1e-3", Double(0.));
    prm.declare_entry("monotone", "true", Bool());
    prm.leave_subsection();
    prm.leave_subsection();
  }



  // Values after a file with the given text and some overrides.
  void
  parse(const std::string              &text,
        const std::vector<std::string> &overrides,
        dealii::ParameterHandler       &prm)
  {
    const ScratchFolder folder;
    declare(prm);
    auto assignments =
      sobolev::read_parameter_file(folder.write("case.prm", text));
    for (const std::string &override_text : overrides)
      assignments.push_back(parse_override(override_text));
    sobolev::assign_parameters(assignments, prm);
  }



  // The sentence that parse() throws, after a check that it is one line.
  std::string
  error_of(const std::string              &text,
           const std::vector<std::string> &overrides = {})
  {
    dealii::ParameterHandler prm;
    try
      {
        parse(text, overrides, prm);
      }
    catch (const sobolev::InputError &error)
      {
        const std::string sentence = error.what();
        BOOST_TEST(sentence.find('\n') == std::string::npos);
        return sentence;
      }
    return "";
  }



  bool
  contains(const std::string &text, const std::vector<std::string> &parts)
  {
    for (const std::string &part : parts)
      if (text.find(part) == std::string::npos)
        {
          BOOST_TEST_MESSAGE("'" << part << "' is not in: " << text);
          return false;
        }
    return true;
  }



  const std::string levenberg_marquardt = "subsection Training\n"
                                          "subsection Levenberg-Marquardt\n";
} // namespace


BOOST_AUTO_TEST_SUITE(parameter_file)

BOOST_AUTO_TEST_CASE(all_statements_of_the_format_are_understood)
{
  dealii::ParameterHandler prm;
  parse("# a comment\n"
        "set seed=7 # another one\n"
        "\n"
        "subsection Network\n"
        "  set widths = 10, \\\n"
        "               11\n"
        "end\n"
        "SUBSECTION Training\n"
        "\tsubsection Levenberg-Marquardt\n"
        "\t\tSET max iterations\t= 5\n"
        "  END\n"
        "end",
        {},
        prm);

  BOOST_TEST(prm.get("seed") == "7");
  prm.enter_subsection("Network");
  BOOST_TEST(prm.get("widths") == "10, 11");
  BOOST_TEST(prm.get("activation") == "tanh");
  prm.leave_subsection();
  prm.enter_subsection("Training");
  prm.enter_subsection("Levenberg-Marquardt");
  BOOST_TEST(prm.get_integer("max iterations") == 5);
}



BOOST_AUTO_TEST_CASE(reading_agrees_with_deal_ii)
{
  const ScratchFolder folder;
  const std::string   path = folder.write(
    "case.prm",
    "set file name = a  b=c/d\\ \n"
      "set seed = 2\nset seed = 4\n" +
      levenberg_marquardt + "set initial damping = 1e-5#x\nend\nend\n");
  dealii::ParameterHandler ours, theirs;
  declare(ours);
  declare(theirs);

  sobolev::assign_parameters(sobolev::read_parameter_file(path), ours);
  theirs.parse_input(path);

  std::ostringstream text_of_ours, text_of_theirs;
  ours.print_parameters(text_of_ours, dealii::ParameterHandler::Text);
  theirs.print_parameters(text_of_theirs, dealii::ParameterHandler::Text);
  BOOST_TEST(text_of_ours.str() == text_of_theirs.str());
}



BOOST_AUTO_TEST_CASE(overrides_come_after_the_file_and_the_last_one_counts)
{
  dealii::ParameterHandler prm;
  parse("set seed = 7\n",
        {"seed=8",
         "Training/Levenberg-Marquardt/max iterations=20",
         " seed = 9 ",
         "file name=a=b/c"},
        prm);

  BOOST_TEST(prm.get("seed") == "9");
  BOOST_TEST(prm.get("file name") == "a=b/c");
  prm.enter_subsection("Training");
  prm.enter_subsection("Levenberg-Marquardt");
  BOOST_TEST(prm.get("max iterations") == "20");
}



BOOST_AUTO_TEST_CASE(included_files_are_found_beside_the_including_one)
{
  const ScratchFolder folder;
  folder.write("base.prm", "set seed = 5\nset file name = base\n");
  const std::string path =
    folder.write("case.prm", "include base.prm\nset seed = 6\n");
  dealii::ParameterHandler prm;
  declare(prm);

  sobolev::assign_parameters(sobolev::read_parameter_file(path), prm);

  BOOST_TEST(prm.get("seed") == "6");
  BOOST_TEST(prm.get("file name") == "base");
}



BOOST_AUTO_TEST_CASE(unknown_names_come_with_a_suggestion)
{
  BOOST_TEST(contains(
    error_of(levenberg_marquardt + "set max iteration = 20\nend\nend\n"),
    {"case.prm, line 3",
     "'max iteration'",
     "'Training/Levenberg-Marquardt'",
     "'20'",
     "did you mean 'max iterations'?"}));
  BOOST_TEST(contains(error_of("subsection Trainig\nend\n"),
                      {"line 1", "'Trainig'", "did you mean 'Training'?"}));
  BOOST_TEST(contains(error_of("set activation = sin\n"),
                      {"did you mean 'Network/activation'?"}));
  BOOST_TEST(contains(error_of("set viscosity = 3\n"),
                      {"'viscosity'", "'3'", "there are", "'seed'"}));
}



BOOST_AUTO_TEST_CASE(bad_values_come_with_what_is_allowed)
{
  const std::string section = "Training/Levenberg-Marquardt/";

  BOOST_TEST(
    contains(error_of("set seed = -1\n"),
             {"line 1", "'seed'", "'-1'", "must be an integer of at least 0"}));
  BOOST_TEST(contains(error_of("", {section + "initial damping=small"}),
                      {"--set",
                       section + "initial damping",
                       "'small'",
                       "a number of at least 0"}));
  BOOST_TEST(contains(error_of("", {section + "monotone=maybe"}),
                      {"'maybe'", "true or false"}));
  BOOST_TEST(contains(error_of("", {"Network/activation=tahn"}),
                      {"'tahn'", "one of ", "'tanh'", "'sin'"}));
  BOOST_TEST(contains(error_of("", {"Network/widths=20,-20"}),
                      {"'20,-20'", "a list", "an integer of at least 1"}));
  BOOST_TEST(
    contains(error_of("", {"seed=99999999999"}), {"'seed'", "'99999999999'"}));
}



BOOST_AUTO_TEST_CASE(bad_overrides_say_how_to_write_them)
{
  BOOST_TEST(contains(error_of("", {"seed"}),
                      {"--set \"seed\"", "\"Section/entry=value\""}));
  BOOST_TEST(contains(error_of("", {"=3"}), {"--set", "empty"}));
  BOOST_TEST(contains(error_of("", {"Network//widths=3"}), {"empty"}));
  BOOST_TEST(contains(error_of("", {"sede=3"}), {"did you mean 'seed'?"}));
  BOOST_TEST(contains(error_of("", {"Netwrok/widths=3"}),
                      {"'Netwrok'", "'widths = 3'", "'Network'"}));
}



BOOST_AUTO_TEST_CASE(bad_files_are_named_with_the_line)
{
  BOOST_TEST(contains(error_of("sett seed = 3\n"), {"line 1", "'sett seed"}));
  BOOST_TEST(contains(error_of("set seed 3\n"), {"line 1", "'set seed 3'"}));
  BOOST_TEST(contains(error_of("\nsubsection Network\n"),
                      {"line 2", "'Network'", "not closed"}));
  BOOST_TEST(contains(error_of("end\n"), {"line 1", "'subsection'"}));
  BOOST_TEST(contains(error_of("subsection Network\nend of it\n"),
                      {"line 2", "'of it'"}));
  BOOST_TEST(contains(error_of("subsection\nend\n"), {"line 1", "name"}));
  BOOST_TEST(contains(error_of("include missing.prm\n"),
                      {"case.prm, line 1", "'missing.prm'"}));
  BOOST_TEST(contains(error_of("include case.prm\n"), {"includes itself"}));
}



BOOST_AUTO_TEST_CASE(missing_files_and_folders_are_named)
{
  BOOST_CHECK_EXCEPTION(sobolev::read_parameter_file("not there.prm"),
                        sobolev::InputError,
                        [](const sobolev::InputError &error) {
                          return contains(error.what(), {"not there.prm"});
                        });
  BOOST_CHECK_EXCEPTION(sobolev::read_parameter_file(fs::temp_directory_path()),
                        sobolev::InputError,
                        [](const sobolev::InputError &error) {
                          return contains(error.what(), {"is a folder"});
                        });
}

BOOST_AUTO_TEST_SUITE_END()
