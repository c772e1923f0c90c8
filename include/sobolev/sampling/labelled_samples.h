// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_labelled_samples_h
#define sobolev_sampling_labelled_samples_h

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Energies and forces at some places, all of them on every process.
   *
   * | member        | meaning                            | size             |
   * | ------------- | ---------------------------------- | ---------------- |
   * | `names`       | of the coordinates                 | n_coordinates()  |
   * | `species`     | chemical symbols of atoms, whose coordinates are x, y, z of one after the other; none for surfaces | n_coordinates() / 3 or 0 |
   * | `coordinates` | $q$, sample after sample [x]       | n_coordinates() x size() |
   * | `energies`    | $E$ [u]                            | size()           |
   * | `forces`      | $-\partial E / \partial q$ [u/x]   | n_coordinates() x size() |
   */
  struct LabelledSamples
  {
    std::vector<std::string> names, species;
    std::vector<double>      coordinates, energies, forces;

    std::size_t
    size() const
    {
      return energies.size();
    }

    unsigned int
    n_coordinates() const
    {
      return names.size();
    }

    bool
    is_cluster() const
    {
      return !species.empty();
    }

    /** Add one sample, with as many coordinates as there are names. */
    void add(const std::vector<double> &coordinates,
             const double               energy,
             const std::vector<double> &forces);

    /** The samples with these numbers, in this order. */
    LabelledSamples subset(const std::vector<std::size_t> &numbers) const;
  };

  /** x0, y0, z0, x1, ...: names of the coordinates of atoms. */
  std::vector<std::string> names_of_atoms(const unsigned int n_atoms);

  /**
   * The numbers 0 to n-1 in an order that depends on @p seed only.
   */
  std::vector<std::size_t>
  random_order(const std::size_t n, const std::uint64_t seed);
} // namespace sobolev

#endif
