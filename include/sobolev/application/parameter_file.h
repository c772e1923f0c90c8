// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_parameter_file_h
#define sobolev_application_parameter_file_h

#include <deal.II/base/parameter_handler.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * One statement of a parameter file or of the command line: an entry and its
   * value.
   */
  struct ParameterAssignment
  {
    /** Names of the enclosing sections, from the outside in. */
    std::vector<std::string> sections;

    /** Name of the entry; empty if a section was only opened. */
    std::string entry;

    std::string value;

    /** Where it was written, e.g. "l_shape.prm, line 3". */
    std::string origin;

    /** Sections and entry, separated by slashes. */
    std::string path() const;
  };

  /**
   * Read a parameter file in deal.II's .prm format (`subsection`, `end`,
   * `set`, `include`, comments and lines continued with a backslash).
   *
   * The names are not checked yet: assign_parameters() does that. The file of
   * an `include` statement is looked for in the current folder, as deal.II
   * does, and then beside the file that includes it.
   *
   * @throws InputError with file and line for a file that cannot be read, a
   * line that is no statement and sections that are not closed.
   */
  std::vector<ParameterAssignment> read_parameter_file(const std::string &path);

  /**
   * Split "Section/Subsection/entry=value", the argument of `--set`.
   *
   * @throws InputError if there is no "=" or a name is empty.
   */
  ParameterAssignment parse_override(const std::string &text);

  /**
   * Set the entries of @p prm in the given order; the last value of an entry
   * counts.
   *
   * @throws InputError with one sentence that names the place, the entry, the
   * value and what is allowed, or the nearest name if there is no such entry.
   */
  void assign_parameters(const std::vector<ParameterAssignment> &assignments,
                         dealii::ParameterHandler               &prm);
} // namespace sobolev

#endif
