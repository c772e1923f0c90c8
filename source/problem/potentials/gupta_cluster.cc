// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/potentials/gupta_cluster.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  GuptaCluster::GuptaCluster(const unsigned int  n_atoms,
                             const GuptaOptions &options)
    : n_atoms(n_atoms)
    , options(options)
  {
    AssertInput(n_atoms >= 2,
                "a cluster of " << n_atoms
                                << " atoms has no energy; it must have at "
                                   "least two.");
  }



  unsigned int
  GuptaCluster::n_coordinates() const
  {
    return 3 * n_atoms;
  }



  double
  GuptaCluster::energy_and_forces(const dealii::ArrayView<const double> &q,
                                  const dealii::ArrayView<double> &forces) const
  {
    AssertDimension(q.size(), n_coordinates());
    AssertDimension(forces.size(), n_coordinates());
    const auto distance = [&](const unsigned int i, const unsigned int j) {
      return std::sqrt(std::pow(q[3 * i] - q[3 * j], 2) +
                       std::pow(q[3 * i + 1] - q[3 * j + 1], 2) +
                       std::pow(q[3 * i + 2] - q[3 * j + 2], 2));
    };
    const auto repulsion = [&](const double r) {
      return options.repulsion * std::exp(-options.repulsion_decay * (r - 1.));
    };
    const auto bond = [&](const double r) {
      return std::exp(-2. * options.bond_decay * (r - 1.));
    };

    // 1. The energy, and the bonds of each atom.
    double              energy = 0.;
    std::vector<double> bonds(n_atoms, 0.);
    for (unsigned int i = 0; i < n_atoms; ++i)
      for (unsigned int j = 0; j < i; ++j)
        {
          const double r = distance(i, j);
          energy += 2. * repulsion(r);
          bonds[i] += bond(r);
          bonds[j] += bond(r);
        }
    for (double &sum : bonds)
      {
        sum = std::sqrt(sum);
        energy -= sum;
      }

    // 2. Forces along the lines between atoms.
    std::fill(forces.begin(), forces.end(), 0.);
    for (unsigned int i = 0; i < n_atoms; ++i)
      for (unsigned int j = 0; j < i; ++j)
        {
          const double r = distance(i, j);
          const double slope =
            -2. * options.repulsion_decay * repulsion(r) +
            options.bond_decay * bond(r) * (1. / bonds[i] + 1. / bonds[j]);
          for (unsigned int d = 0; d < 3; ++d)
            {
              const double force = slope * (q[3 * i + d] - q[3 * j + d]) / r;
              forces[3 * i + d] -= force;
              forces[3 * j + d] += force;
            }
        }
    return energy;
  }



  std::vector<double>
  make_compact_cluster(const unsigned int n_atoms)
  {
    AssertInput(n_atoms == 6 || n_atoms == 13,
                "there is no compact cluster of "
                  << n_atoms << " atoms; allowed are 6 and 13.");

    std::vector<double> q;
    if (n_atoms == 6)
      {
        const double a = std::sqrt(0.5);
        for (unsigned int d = 0; d < 3; ++d)
          for (const double sign : {-1., 1.})
            {
              std::vector<double> corner(3, 0.);
              corner[d] = sign * a;
              q.insert(q.end(), corner.begin(), corner.end());
            }
        return q;
      }

    // The corners (0, +-1, +-golden ratio) and cyclic permutations, at the
    // distance one from the centre.
    const double golden = 0.5 * (1. + std::sqrt(5.));
    const double length = std::sqrt(1. + golden * golden);
    q.assign(3, 0.);
    for (unsigned int d = 0; d < 3; ++d)
      for (const double one : {-1., 1.})
        for (const double two : {-1., 1.})
          {
            std::vector<double> corner(3, 0.);
            corner[(d + 1) % 3] = one / length;
            corner[(d + 2) % 3] = two * golden / length;
            q.insert(q.end(), corner.begin(), corner.end());
          }
    return q;
  }
} // namespace sobolev
