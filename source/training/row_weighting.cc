// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/row_weighting.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace sobolev
{
  RowWeighting::RowWeighting(const LocalObjective            &original,
                             const std::vector<unsigned int> &weighted,
                             const MPI_Comm                   communicator)
    : original(&original, nullptr, communicator)
    , lagrangian(original, weighted)
  {
    const auto blocks_of_all = original.blocks_of_rows();
    const auto points_of_all = original.points_of_rows();
    n_inputs =
      original.n_rows() > 0 ? points_of_all.size() / original.n_rows() : 0;
    for (const std::size_t i : lagrangian.constrained_rows())
      {
        blocks.push_back(blocks_of_all[i]);
        points.insert(points.end(),
                      points_of_all.begin() + i * n_inputs,
                      points_of_all.begin() + (i + 1) * n_inputs);
      }
  }



  std::vector<std::vector<double>>
  RowWeighting::carry_over(const RowWeighting                     &earlier,
                           const std::vector<std::vector<double>> &values,
                           const std::vector<double> &otherwise) const
  {
    // 1. All earlier rows.
    const auto all = [&](const auto &own) {
      typename std::decay<decltype(own)>::type result;
      for (const auto &part :
           dealii::Utilities::MPI::all_gather(original.get_communicator(), own))
        result.insert(result.end(), part.begin(), part.end());
      return result;
    };
    const auto                       earlier_blocks = all(earlier.blocks);
    const auto                       earlier_points = all(earlier.points);
    std::vector<std::vector<double>> earlier_values, result(values.size());
    for (const auto &own : values)
      earlier_values.push_back(all(own));

    // 2. The nearest one of each of ours.
    for (std::size_t i = 0; i < blocks.size(); ++i)
      {
        std::size_t nearest = earlier_blocks.size();
        double      least   = std::numeric_limits<double>::max();
        for (std::size_t j = 0; j < earlier_blocks.size(); ++j)
          if (earlier_blocks[j] == blocks[i])
            {
              double square = 0.;
              for (unsigned int d = 0; d < n_inputs; ++d)
                square += std::pow(points[i * n_inputs + d] -
                                     earlier_points[j * n_inputs + d],
                                   2);
              if (square < least)
                {
                  least   = square;
                  nearest = j;
                }
            }
        for (std::size_t k = 0; k < values.size(); ++k)
          result[k].push_back(nearest < earlier_blocks.size()
                                ? earlier_values[k][nearest]
                                : otherwise[k]);
      }
    return result;
  }



  std::string
  RowWeighting::range_of(const std::vector<double> &values) const
  {
    double least = std::numeric_limits<double>::max(), largest = -least;
    for (const double value : values)
      {
        least   = std::min(least, value);
        largest = std::max(largest, value);
      }
    const MPI_Comm     communicator = original.get_communicator();
    std::ostringstream text;
    text.precision(3);
    text << "from " << dealii::Utilities::MPI::min(least, communicator)
         << " to " << dealii::Utilities::MPI::max(largest, communicator);
    return text.str();
  }



  std::vector<unsigned int>
  find_blocks(const std::vector<std::string> &names,
              const std::vector<std::string> &wanted,
              const std::string              &entry)
  {
    std::string all;
    for (const std::string &name : names)
      all += (all.empty() ? "'" : ", '") + name + "'";
    std::vector<unsigned int> result;
    for (const std::string &name : wanted)
      {
        const auto position = std::find(names.begin(), names.end(), name);
        AssertInput(position != names.end(),
                    entry << ": there is no block '" << name << "'; there are "
                          << all << ".");
        result.push_back(position - names.begin());
      }
    return result;
  }
} // namespace sobolev
