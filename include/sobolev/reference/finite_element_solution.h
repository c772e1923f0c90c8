// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_finite_element_solution_h
#define sobolev_reference_finite_element_solution_h

#include <sobolev/problem/problem.h>
#include <sobolev/reference/finite_element_space.h>
#include <sobolev/reference/norms.h>

#include <deal.II/fe/mapping.h>
#include <deal.II/grid/tria.h>

#include <memory>
#include <optional>
#include <vector>

namespace sobolev
{
  /** What FiniteElementSolver found on one of its meshes. */
  struct RefinementCycle
  {
    dealii::types::global_cell_index n_cells = 0;

    /** Unknowns of the reference, which has degree $p+1$. */
    dealii::types::global_dof_index n_dofs = 0;

    /** Norms of the reference. */
    Norms solution;

    /**
     * Norms of the difference between the solutions of degree $p$ and $p+1$:
     * an estimate for the error of the former, and thereby a conservative one
     * for the reference.
     */
    Norms estimated_error;

    /** Norms of the true error, if Problem::exact_solution is known. */
    std::optional<Norms> exact_error;

    /** Of both solutions together. */
    unsigned int newton_iterations = 0;
    unsigned int linear_iterations = 0;

    /** Wall time of this cycle [s]. */
    double seconds = 0.;
  };



  /**
   * The finite element reference of a Problem: a mesh of its own, degrees of
   * freedom, values and an estimate of its error.
   *
   * The parts are ordinary deal.II objects. The solution can be shown with
   * `DataOut`, evaluated with `Functions::FEFieldFunction`, and compared with
   * other functions by compute_error_norms(). The Problem's law and boundary
   * functions are shared with it; its mesh and mapping are copied, but the
   * Problem itself is referenced and must outlive this object.
   */
  template <int dim>
  struct FiniteElementSolution
  {
    /** A copy of the mesh and zero values of the given degree. Collective. */
    FiniteElementSolution(const Problem<dim> &problem,
                          const unsigned int  degree);

    const Problem<dim> &problem;

    /** Distributed or shared, see copy_mesh(). */
    std::unique_ptr<dealii::Triangulation<dim>> triangulation;

    std::unique_ptr<const dealii::Mapping<dim>> mapping;

    /** The space of degree $p+1$ with its DoFHandler. */
    std::unique_ptr<FiniteElementSpace<dim>> space;

    /** The values, ghosts up-to-date. */
    FiniteElementVector values;

    /** What happened on each mesh; the last entry describes this solution. */
    std::vector<RefinementCycle> history;

    /** Whether the estimated error is below the targets of the options. */
    bool reached_target = false;

    /** Wall time [s]. */
    double seconds = 0.;

    /** Norms of the solution. */
    const Norms &
    norms() const
    {
      return history.back().solution;
    }

    /** Estimated error, see RefinementCycle::estimated_error. */
    const Norms &
    estimated_error() const
    {
      return history.back().estimated_error;
    }

    const dealii::DoFHandler<dim> &
    dof_handler() const
    {
      return space->get_dof_handler();
    }
  };
} // namespace sobolev

#endif
