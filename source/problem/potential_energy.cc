// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/potential_energy.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  std::vector<double>
  find_minimum(const PotentialEnergy &potential,
               std::vector<double>    q,
               const double           tolerance)
  {
    constexpr unsigned int max_steps   = 10000;
    constexpr double       first_step  = 1e-3;
    constexpr double       longest     = 0.1;
    const std::size_t      n           = q.size();
    double                 step_length = first_step;

    std::vector<double> forces(n), last_forces(n), step(n, 0.);
    for (unsigned int s = 0; s < max_steps; ++s)
      {
        last_forces = forces;
        potential.energy_and_forces(
          dealii::ArrayView<const double>(q.data(), n),
          dealii::make_array_view(forces));

        double largest = 0., step_square = 0., curvature = 0.;
        for (std::size_t k = 0; k < n; ++k)
          {
            largest = std::max(largest, std::abs(forces[k]));
            step_square += step[k] * step[k];
            curvature += step[k] * (last_forces[k] - forces[k]);
          }
        if (largest <= tolerance)
          return q;
        if (s > 0)
          step_length = curvature > 0. ? step_square / curvature : first_step;
        step_length = std::min(step_length, longest / largest);

        for (std::size_t k = 0; k < n; ++k)
          {
            step[k] = step_length * forces[k];
            q[k] += step[k];
          }
      }
    throw ComputationError("no minimum of the potential energy was found near "
                           "the start.");
  }
} // namespace sobolev
