// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/base/quoted_list.h>
#include <sobolev/training/row_weighting.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
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



  bool
  RowWeighting::update(const std::vector<double> &theta,
                       const TrainingProgress    &progress)
  {
    if (!update_weights(theta, progress))
      return false;
    if (!file.empty())
      {
        const std::chrono::duration<double> since =
          std::chrono::steady_clock::now() - last_file;
        double is_due = since.count() > seconds_between_files ? 1. : 0.;
        original.broadcast(dealii::ArrayView<double>(&is_due, 1));
        if (is_due > 0.)
          {
            last_file = std::chrono::steady_clock::now();
            write();
          }
      }
    return true;
  }



  RowWeightingState
  RowWeighting::state() const
  {
    const auto all = [&](const auto &own) {
      typename std::decay<decltype(own)>::type result;
      for (const auto &part :
           dealii::Utilities::MPI::all_gather(original.get_communicator(), own))
        result.insert(result.end(), part.begin(), part.end());
      return result;
    };
    RowWeightingState state;
    state.blocks = all(blocks);
    state.points = all(points);
    for (const auto &own : values_of_rows())
      state.values.push_back(all(own));
    state.common         = common_values();
    state.last_iteration = last_iteration;
    return state;
  }



  void
  RowWeighting::restore(const RowWeightingState &state)
  {
    const auto                       otherwise = first_values();
    std::vector<std::vector<double>> values(otherwise.size());
    for (std::size_t i = 0; i < blocks.size(); ++i)
      {
        std::size_t nearest = state.blocks.size();
        double      least   = std::numeric_limits<double>::max();
        for (std::size_t j = 0; j < state.blocks.size(); ++j)
          if (state.blocks[j] == blocks[i])
            {
              double square = 0.;
              for (unsigned int d = 0; d < n_inputs; ++d)
                square += std::pow(
                  points[i * n_inputs + d] - state.points[j * n_inputs + d], 2);
              if (square < least)
                {
                  least   = square;
                  nearest = j;
                }
            }
        for (std::size_t k = 0; k < values.size(); ++k)
          values[k].push_back(nearest < state.blocks.size()
                                ? state.values[k][nearest]
                                : otherwise[k]);
      }
    set_state(values, state.common);
    last_iteration = state.last_iteration;
  }



  void
  RowWeighting::read(const std::string &from)
  {
    auto state = RowWeightingState::read(
      from,
      lagrangian.block_names(),
      dealii::Utilities::MPI::max(n_inputs, original.get_communicator()),
      first_values().size(),
      common_values().size());
    state.last_iteration = last_iteration;
    restore(state);
  }



  void
  RowWeighting::write_to(const std::string &new_file, const double seconds)
  {
    file                  = new_file;
    seconds_between_files = seconds;
    last_file             = std::chrono::steady_clock::now();
  }



  void
  RowWeighting::write() const
  {
    if (file.empty())
      return;
    const RowWeightingState all = state();
    if (!original.is_root())
      return;
    const auto folder = std::filesystem::path(file).parent_path();
    if (!folder.empty())
      std::filesystem::create_directories(folder);
    all.write(file, lagrangian.block_names());
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
    std::vector<unsigned int> result;
    for (const std::string &name : wanted)
      {
        const auto position = std::find(names.begin(), names.end(), name);
        AssertInput(position != names.end(),
                    entry << ": there is no block '" << name << "'; there are "
                          << quoted_list(names) << ".");
        result.push_back(position - names.begin());
      }
    return result;
  }
} // namespace sobolev
