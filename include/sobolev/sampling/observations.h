// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_observations_h
#define sobolev_sampling_observations_h

#include <sobolev/sampling/input_points.h>

#include <deal.II/base/mpi.h>

#include <cstdint>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Measured values of some outputs of a network at points in the space of its
   * inputs.
   *
   * | member    | meaning                                 | size              |
   * | --------- | --------------------------------------- | ----------------- |
   * | `points`  | the points, with the weights $1/N$      | $N$ over all processes |
   * | `outputs` | numbers of the outputs that are observed | any              |
   * | `values`  | by observed output, then by point [u]   | outputs x points  |
   *
   * Made as a whole on every process, then reduced to what belongs to it by
   * part().
   */
  struct Observations
  {
    InputPoints                      points;
    std::vector<unsigned int>        outputs;
    std::vector<std::vector<double>> values;

    /**
     * Add independent normal numbers with the standard deviation @p relative
     * times the root mean square of all values of an output. They depend on
     * seed, output and number of the point only. To be called before part().
     */
    void add_noise(const double relative, const std::uint64_t seed);

    /**
     * What belongs to this process: process $r$ of $n$ has the points with
     * consecutive numbers from $r N / n$ to $(r + 1) N / n$. Local.
     */
    Observations part(const MPI_Comm communicator) const;

    /** The points with these numbers, in this order. */
    Observations selection(const std::vector<std::size_t> &numbers) const;

    /** Those of this process in mini-batches, see divide_into_batches(). */
    Observations in_batches(const unsigned int  n_batches,
                            const std::uint64_t name,
                            const MPI_Comm      communicator) const;
  };



  /**
   * Read a table with commas between its columns: names in the first line, then
   * one line per point. There is a column for each of the @p inputs and for at
   * least one of the @p outputs, in any order. Empty lines and those that begin
   * with # do not count. Local.
   *
   * @param text All of it.
   *
   * @throws InputError with one sentence that names the line, if there is one:
   * columns that are missing, unknown or there twice, numbers that are missing
   * or not finite, no points.
   */
  Observations read_observations(const std::string              &text,
                                 const std::vector<std::string> &inputs,
                                 const std::vector<std::string> &outputs);
} // namespace sobolev

#endif
