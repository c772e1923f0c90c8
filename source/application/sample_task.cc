// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/sample_task.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/objective/derivative_mismatch.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/objective/value_mismatch.h>

#include <algorithm>
#include <limits>

namespace sobolev
{
  using dealii::Utilities::MPI::n_mpi_processes;
  using dealii::Utilities::MPI::this_mpi_process;

  SampleTask::SampleTask(const SampleSets        &samples,
                         const ClusterFeatures   *features,
                         const NetworkParameters &network_parameters,
                         const LabelParameters   &label_parameters,
                         const unsigned int       batch_size,
                         const MPI_Comm           communicator)
    : sets(samples)
    , features(features)
    , network_parameters(network_parameters)
    , label_parameters(label_parameters)
    , batch_size(batch_size)
    , communicator(communicator)
    , label_scaling(label_parameters.make_scaling(samples.training.energies))
  {
  }



  unsigned int
  SampleTask::n_batches() const
  {
    const std::size_t n = sets.training.size();
    return batch_size == 0 ? 1 : (n + batch_size - 1) / batch_size;
  }



  SampleTask::Part
  SampleTask::own_part(const std::size_t  n_samples,
                       const unsigned int n_batches) const
  {
    const std::size_t rank    = this_mpi_process(communicator);
    const std::size_t n_ranks = n_mpi_processes(communicator);
    Part              part;
    for (std::size_t batch = 0; batch < n_batches; ++batch)
      {
        const std::size_t begin = batch * n_samples / n_batches;
        const std::size_t size  = (batch + 1) * n_samples / n_batches - begin;
        const std::size_t first = begin + rank * size / n_ranks;
        const std::size_t last  = begin + (rank + 1) * size / n_ranks;
        for (std::size_t i = first; i < last; ++i)
          part.samples.push_back(i);
        part.batch_sizes.push_back(last - first);
      }
    return part;
  }



  InputPoints
  SampleTask::make_points(const LabelledSamples &samples,
                          const Part            &part) const
  {
    const unsigned int n_q = samples.n_coordinates();
    InputPoints points(features != nullptr ? features->n_features() : n_q,
                       part.samples.size());
    points.batch_sizes = part.batch_sizes;
    for (std::size_t p = 0; p < part.samples.size(); ++p)
      {
        const dealii::ArrayView<const double> q(
          samples.coordinates.data() + part.samples[p] * n_q, n_q);
        const auto x = features != nullptr
                         ? features->values(q)
                         : std::vector<double>(q.begin(), q.end());
        for (unsigned int m = 0; m < x.size(); ++m)
          points(m, p) = x[m];
        points.weights[p] = 1. / samples.size();
      }
    return points;
  }



  Architecture
  SampleTask::make_architecture(const std::uint64_t seed) const
  {
    // 1. The range of the inputs.
    const auto &samples = sets.training;
    const auto  points  = make_points(samples, own_part(samples.size(), 1));
    Box         box;
    for (unsigned int m = 0; m < points.n_inputs(); ++m)
      {
        double lower = std::numeric_limits<double>::max(), upper = -lower;
        for (const double x : points.input(m))
          {
            lower = std::min(lower, x);
            upper = std::max(upper, x);
          }
        box.lower.push_back(dealii::Utilities::MPI::min(lower, communicator));
        box.upper.push_back(dealii::Utilities::MPI::max(upper, communicator));
        AssertInput(box.length(m) > 0.,
                    "Data: "
                      << (features != nullptr
                            ? "feature " + std::to_string(m) + " of the cluster"
                            : "the coordinate '" + samples.names[m] + "'")
                      << " is " << box.lower[m]
                      << " in all training samples, from which nothing can be "
                         "learned.");
      }

    // 2. The network.
    std::vector<std::string> names = samples.names;
    if (features != nullptr)
      {
        names.clear();
        for (unsigned int m = 0; m < points.n_inputs(); ++m)
          names.push_back("g" + std::to_string(m));
      }
    AssertInput(!network_parameters.hard_boundary.is_used(),
                "Network/hard boundary: '"
                  << network_parameters.hard_boundary.kind
                  << "' is not possible, samples have no boundary; it must be "
                     "'none'.");
    auto architecture =
      network_parameters.make_architecture(box, names, 1, {}, seed);

    // 3. The labels.
    AssertInput(architecture.output_scale[0] == 1. &&
                  architecture.output_shift[0] == 0.,
                "Network/output scale: scale and shift of the output, "
                  << architecture.output_scale[0] << " and "
                  << architecture.output_shift[0]
                  << ", must be 1 and 0; those of energies and forces are "
                     "Labels/scale and Labels/centring.");
    architecture.output_scale = {label_scaling.scale};
    architecture.output_shift = {label_scaling.shift};
    return architecture;
  }



  TrainingTask::Loss
  SampleTask::make_loss(const Network         &network,
                        const LabelledSamples &samples,
                        const unsigned int     n_batches) const
  {
    // 1. The samples of this process.
    const Part          part   = own_part(samples.size(), n_batches);
    const auto          points = make_points(samples, part);
    const unsigned int  n_q    = samples.n_coordinates();
    std::vector<double> energies, derivatives, jacobians;
    for (const std::size_t i : part.samples)
      {
        energies.push_back(samples.energies[i]);
        for (unsigned int k = 0; k < n_q; ++k)
          derivatives.push_back(-samples.forces[i * n_q + k]);
        if (features == nullptr)
          continue;
        const auto jacobian =
          features->jacobian({samples.coordinates.data() + i * n_q, n_q});
        jacobians.insert(jacobians.end(), jacobian.begin(), jacobian.end());
      }

    // 2. Both blocks, in the same unit.
    const double                                unit = label_scaling.scale;
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::make_unique<ValueMismatch>(
      "energy", points, energies, unit, label_parameters.energy_weight));
    blocks.push_back(std::make_unique<DerivativeMismatch>(
      "forces",
      points,
      n_q,
      derivatives,
      jacobians,
      unit,
      label_parameters.force_weight / n_q));
    for (auto &block : blocks)
      block->set_loss_function(label_parameters.loss_function());

    auto objective = std::make_unique<NetworkObjective>(
      network, std::move(blocks), network_parameters.precision());
    return {std::move(objective), part.samples.size()};
  }



  TrainingTask
  SampleTask::training_task() const
  {
    return {[this](const Network &network, const PointDraw &draw) {
              return draw.stream == PointRule::hold_out_stream
                       ? make_loss(network, sets.hold_out, 1)
                       : make_loss(network, sets.training, n_batches());
            },
            [this](const PointDraw &) {
              return make_points(sets.training,
                                 own_part(sets.training.size(), 1));
            }};
  }
} // namespace sobolev
