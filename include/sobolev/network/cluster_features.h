// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_cluster_features_h
#define sobolev_network_cluster_features_h

#include <deal.II/base/array_view.h>

#include <vector>

namespace sobolev
{
  /**
   * Functions of the positions of equal atoms that do not change with
   * translations, rotations and permutations: the inputs of a network for the
   * energy of a cluster.
   *
   * With the unit vectors $e_{ij}$ and distances $r_{ij}$ from atom $i$ to atom
   * $j$, and radial functions $\varphi_a(r) = \exp(-(r - R_a)^2 / 2 s^2)$, the
   * moments of the neighbours of an atom are
   * @f[
   *   M^0_{i,a} = \sum_j \varphi_a(r_{ij}), \quad
   *   M^1_{i,a} = \sum_j \varphi_a(r_{ij})\, e_{ij}, \quad
   *   M^2_{i,a} = \sum_j \varphi_a(r_{ij})\, e_{ij} \otimes e_{ij}
   * @f]
   * and the features, in this order,
   * @f[
   *   \sum_i M^0_{i,a}, \qquad
   *   \sum_i M^l_{i,a} : M^l_{i,b}, \quad a \le b, \; l = 0, 1, 2 ,
   * @f]
   * which contain all angles between neighbours to the second power. They are
   * the simplest moment tensors of Shapeev (Multiscale Model. Simul. 14, 2016,
   * 1153).
   *
   * | symbol | meaning          | size          | unit |
   * | ------ | ---------------- | ------------- | ---- |
   * | $R_a$  | radii            | $n$           | [x]  |
   * | $s$    | width            | 1             | [x]  |
   * |        | coordinates: $d$ of atom $i$ is number $3i+d$ | n_coordinates() | [x] |
   * |        | features         | $n + 3 n (n+1) / 2$ | [-] |
   *
   * The cost of all functions is that of all pairs of atoms. Local to the
   * process, thread-safe.
   */
  class ClusterFeatures
  {
  public:
    /**
     * @throws InputError for fewer than two atoms, no radius, or a radius or
     * width that is not a positive number.
     */
    ClusterFeatures(const unsigned int         n_atoms,
                    const std::vector<double> &radii,
                    const double               width);

    unsigned int
    n_coordinates() const
    {
      return 3 * n_atoms;
    }

    unsigned int n_features() const;

    const std::vector<double> &
    radii() const
    {
      return centres;
    }

    double
    width() const
    {
      return radial_width;
    }

    /** All features of the atoms at @p q. */
    std::vector<double> values(const dealii::ArrayView<const double> &q) const;

    /**
     * Add $\sum_m \bar x_m\, \partial x_m / \partial q$ to @p gradient, where
     * $\bar x$ are the @p adjoints of the features: one reverse pass, whatever
     * the numbers of features and of coordinates.
     */
    void add_gradient(const dealii::ArrayView<const double> &q,
                      const dealii::ArrayView<const double> &adjoints,
                      const dealii::ArrayView<double>       &gradient) const;

    /**
     * $\partial x_m / \partial q_k$ at `k * n_features() + m`, by as many
     * reverse passes as there are features.
     */
    std::vector<double>
    jacobian(const dealii::ArrayView<const double> &q) const;

  private:
    // Of one atom: M^0, the vector M^1 and the tensor M^2, all entries.
    static constexpr unsigned int n_moments = 13;

    // Atom i, radius a, entry c at (i * n + a) * n_moments + c.
    std::vector<double> moments(const dealii::ArrayView<const double> &q) const;

    // The adjoints of the moments from those of the features.
    std::vector<double>
    moment_adjoints(const std::vector<double>             &moments,
                    const dealii::ArrayView<const double> &adjoints) const;

    const unsigned int        n_atoms;
    const std::vector<double> centres;
    const double              radial_width;
  };
} // namespace sobolev

#endif
