// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/sample_potential.h>

namespace sobolev
{
  namespace
  {
    constexpr std::uint64_t place_stream     = 0x706c616365;
    constexpr std::uint64_t amplitude_stream = 0x616d706c69;



    // Compute the labels and add them.
    void
    add_sample(const PotentialEnergy     &potential,
               const std::vector<double> &q,
               LabelledSamples           &samples)
    {
      std::vector<double> forces(q.size());
      const double        energy = potential.energy_and_forces(
        dealii::ArrayView<const double>(q.data(), q.size()),
        dealii::make_array_view(forces));
      samples.add(q, energy, forces);
    }
  } // namespace



  LabelledSamples
  sample_surface(const PotentialEnergy          &potential,
                 const std::vector<std::string> &names,
                 const Box                      &box,
                 const double                    largest_energy,
                 const std::size_t               n,
                 const std::uint64_t             seed)
  {
    constexpr std::size_t largest_ratio = 1000;

    const unsigned int n_q = potential.n_coordinates();
    AssertDimension(box.n_inputs(), n_q);
    LabelledSamples samples;
    samples.names = names;
    std::vector<double> q(n_q), forces(n_q);
    for (std::size_t i = 0; samples.size() < n; ++i)
      {
        AssertInput(i < largest_ratio * (n + 1),
                    "less than a thousandth of the box has energies below "
                      << largest_energy
                      << "; a larger bound of the energy is needed.");
        for (unsigned int d = 0; d < n_q; ++d)
          q[d] = box.lower[d] +
                 box.length(d) *
                   CounterBasedRandom::uniform(seed, place_stream, i * n_q + d);
        const double energy = potential.energy_and_forces(
          dealii::ArrayView<const double>(q.data(), n_q),
          dealii::make_array_view(forces));
        if (energy <= largest_energy)
          samples.add(q, energy, forces);
      }
    return samples;
  }



  LabelledSamples
  sample_cluster(const PotentialEnergy     &potential,
                 const std::string         &species,
                 const std::vector<double> &minimum,
                 const double               amplitude,
                 const std::size_t          n,
                 const std::uint64_t        seed)
  {
    const unsigned int n_q = potential.n_coordinates();
    AssertDimension(minimum.size(), n_q);
    LabelledSamples samples;
    samples.names = names_of_atoms(n_q / 3);
    samples.species.assign(n_q / 3, species);
    std::vector<double> q(n_q);
    for (std::size_t i = 0; i < n; ++i)
      {
        const double deviation =
          amplitude * CounterBasedRandom::uniform(seed, amplitude_stream, i);
        for (unsigned int k = 0; k < n_q; ++k)
          q[k] = minimum[k] + deviation * CounterBasedRandom::normal(
                                            seed, place_stream, i * n_q + k);
        add_sample(potential, q, samples);
      }
    return samples;
  }
} // namespace sobolev
