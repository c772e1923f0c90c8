// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_sample_task_h
#define sobolev_application_sample_task_h

#include <sobolev/application/label_parameters.h>
#include <sobolev/application/network_parameters.h>
#include <sobolev/application/sample_parameters.h>
#include <sobolev/application/training_task.h>

#include <deal.II/base/mpi.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * What a network is to learn from energies and forces: the blocks "energy"
   * and "forces" at samples, which are cut into mini-batches of about the same
   * size. Of each batch, each process has its part, so that batches are the
   * same for every number of processes.
   *
   * References all arguments of the constructor.
   */
  class SampleTask
  {
  public:
    /**
     * @param features   Those of a cluster; a null pointer for surfaces, where
     *                   the coordinates are the inputs.
     * @param batch_size Samples of a mini-batch, about; 0: all.
     */
    SampleTask(const SampleSets        &samples,
               const ClusterFeatures   *features,
               const NetworkParameters &network_parameters,
               const LabelParameters   &label_parameters,
               const unsigned int       batch_size,
               const MPI_Comm           communicator);

    /** With the scaling of the labels; local. */
    const LabelScaling &
    scaling() const
    {
      return label_scaling;
    }

    /** The number of mini-batches; local. */
    unsigned int n_batches() const;

    /**
     * The network, whose inputs are scaled by their range in the training
     * samples, and whose output by scaling(). Collective.
     *
     * @throws InputError if an entry does not fit.
     */
    Architecture make_architecture(const std::uint64_t seed) const;

    /** The loss; this object must outlive it. */
    TrainingTask training_task() const;

  private:
    // The numbers of the samples of this process, batch by batch, and how many
    // there are of each batch.
    struct Part
    {
      std::vector<std::size_t> samples, batch_sizes;
    };

    Part
    own_part(const std::size_t n_samples, const unsigned int n_batches) const;

    // The inputs of the network at some samples, with equal weights.
    InputPoints
    make_points(const LabelledSamples &samples, const Part &part) const;

    TrainingTask::Loss make_loss(const Network         &network,
                                 const LabelledSamples &samples,
                                 const unsigned int     n_batches) const;

    const SampleSets        &sets;
    const ClusterFeatures   *features;
    const NetworkParameters &network_parameters;
    const LabelParameters   &label_parameters;
    const unsigned int       batch_size;
    const MPI_Comm           communicator;
    const LabelScaling       label_scaling;
  };
} // namespace sobolev

#endif
