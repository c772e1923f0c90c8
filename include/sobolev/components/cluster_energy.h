// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_components_cluster_energy_h
#define sobolev_components_cluster_energy_h

#include <sobolev/components/network_function.h>
#include <sobolev/network/cluster_features.h>

#include <deal.II/base/array_view.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A trained network as the potential energy of a cluster of equal atoms,
   * $E(q) = u(x(q))$ with the ClusterFeatures $x$, in the units of the labels:
   * invariant under translations, rotations and permutations, and its forces
   * are the exact derivative, so that energy is conserved where they move
   * atoms.
   *
   * Local to the process. Const functions are thread-safe.
   */
  class ClusterEnergy
  {
  public:
    /**
     * Copies what it is given.
     *
     * @throws InputError if the network does not have one input for each
     * feature and one output, or has features, waves or hard constraints.
     */
    ClusterEnergy(const Network             &network,
                  const std::vector<double> &theta,
                  const ClusterFeatures     &features);

    /**
     * Read a surrogate whose provenance has the features, see
     * provenance_of().
     *
     * @throws InputError in one sentence that names the file.
     */
    static ClusterEnergy load(const std::string &file_name);

    /** What a surrogate file needs to have in its provenance for load(). */
    static std::map<std::string, std::string>
    provenance_of(const ClusterFeatures &features);

    unsigned int
    n_coordinates() const
    {
      return atoms.n_coordinates();
    }

    const ClusterFeatures &
    features() const
    {
      return atoms;
    }

    /** Coordinate $d$ of atom $i$ is number $3i+d$ of @p q [x]. */
    double energy(const dealii::ArrayView<const double> &q) const;

    /**
     * The energy and, in @p forces, $-\partial E/\partial q$: one reverse pass
     * through network and features, whatever the number of coordinates.
     */
    double energy_and_forces(const dealii::ArrayView<const double> &q,
                             const dealii::ArrayView<double> &forces) const;

  private:
    // The jets of values at the features of q.
    void
    evaluate(const dealii::ArrayView<const double> &q, JetTile &tile) const;

    // On the heap: weights refer to the network.
    std::shared_ptr<const Network>        network;
    std::shared_ptr<const NetworkWeights> weights;
    ClusterFeatures                       atoms;
  };
} // namespace sobolev

#endif
