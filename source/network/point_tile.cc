// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/frozen_network.h>
#include <sobolev/network/jet_tile.h>
#include <sobolev/network/point_tile.h>

#include <deal.II/base/exceptions.h>

namespace sobolev
{
  PointTile::PointTile(const JetSpecification &specification,
                       const unsigned int      n_inputs,
                       const unsigned int      capacity)
    : jet(specification)
    , n_inputs(n_inputs)
    , capacity(capacity)
  {
    for (unsigned int i = 0; i < n_inputs; ++i)
      jets.push_back(Jet::input(jet, i, 0.));
  }



  PointTile::~PointTile() = default;



  void
  PointTile::reinit(const double      *new_inputs,
                    const std::size_t  new_leading,
                    const unsigned int n_points)
  {
    AssertIndexRange(n_points, capacity + 1);
    inputs  = new_inputs;
    leading = new_leading;
    points  = n_points;
    for (auto &network : networks)
      network.second.is_evaluated = false;
  }



  dealii::ArrayView<const Jet>
  PointTile::input_jets(const unsigned int p)
  {
    AssertIndexRange(p, points);
    for (unsigned int i = 0; i < n_inputs; ++i)
      jets[i][0] = inputs[i * leading + p];
    return {jets.data(), jets.size()};
  }



  const JetTile &
  PointTile::network_jets(const std::shared_ptr<const FrozenNetwork> &network)
  {
    AssertDimension(network->network().n_inputs(), n_inputs);
    NetworkTile &of_network = networks[network];
    if (!of_network.tile)
      of_network.tile =
        std::make_unique<JetTile>(network->network(), jet, capacity);
    if (!of_network.is_evaluated)
      {
        of_network.tile->reinit(points);
        for (unsigned int i = 0; i < n_inputs; ++i)
          of_network.tile->set_inputs(i, inputs + i * leading);
        network->network().evaluate(network->weights(), *of_network.tile);
        of_network.is_evaluated = true;
      }
    return *of_network.tile;
  }



  std::size_t
  PointTile::memory_consumption() const
  {
    std::size_t bytes = sizeof(*this) + jets.capacity() * sizeof(Jet);
    for (const auto &network : networks)
      bytes += network.second.tile->memory_consumption();
    return bytes;
  }
} // namespace sobolev
