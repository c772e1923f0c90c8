// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_finite_element_solver_h
#define sobolev_reference_finite_element_solver_h

#include <sobolev/problem/problem.h>
#include <sobolev/reference/finite_element_options.h>
#include <sobolev/reference/finite_element_solution.h>

#include <memory>

namespace sobolev
{
  /**
   * Solves a Problem with finite elements, as a reference for surrogates.
   *
   * On each of a sequence of meshes, beginning with the problem's own, it
   * computes two solutions, of degrees $p$ and $p+1$. The second one is the
   * reference. The difference of the two estimates the error of the first one
   * and thus overestimates that of the reference. While it exceeds the target,
   * the cells with the largest FiniteElementOptions::indicator are refined.
   *
   * In 3D, the faces of a curved cell and of its refined neighbor do not match
   * in general: where MappingQ meets a boundary manifold, they differ by
   * $O(h^2)$, an error that the estimate does not see. There, all cells are
   * refined. A problem's own mesh should have no hanging nodes in this case.
   *
   * @code
   * FiniteElementOptions options;
   * options.target_relative_l2_error = 1e-8;
   * const auto reference = FiniteElementSolver<2>(problem, options).solve();
   * const Norms error = compute_error_norms(*reference, surrogate);
   * @endcode
   *
   * The mapping has to describe refined cells, too, as MappingQ does and
   * MappingQCache does not.
   */
  template <int dim>
  class FiniteElementSolver
  {
  public:
    /**
     * Check the problem and the options. The @p problem is referenced and must
     * outlive this object and what solve() returns. Collective.
     *
     * @throws InputError if an option is out of range or Problem::check()
     * finds something.
     */
    FiniteElementSolver(const Problem<dim>         &problem,
                        const FiniteElementOptions &options = {});

    /**
     * Solve. Whether the targets were reached before max_dofs or max_cycles
     * ended the refinement is FiniteElementSolution::reached_target.
     * Collective.
     *
     * @throws ComputationError if Newton's method or a linear solver fails.
     */
    std::unique_ptr<FiniteElementSolution<dim>> solve() const;

  private:
    RefinementCycle solve_on_mesh(FiniteElementSolution<dim>    &solution,
                                  const FiniteElementSpace<dim> &lower_space,
                                  FiniteElementVector           &lower_values,
                                  dealii::Vector<double> &squared_errors) const;

    bool has_reached_target(const RefinementCycle &cycle) const;

    bool mark(FiniteElementSolution<dim>   &solution,
              const dealii::Vector<double> &squared_errors) const;

    const Problem<dim>        &problem;
    const FiniteElementOptions options;
    const double               refinement_fraction;
  };
} // namespace sobolev

#endif
