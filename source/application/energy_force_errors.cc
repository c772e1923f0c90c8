// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/energy_force_errors.h>
#include <sobolev/components/cluster_energy.h>

#include <array>
#include <cmath>
#include <memory>

namespace sobolev
{
  namespace
  {
    // Sums over the labels of one kind.
    struct Accumulated
    {
      void
      add(const double label, const double predicted)
      {
        const double error = predicted - label;
        sums[0] += 1.;
        sums[1] += std::abs(error);
        sums[2] += error * error;
      }

      LabelErrors
      errors(const std::vector<double> &labels,
             const MPI_Comm             communicator) const
      {
        std::array<double, 3> all = sums;
        dealii::Utilities::MPI::sum(
          dealii::ArrayView<const double>(sums.data(), 3),
          communicator,
          dealii::ArrayView<double>(all.data(), 3));
        // The labels are known everywhere.
        double mean = 0., variance = 0.;
        for (const double label : labels)
          mean += label / labels.size();
        for (const double label : labels)
          variance += (label - mean) * (label - mean) / labels.size();
        LabelErrors result;
        result.mae           = all[1] / all[0];
        result.rmse          = std::sqrt(all[2] / all[0]);
        result.relative_rmse = result.rmse / std::sqrt(variance);
        return result;
      }

      std::array<double, 3> sums{{0., 0., 0.}};
    };
  } // namespace



  EnergyPrediction
  make_prediction(const Network             &network,
                  const std::vector<double> &theta,
                  const ClusterFeatures     *features)
  {
    if (features != nullptr)
      {
        const auto cluster =
          std::make_shared<ClusterEnergy>(network, theta, *features);
        return [cluster](const dealii::ArrayView<const double> &q,
                         const dealii::ArrayView<double>       &forces) {
          return cluster->energy_and_forces(q, forces);
        };
      }

    const unsigned int n       = network.n_inputs();
    const auto         weights = std::make_shared<NetworkWeights>(network);
    weights->assign(
      dealii::ArrayView<const double>(theta.data(), theta.size()));
    const auto tile =
      std::make_shared<JetTile>(network, JetSpecification::gradient(n), 1);
    return
      [&network, weights, tile, n](const dealii::ArrayView<const double> &q,
                                   const dealii::ArrayView<double> &forces) {
        tile->reinit(1);
        for (unsigned int k = 0; k < n; ++k)
          tile->set_input(k, 0, q[k]);
        network.evaluate(*weights, *tile);
        for (unsigned int k = 0; k < n; ++k)
          forces[k] = -tile->output(0, 1 + k)[0];
        return tile->output(0, 0)[0];
      };
  }



  EnergyForceErrors
  compute_energy_force_errors(const EnergyPrediction &prediction,
                              const LabelledSamples  &samples,
                              const MPI_Comm          communicator)
  {
    const unsigned int rank =
      dealii::Utilities::MPI::this_mpi_process(communicator);
    const unsigned int n_ranks =
      dealii::Utilities::MPI::n_mpi_processes(communicator);
    const unsigned int  n = samples.n_coordinates();
    Accumulated         energy, forces;
    std::vector<double> force(n);
    for (std::size_t i = rank; i < samples.size(); i += n_ranks)
      {
        energy.add(samples.energies[i],
                   prediction({samples.coordinates.data() + i * n, n},
                              dealii::make_array_view(force)));
        for (unsigned int k = 0; k < n; ++k)
          forces.add(samples.forces[i * n + k], force[k]);
      }
    return {energy.errors(samples.energies, communicator),
            forces.errors(samples.forces, communicator)};
  }
} // namespace sobolev
