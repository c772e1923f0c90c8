// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_command_line_h
#define sobolev_application_command_line_h

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * What every application is told on its command line:
   * @code
   * <program> FILE.prm [--set "Section/entry=value"]... [--output DIR]
   * @endcode
   */
  struct CommandLine
  {
    /** Name of the executable, without its folder. */
    std::string program;

    /** The parameter file; empty only if help was asked for. */
    std::string parameter_file;

    /** Texts "Section/entry=value" of all `--set` options, in order. */
    std::vector<std::string> overrides;

    /** Folder of the results; empty if `--output` was not given. */
    std::string output_directory;

    /** `--help`: print how to use the program, and end. */
    bool help = false;

    /** `--parameters`: print all parameters with their texts, and end. */
    bool print_parameters = false;
  };

  /**
   * Read the command line.
   *
   * @throws InputError for an unknown option (with the nearest known one), an
   * option without its argument, and for none or several parameter files.
   */
  CommandLine parse_command_line(const int argc, const char *const argv[]);

  /** What `--help` prints. */
  std::string usage(const std::string &program);
} // namespace sobolev

#endif
