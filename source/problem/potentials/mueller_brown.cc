// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/potentials/mueller_brown.h>

#include <deal.II/base/exceptions.h>

#include <cmath>

namespace sobolev
{
  unsigned int
  MuellerBrown::n_coordinates() const
  {
    return 2;
  }



  double
  MuellerBrown::energy_and_forces(const dealii::ArrayView<const double> &q,
                                  const dealii::ArrayView<double> &forces) const
  {
    AssertDimension(q.size(), 2);
    AssertDimension(forces.size(), 2);
    constexpr double A[] = {-200., -100., -170., 15.};
    constexpr double a[] = {-1., -1., -6.5, 0.7};
    constexpr double b[] = {0., 0., 11., 0.6};
    constexpr double c[] = {-10., -10., -6.5, 0.7};
    constexpr double x[] = {1., 0., -0.5, -1.};
    constexpr double y[] = {0., 0.5, 1.5, 1.};

    double energy = 0.;
    forces[0] = forces[1] = 0.;
    for (unsigned int i = 0; i < 4; ++i)
      {
        const double dx = q[0] - x[i], dy = q[1] - y[i];
        const double term =
          A[i] * std::exp(a[i] * dx * dx + b[i] * dx * dy + c[i] * dy * dy);
        energy += term;
        forces[0] -= term * (2. * a[i] * dx + b[i] * dy);
        forces[1] -= term * (b[i] * dx + 2. * c[i] * dy);
      }
    return energy;
  }
} // namespace sobolev
