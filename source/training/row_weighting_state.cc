// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/training/row_weighting_state.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

namespace sobolev
{
  namespace
  {
    std::vector<std::string>
    split(const std::string &line)
    {
      std::vector<std::string> items;
      std::istringstream       in(line);
      for (std::string item; std::getline(in, item, ';');)
        items.push_back(item);
      return items;
    }



    // The numbers behind the first item; not as many of them, or one that is
    // not finite, is a mistake.
    std::vector<double>
    read_numbers(const std::vector<std::string> &items,
                 const std::size_t               n,
                 const std::string              &where)
    {
      AssertInput(items.size() == n + 1,
                  where << ": there are " << items.size() << " items; there "
                        << "must be a name and " << n << " numbers.");
      std::vector<double> numbers;
      for (std::size_t k = 1; k < items.size(); ++k)
        {
          char        *end   = nullptr;
          const double value = std::strtod(items[k].c_str(), &end);
          AssertInput(end != items[k].c_str() && *end == '\0' &&
                        !std::isnan(value),
                      where << ": '" << items[k] << "' is not a number.");
          numbers.push_back(value);
        }
      return numbers;
    }
  } // namespace



  void
  RowWeightingState::write(const std::string              &file,
                           const std::vector<std::string> &block_names) const
  {
    const std::size_t n_rows   = blocks.size();
    const std::size_t n_inputs = n_rows > 0 ? points.size() / n_rows : 0;

    std::ostringstream out;
    out.precision(std::numeric_limits<double>::max_digits10);
    out << "common";
    for (const double value : common)
      out << ';' << value;
    out << '\n';
    for (std::size_t i = 0; i < n_rows; ++i)
      {
        out << block_names[blocks[i]];
        for (std::size_t d = 0; d < n_inputs; ++d)
          out << ';' << points[i * n_inputs + d];
        for (const auto &of_rows : values)
          out << ';' << of_rows[i];
        out << '\n';
      }
    write_text_atomically(file, out.str());
  }



  RowWeightingState
  RowWeightingState::read(const std::string              &file,
                          const std::vector<std::string> &block_names,
                          const unsigned int              n_inputs,
                          const unsigned int              n_values,
                          const unsigned int              n_common)
  {
    std::ifstream in(file);
    std::string   line;
    AssertInput(std::getline(in, line),
                "the file of row weights '" << file << "' cannot be read.");

    RowWeightingState state;
    state.values.resize(n_values);
    state.common = read_numbers(split(line), n_common, file + ", line 1");
    for (unsigned int number = 2; std::getline(in, line); ++number)
      {
        const std::string where = file + ", line " + std::to_string(number);
        const auto        items = split(line);
        const auto numbers = read_numbers(items, n_inputs + n_values, where);
        const auto name =
          std::find(block_names.begin(), block_names.end(), items[0]);
        AssertInput(name != block_names.end(),
                    where << ": there is no block '" << items[0] << "'.");
        state.blocks.push_back(name - block_names.begin());
        state.points.insert(
          state.points.end(), numbers.begin(), numbers.begin() + n_inputs);
        for (unsigned int k = 0; k < n_values; ++k)
          state.values[k].push_back(numbers[n_inputs + k]);
      }
    return state;
  }
} // namespace sobolev
