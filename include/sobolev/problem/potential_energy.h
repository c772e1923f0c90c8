// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_potential_energy_h
#define sobolev_problem_potential_energy_h

#include <deal.II/base/array_view.h>

#include <vector>

namespace sobolev
{
  /**
   * A function $E(q)$ of some coordinates with its gradient; forces are
   * $F = -\partial E / \partial q$. What energies and forces are learned from.
   *
   * Local to the process, thread-safe.
   */
  class PotentialEnergy
  {
  public:
    virtual ~PotentialEnergy() = default;

    virtual unsigned int n_coordinates() const = 0;

    /** $E(q)$, and $F$ in @p forces, both of n_coordinates() entries. */
    virtual double
    energy_and_forces(const dealii::ArrayView<const double> &q,
                      const dealii::ArrayView<double>       &forces) const = 0;
  };

  /**
   * A minimum of @p potential near @p start, where no force is larger than
   * @p tolerance, by steepest descent with the steps of Barzilai and Borwein
   * (1988), none longer than a tenth. Local.
   *
   * @throws ComputationError if there is none after 10000 steps.
   */
  std::vector<double> find_minimum(const PotentialEnergy &potential,
                                   std::vector<double>    start,
                                   const double           tolerance = 1e-10);
} // namespace sobolev

#endif
