// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/newton_solver.h>

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/lac/solver_cg.h>
#include <deal.II/lac/solver_control.h>
#include <deal.II/lac/solver_gmres.h>
#include <deal.II/lac/trilinos_precondition.h>
#include <deal.II/lac/trilinos_solver.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // a += factor * b for the locally owned entries; the ghosts of a are
    // out of date afterwards.
    void
    add_owned(FiniteElementVector       &a,
              const double               factor,
              const FiniteElementVector &b)
    {
      a.zero_out_ghost_values();
      for (unsigned int i = 0; i < a.locally_owned_size(); ++i)
        a.local_element(i) += factor * b.local_element(i);
    }



    // The functions that are constant in one component and zero in the
    // others, which algebraic multigrid has to represent on coarse levels.
    template <int dim>
    std::vector<std::vector<bool>>
    compute_constant_modes(const dealii::DoFHandler<dim> &dof_handler)
    {
      const auto owned_per_component =
        dealii::DoFTools::locally_owned_dofs_per_component(dof_handler);
      const auto &owned = dof_handler.locally_owned_dofs();

      std::vector<std::vector<bool>> modes(
        owned_per_component.size(),
        std::vector<bool>(owned.n_elements(), false));
      for (unsigned int c = 0; c < modes.size(); ++c)
        for (const auto i : owned_per_component[c])
          modes[c][owned.index_within_set(i)] = true;
      return modes;
    }
  } // namespace



  template <int dim>
  NewtonSolver<dim>::NewtonSolver(const Problem<dim>            &problem,
                                  const dealii::Mapping<dim>    &mapping,
                                  const FiniteElementSpace<dim> &space,
                                  const FiniteElementOptions    &options)
    : problem(problem)
    , space(space)
    , options(options)
    , equations(problem, mapping, space)
  {
  }



  template <int dim>
  SolverStatistics
  NewtonSolver<dim>::solve(FiniteElementVector &solution) const
  {
    // 1. Start value, its residual, and what residuals are compared with.
    solution.zero_out_ghost_values();
    space.get_constraints().distribute(solution);

    dealii::TrilinosWrappers::SparseMatrix tangent;
    equations.reinit(tangent);
    FiniteElementVector residual = space.create_vector();
    FiniteElementVector update   = space.create_vector();
    equations.assemble(residual, &tangent, solution);

    double       norm  = residual.l2_norm();
    const double scale = compute_residual_scale(residual, solution);
    AssertInput(std::isfinite(norm) && std::isfinite(scale),
                "the finite element reference cannot be computed because the "
                "law is not finite at the start value.");

    SolverStatistics statistics;
    statistics.residuals.push_back(scale > 0. ? norm / scale : 0.);
    const bool   linear = problem.law->is_linear();
    const double wanted =
      (linear ? options.linear_tolerance : options.newton_tolerance) * scale;

    // 2. Newton steps.
    while (norm > wanted)
      {
        const unsigned int k = statistics.newton_iterations++;
        if (k == options.max_newton_iterations)
          {
            std::ostringstream sentence;
            sentence << "Newton's method for the finite element reference did "
                        "not converge in "
                     << k << " iterations: the relative residual is "
                     << norm / scale << " and has to be "
                     << options.newton_tolerance << '.';
            throw ComputationError(sentence.str());
          }

        const double forcing =
          std::clamp(0.1 * norm / scale, options.linear_tolerance, 1e-2);
        const double tolerance =
          linear ? wanted : std::max(forcing * norm, 0.1 * wanted);
        update = 0.;
        statistics.linear_iterations +=
          solve_linear(tangent, update, residual, tolerance);

        if (linear)
          {
            add_owned(solution, 1., update);
            break;
          }

        // Round-off prevents smaller residuals once the step is tiny.
        if (update.l2_norm() <= 1e-13 * solution.l2_norm())
          {
            add_owned(solution, 1., update);
            break;
          }

        norm = backtrack(solution, residual, update, norm);
        statistics.residuals.push_back(norm / scale);
        if (norm > wanted)
          equations.assemble(residual, &tangent, solution);
      }

    solution.zero_out_ghost_values();
    space.get_constraints().distribute(solution);
    solution.update_ghost_values();
    return statistics;
  }



  template <int dim>
  double
  NewtonSolver<dim>::compute_residual_scale(
    const FiniteElementVector &residual,
    const FiniteElementVector &start) const
  {
    FiniteElementVector zero = space.create_vector();
    space.get_constraints().distribute(zero);

    FiniteElementVector difference(zero);
    add_owned(difference, -1., start);
    if (difference.linfty_norm() == 0.)
      return residual.l2_norm();

    FiniteElementVector zero_residual = space.create_vector();
    equations.assemble(zero_residual, nullptr, zero);
    const double zero_norm = zero_residual.l2_norm();
    return std::isfinite(zero_norm) ? std::max(zero_norm, residual.l2_norm())
                                    : residual.l2_norm();
  }



  template <int dim>
  double
  NewtonSolver<dim>::backtrack(FiniteElementVector       &solution,
                               FiniteElementVector       &residual,
                               const FiniteElementVector &update,
                               const double               old_norm) const
  {
    double step = 1., taken = 0., norm = 0.;
    for (; step > 1e-3; step *= 0.5)
      {
        add_owned(solution, step - taken, update);
        taken = step;
        equations.assemble(residual, nullptr, solution);
        norm = residual.l2_norm();
        if (std::isfinite(norm) && norm <= (1. - 1e-4 * step) * old_norm)
          return norm;
      }

    std::ostringstream sentence;
    sentence << "Newton's method for the finite element reference stalled: "
                "even with "
             << taken
             << " times the Newton step the norm of the residual changes from "
             << old_norm << " to " << norm
             << "; is the derivative of the law continuous?";
    throw ComputationError(sentence.str());
  }



  template <int dim>
  unsigned int
  NewtonSolver<dim>::solve_linear(
    const dealii::TrilinosWrappers::SparseMatrix &matrix,
    FiniteElementVector                          &update,
    const FiniteElementVector                    &residual,
    const double                                  tolerance) const
  {
    const bool symmetric = problem.law->is_symmetric();

    dealii::TrilinosWrappers::PreconditionAMG::AdditionalData data;
    data.elliptic              = symmetric;
    data.higher_order_elements = space.get_fe().degree > 1;
    data.smoother_sweeps       = 2;
    data.aggregation_threshold = 0.02;
    if (problem.law->n_components() > 1)
      data.constant_modes = compute_constant_modes(space.get_dof_handler());
    dealii::TrilinosWrappers::PreconditionAMG preconditioner;
    preconditioner.initialize(matrix, data);

    dealii::SolverControl control(options.max_linear_iterations,
                                  tolerance,
                                  /*log_history=*/false,
                                  /*log_result=*/false);
    try
      {
        if (symmetric)
          {
            dealii::SolverCG<FiniteElementVector> solver(control);
            solver.solve(matrix, update, residual, preconditioner);
          }
        else
          {
            typename dealii::SolverGMRES<FiniteElementVector>::AdditionalData
              gmres;
            gmres.right_preconditioning = true;
            gmres.max_n_tmp_vectors     = 102;
            dealii::SolverGMRES<FiniteElementVector> solver(control, gmres);
            solver.solve(matrix, update, residual, preconditioner);
          }
      }
    catch (const dealii::SolverControl::NoConvergence &failure)
      {
        std::ostringstream why;
        why << "the linear solver of the finite element reference did not "
               "converge in "
            << failure.last_step << " iterations: the norm of the residual is "
            << failure.last_residual << " and has to be " << tolerance;
        solve_directly(matrix, update, residual, why.str());
      }
    space.get_update_constraints().distribute(update);
    return control.last_step();
  }



  template <int dim>
  void
  NewtonSolver<dim>::solve_directly(
    const dealii::TrilinosWrappers::SparseMatrix &matrix,
    FiniteElementVector                          &update,
    const FiniteElementVector                    &residual,
    const std::string                            &why_not_iteratively) const
  {
    if (space.get_dof_handler().n_dofs() > options.max_dofs_direct_solver)
      throw ComputationError(why_not_iteratively + ".");

    FiniteElementVector remainder = space.create_vector();
    bool                solved    = true;
    try
      {
        dealii::SolverControl                  control(1, 0., false, false);
        dealii::TrilinosWrappers::SolverDirect solver(control);
        update = 0.;
        solver.solve(matrix, update, residual);
      }
    catch (const dealii::ExceptionBase &)
      {
        solved = false;
      }

    if (solved)
      {
        matrix.vmult(remainder, update);
        add_owned(remainder, -1., residual);
        solved = remainder.l2_norm() <= 1e-6 * residual.l2_norm();
      }
    if (!solved)
      throw ComputationError(why_not_iteratively +
                             ", and the matrix is too close to singular for a "
                             "direct solver; is the solution unique?");
  }



  template class NewtonSolver<1>;
  template class NewtonSolver<2>;
  template class NewtonSolver<3>;
} // namespace sobolev
