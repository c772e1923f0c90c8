// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/network_objective.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/memory_consumption.h>

#include <algorithm>
#include <cmath>

#include "tiled_points.h"

namespace sobolev
{
  namespace
  {
    double
    sum_of_squares(const std::vector<double> &rows)
    {
      double sum = 0.;
      for (const double row : rows)
        sum += row * row;
      return sum;
    }



    // Adjoints of the jets from those of the rows of a tile.
    void
    set_adjoints(const double              *row_adjoints,
                 const std::vector<double> &linearisation,
                 JetTile                   &jets)
    {
      const unsigned int stride   = jets.stride();
      const auto         adjoints = jets.all_output_adjoints();
      const std::size_t  n        = adjoints.size();
      std::fill(adjoints.begin(), adjoints.end(), 0.);
      for (std::size_t e = 0; e * n < linearisation.size(); ++e)
        for (std::size_t k = 0; k < n; k += stride)
          {
            const double *const v     = row_adjoints + e * stride;
            const double *const slope = linearisation.data() + e * n + k;
            for (unsigned int p = 0; p < stride; ++p)
              adjoints[k + p] += v[p] * slope[p];
          }
    }
  } // namespace



  // A residual block and the scales of its rows.
  struct NetworkObjective::Block
  {
    explicit Block(std::unique_ptr<ResidualBlock> residual_block)
      : residual(std::move(residual_block))
      , row_scales(residual->points().size())
    {
      compute_row_scales();
    }

    void
    compute_row_scales()
    {
      const auto &weights = residual->points().weights;
      for (std::size_t i = 0; i < weights.size(); ++i)
        row_scales[i] = std::sqrt(residual->weight() * weights[i]);
    }

    std::unique_ptr<ResidualBlock> residual;
    std::vector<double>            row_scales;
  };



  // The rows of a thread's current tile.
  struct NetworkObjective::Workspace
  {
    std::vector<double> rows, linearisation;
  };



  NetworkObjective::NetworkObjective(
    const Network                              &network,
    std::vector<std::unique_ptr<ResidualBlock>> residual_blocks,
    const Precision                             precision)
    : network(network)
    , first_rows{0}
    , tiled_points(std::make_unique<internal::TiledPoints>(network, precision))
    , weights(network, precision)
    , workspaces(tiled_points->n_threads())
  {
    for (auto &residual : residual_blocks)
      {
        AssertInput(residual->n_outputs() == 0 ||
                      residual->n_outputs() == network.n_outputs(),
                    "the residuals of '"
                      << residual->name() << "' are for a network with "
                      << residual->n_outputs()
                      << " output(s), but this one has " << network.n_outputs()
                      << ".");
        const auto        jets = residual->jet_specification();
        const std::size_t n_rows =
          residual->n_equations() *
          tiled_points->add_block(residual->points(), jets);
        for (Workspace &workspace : workspaces)
          {
            workspace.rows.reserve(n_rows);
            workspace.linearisation.reserve(n_rows * network.n_outputs() *
                                            jets.n_channels());
          }
        const auto &batch_sizes = residual->points().batch_sizes;
        if (blocks.empty())
          batches = std::max<std::size_t>(1, batch_sizes.size());
        Assert(batches == std::max<std::size_t>(1, batch_sizes.size()),
               dealii::ExcMessage("All blocks need as many batches."));
        blocks.emplace_back(std::move(residual));
      }
    for (const auto &tile : tiled_points->tiles())
      first_rows.push_back(first_rows.back() +
                           blocks[tile.block].residual->n_equations() *
                             tile.stride);
    use_all_points();
  }



  NetworkObjective::~NetworkObjective() = default;



  void
  NetworkObjective::use_batch(const unsigned int batch)
  {
    AssertIndexRange(batch, batches);
    active.clear();
    for (const std::size_t t : tiled_points->all())
      if (tiled_points->tiles()[t].batch == batch)
        active.push_back(t);
    multiplicity = batches;
  }



  void
  NetworkObjective::use_all_points()
  {
    active       = tiled_points->all();
    multiplicity = 1.;
  }



  unsigned int
  NetworkObjective::n_parameters() const
  {
    return network.n_parameters();
  }



  std::size_t
  NetworkObjective::n_rows() const
  {
    return first_rows.back();
  }



  std::size_t
  NetworkObjective::n_points() const
  {
    return tiled_points->n_points();
  }



  std::vector<std::string>
  NetworkObjective::block_names() const
  {
    std::vector<std::string> names;
    for (const auto &block : blocks)
      names.push_back(block.residual->name());
    return names;
  }



  std::vector<ParameterGroup>
  NetworkObjective::parameter_groups() const
  {
    return make_parameter_groups(network.layout());
  }



  std::vector<double>
  NetworkObjective::block_weights() const
  {
    std::vector<double> values;
    for (const auto &block : blocks)
      values.push_back(block.residual->weight());
    return values;
  }



  void
  NetworkObjective::set_block_weights(const std::vector<double> &values)
  {
    AssertDimension(values.size(), blocks.size());
    for (std::size_t b = 0; b < blocks.size(); ++b)
      {
        blocks[b].residual->set_weight(values[b]);
        blocks[b].compute_row_scales();
      }
  }



  std::size_t
  NetworkObjective::tile_memory_consumption() const
  {
    std::size_t bytes = tiled_points->memory_consumption();
    for (const Workspace &workspace : workspaces)
      bytes +=
        dealii::MemoryConsumption::memory_consumption(workspace.rows) +
        dealii::MemoryConsumption::memory_consumption(workspace.linearisation);
    return bytes;
  }



  NetworkObjective::Workspace &
  NetworkObjective::evaluate_tile(const NetworkWeights &weights,
                                  const std::size_t     t,
                                  JetTile              &jets,
                                  const std::size_t     thread,
                                  const bool            linearise) const
  {
    const auto        &tile      = tiled_points->tiles()[t];
    const Block       &block     = blocks[tile.block];
    Workspace         &workspace = workspaces[thread];
    const unsigned int stride    = jets.stride();

    // 1. Jets.
    network.evaluate(weights, jets);

    // 2. Residuals. Padding must be zero.
    const unsigned int n_equations = block.residual->n_equations();
    const auto         outputs     = jets.all_outputs();
    workspace.rows.assign(n_equations * stride, 0.);
    workspace.linearisation.assign(linearise ? n_equations * outputs.size() : 0,
                                   0.);
    block.residual->evaluate(
      tile.first_point,
      tile.n_points,
      outputs,
      stride,
      dealii::make_array_view(workspace.rows),
      dealii::ArrayView<double>(workspace.linearisation.data(),
                                workspace.linearisation.size()));

    // 3. What they contribute to the loss.
    const std::size_t n_slopes = workspace.linearisation.size() / n_equations;
    for (unsigned int e = 0; e < n_equations; ++e)
      block.residual->loss_function().make_rows(
        {workspace.rows.data() + e * stride, stride},
        {workspace.linearisation.data() + e * n_slopes, n_slopes});

    // 4. Weights.
    const double *const scales = block.row_scales.data() + tile.first_point;
    for (std::vector<double> *const values :
         {&workspace.rows, &workspace.linearisation})
      for (std::size_t k = 0; k < values->size(); k += stride)
        for (unsigned int p = 0; p < tile.n_points; ++p)
          (*values)[k + p] *= scales[p];
    return workspace;
  }



  std::vector<double>
  NetworkObjective::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    weights.assign(theta);
    auto losses = tiled_points->sum_by_block(
      active,
      [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
        return sum_of_squares(
          evaluate_tile(weights, t, jets, thread, false).rows);
      });
    for (double &loss : losses)
      loss *= multiplicity;
    return losses;
  }



  void
  NetworkObjective::compute_rows(const dealii::ArrayView<const double> &theta,
                                 const dealii::ArrayView<double> &rows) const
  {
    AssertDimension(rows.size(), n_rows());
    weights.assign(theta);
    tiled_points->for_each_tile(
      0,
      tiled_points->tiles().size(),
      [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
        const auto &values =
          evaluate_tile(weights, t, jets, thread, false).rows;
        std::copy(values.begin(), values.end(), rows.begin() + first_rows[t]);
      });
  }



  void
  NetworkObjective::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    AssertDimension(rows.size(), thetas.size());
    while (weights_for_each.size() < thetas.size())
      weights_for_each.emplace_back(network, weights.precision());
    for (std::size_t k = 0; k < thetas.size(); ++k)
      {
        AssertDimension(rows[k].size(), n_rows());
        weights_for_each[k].assign(dealii::make_array_view(thetas[k]));
      }

    tiled_points->for_each_tile(
      0,
      tiled_points->tiles().size(),
      [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
        for (std::size_t k = 0; k < thetas.size(); ++k)
          {
            const auto &values =
              evaluate_tile(weights_for_each[k], t, jets, thread, false).rows;
            std::copy(
              values.begin(), values.end(), rows[k].begin() + first_rows[t]);
          }
      });
  }



  std::vector<unsigned int>
  NetworkObjective::blocks_of_rows() const
  {
    std::vector<unsigned int> result;
    const auto               &tiles = tiled_points->tiles();
    for (std::size_t t = 0; t < tiles.size(); ++t)
      result.insert(
        result.end(), first_rows[t + 1] - first_rows[t], tiles[t].block);
    return result;
  }



  std::vector<double>
  NetworkObjective::row_weights() const
  {
    std::vector<double> result(n_rows(), 0.);
    const auto         &tiles = tiled_points->tiles();
    for (std::size_t t = 0; t < tiles.size(); ++t)
      {
        const auto         &tile = tiles[t];
        const double *const scales =
          blocks[tile.block].row_scales.data() + tile.first_point;
        for (std::size_t row = first_rows[t]; row < first_rows[t + 1];
             row += tile.stride)
          for (unsigned int p = 0; p < tile.n_points; ++p)
            result[row + p] = scales[p] * scales[p];
      }
    return result;
  }



  std::vector<double>
  NetworkObjective::points_of_rows() const
  {
    const unsigned int  n_inputs = network.n_inputs();
    std::vector<double> result(n_rows() * n_inputs, 0.);
    const auto         &tiles = tiled_points->tiles();
    for (std::size_t t = 0; t < tiles.size(); ++t)
      {
        const auto &tile   = tiles[t];
        const auto &points = blocks[tile.block].residual->points();
        for (std::size_t row = first_rows[t]; row < first_rows[t + 1];
             row += tile.stride)
          for (unsigned int p = 0; p < tile.n_points; ++p)
            {
              const auto x = points.point(tile.first_point + p);
              std::copy(
                x.begin(), x.end(), result.begin() + (row + p) * n_inputs);
            }
      }
    return result;
  }



  double
  NetworkObjective::add_tile_gradients(
    const std::vector<std::size_t>  &tiles,
    const std::vector<double>       &factors,
    const dealii::ArrayView<double> &gradient) const
  {
    return tiled_points->accumulate(
      tiles,
      gradient,
      [&](const std::size_t                t,
          JetTile                         &jets,
          const std::size_t                thread,
          const dealii::ArrayView<double> &sum) {
        Workspace   &workspace = evaluate_tile(weights, t, jets, thread, true);
        const double loss      = sum_of_squares(workspace.rows);
        const double factor    = factors[tiled_points->tiles()[t].block];

        // dL/d(row) = 2 row
        for (double &row : workspace.rows)
          row *= 2. * factor;
        set_adjoints(workspace.rows.data(), workspace.linearisation, jets);
        network.add_parameter_gradient(weights, jets, sum);
        return factor * loss;
      });
  }



  double
  NetworkObjective::add_gradient(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradient) const
  {
    weights.assign(theta);
    factors_of_blocks.assign(blocks.size(), multiplicity);
    return add_tile_gradients(active, factors_of_blocks, gradient);
  }



  double
  NetworkObjective::add_weighted_gradient(
    const dealii::ArrayView<const double> &theta,
    const std::vector<double>             &factors,
    const dealii::ArrayView<double>       &gradient) const
  {
    AssertDimension(factors.size(), blocks.size());
    weights.assign(theta);
    factors_of_blocks = factors;
    for (double &factor : factors_of_blocks)
      factor *= multiplicity;
    chosen.clear();
    for (const std::size_t t : active)
      if (factors[tiled_points->tiles()[t].block] != 0.)
        chosen.push_back(t);
    return add_tile_gradients(chosen, factors_of_blocks, gradient);
  }



  void
  NetworkObjective::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    AssertDimension(v.size(), n_rows());
    weights.assign(theta);
    tiled_points->accumulate(
      tiled_points->all(),
      result,
      [&](const std::size_t                t,
          JetTile                         &jets,
          const std::size_t                thread,
          const dealii::ArrayView<double> &sum) {
        const Workspace &workspace =
          evaluate_tile(weights, t, jets, thread, true);
        set_adjoints(v.begin() + first_rows[t], workspace.linearisation, jets);
        network.add_parameter_gradient(weights, jets, sum);
        return 0.;
      });
  }



  void
  NetworkObjective::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    // A panel is large enough for an efficient matrix product with itself, and
    // for all threads.
    const std::size_t n_tiles  = tiled_points->tiles().size();
    std::size_t       capacity = 512 * tiled_points->n_threads();
    for (std::size_t t = 0; t < n_tiles; ++t)
      capacity = std::max(capacity, first_rows[t + 1] - first_rows[t]);
    // Columns an odd number of cache lines apart, see JetTile.
    const std::size_t leading = capacity / 8 % 2 == 1 ? capacity : capacity + 8;
    panel.resize_fast(leading * n_parameters());
    panel_rows.resize_fast(capacity);
    weights.assign(theta);

    std::size_t begin = 0;
    while (begin < n_tiles)
      {
        const std::size_t first_row = first_rows[begin];
        std::size_t       end       = begin + 1;
        while (end < n_tiles && first_rows[end + 1] - first_row <= capacity)
          ++end;

        tiled_points->for_each_tile(
          begin,
          end,
          [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
            const Workspace &workspace =
              evaluate_tile(weights, t, jets, thread, true);
            const auto        adjoints = jets.all_output_adjoints();
            const std::size_t n        = adjoints.size();
            const std::size_t row      = first_rows[t] - first_row;
            for (std::size_t e = 0; e * n < workspace.linearisation.size(); ++e)
              {
                std::copy_n(
                  workspace.linearisation.begin() + e * n, n, adjoints.begin());
                network.compute_jacobian_rows(weights,
                                              jets,
                                              panel.data() + row +
                                                e * jets.stride(),
                                              leading);
              }
            std::copy(workspace.rows.begin(),
                      workspace.rows.end(),
                      panel_rows.begin() + row);
          });
        action({first_row,
                dealii::ArrayView<const double>(panel_rows.data(),
                                                first_rows[end] - first_row),
                panel.data(),
                leading});
        begin = end;
      }
  }
} // namespace sobolev
