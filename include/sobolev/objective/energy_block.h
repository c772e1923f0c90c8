// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_energy_block_h
#define sobolev_objective_energy_block_h

#include <sobolev/network/jet_specification.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/point.h>

#include <cstddef>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * One term $\sum_i w_i\, e(x_i, \text{jet of } u \text{ at } x_i)$ of a
   * RitzEnergy: an energy density at locally owned quadrature points. Knows the
   * jets of the network at its points, not the network.
   *
   * Local to the process; blocks without points are allowed.
   */
  class EnergyBlock
  {
  public:
    /**
     * Keeps the points.
     *
     * @param inputs  All inputs of the network at the points: input $d$ of
     *                point $i$ at `i * n_inputs + d`.
     * @param weights Quadrature weights $w_i$, one per point.
     */
    EnergyBlock(const std::string        &name,
                const std::vector<double> inputs,
                const std::vector<double> weights)
      : block_name(name)
      , all_inputs(inputs)
      , all_weights(weights)
    {
    }

    virtual ~EnergyBlock() = default;

    /** For reports, e.g. "energy", "energy of boundary 3". */
    const std::string &
    name() const
    {
      return block_name;
    }

    std::size_t
    n_points() const
    {
      return all_weights.size();
    }

    const std::vector<double> &
    inputs() const
    {
      return all_inputs;
    }

    const std::vector<double> &
    weights() const
    {
      return all_weights;
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
    const std::string         block_name;
    const std::vector<double> all_inputs, all_weights;
  };



  /** All coordinates of points, one point after the other. */
  template <int dim>
  std::vector<double>
  coordinates_of(const std::vector<dealii::Point<dim>> &points)
  {
    std::vector<double> result;
    for (const auto &point : points)
      for (unsigned int d = 0; d < dim; ++d)
        result.push_back(point[d]);
    return result;
  }
} // namespace sobolev

#endif
