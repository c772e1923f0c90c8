// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/refinement_transfer.h>

#include <deal.II/base/config.h>

#include <deal.II/distributed/tria.h>
#include <deal.II/grid/cell_id.h>

#include <map>

#if DEAL_II_VERSION_GTE(9, 7, 0)
#  include <deal.II/numerics/solution_transfer.h>
#else
#  include <deal.II/distributed/solution_transfer.h>
#endif

namespace sobolev
{
  namespace
  {
#if DEAL_II_VERSION_GTE(9, 7, 0)
    template <int dim>
    using DistributedTransfer =
      dealii::SolutionTransfer<dim, FiniteElementVector>;
#else
    template <int dim>
    using DistributedTransfer =
      dealii::parallel::distributed::SolutionTransfer<dim, FiniteElementVector>;
#endif
  } // namespace



  // p4est moves cells between processes and knows how to send data along.
  template <int dim>
  struct RefinementTransfer<dim>::DistributedMesh
  {
    DistributedMesh(const FiniteElementSpace<dim> &space,
                    const FiniteElementVector     &values)
      : transfer(space.get_dof_handler())
    {
      transfer.prepare_for_coarsening_and_refinement(values);
    }

    void
    interpolate(FiniteElementVector &result)
    {
      transfer.interpolate(result);
    }

    DistributedTransfer<dim> transfer;
  };



  // Every process knows all cells and all values of a shared mesh: remember
  // the values of each cell, and read those of the cell or of its parent.
  template <int dim>
  struct RefinementTransfer<dim>::SharedMesh
  {
    SharedMesh(const FiniteElementSpace<dim> &space,
               const FiniteElementVector     &values)
      : space(space)
    {
      dealii::Vector<double> local(space.get_fe().n_dofs_per_cell());
      for (const auto &cell : space.get_dof_handler().active_cell_iterators())
        {
          cell->get_dof_values(values, local);
          cell_values[cell->id()] = local;
        }
    }

    void
    interpolate(FiniteElementVector &result) const
    {
      const auto &fe          = space.get_fe();
      const auto &dof_handler = space.get_dof_handler();
      const auto &owned       = dof_handler.locally_owned_dofs();

      dealii::Vector<double>                       local(fe.n_dofs_per_cell());
      std::vector<dealii::types::global_dof_index> dofs(fe.n_dofs_per_cell());
      for (const auto &cell : dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
          {
            const auto same = cell_values.find(cell->id());
            if (same != cell_values.end())
              local = same->second;
            else
              {
                unsigned int child = 0;
                while (cell->parent()->child(child) != cell)
                  ++child;
                fe.get_prolongation_matrix(child).vmult(
                  local, cell_values.at(cell->parent()->id()));
              }

            cell->get_dof_indices(dofs);
            for (unsigned int i = 0; i < dofs.size(); ++i)
              if (owned.is_element(dofs[i]))
                result(dofs[i]) = local[i];
          }
    }

    const FiniteElementSpace<dim>                   &space;
    std::map<dealii::CellId, dealii::Vector<double>> cell_values;
  };



  template <int dim>
  RefinementTransfer<dim>::RefinementTransfer(
    const FiniteElementSpace<dim> &space,
    const FiniteElementVector     &values)
    : space(space)
  {
    if (dynamic_cast<const dealii::parallel::distributed::Triangulation<dim> *>(
          &space.get_dof_handler().get_triangulation()) != nullptr)
      distributed_mesh = std::make_unique<DistributedMesh>(space, values);
    else
      shared_mesh = std::make_unique<SharedMesh>(space, values);
  }



  template <int dim>
  RefinementTransfer<dim>::~RefinementTransfer() = default;



  template <int dim>
  FiniteElementVector
  RefinementTransfer<dim>::interpolate()
  {
    FiniteElementVector result = space.create_vector();
    if (distributed_mesh)
      distributed_mesh->interpolate(result);
    else
      shared_mesh->interpolate(result);
    return result;
  }



  template class RefinementTransfer<1>;
  template class RefinementTransfer<2>;
  template class RefinementTransfer<3>;
} // namespace sobolev
