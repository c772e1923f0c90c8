// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_refinement_transfer_h
#define sobolev_reference_refinement_transfer_h

#include <sobolev/reference/finite_element_space.h>

#include <memory>

namespace sobolev
{
  /**
   * Carries a finite element function from a mesh to its refinement.
   *
   * @code
   * RefinementTransfer<dim> transfer(space, values);
   * triangulation.execute_coarsening_and_refinement();
   * space.reinit();
   * FiniteElementVector start = transfer.interpolate();
   * @endcode
   */
  template <int dim>
  class RefinementTransfer
  {
  public:
    /**
     * Remember @p values. Call it after
     * Triangulation::prepare_coarsening_and_refinement(). No cell may be
     * flagged for coarsening. The @p space is referenced, @p values must stay
     * as they are until the mesh has been refined. Collective.
     */
    RefinementTransfer(const FiniteElementSpace<dim> &space,
                       const FiniteElementVector     &values);

    /** Destructor. */
    ~RefinementTransfer();

    /** The values on the refined mesh, ghosts not up-to-date. Collective. */
    FiniteElementVector interpolate();

  private:
    struct DistributedMesh;
    struct SharedMesh;

    const FiniteElementSpace<dim>   &space;
    std::unique_ptr<DistributedMesh> distributed_mesh;
    std::unique_ptr<SharedMesh>      shared_mesh;
  };
} // namespace sobolev

#endif
