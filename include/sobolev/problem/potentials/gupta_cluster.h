// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_potentials_gupta_cluster_h
#define sobolev_problem_potentials_gupta_cluster_h

#include <sobolev/problem/potential_energy.h>

#include <vector>

namespace sobolev
{
  /**
   * The constants of a GuptaCluster, in units of the hopping integral for
   * energies and of the distance of neighbours for lengths; silver by default
   * (Cleri and Rosato 1993).
   */
  struct GuptaOptions
  {
    /** $A$: strength of the repulsion [E]. */
    double repulsion = 0.1028 / 1.178;

    /** $p$, $q$: how fast repulsion and bonding decay [-]. */
    double repulsion_decay = 10.928, bond_decay = 3.139;
  };



  /**
   * Metal atoms by tight binding in its second-moment approximation (Gupta,
   * Phys. Rev. B 23, 1981, 6265; Cleri and Rosato, Phys. Rev. B 48, 1993, 22),
   * @f[
   *   E = \sum_i \Bigl(\sum_{j \ne i} A e^{-p (r_{ij} - 1)} -
   *     \sqrt{\sum_{j \ne i} e^{-2 q (r_{ij} - 1)}}\Bigr) .
   * @f]
   * The root couples all neighbours of an atom: a many-body potential. It does
   * not change with translations, rotations and permutations of the atoms.
   *
   * Coordinate $d$ of atom $i$ is number $3 i + d$.
   */
  class GuptaCluster : public PotentialEnergy
  {
  public:
    /** @throws InputError for fewer than two atoms. */
    explicit GuptaCluster(const unsigned int  n_atoms,
                          const GuptaOptions &options = {});

    unsigned int n_coordinates() const override;

    double
    energy_and_forces(const dealii::ArrayView<const double> &q,
                      const dealii::ArrayView<double> &forces) const override;

  private:
    const unsigned int n_atoms;
    const GuptaOptions options;
  };

  /**
   * The coordinates of a compact cluster whose nearest atoms have the distance
   * one: an octahedron of 6 atoms, or an icosahedron of 13 with one of them in
   * its centre.
   *
   * @throws InputError for other numbers.
   */
  std::vector<double> make_compact_cluster(const unsigned int n_atoms);
} // namespace sobolev

#endif
