// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/command_line.h>
#include <sobolev/application/parameter_errors.h>
#include <sobolev/base/exceptions.h>

#include <boost/program_options.hpp>

#include <filesystem>

namespace sobolev
{
  namespace
  {
    namespace po = boost::program_options;

    // With the positional argument as a hidden option "file".
    po::options_description
    make_options()
    {
      po::options_description options;
      options.add_options()("help,h", "")("parameters", "")(
        "set", po::value<std::vector<std::string>>())("output",
                                                      po::value<std::string>())(
        "file", po::value<std::vector<std::string>>());
      return options;
    }



    po::variables_map
    read_options(const int argc, const char *const argv[])
    {
      const po::options_description      options = make_options();
      po::positional_options_description files;
      files.add("file", -1);

      // No guessing: "--out" must not silently mean "--output".
      const int style = po::command_line_style::default_style &
                        ~po::command_line_style::allow_guessing;
      po::variables_map values;
      po::store(po::command_line_parser(argc, argv)
                  .options(options)
                  .positional(files)
                  .style(style)
                  .run(),
                values);
      return values;
    }
  } // namespace



  CommandLine
  parse_command_line(const int argc, const char *const argv[])
  {
    CommandLine result;
    result.program =
      argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "";

    po::variables_map values;
    try
      {
        values = read_options(argc, argv);
      }
    catch (const po::unknown_option &error)
      {
        const std::string name = error.get_option_name();
        const std::string near =
          nearest_name(name, {"--help", "--parameters", "--set", "--output"});
        throw InputError("there is no option '" + name + "'; " +
                         (near.empty() ? "'--help' lists all of them."
                                       : "did you mean '" + near + "'?"));
      }
    catch (const po::error &error)
      {
        throw InputError(on_one_line(error.what()) +
                         "; '--help' says how to use the options.");
      }

    result.help             = values.count("help") > 0;
    result.print_parameters = values.count("parameters") > 0;
    if (values.count("set") > 0)
      result.overrides = values["set"].as<std::vector<std::string>>();
    if (values.count("output") > 0)
      {
        result.output_directory = values["output"].as<std::string>();
        AssertInput(!result.output_directory.empty(),
                    "the name of the folder after '--output' is empty.");
      }

    const auto files = values.count("file") > 0
                         ? values["file"].as<std::vector<std::string>>()
                         : std::vector<std::string>();
    AssertInput(files.size() <= 1,
                "only one parameter file can be given, but there are '"
                  << files[0] << "' and '" << files[1]
                  << "'; were quotes forgotten around a '--set'?");
    AssertInput(files.size() == 1 || result.help || result.print_parameters,
                "no parameter file was given; use it as '"
                  << result.program << " FILE.prm', and '--help' tells more.");
    if (files.size() == 1)
      result.parameter_file = files[0];
    return result;
  }



  std::string
  usage(const std::string &program)
  {
    return "Usage: " + program +
           " FILE.prm [--set \"Section/entry=value\"]... [--output DIR]\n"
           "\n"
           "  FILE.prm       the parameter file\n"
           "  --set TEXT     set an entry to another value than in the file, "
           "for instance\n"
           "                 --set seed=3 or --set \"Training/max "
           "iterations=20\"; repeatable,\n"
           "                 the last one counts\n"
           "  --output DIR   write all results to this folder\n"
           "  --parameters   print all parameters, their texts and values "
           "(of FILE.prm, if\n"
           "                 given), and end\n"
           "  --help         print this text, and end\n"
           "\n"
           "In parallel: mpirun -np 2 " +
           program + " FILE.prm ...\n";
  }
} // namespace sobolev
