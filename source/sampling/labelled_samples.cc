// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/sampling/labelled_samples.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <utility>

namespace sobolev
{
  void
  LabelledSamples::add(const std::vector<double> &q,
                       const double               energy,
                       const std::vector<double> &force)
  {
    AssertDimension(q.size(), n_coordinates());
    AssertDimension(force.size(), n_coordinates());
    coordinates.insert(coordinates.end(), q.begin(), q.end());
    energies.push_back(energy);
    forces.insert(forces.end(), force.begin(), force.end());
  }



  LabelledSamples
  LabelledSamples::subset(const std::vector<std::size_t> &numbers) const
  {
    const unsigned int n = n_coordinates();
    LabelledSamples    result;
    result.names   = names;
    result.species = species;
    for (const std::size_t i : numbers)
      {
        AssertIndexRange(i, size());
        const auto row = [&](const std::vector<double> &table) {
          return std::vector<double>(table.begin() + i * n,
                                     table.begin() + (i + 1) * n);
        };
        result.add(row(coordinates), energies[i], row(forces));
      }
    return result;
  }



  std::vector<std::string>
  names_of_atoms(const unsigned int n_atoms)
  {
    std::vector<std::string> names;
    for (unsigned int i = 0; i < n_atoms; ++i)
      for (const char *const axis : {"x", "y", "z"})
        names.push_back(axis + std::to_string(i));
    return names;
  }



  std::vector<std::size_t>
  random_order(const std::size_t n, const std::uint64_t seed)
  {
    constexpr std::uint64_t order_stream = 0x6f72646572;

    std::vector<std::pair<std::uint64_t, std::size_t>> places;
    for (std::size_t i = 0; i < n; ++i)
      places.push_back({CounterBasedRandom::bits(seed, order_stream, i), i});
    std::sort(places.begin(), places.end());
    std::vector<std::size_t> order;
    for (const auto &place : places)
      order.push_back(place.second);
    return order;
  }
} // namespace sobolev
