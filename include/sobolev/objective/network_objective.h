// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_network_objective_h
#define sobolev_objective_network_objective_h

#include <sobolev/network/network.h>
#include <sobolev/objective/local_objective.h>
#include <sobolev/objective/residual_block.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The loss of a network,
   * @f[
   *   L(\theta) = \sum_k \lambda_k \sum_i w_{k,i} \sum_e
   *     r_{k,e,i}\bigl(\text{jet of } u_\theta \text{ at } x_{k,i}\bigr)^2 ,
   * @f]
   * with one sum per ResidualBlock $k$. Works tile by tile: jets forwards,
   * residuals and their linearisation, jets backwards.
   *
   * Local to the process. Not thread-safe: the tiles are shared work space.
   */
  template <int dim>
  class NetworkObjective : public LocalObjective
  {
  public:
    /**
     * The @p network is referenced and must outlive this object. Inputs of the
     * network after the first dim are set to the given @p extra_inputs.
     */
    NetworkObjective(const Network                                   &network,
                     std::vector<std::unique_ptr<ResidualBlock<dim>>> blocks,
                     const std::vector<double> &extra_inputs = {});

    ~NetworkObjective() override;

    unsigned int n_parameters() const override;

    std::size_t n_rows() const override;

    /** The number of local points, of all blocks together. */
    std::size_t n_points() const;

    std::vector<std::string> block_names() const override;

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    void compute_rows(const dealii::ArrayView<const double> &theta,
                      const dealii::ArrayView<double> &rows) const override;

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

    void add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override;

    void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override;

  private:
    struct BlockData;
    struct Tile;

    // Load a tile's points, run the network forwards and evaluate the
    // residuals; linearise if asked to. Residuals are scaled to rows.
    void evaluate_tile(const dealii::ArrayView<const double> &theta,
                       BlockData                             &block,
                       const Tile                            &tile,
                       const bool                             linearise) const;

    // Call action(block, tile) for every tile of every block, in the order of
    // the rows.
    template <typename Action>
    void for_each_tile(const Action &action) const;

    const Network                          &network;
    const std::vector<double>               extra_inputs;
    std::vector<std::unique_ptr<BlockData>> blocks;
    std::size_t                             total_rows;
    mutable dealii::AlignedVector<double>   panel, panel_rows;
  };
} // namespace sobolev

#endif
