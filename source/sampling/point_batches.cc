// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/sampling/point_batches.h>

#include <numeric>

namespace sobolev
{
  namespace
  {
    // Of the places of points in a group.
    constexpr std::uint64_t place_stream = 0x706c616365;

  } // namespace



  PointBatches
  divide_into_batches(const std::size_t   n_points,
                      const unsigned int  n_batches,
                      const std::uint64_t name,
                      const MPI_Comm      communicator)
  {
    // 1. The number of the first point of this process.
    const auto counts = dealii::Utilities::MPI::all_gather(
      communicator, static_cast<std::uint64_t>(n_points));
    const std::uint64_t first = std::accumulate(
      counts.begin(),
      counts.begin() + dealii::Utilities::MPI::this_mpi_process(communicator),
      std::uint64_t(0));

    // 2. The batch of each point.
    std::vector<std::vector<std::size_t>> members(n_batches);
    std::vector<unsigned int>             batches;
    for (std::size_t p = 0; p < n_points; ++p)
      {
        const std::uint64_t number = first + p;
        if (p == 0 || number % n_batches == 0)
          batches = CounterBasedRandom::permutation(
            name, place_stream, number / n_batches, n_batches);
        members[batches[number % n_batches]].push_back(p);
      }

    // 3. One after the other.
    PointBatches result;
    for (const auto &of_batch : members)
      {
        result.order.insert(
          result.order.end(), of_batch.begin(), of_batch.end());
        result.sizes.push_back(of_batch.size());
      }
    return result;
  }



  InputPoints
  in_batches(const InputPoints  &points,
             const unsigned int  n_batches,
             const std::uint64_t name,
             const MPI_Comm      communicator)
  {
    if (n_batches == 1)
      return points;
    const auto batches =
      divide_into_batches(points.size(), n_batches, name, communicator);
    InputPoints result = points.selection(batches.order);
    result.batch_sizes = batches.sizes;
    return result;
  }
} // namespace sobolev
