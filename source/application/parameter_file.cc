// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/parameter_errors.h>
#include <sobolev/application/parameter_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/base/quoted_list.h>

#include <deal.II/base/utilities.h>

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace sobolev
{
  namespace
  {
    using Path = std::vector<std::string>;

    std::string
    join(const Path &names)
    {
      std::string result;
      for (const std::string &name : names)
        result += (result.empty() ? "" : "/") + name;
      return result;
    }



    // -------------------------------------------------- reading a file

    // Reads one file and, recursively, those that it includes.
    class Reader
    {
    public:
      std::vector<ParameterAssignment>
      read(const std::string &path)
      {
        read_file(path, "");
        return std::move(assignments);
      }

    private:
      void read_file(const std::string &path, const std::string &included_from);

      void read_statement(const std::string &statement,
                          const std::string &path,
                          const std::string &origin);

      std::vector<ParameterAssignment> assignments;

      // Open sections, and where each of them was opened.
      Path sections;
      Path openings;

      // Files that are being read, to recognise one that includes itself.
      Path open_files;
    };



    // The argument of a statement that begins with @p keyword, in lower or
    // upper case as deal.II wants it.
    bool
    is_statement(const std::string &line,
                 const std::string &keyword,
                 std::string       &argument)
    {
      std::string upper = keyword;
      std::transform(upper.begin(), upper.end(), upper.begin(), ::toupper);

      const std::size_t n = keyword.size();
      if (line.compare(0, n, keyword) != 0 && line.compare(0, n, upper) != 0)
        return false;
      if (line.size() > n && line[n] != ' ')
        return false;
      argument = dealii::Utilities::trim(line.substr(n));
      return true;
    }



    void
    Reader::read_file(const std::string &path, const std::string &included_from)
    {
      const std::string prefix =
        included_from.empty() ? "" : included_from + ": ";
      AssertInput(std::find(open_files.begin(), open_files.end(), path) ==
                    open_files.end(),
                  prefix << "the file '" << path << "' includes itself.");
      AssertInput(!std::filesystem::is_directory(path),
                  prefix << "the parameter file '" << path << "' is a folder.");
      std::ifstream in(path);
      AssertInput(in.good(),
                  prefix << "the parameter file '" << path
                         << "' does not exist or cannot be read.");

      open_files.push_back(path);
      const std::size_t n_sections = sections.size();
      std::string       statement;
      unsigned int      n_lines = 0;
      for (std::string line; std::getline(in, line);)
        {
          ++n_lines;
          line = dealii::Utilities::trim(line);
          if (!line.empty() && line.back() == '\\')
            {
              statement += line.substr(0, line.size() - 1);
              continue;
            }
          statement += line;
          read_statement(
            statement, path, path + ", line " + std::to_string(n_lines));
          statement.clear();
        }
      read_statement(statement, path, path + ", at its end");

      AssertInput(sections.size() <= n_sections,
                  openings.back() << ": the section '" << sections.back()
                                  << "' is not closed, an 'end' is missing.");
      AssertInput(sections.size() == n_sections,
                  path << ": closes a section of the file that includes it.");
      open_files.pop_back();
    }



    void
    Reader::read_statement(const std::string &statement,
                           const std::string &path,
                           const std::string &origin)
    {
      std::string line = statement.substr(0, statement.find('#'));
      std::replace(line.begin(), line.end(), '\t', ' ');
      line = dealii::Utilities::trim(line);

      std::string argument;
      if (line.empty())
        return;
      if (is_statement(line, "subsection", argument))
        {
          AssertInput(!argument.empty(),
                      origin << ": 'subsection' needs a name.");
          sections.push_back(argument);
          openings.push_back(origin);
          assignments.push_back({sections, "", "", origin});
        }
      else if (is_statement(line, "end", argument))
        {
          AssertInput(argument.empty(),
                      origin << ": there must be nothing behind 'end', not '"
                             << argument << "'.");
          AssertInput(!sections.empty(),
                      origin << ": this 'end' has no 'subsection'.");
          sections.pop_back();
          openings.pop_back();
        }
      else if (is_statement(line, "set", argument))
        {
          const std::size_t equals = argument.find('=');
          AssertInput(equals != std::string::npos && equals > 0,
                      origin << ": '" << line
                             << "' must read 'set entry = value'.");
          assignments.push_back(
            {sections,
             dealii::Utilities::trim(argument.substr(0, equals)),
             dealii::Utilities::trim(argument.substr(equals + 1)),
             origin});
        }
      else if (is_statement(line, "include", argument))
        {
          const std::filesystem::path beside =
            std::filesystem::path(path).parent_path() / argument;
          const bool here = std::filesystem::exists(argument);
          read_file(here || !std::filesystem::exists(beside) ? argument
                                                             : beside.string(),
                    origin);
        }
      else
        throw InputError(origin + ": '" + line +
                         "' is not a statement, which begins with 'set', "
                         "'subsection', 'end' or 'include'.");
    }



    // ------------------------------------------ the declared parameters

    // What a ParameterHandler has: pattern by path of each entry, and all
    // sections.
    struct Declarations
    {
      std::map<Path, std::string> patterns;
      std::vector<Path>           sections;
    };



    void
    collect(const boost::property_tree::ptree &tree,
            const Path                        &path,
            Declarations                      &declarations)
    {
      declarations.sections.push_back(path);
      for (const auto &[name, child] : tree)
        {
          Path child_path = path;
          child_path.push_back(name);

          // Entries have a pattern, aliases the name of their entry; both are
          // leaves, while a section has no leaves itself.
          const auto pattern = child.find("pattern_description");
          const auto alias   = child.find("alias");
          if (pattern != child.not_found() && pattern->second.empty())
            declarations.patterns[child_path] = pattern->second.data();
          else if (alias != child.not_found() && alias->second.empty())
            declarations.patterns[child_path] = "";
          else
            collect(child, child_path, declarations);
        }
    }



    // ParameterHandler has no function that lists its entries, except by
    // printing them.
    Declarations
    extract_declarations(const dealii::ParameterHandler &prm)
    {
      std::ostringstream out;
      prm.print_parameters(out, dealii::ParameterHandler::JSON);
      std::istringstream          in(out.str());
      boost::property_tree::ptree tree;
      boost::property_tree::read_json(in, tree);

      Declarations declarations;
      collect(tree, {}, declarations);
      return declarations;
    }



    // Names of what lies directly in the section @p parent.
    template <typename Iterator, typename GetPath>
    std::vector<std::string>
    names_in(const Path    &parent,
             const Iterator begin,
             const Iterator end,
             const GetPath &get_path)
    {
      std::vector<std::string> names;
      for (Iterator it = begin; it != end; ++it)
        {
          const Path &path = get_path(*it);
          if (path.size() == parent.size() + 1 &&
              std::equal(parent.begin(), parent.end(), path.begin()))
            names.push_back(path.back());
        }
      return names;
    }



    std::vector<std::string>
    entries_in(const Path &parent, const Declarations &declarations)
    {
      return names_in(parent,
                      declarations.patterns.begin(),
                      declarations.patterns.end(),
                      [](const auto &pair) -> const Path & {
                        return pair.first;
                      });
    }



    std::vector<std::string>
    sections_in(const Path &parent, const Declarations &declarations)
    {
      return names_in(parent,
                      declarations.sections.begin(),
                      declarations.sections.end(),
                      [](const Path &path) -> const Path & {
                        return path;
                      });
    }



    // -------------------------------------------------- the sentences

    std::string
    in_section(const Path &section)
    {
      return section.empty() ? "at the top level"
                             : "in the section '" + join(section) + "'";
    }



    // "; did you mean ...", or what there is instead, or nothing.
    std::string
    suggest(const std::string              &name,
            const std::vector<std::string> &candidates,
            const std::string              &elsewhere = "")
    {
      const std::string near = nearest_name(name, candidates);
      if (!near.empty())
        return "; did you mean '" + near + "'?";
      if (!elsewhere.empty())
        return "; did you mean '" + elsewhere + "'?";
      if (candidates.empty())
        return ".";

      return "; there are " + quoted_list(candidates) + ".";
    }



    // An entry of that name in another section.
    std::string
    find_elsewhere(const std::string &entry, const Declarations &declarations)
    {
      for (const auto &[path, pattern] : declarations.patterns)
        if (path.back() == entry)
          return join(path);
      return "";
    }



    void
    check_names(const ParameterAssignment &assignment,
                const Declarations        &declarations)
    {
      const std::string value =
        assignment.entry.empty()
          ? ""
          : " (for '" + assignment.entry + " = " + assignment.value + "')";

      Path parent;
      for (const std::string &name : assignment.sections)
        {
          const std::vector<std::string> known =
            sections_in(parent, declarations);
          AssertInput(std::find(known.begin(), known.end(), name) !=
                        known.end(),
                      assignment.origin << ": there is no section '" << name
                                        << "' " << in_section(parent) << value
                                        << suggest(name, known));
          parent.push_back(name);
        }
      if (assignment.entry.empty())
        return;

      const std::vector<std::string> known = entries_in(parent, declarations);
      AssertInput(std::find(known.begin(), known.end(), assignment.entry) !=
                    known.end(),
                  assignment.origin
                    << ": there is no entry '" << assignment.entry << "' "
                    << in_section(parent) << " (to be set to '"
                    << assignment.value << "')"
                    << suggest(assignment.entry,
                               known,
                               find_elsewhere(assignment.entry, declarations)));
    }



    // Enters sections, and leaves them again, also when an exception passes.
    class InSections
    {
    public:
      InSections(const Path &sections, dealii::ParameterHandler &prm)
        : n_sections(sections.size())
        , prm(prm)
      {
        for (const std::string &section : sections)
          prm.enter_subsection(section);
      }

      ~InSections()
      {
        for (std::size_t i = 0; i < n_sections; ++i)
          prm.leave_subsection();
      }

    private:
      const std::size_t         n_sections;
      dealii::ParameterHandler &prm;
    };



    void
    assign(const ParameterAssignment &assignment,
           const Declarations        &declarations,
           dealii::ParameterHandler  &prm)
    {
      Path path = assignment.sections;
      path.push_back(assignment.entry);
      const std::string begin = assignment.origin + ": the entry '" +
                                assignment.path() + "' is '" +
                                assignment.value + "', but ";
      try
        {
          prm.set(assignment.entry, assignment.value);
        }
      catch (const dealii::ParameterHandler::ExcValueDoesNotMatchPattern &)
        {
          throw InputError(begin + "must be " +
                           describe_pattern(declarations.patterns.at(path)) +
                           ".");
        }
      catch (const dealii::ExceptionBase &error)
        {
          std::ostringstream message;
          error.print_info(message);
          throw InputError(
            begin + "this is not possible: " + on_one_line(message.str()));
        }
    }
  } // namespace



  std::string
  ParameterAssignment::path() const
  {
    Path names = sections;
    names.push_back(entry);
    return join(names);
  }



  std::vector<ParameterAssignment>
  read_parameter_file(const std::string &path)
  {
    return Reader().read(path);
  }



  ParameterAssignment
  parse_override(const std::string &text)
  {
    const std::string origin = "--set \"" + on_one_line(text) + "\"";
    const std::size_t equals = text.find('=');
    AssertInput(equals != std::string::npos,
                origin << ": must read \"Section/entry=value\".");

    ParameterAssignment assignment;
    assignment.origin = origin;
    assignment.value  = dealii::Utilities::trim(text.substr(equals + 1));

    std::istringstream names(text.substr(0, equals) + '/');
    for (std::string name; std::getline(names, name, '/');)
      {
        name = dealii::Utilities::trim(name);
        AssertInput(!name.empty(),
                    origin << ": a name before the '=' is empty, it must read "
                              "\"Section/entry=value\".");
        assignment.sections.push_back(name);
      }
    assignment.entry = assignment.sections.back();
    assignment.sections.pop_back();
    return assignment;
  }



  void
  assign_parameters(const std::vector<ParameterAssignment> &assignments,
                    dealii::ParameterHandler               &prm)
  {
    const Declarations declarations = extract_declarations(prm);
    for (const ParameterAssignment &assignment : assignments)
      {
        check_names(assignment, declarations);
        if (assignment.entry.empty())
          continue;

        const InSections in_sections(assignment.sections, prm);
        assign(assignment, declarations, prm);
      }
  }
} // namespace sobolev
