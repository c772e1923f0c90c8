// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_sample_file_h
#define sobolev_sampling_sample_file_h

#include <sobolev/sampling/labelled_samples.h>

#include <string>

namespace sobolev
{
  /**
   * Read energies and forces; the ending of the name says how.
   *
   * **.xyz**, extended XYZ: frames of equally many atoms, each a line with
   * their number, a line with `energy=...` and `Properties=...` among other
   * pairs of keys and values, and a line per atom. Properties has columns
   * `species:S:1`, `pos:R:3` and `forces:R:3` (or `force`) in any order among
   * others. A `Lattice` is ignored, but `pbc` must not be true.
   *
   * **.csv**, a table with commas: the first line has the names of the
   * coordinates, `energy`, and the names of the forces, which are those of the
   * coordinates, in their order, with an f before them: `x,y,energy,fx,fy`.
   * The coordinates x0, y0, z0, x1, y1, z1, ... are those of equal atoms.
   *
   * Local to the process.
   *
   * @throws InputError with a sentence that names file, line and what is
   * expected.
   */
  LabelledSamples read_samples(const std::string &file);

  /**
   * Write what read_samples() reads, to the same bits. The file appears under
   * its name when it is complete. On one process only.
   *
   * @throws InputError if the file cannot be written, its name has another
   * ending, or the samples of a surface shall be written to .xyz.
   */
  void write_samples(const LabelledSamples &samples, const std::string &file);
} // namespace sobolev

#endif
