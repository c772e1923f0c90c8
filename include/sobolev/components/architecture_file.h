// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_components_architecture_file_h
#define sobolev_components_architecture_file_h

#include <sobolev/network/architecture.h>

#include <deal.II/base/hdf5.h>

#include <hdf5.h>

namespace sobolev
{
  /**
   * Write everything about a network but its parameters, and how they were
   * chosen at the start, to an open file; see doc/surrogate_file.md.
   */
  void write_architecture(dealii::HDF5::File &file,
                          const Architecture &architecture);

  /**
   * Read what write_architecture() has written.
   *
   * @param file    An open HDF5 file.
   * @param version Version of the format. What version 1 did not have, gets its
   *                default value.
   *
   * @throws InputError with a sentence that goes on after the name of the file.
   */
  Architecture read_architecture(const hid_t file, const long version);
} // namespace sobolev

#endif
