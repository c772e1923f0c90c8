// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/sample_file.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <map>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // Species of the atoms of a table, which has none.
    const std::string unknown_species = "X";



    // The lines of a file, and where an error is.
    class LineReader
    {
    public:
      explicit LineReader(const std::string &file)
        : file(file)
        , in(file)
      {
        AssertInput(in.good(), "the file '" << file << "' cannot be read.");
      }

      bool
      next()
      {
        if (!std::getline(in, line))
          return false;
        if (!line.empty() && line.back() == '\r')
          line.pop_back();
        ++number;
        return true;
      }

      void
      require_next(const std::string &what)
      {
        AssertInput(next(),
                    "'" << file << "': the file ends after line " << number
                        << ", where " << what << " is expected.");
      }

      // That something is as it should be in the present line.
      void
      require(const bool         condition,
              const std::string &expected,
              const std::string &found) const
      {
        AssertInput(condition,
                    "'" << file << "', line " << number << ": " << expected
                        << " expected, but there is '" << found << "'.");
      }

      double
      to_number(const std::string &text, const std::string &what) const
      {
        char        *end   = nullptr;
        const double value = std::strtod(text.c_str(), &end);
        require(!text.empty() && *end == '\0' && std::isfinite(value),
                "a finite number for " + what + " is",
                text);
        return value;
      }

      const std::string file;
      std::string       line;

    private:
      std::ifstream in;
      unsigned long number = 0;
    };



    std::vector<std::string>
    split_at(const std::string &text, const char separator)
    {
      std::vector<std::string> parts;
      std::istringstream       in(text);
      for (std::string part; std::getline(in, part, separator);)
        {
          const auto begin = part.find_first_not_of(" \t");
          const auto end   = part.find_last_not_of(" \t");
          parts.push_back(begin == std::string::npos
                            ? ""
                            : part.substr(begin, end - begin + 1));
        }
      if (!text.empty() && text.back() == separator)
        parts.emplace_back();
      return parts;
    }



    std::vector<std::string>
    words_of(const std::string &text)
    {
      std::istringstream       in(text);
      std::vector<std::string> words;
      for (std::string word; in >> word;)
        words.push_back(word);
      return words;
    }



    // A number of things; zero if the text is none, or not a sensible one.
    unsigned int
    to_count(const std::string &text)
    {
      char      *end   = nullptr;
      const long value = std::strtol(text.c_str(), &end, 10);
      return *end == '\0' && value > 0 && value <= 1000000 ? value : 0;
    }



    bool
    is_blank(const std::string &text)
    {
      return words_of(text).empty();
    }



    // ------------------------------------------------------ tables

    LabelledSamples
    read_csv(const std::string &file)
    {
      // 1. Names.
      LineReader in(file);
      in.require_next("a line of names, 'x,y,energy,fx,fy' for instance,");
      const auto header    = split_at(in.line, ',');
      const auto energy    = std::find(header.begin(), header.end(), "energy");
      const unsigned int n = energy - header.begin();
      in.require(energy != header.end() && n > 0 && header.size() == 2 * n + 1,
                 "the names of coordinates, 'energy', and a force for each "
                 "coordinate, 'x,y,energy,fx,fy' for instance, are",
                 in.line);
      LabelledSamples samples;
      samples.names.assign(header.begin(), energy);
      for (unsigned int k = 0; k < n; ++k)
        in.require(header[n + 1 + k] == "f" + header[k],
                   "the name 'f" + header[k] + "' in column " +
                     std::to_string(n + 2 + k) + " is",
                   header[n + 1 + k]);
      if (n % 3 == 0 && samples.names == names_of_atoms(n / 3))
        samples.species.assign(n / 3, unknown_species);

      // 2. Numbers.
      while (in.next())
        {
          if (is_blank(in.line))
            continue;
          const auto cells = split_at(in.line, ',');
          in.require(cells.size() == header.size(),
                     std::to_string(header.size()) + " numbers are",
                     in.line);
          std::vector<double> row;
          for (std::size_t k = 0; k < cells.size(); ++k)
            row.push_back(in.to_number(cells[k], "'" + header[k] + "'"));
          samples.add({row.begin(), row.begin() + n},
                      row[n],
                      {row.begin() + n + 1, row.end()});
        }
      return samples;
    }



    void
    write_csv(const LabelledSamples &samples, std::ostream &out)
    {
      const unsigned int n = samples.n_coordinates();
      for (const std::string &name : samples.names)
        out << name << ',';
      out << "energy";
      for (const std::string &name : samples.names)
        out << ",f" << name;
      out << '\n';
      for (std::size_t i = 0; i < samples.size(); ++i)
        {
          for (unsigned int k = 0; k < n; ++k)
            out << samples.coordinates[i * n + k] << ',';
          out << samples.energies[i];
          for (unsigned int k = 0; k < n; ++k)
            out << ',' << samples.forces[i * n + k];
          out << '\n';
        }
    }



    // ------------------------------------------------ extended XYZ

    // The pairs key=value of a line; values with blanks are quoted.
    std::map<std::string, std::string>
    parse_pairs(const std::string &line)
    {
      std::map<std::string, std::string> pairs;
      for (std::size_t at = 0; at < line.size();)
        {
          at = line.find_first_not_of(" \t", at);
          if (at == std::string::npos)
            break;
          const std::size_t key_end = line.find_first_of("= \t", at);
          const std::string key     = line.substr(at, key_end - at);
          if (key_end == std::string::npos || line[key_end] != '=')
            {
              // A key alone is true.
              pairs[key] = "T";
              at         = key_end == std::string::npos ? line.size() : key_end;
              continue;
            }
          std::size_t begin = key_end + 1, end;
          if (begin < line.size() && line[begin] == '"')
            {
              end        = std::min(line.find('"', begin + 1), line.size());
              pairs[key] = line.substr(begin + 1, end - begin - 1);
              at         = end + 1;
            }
          else
            {
              end = std::min(line.find_first_of(" \t", begin), line.size());
              pairs[key] = line.substr(begin, end - begin);
              at         = end;
            }
        }
      return pairs;
    }



    // The columns of what is read, and the number of all.
    struct Columns
    {
      unsigned int species = 0, positions = 0, forces = 0, n = 0;
    };



    Columns
    parse_columns(const LineReader &in, const std::string &properties)
    {
      const std::string expected =
        "'Properties=species:S:1:pos:R:3:forces:R:3', perhaps with other "
        "columns, is";
      const auto parts = split_at(properties, ':');
      in.require(!parts.empty() && parts.size() % 3 == 0, expected, in.line);
      Columns columns;
      bool    has_species = false, has_positions = false, has_forces = false;
      for (std::size_t p = 0; p < parts.size(); p += 3)
        {
          const auto is = [&](const std::string &name,
                              const std::string &kind) {
            return parts[p] == name && parts[p + 1] + parts[p + 2] == kind;
          };
          if (is("species", "S1"))
            {
              columns.species = columns.n;
              has_species     = true;
            }
          if (is("pos", "R3"))
            {
              columns.positions = columns.n;
              has_positions     = true;
            }
          if (is("forces", "R3") || is("force", "R3"))
            {
              columns.forces = columns.n;
              has_forces     = true;
            }
          const unsigned int count = to_count(parts[p + 2]);
          in.require(count > 0, expected, in.line);
          columns.n += count;
        }
      in.require(has_species && has_positions && has_forces, expected, in.line);
      return columns;
    }



    LabelledSamples
    read_xyz(const std::string &file)
    {
      LineReader      in(file);
      LabelledSamples samples;
      while (in.next())
        {
          if (is_blank(in.line))
            continue;

          // 1. The number of atoms.
          const auto         words = words_of(in.line);
          const unsigned int n     = words.size() == 1 ? to_count(words[0]) : 0;
          in.require(n > 0, "the number of atoms is", in.line);
          in.require(samples.names.empty() || samples.n_coordinates() == 3 * n,
                     std::to_string(samples.n_coordinates() / 3) +
                       " atoms, as in the first frame, are",
                     in.line);

          // 2. Energy and columns.
          in.require_next("the line with 'energy=...' and 'Properties=...'");
          const auto pairs = parse_pairs(in.line);
          in.require(pairs.count("energy") == 1, "'energy=...' is", in.line);
          in.require(
            pairs.count("Properties") == 1, "'Properties=...' is", in.line);
          const auto pbc = pairs.find("pbc");
          in.require(pbc == pairs.end() ||
                       pbc->second.find('T') == std::string::npos,
                     "a cluster without periodic boundaries, pbc=\"F F F\", is",
                     pbc == pairs.end() ? "" : pbc->second);
          const double  energy = in.to_number(pairs.at("energy"), "the energy");
          const Columns columns = parse_columns(in, pairs.at("Properties"));

          // 3. Atoms.
          std::vector<std::string> species;
          std::vector<double>      coordinates, forces;
          for (unsigned int i = 0; i < n; ++i)
            {
              in.require_next("an atom");
              const auto cells = words_of(in.line);
              in.require(cells.size() == columns.n,
                         std::to_string(columns.n) + " columns of an atom are",
                         in.line);
              species.push_back(cells[columns.species]);
              for (unsigned int d = 0; d < 3; ++d)
                {
                  coordinates.push_back(
                    in.to_number(cells[columns.positions + d], "a position"));
                  forces.push_back(
                    in.to_number(cells[columns.forces + d], "a force"));
                }
            }
          if (samples.names.empty())
            {
              samples.names   = names_of_atoms(n);
              samples.species = species;
            }
          in.require(species == samples.species,
                     "the same species of atoms as in the first frame are",
                     species.back());
          samples.add(coordinates, energy, forces);
        }
      return samples;
    }



    void
    write_xyz(const LabelledSamples &samples, std::ostream &out)
    {
      const unsigned int n = samples.n_coordinates();
      for (std::size_t i = 0; i < samples.size(); ++i)
        {
          out << n / 3 << "\nProperties=species:S:1:pos:R:3:forces:R:3 energy="
              << samples.energies[i] << " pbc=\"F F F\"\n";
          for (unsigned int atom = 0; atom < n / 3; ++atom)
            {
              out << samples.species[atom];
              for (const auto *table : {&samples.coordinates, &samples.forces})
                for (unsigned int d = 0; d < 3; ++d)
                  out << ' ' << (*table)[i * n + 3 * atom + d];
              out << '\n';
            }
        }
    }



    std::string
    ending_of(const std::string &file)
    {
      const std::string ending =
        std::filesystem::path(file).extension().string();
      AssertInput(ending == ".xyz" || ending == ".csv",
                  "the name '" << file
                               << "' of a file with samples must end with "
                                  "'.xyz' or '.csv'.");
      return ending;
    }
  } // namespace



  LabelledSamples
  read_samples(const std::string &file)
  {
    const auto samples =
      ending_of(file) == ".xyz" ? read_xyz(file) : read_csv(file);
    AssertInput(samples.size() > 0, "'" << file << "': there is no sample.");
    return samples;
  }



  void
  write_samples(const LabelledSamples &samples, const std::string &file)
  {
    const bool is_xyz = ending_of(file) == ".xyz";
    AssertInput(
      !is_xyz || samples.is_cluster(),
      "the samples for '"
        << file << "' are not those of atoms; the name must end with '.csv'.");
    std::ostringstream text;
    text << std::setprecision(17);
    if (is_xyz)
      write_xyz(samples, text);
    else
      write_csv(samples, text);
    write_text_atomically(file, text.str());
  }
} // namespace sobolev
