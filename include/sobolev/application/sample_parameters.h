// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_sample_parameters_h
#define sobolev_application_sample_parameters_h

#include <sobolev/network/cluster_features.h>
#include <sobolev/problem/potential_energy.h>
#include <sobolev/sampling/labelled_samples.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /** Energies and forces for training, for judging it, and for the errors. */
  struct SampleSets
  {
    LabelledSamples training, hold_out, test;

    /** What the energies are of, where known, without the offset. */
    std::shared_ptr<const PotentialEnergy> potential;

    /** For clusters: what the samples are around, where known. */
    std::vector<double> minimum;
  };



  /**
   * The sections Data and Cluster of a parameter file: which energies and
   * forces a network learns, and what of the atoms of a cluster it sees.
   */
  class SampleParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse_parameters();

    /**
     * Make the samples, or read them, and deal them to the sets in an order
     * that depends on the @p seed only. The same on all processes. Collective.
     *
     * @param folder        That of files that are read.
     * @param output_folder That of the file that is written, if any.
     *
     * @throws InputError on all processes alike.
     */
    SampleSets make_samples(const std::uint64_t seed,
                            const std::string  &folder,
                            const std::string  &output_folder,
                            const MPI_Comm      communicator) const;

    /**
     * The features of a cluster.
     *
     * @throws InputError if the atoms are not all of one species.
     */
    ClusterFeatures make_features(const LabelledSamples &samples) const;

    /** What is added to all energies of a potential [u]. */
    double energy_offset = 0.;

    /** Of Mueller-Brown: what energies are below, without the offset [u]. */
    double largest_energy = 50.;

  private:
    LabelledSamples
    draw_samples(const std::uint64_t seed, SampleSets &sets) const;

    // On the first process, then everywhere.
    LabelledSamples read_collectively(const std::string &file,
                                      const MPI_Comm     communicator) const;

    std::string         file, potential = "Mueller-Brown", written_file;
    unsigned int        n_training = 2000, n_hold_out = 500, n_test = 1000;
    unsigned int        n_atoms   = 13;
    double              amplitude = 0.1;
    std::vector<double> radii{1., 1.5, 2.};
    double              width = 0.3;
  };
} // namespace sobolev

#endif
