// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_ritz_energy_h
#define sobolev_objective_ritz_energy_h

#include <sobolev/network/network.h>
#include <sobolev/objective/energy_block.h>
#include <sobolev/objective/local_loss.h>

#include <memory>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    class TiledPoints;
  }



  /**
   * The energy of a network by quadrature,
   * @f[
   *   L(\theta) = \sum_k \sum_i w_{k,i}\,
   *     e_k\bigl(x_{k,i}, \text{jet of } u_\theta \text{ at } x_{k,i}\bigr) ,
   * @f]
   * with one sum per EnergyBlock $k$ (deep Ritz method; E and Yu 2018). Needs
   * only first derivatives of the network.
   *
   * Among all functions that fulfil the Dirichlet conditions, the solution has
   * the smallest energy, so these must be built into the network or be added
   * as penalties (SumOfLosses). The quadrature has to be good: what is minimised
   * is the sum, and a network finds its weak points.
   *
   * Uses the threads that deal.II may use; results are the same in every run,
   * and up to round-off for every number of threads. Local to the process. Not
   * thread-safe itself: the tiles are shared work space.
   */
  class RitzEnergy : public LocalLoss
  {
  public:
    /** The @p network is referenced and must outlive this object. */
    RitzEnergy(const Network                            &network,
               std::vector<std::unique_ptr<EnergyBlock>> blocks,
               const Precision precision = Precision::double_precision);

    ~RitzEnergy() override;

    unsigned int n_parameters() const override;

    /** The number of local points, of all blocks together. */
    std::size_t n_points() const;

    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

  private:
    // The energy of a tile; its gradient is added unless the view is empty.
    double evaluate_tile(const std::size_t                tile,
                         JetTile                         &jets,
                         const std::size_t                thread,
                         const dealii::ArrayView<double> &gradient) const;

    const Network                                  &network;
    const std::vector<std::unique_ptr<EnergyBlock>> blocks;
    const std::unique_ptr<internal::TiledPoints>    tiled_points;

    mutable NetworkWeights weights;
    // Energy densities, one vector per thread.
    mutable std::vector<std::vector<double>> densities;
  };
} // namespace sobolev

#endif
