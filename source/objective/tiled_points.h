// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_tiled_points_h
#define sobolev_objective_tiled_points_h

#include <sobolev/network/network.h>
#include <sobolev/sampling/input_points.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/parallel.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    // The points of several blocks in tiles that are as large as the jets of a
    // network should be, with what the threads that deal.II may use need to
    // work on them tile by tile.
    //
    // The tiles do not depend on the number of threads, and which thread has
    // which tile depends on that number only: sums are the same in every run,
    // and up to round-off for every number. With one thread, nothing is
    // allocated after add_block() but what is returned.
    class TiledPoints
    {
    public:
      // Some consecutive points of one batch of one block.
      struct Tile
      {
        unsigned int block, batch;
        std::size_t  first_point;
        unsigned int n_points;

        // The points with their padding, see JetTile::stride().
        unsigned int stride;

        // Jets of the network's features, offsets and factors at the points.
        std::vector<double> known_functions;
      };

      // The network is referenced.
      TiledPoints(const Network &network, const Precision precision);

      // Divide the points of the next block into tiles. They are referenced.
      // Returns the most points that a tile may have, with padding.
      unsigned int add_block(const InputPoints      &points,
                             const JetSpecification &specification);

      const std::vector<Tile> &
      tiles() const
      {
        return all_tiles;
      }

      // The number of points of all blocks.
      std::size_t n_points() const;

      std::size_t
      n_threads() const
      {
        return jet_tiles.size();
      }

      // Bytes of the jets of all threads.
      std::size_t memory_consumption() const;

      // The numbers of some tiles.
      using TileList = std::vector<std::size_t>;

      const TileList &
      all() const
      {
        return all_numbers;
      }

      // Call action(t, jets, thread) for some tiles t, in the given thread, with
      // jets that are ready for Network::evaluate().
      template <typename Action>
      void
      for_each_tile(const TileList &numbers, const Action &action)
      {
        run_threads(
          numbers.size(),
          [&](const std::size_t i) {
            return numbers[i];
          },
          action);
      }

      // The same for the tiles from begin to end - 1.
      template <typename Action>
      void
      for_each_tile(const std::size_t begin,
                    const std::size_t end,
                    const Action     &action)
      {
        run_threads(
          end - begin,
          [&](const std::size_t i) {
            return begin + i;
          },
          action);
      }

      // The sums over some tiles of each block of what action(t, jets, thread)
      // returns.
      template <typename Action>
      std::vector<double>
      sum_by_block(const TileList &numbers, const Action &action)
      {
        for_each_tile(
          numbers,
          [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
            tile_values[t] = action(t, jets, thread);
          });

        std::vector<double> sums(blocks.size(), 0.);
        for (const std::size_t t : numbers)
          sums[all_tiles[t].block] += tile_values[t];
        return sums;
      }

      // For some tiles. Here, action(t, jets, thread, sum) also adds something
      // to the vector sum; all of it is added to the result. Returns the sum
      // over these tiles.
      template <typename Action>
      double
      accumulate(const TileList                  &numbers,
                 const dealii::ArrayView<double> &result,
                 const Action                    &action)
      {
        for (auto &sum : partial_sums)
          std::fill(sum.begin(), sum.end(), 0.);
        for_each_tile(
          numbers,
          [&](const std::size_t t, JetTile &jets, const std::size_t thread) {
            tile_values[t] =
              action(t,
                     jets,
                     thread,
                     partial_sums.empty()
                       ? result
                       : dealii::make_array_view(partial_sums[thread]));
          });

        for (const auto &sum : partial_sums)
          for (std::size_t k = 0; k < sum.size(); ++k)
            result[k] += sum[k];
        double total = 0.;
        for (const std::size_t t : numbers)
          total += tile_values[t];
        return total;
      }

    private:
      // Call action(t, jets, thread) for n tiles t = number(i).
      template <typename Number, typename Action>
      void
      run_threads(const std::size_t n,
                  const Number     &number,
                  const Action     &action)
      {
        const auto run = [&](const std::size_t thread) {
          for (std::size_t i = thread; i < n; i += n_threads())
            action(number(i), load_tile(all_tiles[number(i)], thread), thread);
        };

        if (n_threads() == 1)
          run(0);
        else
          dealii::parallel::apply_to_subranges(
            std::size_t(0),
            n_threads(),
            [&](const std::size_t first, const std::size_t last) {
              for (std::size_t thread = first; thread < last; ++thread)
                run(thread);
            },
            1);
      }

      // Divide the points from begin to end - 1 of the last block into tiles.
      void add_tiles(const std::size_t  begin,
                     const std::size_t  end,
                     const unsigned int batch);

      void load_points(const Tile &tile, JetTile &jets) const;

      // Points and known functions, for the jets of the thread.
      JetTile &load_tile(const Tile &tile, const std::size_t thread);

      const Network                   &network;
      const Precision                  precision;
      std::vector<const InputPoints *> blocks;
      std::vector<Tile>                all_tiles;
      TileList                         all_numbers;

      // One per thread and block: jet_tiles[thread][block].
      std::vector<std::vector<std::unique_ptr<JetTile>>> jet_tiles;

      // For vectors of as many entries as the network has parameters, one per
      // thread if there are several.
      std::vector<std::vector<double>> partial_sums;
      std::vector<double>              tile_values;
    };
  } // namespace internal
} // namespace sobolev

#endif
