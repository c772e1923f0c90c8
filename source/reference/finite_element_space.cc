// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/dealii_compatibility.h>
#include <sobolev/reference/collective_errors.h>
#include <sobolev/reference/finite_element_space.h>

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/component_mask.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/numerics/vector_tools.h>

namespace sobolev
{
  namespace
  {
    // A scalar function as one component of a system, the others being zero.
    template <int dim>
    class SingleComponent : public dealii::Function<dim>
    {
    public:
      SingleComponent(const dealii::Function<dim> &function,
                      const unsigned int           component,
                      const unsigned int           n_components)
        : dealii::Function<dim>(n_components)
        , function(function)
        , component(component)
      {
      }

      double
      value(const dealii::Point<dim> &point,
            const unsigned int        queried) const override
      {
        return queried == component ? function.value(point) : 0.;
      }

    private:
      const dealii::Function<dim> &function;
      const unsigned int           component;
    };
  } // namespace



  template <int dim>
  FiniteElementSpace<dim>::FiniteElementSpace(
    const Problem<dim>               &problem,
    const dealii::Triangulation<dim> &triangulation,
    const dealii::Mapping<dim>       &mapping,
    const unsigned int                degree)
    : problem(problem)
    , mapping(mapping)
    , fe(dealii::FE_Q<dim>(degree), problem.law->n_components())
    , dof_handler(triangulation)
  {
    reinit();
  }



  template <int dim>
  void
  FiniteElementSpace<dim>::reinit()
  {
    dof_handler.distribute_dofs(fe);
    locally_relevant_dofs =
      dealii::DoFTools::extract_locally_relevant_dofs(dof_handler);
    make_constraints();
  }



  template <int dim>
  void
  FiniteElementSpace<dim>::make_constraints()
  {
    using Kind = typename BoundaryCondition<dim>::Kind;

    compatibility::reinit(
      constraints, dof_handler.locally_owned_dofs(), locally_relevant_dofs);
    dealii::DoFTools::make_hanging_node_constraints(dof_handler, constraints);

    fail_together(problem.communicator, [&]() {
      for (const auto &[boundary_id, conditions] : problem.boundary_conditions)
        for (const auto &condition : conditions)
          if (condition.kind == Kind::dirichlet)
            {
              dealii::ComponentMask mask(fe.n_components(), false);
              mask.set(condition.component, true);
              dealii::VectorTools::interpolate_boundary_values(
                mapping,
                dof_handler,
                boundary_id,
                SingleComponent<dim>(
                  *condition.value, condition.component, fe.n_components()),
                constraints,
                mask);
            }
    });
    constraints.close();

    compatibility::reinit(update_constraints,
                          dof_handler.locally_owned_dofs(),
                          locally_relevant_dofs);
    for (const auto &line : constraints.get_lines())
      {
        update_constraints.add_line(line.index);
        update_constraints.add_entries(line.index, line.entries);
      }
    update_constraints.close();
  }



  template <int dim>
  FiniteElementVector
  FiniteElementSpace<dim>::create_vector() const
  {
    return FiniteElementVector(dof_handler.locally_owned_dofs(),
                               locally_relevant_dofs,
                               problem.communicator);
  }



  template <int dim>
  FiniteElementVector
  interpolate(const FiniteElementSpace<dim> &from,
              const FiniteElementVector     &values,
              const FiniteElementSpace<dim> &to)
  {
    const auto &from_fe = from.get_fe();
    const auto &to_fe   = to.get_fe();

    dealii::FullMatrix<double> matrix(to_fe.n_dofs_per_cell(),
                                      from_fe.n_dofs_per_cell());
    to_fe.get_interpolation_matrix(from_fe, matrix);

    FiniteElementVector     result = to.create_vector();
    const dealii::IndexSet &owned  = to.get_dof_handler().locally_owned_dofs();
    dealii::Vector<double>  from_local(from_fe.n_dofs_per_cell());
    dealii::Vector<double>  to_local(to_fe.n_dofs_per_cell());
    std::vector<dealii::types::global_dof_index> dofs(to_fe.n_dofs_per_cell());

    for (const auto &cell : from.get_dof_handler().active_cell_iterators())
      if (cell->is_locally_owned())
        {
          cell->get_dof_values(values, from_local);
          matrix.vmult(to_local, from_local);

          const typename dealii::DoFHandler<dim>::active_cell_iterator to_cell(
            &to.get_dof_handler().get_triangulation(),
            cell->level(),
            cell->index(),
            &to.get_dof_handler());
          to_cell->get_dof_indices(dofs);
          for (unsigned int i = 0; i < dofs.size(); ++i)
            if (owned.is_element(dofs[i]))
              result(dofs[i]) = to_local[i];
        }

    to.get_constraints().distribute(result);
    return result;
  }



  template class FiniteElementSpace<1>;
  template class FiniteElementSpace<2>;
  template class FiniteElementSpace<3>;

  template FiniteElementVector interpolate(const FiniteElementSpace<1> &,
                                           const FiniteElementVector &,
                                           const FiniteElementSpace<1> &);
  template FiniteElementVector interpolate(const FiniteElementSpace<2> &,
                                           const FiniteElementVector &,
                                           const FiniteElementSpace<2> &);
  template FiniteElementVector interpolate(const FiniteElementSpace<3> &,
                                           const FiniteElementVector &,
                                           const FiniteElementSpace<3> &);
} // namespace sobolev
