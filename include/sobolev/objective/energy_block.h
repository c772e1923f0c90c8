// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_energy_block_h
#define sobolev_objective_energy_block_h

#include <sobolev/network/jet_specification.h>
#include <sobolev/sampling/input_points.h>

#include <deal.II/base/array_view.h>

#include <cstddef>
#include <string>
#include <utility>

namespace sobolev
{
  /**
   * One term $\sum_i w_i\, e(x_i, \text{jet of } u \text{ at } x_i)$ of a
   * RitzEnergy: an energy density at locally owned quadrature points. Knows the
   * jets of the network at its points, not the network. The points lie in the
   * space of all inputs of the network.
   *
   * Local to the process; blocks without points are allowed.
   */
  class EnergyBlock
  {
  public:
    /** Keeps the points. */
    EnergyBlock(const std::string &name, InputPoints points)
      : block_name(name)
      , samples(std::move(points))
    {
    }

    virtual ~EnergyBlock() = default;

    /** For reports, e.g. "energy", "energy of boundary 3". */
    const std::string &
    name() const
    {
      return block_name;
    }

    /** The locally owned points with their quadrature weights $w_i$. */
    const InputPoints &
    points() const
    {
      return samples;
    }

    /** The jets that the density depends on. */
    virtual JetSpecification jet_specification() const = 0;

    /**
     * Densities at the points @p first to `first + n_points - 1` and their
     * derivatives with respect to the jets.
     *
     * @param jets        Output $o$, channel $k$, point $p$ at
     *                    `(o * n_channels + k) * stride + p`.
     * @param densities   Of point $p$ at `p`.
     * @param derivatives In the layout of @p jets; an empty view skips them.
     *                    Entries that are always zero need not be written:
     *                    they are zero at the beginning.
     */
    virtual void
    evaluate(const std::size_t                      first,
             const unsigned int                     n_points,
             const dealii::ArrayView<const double> &jets,
             const unsigned int                     stride,
             const dealii::ArrayView<double>       &densities,
             const dealii::ArrayView<double>       &derivatives) const = 0;

  private:
    const std::string block_name;
    const InputPoints samples;
  };
} // namespace sobolev

#endif
