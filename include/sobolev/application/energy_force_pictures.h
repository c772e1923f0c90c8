// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_energy_force_pictures_h
#define sobolev_application_energy_force_pictures_h

#include <sobolev/application/energy_force_errors.h>
#include <sobolev/application/report.h>
#include <sobolev/problem/potential_energy.h>
#include <sobolev/sampling/labelled_samples.h>

#include <vector>

namespace sobolev
{
  /**
   * Add pictures of the energy above the plane, of that of the @p potential
   * plus an @p offset, and of the error, where it is at most @p largest_energy
   * (without the offset) in the range of the @p samples. Energies are shown
   * without the offset. Local.
   */
  void add_surface_pictures(const EnergyPrediction &prediction,
                            const PotentialEnergy  &potential,
                            const double            offset,
                            const double            largest_energy,
                            const LabelledSamples  &samples,
                            Report                 &report);

  /**
   * Add a curve of the energy of a cluster that is blown up evenly from its
   * @p minimum. Local.
   */
  void add_breathing_curves(const EnergyPrediction    &prediction,
                            const PotentialEnergy     &potential,
                            const double               offset,
                            const std::vector<double> &minimum,
                            Report                    &report);

  /**
   * Add curves of predictions against labels, for energies, and of which part
   * of the @p samples has which error, for both. Local.
   */
  void add_error_curves(const EnergyPrediction &prediction,
                        const LabelledSamples  &samples,
                        Report                 &report);
} // namespace sobolev

#endif
