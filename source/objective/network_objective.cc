// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/network_objective.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  // Some consecutive points of one block.
  template <int dim>
  struct NetworkObjective<dim>::Tile
  {
    std::size_t  first_point;
    unsigned int n_points;
    std::size_t  first_row;
    unsigned int n_rows;
  };



  // A residual block with its work space.
  template <int dim>
  struct NetworkObjective<dim>::BlockData
  {
    BlockData(const Network                      &network,
              std::unique_ptr<ResidualBlock<dim>> residual_block,
              const std::size_t                   first_row)
      : residual(std::move(residual_block))
      , n_equations(residual->n_equations())
      , jets(network, residual->jet_specification())
      , n_jets(network.n_outputs() * jets.specification().n_channels())
      , rows(n_equations * jets.capacity())
      , linearisation(n_equations * n_jets * jets.capacity())
    {
      const auto &weights = residual->quadrature_weights();
      AssertDimension(weights.size(), residual->points().size());
      for (std::size_t i = 0; i < weights.size(); ++i)
        {
          AssertInput(weights[i] >= 0.,
                      "block '" << residual->name()
                                << "': the quadrature weight " << weights[i]
                                << " at the point (" << residual->points()[i]
                                << ") is negative; the mesh has inverted "
                                   "cells, perhaps because its manifolds do "
                                   "not fit the mapping degree.");
          row_scales.push_back(std::sqrt(residual->weight() * weights[i]));
        }

      // Tiles of equal size, so that no tile is nearly empty.
      const std::size_t n       = residual->points().size();
      const std::size_t n_tiles = (n + jets.capacity() - 1) / jets.capacity();
      std::size_t       row     = first_row;
      for (std::size_t t = 0; t < n_tiles; ++t)
        {
          const std::size_t  begin       = t * n / n_tiles;
          const unsigned int size        = (t + 1) * n / n_tiles - begin;
          const unsigned int padded_size = (size + 7) / 8 * 8;
          tiles.push_back({begin, size, row, n_equations * padded_size});
          row += n_equations * padded_size;
        }
      end_row = row;
    }

    // Adjoints of the jets from those of the rows of the current tile.
    void
    fill_adjoints(const double *row_adjoints)
    {
      const unsigned int stride  = jets.stride();
      const auto         adjoint = jets.all_output_adjoints();
      std::fill(adjoint.begin(), adjoint.end(), 0.);
      for (unsigned int e = 0; e < n_equations; ++e)
        for (unsigned int k = 0; k < n_jets; ++k)
          {
            const double *const v = row_adjoints + e * stride;
            const double *const slope =
              linearisation.data() + (e * n_jets + k) * stride;
            for (unsigned int p = 0; p < stride; ++p)
              adjoint[k * stride + p] += v[p] * slope[p];
          }
    }

    const std::unique_ptr<ResidualBlock<dim>> residual;
    const unsigned int                        n_equations;
    JetTile                                   jets;
    const unsigned int                        n_jets;
    std::vector<double>                       row_scales;
    std::vector<Tile>                         tiles;
    std::size_t                               end_row;
    std::vector<double>                       rows, linearisation;
  };



  template <int dim>
  NetworkObjective<dim>::NetworkObjective(
    const Network                                   &network,
    std::vector<std::unique_ptr<ResidualBlock<dim>>> residual_blocks,
    const std::vector<double>                       &extra_inputs)
    : network(network)
    , extra_inputs(extra_inputs)
    , total_rows(0)
  {
    AssertDimension(network.n_inputs(), dim + extra_inputs.size());
    for (auto &block : residual_blocks)
      {
        blocks.push_back(
          std::make_unique<BlockData>(network, std::move(block), total_rows));
        total_rows = blocks.back()->end_row;
      }
  }



  template <int dim>
  NetworkObjective<dim>::~NetworkObjective() = default;



  template <int dim>
  unsigned int
  NetworkObjective<dim>::n_parameters() const
  {
    return network.n_parameters();
  }



  template <int dim>
  std::size_t
  NetworkObjective<dim>::n_rows() const
  {
    return total_rows;
  }



  template <int dim>
  std::size_t
  NetworkObjective<dim>::n_points() const
  {
    std::size_t n = 0;
    for (const auto &block : blocks)
      n += block->residual->points().size();
    return n;
  }



  template <int dim>
  std::vector<std::string>
  NetworkObjective<dim>::block_names() const
  {
    std::vector<std::string> names;
    for (const auto &block : blocks)
      names.push_back(block->residual->name());
    return names;
  }



  template <int dim>
  template <typename Action>
  void
  NetworkObjective<dim>::for_each_tile(const Action &action) const
  {
    for (const auto &block : blocks)
      for (const Tile &tile : block->tiles)
        action(*block, tile);
  }



  template <int dim>
  void
  NetworkObjective<dim>::evaluate_tile(
    const dealii::ArrayView<const double> &theta,
    BlockData                             &block,
    const Tile                            &tile,
    const bool                             linearise) const
  {
    // 1. Jets.
    block.jets.reinit(tile.n_points);
    const unsigned int stride = block.jets.stride();
    const auto        &points = block.residual->points();
    for (unsigned int p = 0; p < tile.n_points; ++p)
      {
        for (unsigned int d = 0; d < dim; ++d)
          block.jets.set_input(d, p, points[tile.first_point + p][d]);
        for (unsigned int i = 0; i < extra_inputs.size(); ++i)
          block.jets.set_input(dim + i, p, extra_inputs[i]);
      }
    network.evaluate(theta, block.jets);

    // 2. Residuals. Padding must be zero.
    const unsigned int n_equations = block.n_equations;
    const unsigned int n_jets      = block.n_jets;
    std::fill_n(block.rows.begin(), n_equations * stride, 0.);
    if (linearise)
      std::fill_n(
        block.linearisation.begin(), n_equations * n_jets * stride, 0.);
    block.residual->evaluate(
      tile.first_point,
      tile.n_points,
      block.jets.all_outputs(),
      stride,
      dealii::ArrayView<double>(block.rows.data(), n_equations * stride),
      dealii::ArrayView<double>(block.linearisation.data(),
                                linearise ? n_equations * n_jets * stride : 0));

    // 3. Weights.
    const double *const scales = block.row_scales.data() + tile.first_point;
    const auto          scale  = [&](double *values) {
      for (unsigned int p = 0; p < tile.n_points; ++p)
        values[p] *= scales[p];
    };
    for (unsigned int e = 0; e < n_equations; ++e)
      scale(block.rows.data() + e * stride);
    if (linearise)
      for (unsigned int k = 0; k < n_equations * n_jets; ++k)
        scale(block.linearisation.data() + k * stride);
  }



  template <int dim>
  std::vector<double>
  NetworkObjective<dim>::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    std::vector<double> losses;
    for (const auto &block : blocks)
      {
        double loss = 0.;
        for (const Tile &tile : block->tiles)
          {
            evaluate_tile(theta, *block, tile, false);
            loss += std::inner_product(block->rows.begin(),
                                       block->rows.begin() + tile.n_rows,
                                       block->rows.begin(),
                                       0.);
          }
        losses.push_back(loss);
      }
    return losses;
  }



  template <int dim>
  void
  NetworkObjective<dim>::compute_rows(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &rows) const
  {
    AssertDimension(rows.size(), total_rows);
    for_each_tile([&](BlockData &block, const Tile &tile) {
      evaluate_tile(theta, block, tile, false);
      std::copy_n(
        block.rows.begin(), tile.n_rows, rows.begin() + tile.first_row);
    });
  }



  template <int dim>
  double
  NetworkObjective<dim>::add_gradient(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradient) const
  {
    double loss = 0.;
    for_each_tile([&](BlockData &block, const Tile &tile) {
      evaluate_tile(theta, block, tile, true);

      // dL/d(row) = 2 row
      for (unsigned int i = 0; i < tile.n_rows; ++i)
        {
          loss += block.rows[i] * block.rows[i];
          block.rows[i] *= 2.;
        }
      block.fill_adjoints(block.rows.data());
      network.add_parameter_gradient(theta, block.jets, gradient);
    });
    return loss;
  }



  template <int dim>
  void
  NetworkObjective<dim>::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    AssertDimension(v.size(), total_rows);
    for_each_tile([&](BlockData &block, const Tile &tile) {
      evaluate_tile(theta, block, tile, true);

      block.fill_adjoints(v.begin() + tile.first_row);
      network.add_parameter_gradient(theta, block.jets, result);
    });
  }



  template <int dim>
  void
  NetworkObjective<dim>::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    // A panel is large enough for an efficient matrix product with itself.
    constexpr std::size_t target_rows = 1024;
    std::size_t           largest     = 0;
    for (const auto &block : blocks)
      largest = std::max<std::size_t>(
        largest, block->n_equations * block->jets.capacity());
    const std::size_t capacity = std::max(target_rows, largest);
    panel.resize_fast(capacity * n_parameters());
    panel_rows.resize_fast(capacity);

    std::size_t first_row = 0, n_filled = 0;
    const auto  hand_out = [&]() {
      if (n_filled > 0)
        action({first_row,
                dealii::ArrayView<const double>(panel_rows.data(), n_filled),
                panel.data(),
                capacity});
      first_row += n_filled;
      n_filled = 0;
    };

    for_each_tile([&](BlockData &block, const Tile &tile) {
      if (n_filled + tile.n_rows > capacity)
        hand_out();

      evaluate_tile(theta, block, tile, true);
      const unsigned int stride = block.jets.stride();
      for (unsigned int e = 0; e < block.n_equations; ++e)
        {
          const auto adjoint = block.jets.all_output_adjoints();
          std::copy_n(block.linearisation.begin() + e * block.n_jets * stride,
                      block.n_jets * stride,
                      adjoint.begin());
          network.compute_jacobian_rows(
            theta, block.jets, panel.data() + n_filled + e * stride, capacity);
        }
      std::copy_n(
        block.rows.begin(), tile.n_rows, panel_rows.begin() + n_filled);
      n_filled += tile.n_rows;
    });
    hand_out();
  }



  template class NetworkObjective<1>;
  template class NetworkObjective<2>;
  template class NetworkObjective<3>;
} // namespace sobolev
