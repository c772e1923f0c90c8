// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include "tiled_points.h"

#include <deal.II/base/exceptions.h>
#include <deal.II/base/multithread_info.h>

namespace sobolev
{
  internal::TiledPoints::TiledPoints(const Network  &network,
                                     const Precision precision)
    : network(network)
    , precision(precision)
    , jet_tiles(dealii::MultithreadInfo::n_threads())
  {
    if (n_threads() > 1)
      partial_sums.assign(n_threads(),
                          std::vector<double>(network.n_parameters()));
  }



  unsigned int
  internal::TiledPoints::add_block(const InputPoints      &points,
                                   const JetSpecification &specification)
  {
    AssertDimension(network.n_inputs(), points.n_inputs());
    const unsigned int block = blocks.size();
    blocks.push_back(&points);
    for (auto &of_thread : jet_tiles)
      of_thread.push_back(
        std::make_unique<JetTile>(network, specification, 0, precision));

    std::size_t end = 0;
    for (unsigned int batch = 0; batch < points.batch_sizes.size(); ++batch)
      {
        const std::size_t begin = end;
        end += points.batch_sizes[batch];
        add_tiles(begin, end, batch);
      }
    if (points.batch_sizes.empty())
      add_tiles(0, end = points.size(), 0);
    AssertDimension(end, points.size());
    tile_values.resize(all_tiles.size());
    return jet_tiles[0][block]->capacity();
  }



  void
  internal::TiledPoints::add_tiles(const std::size_t  begin,
                                   const std::size_t  end,
                                   const unsigned int batch)
  {
    // Tiles of equal size, so that no tile is nearly empty, and an even number
    // of them, so that two threads have the same work. The number does not
    // depend on that of the threads: points keep their places.
    const unsigned int block    = blocks.size() - 1;
    JetTile           &jets     = *jet_tiles[0][block];
    const unsigned int capacity = jets.capacity();
    const std::size_t  n        = end - begin;
    std::size_t        n_tiles  = (n + capacity - 1) / capacity;
    if (n_tiles > 1)
      n_tiles += n_tiles % 2;
    // Whole cache lines, so that nothing is padded but the last one.
    const std::size_t n_lines     = (n + 7) / 8;
    const auto        first_point = [&](const std::size_t tile) {
      return begin + std::min(tile * n_lines / n_tiles * 8, n);
    };
    for (std::size_t t = 0; t < n_tiles; ++t)
      {
        Tile tile;
        tile.block       = block;
        tile.batch       = batch;
        tile.first_point = first_point(t);
        tile.n_points    = first_point(t + 1) - tile.first_point;
        load_points(tile, jets);
        tile.stride = jets.stride();
        if (jets.known_functions().size() > 0)
          {
            jets.compute_known_functions(network);
            const auto values = jets.known_functions();
            tile.known_functions.assign(values.begin(), values.end());
          }
        all_numbers.push_back(all_tiles.size());
        all_tiles.push_back(std::move(tile));
      }
  }



  std::size_t
  internal::TiledPoints::n_points() const
  {
    std::size_t n = 0;
    for (const InputPoints *const points : blocks)
      n += points->size();
    return n;
  }



  std::size_t
  internal::TiledPoints::memory_consumption() const
  {
    std::size_t bytes = 0;
    for (const auto &of_thread : jet_tiles)
      for (const auto &jets : of_thread)
        bytes += jets->memory_consumption();
    return bytes;
  }



  void
  internal::TiledPoints::load_points(const Tile &tile, JetTile &jets) const
  {
    const InputPoints &points = *blocks[tile.block];
    jets.reinit(tile.n_points);
    for (unsigned int i = 0; i < points.n_inputs(); ++i)
      jets.set_inputs(i, points.input(i).data() + tile.first_point);
  }



  JetTile &
  internal::TiledPoints::load_tile(const Tile &tile, const std::size_t thread)
  {
    JetTile &jets = *jet_tiles[thread][tile.block];
    load_points(tile, jets);
    if (!tile.known_functions.empty())
      jets.use_known_functions(dealii::make_array_view(tile.known_functions));
    return jets;
  }
} // namespace sobolev
