// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_problem_h
#define sobolev_problem_problem_h

#include <sobolev/problem/boundary_condition.h>
#include <sobolev/problem/law.h>

#include <deal.II/base/bounding_box.h>
#include <deal.II/base/function.h>
#include <deal.II/base/mpi.h>

#include <deal.II/fe/mapping.h>
#include <deal.II/grid/tria.h>

#include <memory>
#include <string>

namespace sobolev
{
  /**
   * A boundary value problem: a law on a mesh with boundary conditions.
   *
   * It describes and does nothing. Networks (ResidualBlock) and finite
   * elements (FiniteElementSolver) both solve it.
   *
   * The mesh may be serial, shared or distributed. @p communicator names the
   * processes that work on the problem; for parallel meshes it is the mesh's.
   * A serial mesh is known in full to every process, and is then divided among
   * them cell by cell, see is_owned().
   */
  template <int dim>
  struct Problem
  {
    /** A name for reports and files. */
    std::string name;

    MPI_Comm communicator = MPI_COMM_SELF;

    /** The mesh; referenced, must outlive this object. */
    const dealii::Triangulation<dim> &triangulation;

    /** The mapping; referenced, must outlive this object. */
    const dealii::Mapping<dim> &mapping;

    std::shared_ptr<const Law<dim>> law;

    BoundaryConditions<dim> boundary_conditions;

    /** The exact solution with gradients, where it is known, else empty. */
    std::shared_ptr<const dealii::Function<dim>> exact_solution;

    /**
     * Check that law and boundary conditions fit each other and the mesh:
     * every component has exactly one condition on every boundary id of the
     * mesh, and no condition is given for an id that the mesh lacks.
     * Collective.
     *
     * @throws InputError (on all processes alike) with a sentence that names
     * the boundary id and those that the mesh has.
     */
    void check() const;

    /** Whether this process works on the active @p cell. Local. */
    bool
    is_owned(const typename dealii::Triangulation<dim>::active_cell_iterator
               &cell) const;

    /**
     * The smallest axis-parallel box with all vertices and all boundary
     * points (of a coarse quadrature on each face) of the mesh. Collective.
     */
    dealii::BoundingBox<dim> bounding_box() const;
  };
} // namespace sobolev

#endif
