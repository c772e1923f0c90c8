// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_energy_force_errors_h
#define sobolev_application_energy_force_errors_h

#include <sobolev/network/cluster_features.h>
#include <sobolev/network/network.h>
#include <sobolev/sampling/labelled_samples.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/mpi.h>

#include <functional>
#include <vector>

namespace sobolev
{
  /** Returns the energy at some coordinates and sets the forces. */
  using EnergyPrediction =
    std::function<double(const dealii::ArrayView<const double> &q,
                         const dealii::ArrayView<double>       &forces)>;

  /**
   * Energy and forces of a network whose inputs are the coordinates, or, with
   * @p features, those of a cluster. References the network. Local.
   */
  EnergyPrediction make_prediction(const Network             &network,
                                   const std::vector<double> &theta,
                                   const ClusterFeatures     *features);



  /**
   * Mean absolute error and root of the mean square of errors; the latter also
   * relative to the standard deviation of the labels.
   */
  struct LabelErrors
  {
    double mae = 0., rmse = 0., relative_rmse = 0.;
  };

  /** Those of energies, over samples, and of forces, over all components. */
  struct EnergyForceErrors
  {
    LabelErrors energy, forces;
  };

  /**
   * The errors for all samples, of which each process takes its part; the
   * samples are the same on all of them. Collective.
   */
  EnergyForceErrors
  compute_energy_force_errors(const EnergyPrediction &prediction,
                              const LabelledSamples  &samples,
                              const MPI_Comm          communicator);
} // namespace sobolev

#endif
