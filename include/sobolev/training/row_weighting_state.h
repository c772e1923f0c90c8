// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_row_weighting_state_h
#define sobolev_training_row_weighting_state_h

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * What a RowWeighting knows of the rows of all processes, so that others can go
   * on from it, maybe with other points.
   *
   * | member   | meaning                                   | size            |
   * | -------- | ----------------------------------------- | --------------- |
   * | `blocks` | the number of the block of each row       | n rows          |
   * | `points` | the point of each row, one after the other | n rows x inputs |
   * | `values` | multipliers and the like, of each row     | any x n rows    |
   * | `common` | what does not belong to a row             | any             |
   */
  struct RowWeightingState
  {
    std::vector<unsigned int>        blocks;
    std::vector<double>              points;
    std::vector<std::vector<double>> values;
    std::vector<double>              common;

    /** The iteration of the last update; not in files. */
    unsigned int last_iteration = 0;

    /**
     * Write a text file: a line with `common`, then one line per row, with the
     * name of its block, the point and the values, separated by semicolons.
     *
     * @param block_names The names that `blocks` are numbers of.
     *
     * @throws InputError if that is not possible.
     */
    void write(const std::string              &file,
               const std::vector<std::string> &block_names) const;

    /**
     * Read what write() has written.
     *
     * @throws InputError if the file cannot be read, has a block that is not
     * among @p block_names, or not the numbers that are expected, with the line.
     */
    static RowWeightingState read(const std::string              &file,
                                  const std::vector<std::string> &block_names,
                                  const unsigned int              n_inputs,
                                  const unsigned int              n_values,
                                  const unsigned int              n_common);
  };
} // namespace sobolev

#endif
