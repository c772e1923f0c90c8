// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_potentials_mueller_brown_h
#define sobolev_problem_potentials_mueller_brown_h

#include <sobolev/problem/potential_energy.h>

namespace sobolev
{
  /**
   * The surface of Mueller and Brown (Theor. Chim. Acta 53, 1979, 75): four
   * Gaussians in the plane, of which one is turned over, with three minima and
   * two saddle points,
   * @f[
   *   E = \sum_{i=1}^4 A_i \exp\bigl(a_i (x - x_i)^2 + b_i (x - x_i)(y - y_i) +
   *     c_i (y - y_i)^2\bigr) .
   * @f]
   * The lowest minimum is $E(-0.558, 1.442) = -146.70$. Energies of interest
   * lie below about 50, with $-1.5 < x < 1.2$ and $-0.2 < y < 2$.
   */
  class MuellerBrown : public PotentialEnergy
  {
  public:
    unsigned int n_coordinates() const override;

    double
    energy_and_forces(const dealii::ArrayView<const double> &q,
                      const dealii::ArrayView<double> &forces) const override;
  };
} // namespace sobolev

#endif
