// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/collective_errors.h>
#include <sobolev/reference/weak_residual.h>

#include <deal.II/base/quadrature_lib.h>

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/sparsity_tools.h>

#include <cmath>

namespace sobolev
{
  namespace
  {
    // Values of g (or h) at the points of a face; not a number is an error.
    template <int dim>
    void
    evaluate_boundary_data(const dealii::Function<dim>           &function,
                           const std::vector<dealii::Point<dim>> &points,
                           std::vector<double>                   &values)
    {
      values.resize(points.size());
      function.value_list(points, values);
      for (unsigned int q = 0; q < points.size(); ++q)
        AssertInput(std::isfinite(values[q]),
                    "a Neumann or Robin condition is not a finite number at "
                    "the point ("
                      << points[q] << ").");
    }
  } // namespace



  /**
   * What one cell needs. The integrals are products of matrices with one row
   * for each quadrature point q, component c and k = 0 (value), 1..dim
   * (derivatives): with shapes P (of the test and trial functions), the tangent
   * is -P^T Q and the residual P^T r.
   */
  template <int dim>
  struct WeakResidual<dim>::Scratch
  {
    Scratch(const dealii::Mapping<dim>       &mapping,
            const dealii::FiniteElement<dim> &fe,
            const bool                        with_tangent)
      : with_tangent(with_tangent)
      , fe_values(mapping,
                  fe,
                  dealii::QGauss<dim>(fe.degree + 2),
                  dealii::update_values | dealii::update_gradients |
                    dealii::update_quadrature_points |
                    dealii::update_JxW_values)
      , face_values(mapping,
                    fe,
                    dealii::QGauss<dim - 1>(fe.degree + 2),
                    dealii::update_values | dealii::update_quadrature_points |
                      dealii::update_JxW_values)
      , n_components(fe.n_components())
      , n_rows(fe_values.n_quadrature_points * n_components * (1 + dim))
      , shapes(n_rows, fe.n_dofs_per_cell())
      , integrands(n_rows)
      , trial_integrands(with_tangent ? n_rows : 0, fe.n_dofs_per_cell())
      , local_state(fe.n_dofs_per_cell())
      , residual(fe.n_dofs_per_cell())
      , tangent(fe.n_dofs_per_cell(), fe.n_dofs_per_cell())
      , dofs(fe.n_dofs_per_cell())
      , weak_form(n_components)
      , values(n_components)
      , gradients(n_components)
    {
    }

    unsigned int
    row(const unsigned int q, const unsigned int c, const unsigned int k) const
    {
      return (q * n_components + c) * (1 + dim) + k;
    }

    const bool                                   with_tangent;
    dealii::FEValues<dim>                        fe_values;
    dealii::FEFaceValues<dim>                    face_values;
    const unsigned int                           n_components;
    const unsigned int                           n_rows;
    dealii::FullMatrix<double>                   shapes;
    dealii::Vector<double>                       state;
    dealii::Vector<double>                       integrands;
    dealii::FullMatrix<double>                   trial_integrands;
    dealii::Vector<double>                       local_state;
    dealii::Vector<double>                       residual;
    dealii::FullMatrix<double>                   tangent;
    std::vector<dealii::types::global_dof_index> dofs;

    WeakForm<dim>                       weak_form;
    std::vector<double>                 values;
    std::vector<dealii::Tensor<1, dim>> gradients;
    std::vector<double>                 boundary_value;
    std::vector<double>                 transfer_coefficient;
    std::vector<dealii::Vector<double>> face_state;
  };



  template <int dim>
  WeakResidual<dim>::WeakResidual(const Problem<dim>            &problem,
                                  const dealii::Mapping<dim>    &mapping,
                                  const FiniteElementSpace<dim> &space)
    : problem(problem)
    , mapping(mapping)
    , space(space)
  {
  }



  template <int dim>
  void
  WeakResidual<dim>::reinit(
    dealii::TrilinosWrappers::SparseMatrix &tangent) const
  {
    const auto &dof_handler = space.get_dof_handler();

    // Trilinos' own pattern class fails on processes without rows.
    dealii::DynamicSparsityPattern pattern(space.get_locally_relevant_dofs());
    dealii::DoFTools::make_sparsity_pattern(dof_handler,
                                            pattern,
                                            space.get_update_constraints(),
                                            /*keep_constrained_dofs=*/false);
    for (const auto i : dof_handler.locally_owned_dofs())
      pattern.add(i, i);
    dealii::SparsityTools::distribute_sparsity_pattern(
      pattern,
      dof_handler.locally_owned_dofs(),
      problem.communicator,
      space.get_locally_relevant_dofs());
    tangent.reinit(dof_handler.locally_owned_dofs(),
                   dof_handler.locally_owned_dofs(),
                   pattern,
                   problem.communicator);
  }



  template <int dim>
  void
  WeakResidual<dim>::assemble(FiniteElementVector                    &residual,
                              dealii::TrilinosWrappers::SparseMatrix *tangent,
                              FiniteElementVector &state) const
  {
    residual = 0.;
    if (tangent != nullptr)
      *tangent = 0.;
    state.update_ghost_values();

    fail_together(problem.communicator, [&]() {
      Scratch scratch(mapping, space.get_fe(), tangent != nullptr);

      for (const auto &cell : space.get_dof_handler().active_cell_iterators())
        if (cell->is_locally_owned())
          {
            scratch.fe_values.reinit(cell);
            cell->get_dof_indices(scratch.dofs);
            cell->get_dof_values(state, scratch.local_state);
            add_cell(scratch);

            for (const unsigned int f : cell->face_indices())
              if (cell->face(f)->at_boundary())
                {
                  const auto found = problem.boundary_conditions.find(
                    cell->face(f)->boundary_id());
                  if (found == problem.boundary_conditions.end())
                    continue;
                  scratch.face_values.reinit(cell, f);
                  add_face(scratch, found->second, state);
                }

            const auto &constraints = space.get_update_constraints();
            if (tangent != nullptr)
              constraints.distribute_local_to_global(scratch.tangent,
                                                     scratch.residual,
                                                     scratch.dofs,
                                                     *tangent,
                                                     residual);
            else
              constraints.distribute_local_to_global(
                scratch.residual, scratch.dofs, residual);
          }
    });

    residual.compress(dealii::VectorOperation::add);
    if (tangent != nullptr)
      tangent->compress(dealii::VectorOperation::add);
  }



  template <int dim>
  void
  WeakResidual<dim>::add_cell(Scratch &s) const
  {
    const auto        &fe     = space.get_fe();
    const unsigned int n      = s.n_components;
    const unsigned int n_dofs = fe.n_dofs_per_cell();

    // 1. Shapes, and with them the state at all points.
    for (unsigned int q = 0; q < s.fe_values.n_quadrature_points; ++q)
      for (unsigned int i = 0; i < n_dofs; ++i)
        {
          const unsigned int c        = fe.system_to_component_index(i).first;
          s.shapes(s.row(q, c, 0), i) = s.fe_values.shape_value(i, q);
          const dealii::Tensor<1, dim> g = s.fe_values.shape_grad(i, q);
          for (unsigned int d = 0; d < dim; ++d)
            s.shapes(s.row(q, c, 1 + d), i) = g[d];
        }
    s.state.reinit(s.n_rows, true);
    s.shapes.vmult(s.state, s.local_state);

    // 2. The law at all points.
    const auto                 &points = s.fe_values.get_quadrature_points();
    const CoefficientTable<dim> table(problem.law->coefficients(),
                                      points,
                                      /*with_gradients=*/false);
    for (unsigned int q = 0; q < points.size(); ++q)
      {
        for (unsigned int c = 0; c < n; ++c)
          {
            s.values[c] = s.state[s.row(q, c, 0)];
            for (unsigned int d = 0; d < dim; ++d)
              s.gradients[c][d] = s.state[s.row(q, c, 1 + d)];
          }
        problem.law->evaluate(
          points[q],
          table,
          q,
          dealii::ArrayView<const double>(s.values.data(), n),
          dealii::ArrayView<const dealii::Tensor<1, dim>>(s.gradients.data(),
                                                          n),
          s.weak_form);

        const double         JxW  = s.fe_values.JxW(q);
        const WeakForm<dim> &form = s.weak_form;
        for (unsigned int c = 0; c < n; ++c)
          {
            s.integrands[s.row(q, c, 0)] = form.source[c] * JxW;
            for (unsigned int d = 0; d < dim; ++d)
              s.integrands[s.row(q, c, 1 + d)] = form.flux[c][d] * JxW;
          }

        if (!s.with_tangent)
          continue;
        for (unsigned int j = 0; j < n_dofs; ++j)
          {
            const unsigned int     cj = fe.system_to_component_index(j).first;
            const double           value = s.shapes(s.row(q, cj, 0), j);
            dealii::Tensor<1, dim> gradient;
            for (unsigned int d = 0; d < dim; ++d)
              gradient[d] = s.shapes(s.row(q, cj, 1 + d), j);

            for (unsigned int c = 0; c < n; ++c)
              {
                const unsigned int cd = c * n + cj;
                s.trial_integrands(s.row(q, c, 0), j) =
                  -JxW * (form.source_value[cd] * value +
                          form.source_gradient[cd] * gradient);
                const dealii::Tensor<1, dim> flux =
                  form.flux_value[cd] * value +
                  form.flux_gradient[cd] * gradient;
                for (unsigned int d = 0; d < dim; ++d)
                  s.trial_integrands(s.row(q, c, 1 + d), j) = -JxW * flux[d];
              }
          }
      }

    // 3. All integrals of the cell at once.
    s.shapes.Tvmult(s.residual, s.integrands);
    if (s.with_tangent)
      s.shapes.Tmmult(s.tangent, s.trial_integrands);
  }



  template <int dim>
  void
  WeakResidual<dim>::add_face(
    Scratch                                   &s,
    const std::vector<BoundaryCondition<dim>> &conditions,
    const FiniteElementVector                 &state) const
  {
    using Kind = typename BoundaryCondition<dim>::Kind;

    const auto        &fe     = space.get_fe();
    const auto        &points = s.face_values.get_quadrature_points();
    const unsigned int n_dofs = fe.n_dofs_per_cell();

    s.face_state.assign(points.size(), dealii::Vector<double>(s.n_components));
    s.face_values.get_function_values(state, s.face_state);

    for (const BoundaryCondition<dim> &condition : conditions)
      {
        if (condition.kind == Kind::dirichlet)
          continue;


        const bool robin = condition.kind == Kind::robin;
        evaluate_boundary_data(*condition.value, points, s.boundary_value);
        s.transfer_coefficient.assign(points.size(), 0.);
        if (robin)
          evaluate_boundary_data(
            *condition.transfer_coefficient, points, s.transfer_coefficient);

        for (unsigned int q = 0; q < points.size(); ++q)
          {
            const double JxW = s.face_values.JxW(q);
            const double h   = s.transfer_coefficient[q];
            const double g   = s.boundary_value[q];
            const double normal_flux =
              robin ? h * (s.face_state[q][condition.component] - g) : g;

            for (unsigned int i = 0; i < n_dofs; ++i)
              {
                if (fe.system_to_component_index(i).first !=
                    condition.component)
                  continue;
                const double test = s.face_values.shape_value(i, q) * JxW;
                s.residual[i] -= normal_flux * test;

                if (robin && s.with_tangent)
                  for (unsigned int j = 0; j < n_dofs; ++j)
                    if (fe.system_to_component_index(j).first ==
                        condition.component)
                      s.tangent(i, j) +=
                        h * s.face_values.shape_value(j, q) * test;
              }
          }
      }
  }



  template class WeakResidual<1>;
  template class WeakResidual<2>;
  template class WeakResidual<3>;
} // namespace sobolev
