// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_flat_boundary_h
#define sobolev_problem_flat_boundary_h

#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>
#include <deal.II/base/types.h>

#include <deal.II/grid/tria.h>

#include <set>
#include <vector>

namespace sobolev
{
  /**
   * A flat piece of the boundary of a mesh: a point, a segment or a convex
   * polygon.
   */
  template <int dim>
  struct FlatBoundaryPiece
  {
    /** Unit normal that points into the domain. */
    dealii::Tensor<1, dim> normal;

    /** The point, the ends, or the vertices in their order around it. */
    std::vector<dealii::Point<dim>> vertices;

    /**
     * Whether all of the mesh lies on one side of the line or plane of this
     * piece and touches it only in pieces of the same boundary ids. If so, the
     * piece stands for all of them, and the vertices are those of their hull.
     */
    bool is_supporting;
  };



  /**
   * The parts of the boundary with the given ids as flat pieces, as few as
   * possible: neighbouring faces of the coarse mesh in one line or plane are
   * one piece, so that refinement changes nothing.
   *
   * Only the coarse mesh is looked at, which every process has: not collective,
   * the same on all processes. Boundary ids must be those of the coarse faces.
   *
   * @throws InputError if one of the faces is curved, or if faces in one plane
   * form a polygon that is not convex (and not supporting).
   */
  template <int dim>
  std::vector<FlatBoundaryPiece<dim>>
  find_flat_boundary(const dealii::Triangulation<dim>           &triangulation,
                     const std::set<dealii::types::boundary_id> &ids);
} // namespace sobolev

#endif
