// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_components_architecture_file_h
#define sobolev_components_architecture_file_h

#include <sobolev/network/architecture.h>

#include <deal.II/base/hdf5.h>

#include <hdf5.h>
#include <vector>

namespace sobolev
{
  /**
   * Write a network and its parameters, but not how they were chosen at the
   * start, to an open file or to a group of one; see doc/surrogate_file.md.
   */
  void write_network(dealii::HDF5::Group       &group,
                     const Architecture        &architecture,
                     const std::vector<double> &theta);

  /** What write_network() has written. */
  struct NetworkFromFile
  {
    Architecture        architecture;
    std::vector<double> theta;
  };

  /**
   * Read what write_network() has written.
   *
   * @param group   An open HDF5 file or group.
   * @param version Version of the format. What older versions did not have,
   *                gets its default value.
   *
   * @throws InputError with a sentence that goes on after the name of the file.
   */
  NetworkFromFile read_network(const hid_t group, const long version);
} // namespace sobolev

#endif
