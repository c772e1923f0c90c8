// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_reference_points_h
#define sobolev_sampling_reference_points_h

#include <sobolev/sampling/point_rule.h>

#include <deal.II/base/point.h>
#include <deal.II/base/quadrature.h>

#include <deal.II/grid/tria.h>

#include <cstdint>
#include <vector>

namespace sobolev
{
  /**
   * The coarse cell and the numbers of the children that lead to @p cell, the
   * same for serial, shared and distributed meshes.
   *
   * This is not the CellId: distributed meshes number the coarse cells there
   * in the order of p4est.
   */
  template <int dim>
  std::vector<std::uint64_t> place_in_mesh(
    const typename dealii::Triangulation<dim>::active_cell_iterator &cell);



  /**
   * Makes the points and weights of a PointRule in reference cells (or faces)
   * $[0,1]^d$, one cell after the other. A cell is named by a random number
   * that name_of() derives from its place in the mesh. Local to the process.
   *
   * @tparam d The dimension of the cells or faces, 0 to 3.
   */
  template <int d>
  class ReferencePoints
  {
  public:
    /**
     * @param total_measure Volume of the domain, area of the boundary.
     *
     * @throws InputError if @p rule asks for no points.
     */
    ReferencePoints(const PointRule &rule, const double total_measure);

    /**
     * A random number for a cell, or for a face of it, that depends on seed
     * and stream of the rule and on these arguments only.
     *
     * @param place From place_in_mesh().
     * @param face  Number of the face in the cell; -1 for the cell itself.
     */
    std::uint64_t name_of(const std::vector<std::uint64_t> &place,
                          const unsigned int                face = -1) const;

    /**
     * Points of the cell with this @p name and this @p measure; the weights
     * have the sum 1.
     */
    dealii::Quadrature<d>
    operator()(const std::uint64_t name, const double measure);

  private:
    unsigned int n_points(const std::uint64_t name, const double measure) const;

    void extend_sequence(const unsigned int n);

    const PointRule             rule;
    const double                total_measure;
    const dealii::Quadrature<d> gauss;

    // The first points of Sobol's sequence, as many as were needed so far.
    std::vector<dealii::Point<d>> sequence;
  };
} // namespace sobolev

#endif
