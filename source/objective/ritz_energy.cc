// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/ritz_energy.h>

#include <algorithm>

#include "tiled_points.h"

namespace sobolev
{
  RitzEnergy::RitzEnergy(const Network                            &network,
                         std::vector<std::unique_ptr<EnergyBlock>> blocks,
                         const Precision                           precision)
    : network(network)
    , blocks(std::move(blocks))
    , tiled_points(std::make_unique<internal::TiledPoints>(network, precision))
    , weights(network, precision)
    , densities(tiled_points->n_threads())
  {
    for (const auto &block : this->blocks)
      tiled_points->add_block(block->points(), block->jet_specification());
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
    return tiled_points->n_points();
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
    weights.assign(theta);
    return tiled_points->sum_by_block(
      tiled_points->all(),
      [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
        return evaluate_tile(t, jets, thread, dealii::ArrayView<double>());
      });
  }



  double
  RitzEnergy::add_gradient(const dealii::ArrayView<const double> &theta,
                           const dealii::ArrayView<double> &gradient) const
  {
    weights.assign(theta);
    const auto add_tile = [&](const std::size_t                t,
                              JetTile                         &jets,
                              const std::size_t                thread,
                              const dealii::ArrayView<double> &sum) {
      return evaluate_tile(t, jets, thread, sum);
    };
    return tiled_points->accumulate(tiled_points->all(), gradient, add_tile);
  }



  double
  RitzEnergy::evaluate_tile(const std::size_t                t,
                            JetTile                         &jets,
                            const std::size_t                thread,
                            const dealii::ArrayView<double> &gradient) const
  {
    const auto        &tile      = tiled_points->tiles()[t];
    const EnergyBlock &block     = *blocks[tile.block];
    const unsigned int stride    = jets.stride();
    const bool         linearise = gradient.size() > 0;

    // 1. Jets.
    network.evaluate(weights, jets);

    // 2. Densities; their derivatives are the adjoints but for the weights.
    std::vector<double> &values = densities[thread];
    values.resize(tile.n_points);
    const auto adjoints =
      linearise ? jets.all_output_adjoints() : dealii::ArrayView<double>();
    std::fill(adjoints.begin(), adjoints.end(), 0.);
    block.evaluate(tile.first_point,
                   tile.n_points,
                   jets.all_outputs(),
                   stride,
                   dealii::make_array_view(values),
                   adjoints);

    // 3. Weights.
    const double *const w = block.points().weights.data() + tile.first_point;
    double              energy = 0.;
    for (unsigned int p = 0; p < tile.n_points; ++p)
      energy += w[p] * values[p];
    for (std::size_t k = 0; k < adjoints.size(); k += stride)
      for (unsigned int p = 0; p < tile.n_points; ++p)
        adjoints[k + p] *= w[p];
    if (linearise)
      network.add_parameter_gradient(weights, jets, gradient);
    return energy;
  }
} // namespace sobolev
