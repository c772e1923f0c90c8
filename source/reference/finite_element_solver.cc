// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/error_norms.h>
#include <sobolev/reference/finite_element_solver.h>
#include <sobolev/reference/newton_solver.h>
#include <sobolev/reference/reference_mesh.h>
#include <sobolev/reference/refinement_transfer.h>

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/base/timer.h>

#include <deal.II/fe/mapping_q.h>
#include <deal.II/fe/mapping_q_cache.h>
#include <deal.II/grid/manifold.h>
#include <deal.II/numerics/error_estimator.h>

namespace sobolev
{
  namespace
  {
    void
    check(const FiniteElementOptions &options)
    {
      AssertInput(options.degree >= 1 && options.degree <= 12,
                  "the degree " << options.degree
                                << " of the finite element reference is not "
                                   "between 1 and 12.");
      AssertInput(options.target_relative_l2_error >= 0. &&
                    options.target_relative_h1_error >= 0.,
                  "a target for the error of the finite element reference is "
                  "negative.");
      AssertInput(options.max_cycles >= 1,
                  "the finite element reference needs at least one cycle.");
      AssertInput(options.refinement_fraction > 0. &&
                    options.refinement_fraction <= 1.,
                  "the refinement fraction "
                    << options.refinement_fraction
                    << " of the finite element reference is not in (0,1].");
      AssertInput(
        options.newton_tolerance > 0. && options.newton_tolerance < 1. &&
          options.linear_tolerance > 0. && options.linear_tolerance < 1e-2,
        "the tolerances of the finite element reference are not "
        "between 0 and 1 (Newton) and 0 and 0.01 (linear).");
    }



    // Whether refinement and mapping follow any manifold that is not flat.
    template <int dim>
    bool
    has_curved_cells(const Problem<dim> &problem)
    {
      const auto *polynomial =
        dynamic_cast<const dealii::MappingQ<dim> *>(&problem.mapping);
      if (polynomial != nullptr && polynomial->get_degree() == 1)
        return false;

      unsigned int curved = 0;
      for (const auto id : problem.triangulation.get_manifold_ids())
        if (id != dealii::numbers::flat_manifold_id &&
            dynamic_cast<const dealii::FlatManifold<dim> *>(
              &problem.triangulation.get_manifold(id)) == nullptr)
          curved = 1;
      return dealii::Utilities::MPI::max(curved, problem.communicator) == 1;
    }



    // The squared indicators of Kelly's estimator.
    template <int dim>
    dealii::Vector<double>
    compute_squared_jumps(const FiniteElementSolution<dim> &solution)
    {
      dealii::Vector<float> jumps(solution.triangulation->n_active_cells());
      dealii::KellyErrorEstimator<dim>::estimate(
        *solution.mapping,
        solution.dof_handler(),
        dealii::QGauss<dim - 1>(solution.dof_handler().get_fe().degree + 1),
        {},
        solution.values,
        jumps);

      dealii::Vector<double> squares(jumps.size());
      for (unsigned int i = 0; i < jumps.size(); ++i)
        squares[i] = static_cast<double>(jumps[i]) * jumps[i];
      return squares;
    }



    // The difference between the solution and one of lower degree on the same
    // mesh, for integrate_norms().
    template <int dim>
    class DifferenceToLowerDegree
    {
    public:
      DifferenceToLowerDegree(const FiniteElementSolution<dim> &solution,
                              const FiniteElementSpace<dim>    &lower_space,
                              const FiniteElementVector        &lower_values)
        : dof_handler(lower_space.get_dof_handler())
        , lower_values(lower_values)
        , n_components(lower_space.get_fe().n_components())
        , mapping(*solution.mapping)
      {
      }

      void
      operator()(const dealii::FEValues<dim> &solution_fe_values,
                 CellValues<dim>             &difference)
      {
        if (!fe_values)
          fe_values = std::make_unique<dealii::FEValues<dim>>(
            mapping,
            dof_handler.get_fe(),
            solution_fe_values.get_quadrature(),
            dealii::update_values | dealii::update_gradients);
        u.resize(fe_values->n_quadrature_points,
                 dealii::Vector<double>(n_components));
        grad_u.resize(fe_values->n_quadrature_points,
                      std::vector<dealii::Tensor<1, dim>>(n_components));

        const auto cell = solution_fe_values.get_cell();
        fe_values->reinit(
          typename dealii::DoFHandler<dim>::active_cell_iterator(
            &dof_handler.get_triangulation(),
            cell->level(),
            cell->index(),
            &dof_handler));
        fe_values->get_function_values(lower_values, u);
        fe_values->get_function_gradients(lower_values, grad_u);
        for (unsigned int q = 0; q < u.size(); ++q)
          for (unsigned int c = 0; c < n_components; ++c)
            {
              difference.values[q * n_components + c] -= u[q][c];
              difference.gradients[q * n_components + c] -= grad_u[q][c];
            }
      }

    private:
      const dealii::DoFHandler<dim> &dof_handler;
      const FiniteElementVector     &lower_values;
      const unsigned int             n_components;
      const dealii::Mapping<dim>    &mapping;

      std::unique_ptr<dealii::FEValues<dim>>           fe_values;
      std::vector<dealii::Vector<double>>              u;
      std::vector<std::vector<dealii::Tensor<1, dim>>> grad_u;
    };
  } // namespace



  template <int dim>
  FiniteElementSolver<dim>::FiniteElementSolver(
    const Problem<dim>         &problem,
    const FiniteElementOptions &options)
    : problem(problem)
    , options(options)
    , refinement_fraction(dim == 3 && has_curved_cells(problem)
                            ? 1.
                            : options.refinement_fraction)
  {
    check(options);
    problem.check();
    AssertInput(dynamic_cast<const dealii::MappingQCache<dim> *>(
                  &problem.mapping) == nullptr,
                "a finite element reference cannot be computed with a "
                "MappingQCache because it does not know refined cells; use a "
                "MappingQ and manifolds.");
  }



  template <int dim>
  std::unique_ptr<FiniteElementSolution<dim>>
  FiniteElementSolver<dim>::solve() const
  {
    dealii::Timer timer;

    // 1. Mesh and spaces.
    auto solution =
      std::make_unique<FiniteElementSolution<dim>>(problem, options.degree + 1);
    FiniteElementSpace<dim> lower_space(
      problem, *solution->triangulation, *solution->mapping, options.degree);

    // 2. Solve, estimate, refine.
    FiniteElementVector    lower_values = lower_space.create_vector();
    dealii::Vector<double> squared_errors;
    while (true)
      {
        solution->history.push_back(
          solve_on_mesh(*solution, lower_space, lower_values, squared_errors));

        solution->reached_target = has_reached_target(solution->history.back());
        if (solution->reached_target ||
            solution->history.size() == options.max_cycles ||
            !mark(*solution, squared_errors))
          break;

        // Linear problems need no start value.
        const bool transfer_is_useful = !problem.law->is_linear();
        solution->triangulation->prepare_coarsening_and_refinement();
        std::unique_ptr<RefinementTransfer<dim>> transfer;
        if (transfer_is_useful)
          transfer = std::make_unique<RefinementTransfer<dim>>(lower_space,
                                                               lower_values);
        solution->triangulation->execute_coarsening_and_refinement();
        lower_space.reinit();
        solution->space->reinit();
        lower_values = transfer_is_useful ? transfer->interpolate()
                                          : lower_space.create_vector();
      }

    solution->seconds = timer.wall_time();
    return solution;
  }



  template <int dim>
  RefinementCycle
  FiniteElementSolver<dim>::solve_on_mesh(
    FiniteElementSolution<dim>    &solution,
    const FiniteElementSpace<dim> &lower_space,
    FiniteElementVector           &lower_values,
    dealii::Vector<double>        &squared_errors) const
  {
    dealii::Timer timer;

    const SolverStatistics lower_statistics =
      NewtonSolver<dim>(problem, *solution.mapping, lower_space, options)
        .solve(lower_values);
    solution.values = interpolate(lower_space, lower_values, *solution.space);
    const SolverStatistics statistics =
      NewtonSolver<dim>(problem, *solution.mapping, *solution.space, options)
        .solve(solution.values);

    RefinementCycle cycle;
    cycle.n_cells  = solution.triangulation->n_global_active_cells();
    cycle.n_dofs   = solution.dof_handler().n_dofs();
    cycle.solution = compute_norms(solution);
    DifferenceToLowerDegree<dim> difference(
      solution, lower_space, lower_values);
    cycle.estimated_error =
      integrate_norms<dim>(solution, std::ref(difference), &squared_errors);
    if (options.indicator == FiniteElementOptions::Indicator::kelly)
      squared_errors = compute_squared_jumps(solution);
    if (problem.exact_solution)
      cycle.exact_error =
        compute_error_norms(solution, *problem.exact_solution);
    cycle.newton_iterations =
      lower_statistics.newton_iterations + statistics.newton_iterations;
    cycle.linear_iterations =
      lower_statistics.linear_iterations + statistics.linear_iterations;
    cycle.seconds = timer.wall_time();
    return cycle;
  }



  template <int dim>
  bool
  FiniteElementSolver<dim>::has_reached_target(
    const RefinementCycle &cycle) const
  {
    const Norms relative =
      relative_norms(cycle.estimated_error, cycle.solution);
    return relative.l2 <= options.target_relative_l2_error &&
           relative.h1 <= options.target_relative_h1_error;
  }



  template <int dim>
  bool
  FiniteElementSolver<dim>::mark(
    FiniteElementSolution<dim>   &solution,
    const dealii::Vector<double> &squared_errors) const
  {
    const double n_marked = mark_cells(*solution.triangulation,
                                       squared_errors,
                                       refinement_fraction,
                                       problem.communicator);
    const double n_cells  = solution.triangulation->n_global_active_cells();
    const double growth   = 1. + ((1 << dim) - 1) * n_marked / n_cells;
    if (growth * solution.dof_handler().n_dofs() <= options.max_dofs)
      return true;

    for (const auto &cell : solution.triangulation->active_cell_iterators())
      cell->clear_refine_flag();
    return false;
  }



  template class FiniteElementSolver<1>;
  template class FiniteElementSolver<2>;
  template class FiniteElementSolver<3>;
} // namespace sobolev
