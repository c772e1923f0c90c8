// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/network_objective.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/multithread_info.h>
#include <deal.II/base/parallel.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  // Some consecutive points of one block.
  struct NetworkObjective::Tile
  {
    unsigned int block;
    std::size_t  first_point;
    unsigned int n_points;
    std::size_t  first_row;
    unsigned int n_rows;

    // Jets of the network's features, offsets and factors at the points.
    std::vector<double> known_functions;
  };



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

    const std::unique_ptr<ResidualBlock> residual;
    std::vector<double>                  row_scales;
  };



  // What one thread needs for the tiles of one block.
  struct NetworkObjective::Workspace
  {
    Workspace(const Network       &network,
              const ResidualBlock &residual,
              const Precision      precision)
      : n_equations(residual.n_equations())
      , jets(network, residual.jet_specification(), 0, precision)
      , n_jets(network.n_outputs() * jets.specification().n_channels())
      , rows(n_equations * jets.capacity())
      , linearisation(n_equations * n_jets * jets.capacity())
    {
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

    const unsigned int  n_equations;
    JetTile             jets;
    const unsigned int  n_jets;
    std::vector<double> rows, linearisation;
  };



  NetworkObjective::NetworkObjective(
    const Network                              &network,
    std::vector<std::unique_ptr<ResidualBlock>> residual_blocks,
    const Precision                             precision)
    : network(network)
    , total_rows(0)
    , weights(network, precision)
  {
    // 1. Work space.
    for (auto &block : residual_blocks)
      {
        AssertDimension(network.n_inputs(), block->points().n_inputs());
        blocks.push_back(std::make_unique<Block>(std::move(block)));
      }
    workspaces.resize(dealii::MultithreadInfo::n_threads());
    for (auto &of_thread : workspaces)
      for (const auto &block : blocks)
        of_thread.push_back(
          std::make_unique<Workspace>(network, *block->residual, precision));
    if (workspaces.size() > 1)
      partial_sums.assign(workspaces.size(),
                          std::vector<double>(network.n_parameters()));

    // 2. Tiles of equal size, so that no tile is nearly empty, and an even
    // number of them, so that two threads have the same work. The number does
    // not depend on that of the threads: rows keep their places.
    for (unsigned int b = 0; b < blocks.size(); ++b)
      {
        JetTile          &jets    = workspaces[0][b]->jets;
        const std::size_t n       = blocks[b]->residual->points().size();
        std::size_t       n_tiles = (n + jets.capacity() - 1) / jets.capacity();
        if (n_tiles > 1)
          n_tiles += n_tiles % 2;
        // Whole cache lines, so that nothing is padded but the last one.
        const std::size_t n_lines     = (n + 7) / 8;
        const auto        first_point = [&](const std::size_t tile) {
          return std::min(tile * n_lines / n_tiles * 8, n);
        };
        for (std::size_t t = 0; t < n_tiles; ++t)
          {
            const std::size_t  begin = first_point(t);
            const unsigned int size  = first_point(t + 1) - begin;
            jets.reinit(size);
            const unsigned int n_rows =
              workspaces[0][b]->n_equations * jets.stride();
            tiles.push_back({b, begin, size, total_rows, n_rows, {}});
            if (jets.known_functions().size() > 0)
              {
                load_points(tiles.back(), jets);
                jets.compute_known_functions(network);
                const auto values = jets.known_functions();
                tiles.back().known_functions.assign(values.begin(),
                                                    values.end());
              }
            total_rows += n_rows;
          }
      }
    tile_losses.resize(tiles.size());
  }



  NetworkObjective::~NetworkObjective() = default;



  unsigned int
  NetworkObjective::n_parameters() const
  {
    return network.n_parameters();
  }



  std::size_t
  NetworkObjective::n_rows() const
  {
    return total_rows;
  }



  std::size_t
  NetworkObjective::n_points() const
  {
    std::size_t n = 0;
    for (const auto &block : blocks)
      n += block->residual->points().size();
    return n;
  }



  std::vector<std::string>
  NetworkObjective::block_names() const
  {
    std::vector<std::string> names;
    for (const auto &block : blocks)
      names.push_back(block->residual->name());
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
      values.push_back(block->residual->weight());
    return values;
  }



  void
  NetworkObjective::set_block_weights(const std::vector<double> &values)
  {
    AssertDimension(values.size(), blocks.size());
    for (std::size_t b = 0; b < blocks.size(); ++b)
      {
        blocks[b]->residual->set_weight(values[b]);
        blocks[b]->compute_row_scales();
      }
  }



  std::size_t
  NetworkObjective::tile_memory_consumption() const
  {
    std::size_t bytes = 0;
    for (const auto &of_thread : workspaces)
      for (const auto &workspace : of_thread)
        bytes += workspace->jets.memory_consumption() +
                 (workspace->rows.size() + workspace->linearisation.size()) *
                   sizeof(double);
    return bytes;
  }



  template <typename Action>
  void
  NetworkObjective::for_each_tile(const std::size_t begin,
                                  const std::size_t end,
                                  const Action     &action) const
  {
    const std::size_t n_threads = workspaces.size();
    const auto        run       = [&](const std::size_t thread) {
      for (std::size_t t = begin + thread; t < end; t += n_threads)
        action(t, *workspaces[thread][tiles[t].block], thread);
    };

    if (n_threads == 1)
      run(0);
    else
      dealii::parallel::apply_to_subranges(
        std::size_t(0),
        n_threads,
        [&](const std::size_t first, const std::size_t last) {
          for (std::size_t thread = first; thread < last; ++thread)
            run(thread);
        },
        1);
  }



  template <typename Action>
  void
  NetworkObjective::accumulate(const dealii::ArrayView<double> &result,
                               const Action                    &action) const
  {
    if (workspaces.size() == 1)
      for_each_tile(
        0,
        tiles.size(),
        [&](const std::size_t t, Workspace &workspace, std::size_t) {
          action(t, workspace, result);
        });
    else
      {
        for (auto &sum : partial_sums)
          std::fill(sum.begin(), sum.end(), 0.);
        for_each_tile(
          0,
          tiles.size(),
          [&](const std::size_t t,
              Workspace        &workspace,
              const std::size_t thread) {
            action(t, workspace, dealii::make_array_view(partial_sums[thread]));
          });
        for (const auto &sum : partial_sums)
          for (std::size_t k = 0; k < sum.size(); ++k)
            result[k] += sum[k];
      }
  }



  void
  NetworkObjective::load_points(const Tile &tile, JetTile &jets) const
  {
    const auto &points = blocks[tile.block]->residual->points();
    jets.reinit(tile.n_points);
    for (unsigned int i = 0; i < points.n_inputs(); ++i)
      jets.set_inputs(i, points.input(i).data() + tile.first_point);
  }



  void
  NetworkObjective::load_tile(const Tile &tile, JetTile &jets) const
  {
    load_points(tile, jets);
    if (!tile.known_functions.empty())
      jets.use_known_functions(dealii::make_array_view(tile.known_functions));
  }



  void
  NetworkObjective::evaluate_tile(const Tile &tile,
                                  Workspace  &workspace,
                                  const bool  linearise) const
  {
    load_tile(tile, workspace.jets);
    evaluate_loaded_tile(tile, weights, workspace, linearise);
  }



  void
  NetworkObjective::evaluate_loaded_tile(const Tile           &tile,
                                         const NetworkWeights &weights,
                                         Workspace            &workspace,
                                         const bool            linearise) const
  {
    // 1. Jets.
    const Block &block = *blocks[tile.block];
    JetTile     &jets  = workspace.jets;
    network.evaluate(weights, jets);
    const unsigned int stride = jets.stride();
    // 2. Residuals. Padding must be zero.
    const unsigned int n_equations = workspace.n_equations;
    const unsigned int n_slopes =
      linearise ? n_equations * workspace.n_jets : 0;
    std::fill_n(workspace.rows.begin(), n_equations * stride, 0.);
    std::fill_n(workspace.linearisation.begin(), n_slopes * stride, 0.);
    block.residual->evaluate(
      tile.first_point,
      tile.n_points,
      jets.all_outputs(),
      stride,
      dealii::ArrayView<double>(workspace.rows.data(), n_equations * stride),
      dealii::ArrayView<double>(workspace.linearisation.data(),
                                n_slopes * stride));

    // 3. Weights.
    const double *const scales = block.row_scales.data() + tile.first_point;
    const auto          scale  = [&](double *values) {
      for (unsigned int p = 0; p < tile.n_points; ++p)
        values[p] *= scales[p];
    };
    for (unsigned int e = 0; e < n_equations; ++e)
      scale(workspace.rows.data() + e * stride);
    for (unsigned int k = 0; k < n_slopes; ++k)
      scale(workspace.linearisation.data() + k * stride);
  }



  std::vector<double>
  NetworkObjective::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    weights.assign(theta);
    for_each_tile(0,
                  tiles.size(),
                  [&](const std::size_t t, Workspace &workspace, std::size_t) {
                    evaluate_tile(tiles[t], workspace, false);
                    double loss = 0.;
                    for (unsigned int i = 0; i < tiles[t].n_rows; ++i)
                      loss += workspace.rows[i] * workspace.rows[i];
                    tile_losses[t] = loss;
                  });

    std::vector<double> losses(blocks.size(), 0.);
    for (std::size_t t = 0; t < tiles.size(); ++t)
      losses[tiles[t].block] += tile_losses[t];
    return losses;
  }



  void
  NetworkObjective::compute_rows(const dealii::ArrayView<const double> &theta,
                                 const dealii::ArrayView<double> &rows) const
  {
    AssertDimension(rows.size(), total_rows);
    weights.assign(theta);
    for_each_tile(0,
                  tiles.size(),
                  [&](const std::size_t t, Workspace &workspace, std::size_t) {
                    evaluate_tile(tiles[t], workspace, false);
                    std::copy_n(workspace.rows.begin(),
                                tiles[t].n_rows,
                                rows.begin() + tiles[t].first_row);
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
        AssertDimension(rows[k].size(), total_rows);
        weights_for_each[k].assign(dealii::make_array_view(thetas[k]));
      }

    for_each_tile(0,
                  tiles.size(),
                  [&](const std::size_t t, Workspace &workspace, std::size_t) {
                    load_tile(tiles[t], workspace.jets);
                    for (std::size_t k = 0; k < thetas.size(); ++k)
                      {
                        evaluate_loaded_tile(
                          tiles[t], weights_for_each[k], workspace, false);
                        std::copy_n(workspace.rows.begin(),
                                    tiles[t].n_rows,
                                    rows[k].begin() + tiles[t].first_row);
                      }
                  });
  }



  std::vector<unsigned int>
  NetworkObjective::blocks_of_rows() const
  {
    std::vector<unsigned int> result;
    for (const Tile &tile : tiles)
      result.insert(result.end(), tile.n_rows, tile.block);
    return result;
  }



  double
  NetworkObjective::add_gradient(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<double>       &gradient) const
  {
    weights.assign(theta);
    accumulate(gradient,
               [&](const std::size_t                t,
                   Workspace                       &workspace,
                   const dealii::ArrayView<double> &sum) {
                 evaluate_tile(tiles[t], workspace, true);

                 // dL/d(row) = 2 row
                 double loss = 0.;
                 for (unsigned int i = 0; i < tiles[t].n_rows; ++i)
                   {
                     loss += workspace.rows[i] * workspace.rows[i];
                     workspace.rows[i] *= 2.;
                   }
                 tile_losses[t] = loss;
                 workspace.fill_adjoints(workspace.rows.data());
                 network.add_parameter_gradient(weights, workspace.jets, sum);
               });

    double loss = 0.;
    for (const double of_tile : tile_losses)
      loss += of_tile;
    return loss;
  }



  void
  NetworkObjective::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    AssertDimension(v.size(), total_rows);
    weights.assign(theta);
    accumulate(result,
               [&](const std::size_t                t,
                   Workspace                       &workspace,
                   const dealii::ArrayView<double> &sum) {
                 evaluate_tile(tiles[t], workspace, true);
                 workspace.fill_adjoints(v.begin() + tiles[t].first_row);
                 network.add_parameter_gradient(weights, workspace.jets, sum);
               });
  }



  void
  NetworkObjective::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    // A panel is large enough for an efficient matrix product with itself, and
    // for all threads.
    const std::size_t target_rows = 512 * workspaces.size();
    std::size_t       capacity    = target_rows;
    for (const Tile &tile : tiles)
      capacity = std::max<std::size_t>(capacity, tile.n_rows);
    // Columns an odd number of cache lines apart, see JetTile.
    const std::size_t leading = capacity / 8 % 2 == 1 ? capacity : capacity + 8;
    panel.resize_fast(leading * n_parameters());
    panel_rows.resize_fast(capacity);
    weights.assign(theta);

    std::size_t begin = 0;
    while (begin < tiles.size())
      {
        const std::size_t first_row = tiles[begin].first_row;
        std::size_t       end = begin, n_filled = 0;
        while (end < tiles.size() && n_filled + tiles[end].n_rows <= capacity)
          n_filled += tiles[end++].n_rows;

        for_each_tile(
          begin,
          end,
          [&](const std::size_t t, Workspace &workspace, std::size_t) {
            evaluate_tile(tiles[t], workspace, true);
            const std::size_t  row    = tiles[t].first_row - first_row;
            const unsigned int stride = workspace.jets.stride();
            for (unsigned int e = 0; e < workspace.n_equations; ++e)
              {
                std::copy_n(workspace.linearisation.begin() +
                              e * workspace.n_jets * stride,
                            workspace.n_jets * stride,
                            workspace.jets.all_output_adjoints().begin());
                network.compute_jacobian_rows(weights,
                                              workspace.jets,
                                              panel.data() + row + e * stride,
                                              leading);
              }
            std::copy_n(workspace.rows.begin(),
                        tiles[t].n_rows,
                        panel_rows.begin() + row);
          });
        action({first_row,
                dealii::ArrayView<const double>(panel_rows.data(), n_filled),
                panel.data(),
                leading});
        begin = end;
      }
  }

} // namespace sobolev
