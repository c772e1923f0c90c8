// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/observations.h>
#include <sobolev/sampling/point_batches.h>

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::trim;
    using Names = std::vector<std::string>;

    constexpr std::uint64_t noise_stream = 0x6e6f697365;



    std::string
    join(const Names &names)
    {
      std::string list;
      for (const std::string &name : names)
        list += (list.empty() ? "" : ", ") + name;
      return list;
    }



    // Blanks and the end of the line of other systems are left out.
    Names
    split(const std::string &line)
    {
      Names             items;
      std::stringstream stream(line);
      for (std::string item; std::getline(stream, item, ',');)
        items.push_back(trim(item));
      if (!line.empty() && line.back() == ',')
        items.emplace_back();
      return items;
    }



    void
    check_columns(const Names &columns,
                  const Names &inputs,
                  const Names &outputs)
    {
      for (const std::string &column : columns)
        {
          AssertInput(std::count(inputs.begin(), inputs.end(), column) +
                          std::count(outputs.begin(), outputs.end(), column) >
                        0,
                      "the column '" << column << "' is not known; inputs are "
                                     << join(inputs) << ", unknowns "
                                     << join(outputs) << ".");
          AssertInput(std::count(columns.begin(), columns.end(), column) == 1,
                      "the column '" << column << "' is there twice.");
        }
      for (const std::string &input : inputs)
        AssertInput(std::count(columns.begin(), columns.end(), input) == 1,
                    "the column '" << input << "' is missing; there must be "
                                   << "one for each of the inputs "
                                   << join(inputs) << ".");
      AssertInput(columns.size() > inputs.size(),
                  "there is no column of an unknown; these are "
                    << join(outputs) << ".");
    }



    std::vector<double>
    read_numbers(const std::string &line, const unsigned int number)
    {
      std::vector<double> numbers;
      for (const std::string &item : split(line))
        {
          std::size_t length = 0;
          double      value  = 0.;
          try
            {
              value = std::stod(item, &length);
            }
          catch (const std::exception &)
            {
              length = 0;
            }
          AssertInput(
            length > 0 && length == item.size() && std::isfinite(value),
            "line " << number << ": '" << item << "' is not a finite number.");
          numbers.push_back(value);
        }
      return numbers;
    }
  } // namespace



  Observations
  read_observations(const std::string &text,
                    const Names       &inputs,
                    const Names       &outputs)
  {
    // 1. All numbers.
    Names                            columns;
    std::vector<std::vector<double>> table;
    std::stringstream                stream(text);
    unsigned int                     number = 0;
    for (std::string line; std::getline(stream, line);)
      {
        ++number;
        line = trim(line);
        if (line.empty() || line[0] == '#')
          continue;
        if (columns.empty())
          {
            columns = split(line);
            check_columns(columns, inputs, outputs);
            continue;
          }
        table.push_back(read_numbers(line, number));
        AssertInput(table.back().size() == columns.size(),
                    "line " << number << " has " << table.back().size()
                            << " numbers; there are " << columns.size()
                            << " columns.");
      }
    AssertInput(!table.empty(), "there are no points.");

    // 2. Sort the columns.
    Observations result;
    result.points = InputPoints(inputs.size(), table.size());
    std::fill(result.points.weights.begin(),
              result.points.weights.end(),
              1. / table.size());
    for (unsigned int c = 0; c < columns.size(); ++c)
      {
        const auto input = std::find(inputs.begin(), inputs.end(), columns[c]);
        if (input != inputs.end())
          for (std::size_t p = 0; p < table.size(); ++p)
            result.points(input - inputs.begin(), p) = table[p][c];
        else
          {
            result.outputs.push_back(
              std::find(outputs.begin(), outputs.end(), columns[c]) -
              outputs.begin());
            result.values.emplace_back();
            for (const auto &row : table)
              result.values.back().push_back(row[c]);
          }
      }
    return result;
  }



  void
  Observations::add_noise(const double relative, const std::uint64_t seed)
  {
    if (relative == 0.)
      return;
    for (unsigned int e = 0; e < outputs.size(); ++e)
      {
        double sum = 0.;
        for (const double value : values[e])
          sum += value * value;
        const double deviation = relative * std::sqrt(sum / values[e].size());
        for (std::size_t p = 0; p < values[e].size(); ++p)
          values[e][p] +=
            deviation *
            CounterBasedRandom::normal(
              CounterBasedRandom::hash(seed, {outputs[e]}), noise_stream, p);
      }
  }



  Observations
  Observations::part(const MPI_Comm communicator) const
  {
    const std::size_t rank =
      dealii::Utilities::MPI::this_mpi_process(communicator);
    const std::size_t n_ranks =
      dealii::Utilities::MPI::n_mpi_processes(communicator);
    const std::size_t begin = rank * points.size() / n_ranks;
    const std::size_t end   = (rank + 1) * points.size() / n_ranks;

    std::vector<std::size_t> numbers(end - begin);
    std::iota(numbers.begin(), numbers.end(), begin);
    return selection(numbers);
  }



  Observations
  Observations::selection(const std::vector<std::size_t> &numbers) const
  {
    Observations result{points.selection(numbers), outputs, {}};
    for (const auto &column : values)
      {
        result.values.emplace_back();
        for (const std::size_t p : numbers)
          result.values.back().push_back(column[p]);
      }
    return result;
  }



  Observations
  Observations::in_batches(const unsigned int  n_batches,
                           const std::uint64_t name,
                           const MPI_Comm      communicator) const
  {
    if (n_batches == 1)
      return *this;
    const auto batches =
      divide_into_batches(points.size(), n_batches, name, communicator);
    Observations result       = selection(batches.order);
    result.points.batch_sizes = batches.sizes;
    return result;
  }
} // namespace sobolev
