// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_reference_mesh_h
#define sobolev_reference_reference_mesh_h

#include <sobolev/problem/problem.h>

#include <deal.II/grid/tria.h>
#include <deal.II/lac/vector.h>

#include <memory>

namespace sobolev
{
  /**
   * A copy of the mesh of @p problem that may be refined: distributed if the
   * original is a parallel::distributed::Triangulation, otherwise shared among
   * the processes of Problem::communicator, each of which knows all cells.
   * Manifolds, boundary and material ids are kept. Collective.
   *
   * Refined locally, a distributed mesh gets a few more cells because p4est
   * also limits the difference in level across vertices.
   *
   * @throws InputError if the mesh is a parallel::fullydistributed one, which
   * cannot be refined.
   */
  template <int dim>
  std::unique_ptr<dealii::Triangulation<dim>>
  copy_mesh(const Problem<dim> &problem);

  /**
   * Set refine flags on the fewest cells that carry the @p fraction of the sum
   * of @p indicators (Dörfler marking), or on all cells if these are more than
   * 60 % of them. Cells with indicators that agree up to round-off are treated
   * alike, so the number of processes does not matter. Collective.
   *
   * @param indicators By active cell index; those of locally owned cells are
   *                   read. Not negative.
   * @return The number of flagged cells of the whole mesh.
   */
  template <int dim>
  dealii::types::global_cell_index
  mark_cells(dealii::Triangulation<dim>   &triangulation,
             const dealii::Vector<double> &indicators,
             const double                  fraction,
             const MPI_Comm                communicator);
} // namespace sobolev

#endif
