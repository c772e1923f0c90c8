// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_point_tile_h
#define sobolev_network_point_tile_h

#include <sobolev/network/jet.h>
#include <sobolev/network/jet_specification.h>

#include <deal.II/base/array_view.h>

#include <map>
#include <memory>
#include <vector>

namespace sobolev
{
  class FrozenNetwork;
  class JetTile;

  /**
   * Points at which several InputFunction objects are evaluated, and the
   * buffers that this takes. What is common to several functions is computed
   * once: the jets of the inputs of a point, all outputs of a FrozenNetwork.
   *
   * Buffers for the jets of a network are allocated when they are needed first,
   * then reused. To be used by one thread.
   */
  class PointTile
  {
  public:
    /**
     * @param specification The derivatives; referenced.
     * @param capacity      The largest number of points.
     */
    PointTile(const JetSpecification &specification,
              const unsigned int      n_inputs,
              const unsigned int      capacity);

    ~PointTile();

    /**
     * Take other points: input $i$ of point $p$, in physical units, is
     * `inputs[i * leading + p]`. They are referenced, not copied.
     */
    void reinit(const double      *inputs,
                const std::size_t  leading,
                const unsigned int n_points);

    const JetSpecification &
    specification() const
    {
      return jet;
    }

    unsigned int
    n_points() const
    {
      return points;
    }

    /** All inputs of point @p p; valid until the next call. */
    dealii::ArrayView<const Jet> input_jets(const unsigned int p);

    /** The jets of all outputs of @p network at the points. */
    const JetTile &
    network_jets(const std::shared_ptr<const FrozenNetwork> &network);

    /** Bytes of all buffers. */
    std::size_t memory_consumption() const;

  private:
    struct NetworkTile
    {
      std::unique_ptr<JetTile> tile;
      bool                     is_evaluated = false;
    };

    using NetworkTiles =
      std::map<std::shared_ptr<const FrozenNetwork>, NetworkTile>;

    const JetSpecification &jet;
    const unsigned int      n_inputs, capacity;
    const double           *inputs  = nullptr;
    std::size_t             leading = 0;
    unsigned int            points  = 0;
    std::vector<Jet>        jets;
    NetworkTiles            networks;
  };
} // namespace sobolev

#endif
