// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/ritz_energy.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/multithread_info.h>
#include <deal.II/base/parallel.h>

#include <algorithm>

namespace sobolev
{
  // Some consecutive points of one block, with the jets of the network's
  // features, offsets and factors.
  struct RitzEnergy::Tile
  {
    unsigned int        block;
    std::size_t         first_point;
    unsigned int        n_points;
    std::vector<double> known_functions;
  };



  // What one thread needs for the tiles of one block.
  struct RitzEnergy::Workspace
  {
    Workspace(const Network     &network,
              const EnergyBlock &block,
              const Precision    precision)
      : jets(network, block.jet_specification(), 0, precision)
      , densities(jets.capacity())
    {
      AssertDimension(network.n_inputs(), block.points().n_inputs());
    }

    void
    load_points(const EnergyBlock &block,
                const std::size_t  first_point,
                const unsigned int n_points)
    {
      jets.reinit(n_points);
      for (unsigned int i = 0; i < block.points().n_inputs(); ++i)
        jets.set_inputs(i, block.points().input(i).data() + first_point);
    }

    JetTile             jets;
    std::vector<double> densities;
  };



  RitzEnergy::RitzEnergy(const Network                            &network,
                         std::vector<std::unique_ptr<EnergyBlock>> blocks,
                         const Precision                           precision)
    : network(network)
    , blocks(std::move(blocks))
    , weights(network, precision)
    , workspaces(dealii::MultithreadInfo::n_threads())
  {
    for (auto &of_thread : workspaces)
      for (const auto &block : this->blocks)
        of_thread.push_back(
          std::make_unique<Workspace>(network, *block, precision));
    partial_sums.assign(workspaces.size(),
                        std::vector<double>(network.n_parameters()));

    for (unsigned int b = 0; b < this->blocks.size(); ++b)
      {
        Workspace        &workspace = *workspaces[0][b];
        JetTile          &jets      = workspace.jets;
        const std::size_t n         = this->blocks[b]->points().size();
        const std::size_t n_tiles = (n + jets.capacity() - 1) / jets.capacity();
        for (std::size_t t = 0; t < n_tiles; ++t)
          {
            const std::size_t  begin = t * n / n_tiles;
            const unsigned int size  = (t + 1) * n / n_tiles - begin;
            tiles.push_back({b, begin, size, {}});
            workspace.load_points(*this->blocks[b], begin, size);
            if (jets.known_functions().size() > 0)
              {
                jets.compute_known_functions(network);
                const auto values = jets.known_functions();
                tiles.back().known_functions.assign(values.begin(),
                                                    values.end());
              }
          }
      }
    tile_energies.resize(tiles.size());
  }



  RitzEnergy::~RitzEnergy() = default;



  unsigned int
  RitzEnergy::n_parameters() const
  {
    return network.n_parameters();
  }



  std::size_t
  RitzEnergy::n_points() const
  {
    std::size_t n = 0;
    for (const auto &block : blocks)
      n += block->points().size();
    return n;
  }



  std::vector<std::string>
  RitzEnergy::block_names() const
  {
    std::vector<std::string> names;
    for (const auto &block : blocks)
      names.push_back(block->name());
    return names;
  }



  std::vector<ParameterGroup>
  RitzEnergy::parameter_groups() const
  {
    return make_parameter_groups(network.layout());
  }



  std::vector<double>
  RitzEnergy::block_losses(const dealii::ArrayView<const double> &theta) const
  {
    evaluate_tiles(theta, dealii::ArrayView<double>());
    std::vector<double> losses(blocks.size(), 0.);
    for (std::size_t t = 0; t < tiles.size(); ++t)
      losses[tiles[t].block] += tile_energies[t];
    return losses;
  }



  double
  RitzEnergy::add_gradient(const dealii::ArrayView<const double> &theta,
                           const dealii::ArrayView<double> &gradient) const
  {
    evaluate_tiles(theta, gradient);
    double energy = 0.;
    for (const double of_tile : tile_energies)
      energy += of_tile;
    return energy;
  }



  void
  RitzEnergy::evaluate_tiles(const dealii::ArrayView<const double> &theta,
                             const dealii::ArrayView<double> &gradient) const
  {
    weights.assign(theta);
    const bool        linearise = gradient.size() > 0;
    const std::size_t n_threads = workspaces.size();
    const auto        run       = [&](const std::size_t thread) {
      const dealii::ArrayView<double> sum =
        linearise ? dealii::make_array_view(partial_sums[thread])
                               : dealii::ArrayView<double>();
      std::fill(sum.begin(), sum.end(), 0.);
      const std::size_t begin = thread * tiles.size() / n_threads;
      const std::size_t end   = (thread + 1) * tiles.size() / n_threads;
      for (std::size_t t = begin; t < end; ++t)
        tile_energies[t] =
          evaluate_tile(tiles[t], *workspaces[thread][tiles[t].block], sum);
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

    if (linearise)
      for (const auto &sum : partial_sums)
        for (std::size_t k = 0; k < sum.size(); ++k)
          gradient[k] += sum[k];
  }



  double
  RitzEnergy::evaluate_tile(const Tile                      &tile,
                            Workspace                       &workspace,
                            const dealii::ArrayView<double> &gradient) const
  {
    const EnergyBlock &block     = *blocks[tile.block];
    JetTile           &jets      = workspace.jets;
    const bool         linearise = gradient.size() > 0;

    // 1. Jets.
    workspace.load_points(block, tile.first_point, tile.n_points);
    if (!tile.known_functions.empty())
      jets.use_known_functions(dealii::make_array_view(tile.known_functions));
    network.evaluate(weights, jets);

    // 2. Densities; their derivatives are the adjoints but for the weights.
    const unsigned int stride   = jets.stride();
    const auto         adjoints = jets.all_output_adjoints();
    if (linearise)
      std::fill(adjoints.begin(), adjoints.end(), 0.);
    block.evaluate(tile.first_point,
                   tile.n_points,
                   jets.all_outputs(),
                   stride,
                   dealii::make_array_view(workspace.densities),
                   linearise ? adjoints : dealii::ArrayView<double>());

    // 3. Weights.
    const double *const w = block.points().weights.data() + tile.first_point;
    double              energy = 0.;
    for (unsigned int p = 0; p < tile.n_points; ++p)
      energy += w[p] * workspace.densities[p];
    if (linearise)
      {
        for (std::size_t k = 0; k < adjoints.size(); k += stride)
          for (unsigned int p = 0; p < tile.n_points; ++p)
            adjoints[k + p] *= w[p];
        network.add_parameter_gradient(weights, jets, gradient);
      }
    return energy;
  }
} // namespace sobolev
