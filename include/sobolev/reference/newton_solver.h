// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_newton_solver_h
#define sobolev_reference_newton_solver_h

#include <sobolev/problem/problem.h>
#include <sobolev/reference/finite_element_options.h>
#include <sobolev/reference/finite_element_space.h>
#include <sobolev/reference/weak_residual.h>

#include <vector>

namespace sobolev
{
  /** What it took to solve the equations of one space. */
  struct SolverStatistics
  {
    unsigned int newton_iterations = 0;
    unsigned int linear_iterations = 0;

    /** Residual norms, the start included, relative as in the options. */
    std::vector<double> residuals;
  };



  /**
   * Newton's method with backtracking for a Problem in one finite element
   * space; a single step if the law is linear.
   *
   * The linear systems are solved by conjugate gradients if the law is
   * symmetric and by GMRES otherwise, preconditioned by algebraic multigrid of
   * Trilinos ML. They are solved the more accurately the smaller the residual
   * is, so that convergence stays quadratic.
   */
  template <int dim>
  class NewtonSolver
  {
  public:
    /** All arguments are referenced and must outlive this object. Local. */
    NewtonSolver(const Problem<dim>            &problem,
                 const dealii::Mapping<dim>    &mapping,
                 const FiniteElementSpace<dim> &space,
                 const FiniteElementOptions    &options);

    /**
     * Solve, starting from @p solution, on which the constraints are imposed
     * first. Its ghosts are up-to-date afterwards. Collective.
     *
     * @throws ComputationError if Newton's method or a linear solver does not
     * converge; the sentence has the number of iterations and the residual.
     */
    SolverStatistics solve(FiniteElementVector &solution) const;

  private:
    double compute_residual_scale(const FiniteElementVector &residual,
                                  const FiniteElementVector &start) const;

    double backtrack(FiniteElementVector       &solution,
                     FiniteElementVector       &residual,
                     const FiniteElementVector &update,
                     const double               old_norm) const;

    unsigned int
    solve_linear(const dealii::TrilinosWrappers::SparseMatrix &matrix,
                 FiniteElementVector                          &update,
                 const FiniteElementVector                    &residual,
                 const double                                  tolerance) const;

    void solve_directly(const dealii::TrilinosWrappers::SparseMatrix &matrix,
                        FiniteElementVector                          &update,
                        const FiniteElementVector                    &residual,
                        const std::string &why_not_iteratively) const;

    const Problem<dim>            &problem;
    const FiniteElementSpace<dim> &space;
    const FiniteElementOptions    &options;
    const WeakResidual<dim>        equations;
  };
} // namespace sobolev

#endif
