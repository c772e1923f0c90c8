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
  namespace internal
  {
    class TiledPoints;
  }



  /**
   * The loss of a network,
   * @f[
   *   L(\theta) = \sum_k \lambda_k \sum_i w_{k,i} \sum_e
   *     r_{k,e,i}\bigl(\text{jet of } u_\theta \text{ at } x_{k,i}\bigr)^2 ,
   * @f]
   * with one sum per ResidualBlock $k$. Works tile by tile: jets forwards,
   * residuals and their linearisation, jets backwards.
   *
   * Uses the threads that deal.II may use (MultithreadInfo::n_threads()). How
   * tiles are given to threads depends on their number only, so that results
   * are the same in every run, and up to round-off for every number.
   *
   * After the first call of a function, none of them allocates memory; with
   * more than one thread, the task scheduler may. All memory is that of the
   * points, with the jets of known functions of them if the network has any,
   * and a few tiles per thread.
   *
   * Local to the process. Not thread-safe itself: the tiles are shared work
   * space.
   */
  class NetworkObjective : public LocalObjective
  {
  public:
    /**
     * The @p network is referenced and must outlive this object; the points
     * of the blocks have all of its inputs. Jets are computed with
     * @p precision; residuals and sums are double.
     */
    NetworkObjective(const Network                              &network,
                     std::vector<std::unique_ptr<ResidualBlock>> blocks,
                     const Precision precision = Precision::double_precision);

    ~NetworkObjective() override;

    unsigned int n_parameters() const override;

    std::size_t n_rows() const override;

    /** The number of local points, of all blocks together. */
    std::size_t n_points() const;

    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    std::vector<double> block_weights() const override;

    void set_block_weights(const std::vector<double> &weights) override;

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    void compute_rows(const dealii::ArrayView<const double> &theta,
                      const dealii::ArrayView<double> &rows) const override;

    void compute_rows_for_each(
      const std::vector<std::vector<double>> &thetas,
      std::vector<std::vector<double>>       &rows) const override;

    std::vector<double> row_weights() const override;

    std::vector<double> points_of_rows() const override;

    std::vector<unsigned int> blocks_of_rows() const override;

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

    double add_weighted_gradient(
      const dealii::ArrayView<const double> &theta,
      const std::vector<double>             &factors,
      const dealii::ArrayView<double>       &gradient) const override;

    void add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override;

    void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override;

    /**
     * The number of mini-batches, see InputPoints::batch_sizes: all blocks have
     * the same.
     */
    unsigned int
    n_batches() const
    {
      return batches;
    }

    /**
     * From now on, losses of blocks and gradients are those of n_batches()
     * times the points of one batch: the means over all batches are those of
     * all points. Rows and Jacobians remain those of all points.
     */
    void use_batch(const unsigned int batch);

    /** All points count again. */
    void use_all_points();

    /** Bytes of the tiles of all threads, without points and panels. */
    std::size_t tile_memory_consumption() const;

  private:
    struct Block;
    struct Workspace;

    // Run the network forwards and evaluate the residuals of a tile; linearise
    // if asked to. Residuals are scaled to rows. Returns the thread's work
    // space.
    Workspace &evaluate_tile(const NetworkWeights &weights,
                             const std::size_t     tile,
                             JetTile              &jets,
                             const std::size_t     thread,
                             const bool            linearise) const;

    // Add the gradient of some tiles, times the factor of their block; return
    // as much of their loss.
    double add_tile_gradients(const std::vector<std::size_t>  &tiles,
                              const std::vector<double>       &factors,
                              const dealii::ArrayView<double> &gradient) const;

    const Network     &network;
    std::vector<Block> blocks;
    // Of each tile, and behind the last one.
    std::vector<std::size_t> first_rows;
    unsigned int             batches = 1;

    // The tiles that count, and how often.
    std::vector<std::size_t> active;
    double                   multiplicity = 1.;

    const std::unique_ptr<internal::TiledPoints> tiled_points;

    mutable NetworkWeights              weights;
    mutable std::vector<NetworkWeights> weights_for_each;
    // Of add_weighted_gradient().
    mutable std::vector<std::size_t> chosen;
    mutable std::vector<double>      factors_of_blocks;
    // One per thread.
    mutable std::vector<Workspace>        workspaces;
    mutable dealii::AlignedVector<double> panel, panel_rows;
  };
} // namespace sobolev

#endif
