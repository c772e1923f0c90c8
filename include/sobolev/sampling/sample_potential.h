// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_sample_potential_h
#define sobolev_sampling_sample_potential_h

#include <sobolev/problem/potential_energy.h>
#include <sobolev/sampling/box.h>
#include <sobolev/sampling/labelled_samples.h>

#include <cstdint>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * @p n samples of a potential, uniformly distributed where it is at most
   * @p largest_energy in a @p box. They depend on the @p seed only. Local.
   *
   * @throws InputError if fewer than a thousandth of the box has such energies.
   */
  LabelledSamples sample_surface(const PotentialEnergy          &potential,
                                 const std::vector<std::string> &names,
                                 const Box                      &box,
                                 const double                    largest_energy,
                                 const std::size_t               n,
                                 const std::uint64_t             seed);

  /**
   * @p n samples of a potential of equal atoms: each moves all coordinates from
   * @p minimum by normally distributed random numbers, whose deviation is
   * uniformly distributed up to @p amplitude [x]. They depend on the @p seed
   * only. Local.
   */
  LabelledSamples sample_cluster(const PotentialEnergy     &potential,
                                 const std::string         &species,
                                 const std::vector<double> &minimum,
                                 const double               amplitude,
                                 const std::size_t          n,
                                 const std::uint64_t        seed);
} // namespace sobolev

#endif
