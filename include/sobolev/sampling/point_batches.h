// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_point_batches_h
#define sobolev_sampling_point_batches_h

#include <sobolev/sampling/input_points.h>

#include <deal.II/base/mpi.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sobolev
{
  /** How the points of this process are divided into mini-batches. */
  struct PointBatches
  {
    /** The numbers of the points, batch after batch. */
    std::vector<std::size_t> order;

    /** The points of each batch on this process. */
    std::vector<std::size_t> sizes;
  };



  /**
   * Divide points at random into @p n_batches batches: of $n$ consecutive
   * points, numbered over all processes, one after the other, each batch has
   * one. So batches are of equal size, up to one point, and spread as evenly
   * as the points are, over the domain and over the processes, if consecutive
   * points are spread evenly. Which point is in which batch depends on its
   * number and on @p name only. Collective.
   *
   * @param n_points Those of this process.
   */
  PointBatches divide_into_batches(const std::size_t   n_points,
                                   const unsigned int  n_batches,
                                   const std::uint64_t name,
                                   const MPI_Comm      communicator);

  /** The same points in this order. Collective. */
  InputPoints in_batches(const InputPoints  &points,
                         const unsigned int  n_batches,
                         const std::uint64_t name,
                         const MPI_Comm      communicator);
} // namespace sobolev

#endif
