// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/problem.h>

#include <deal.II/base/geometry_info.h>
#include <deal.II/base/quadrature_lib.h>

#include <deal.II/distributed/tria_base.h>
#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace sobolev
{
  namespace
  {
    template <int dim>
    bool
    is_parallel(const dealii::Triangulation<dim> &triangulation)
    {
      return dynamic_cast<const dealii::parallel::TriangulationBase<dim> *>(
               &triangulation) != nullptr;
    }



    std::string
    list_of_ids(const std::vector<dealii::types::boundary_id> &ids)
    {
      std::ostringstream list;
      for (unsigned int i = 0; i < ids.size(); ++i)
        list << (i > 0 ? ", " : "") << ids[i];
      return list.str();
    }



    template <int dim>
    void
    check_condition(const BoundaryCondition<dim>    &condition,
                    const dealii::types::boundary_id id,
                    const unsigned int               n_components)
    {
      using Kind = typename BoundaryCondition<dim>::Kind;

      AssertInput(condition.component < n_components,
                  "boundary id " << id << " has a condition for component "
                                 << condition.component << ", but the law has "
                                 << n_components
                                 << " component(s), numbered from 0.");
      AssertInput(condition.value != nullptr,
                  "boundary id " << id << " has a condition for component "
                                 << condition.component << " without a value.");
      AssertInput(condition.value->n_components == 1,
                  "boundary id " << id << " has a condition for component "
                                 << condition.component << " whose value has "
                                 << condition.value->n_components
                                 << " components instead of 1.");
      if (condition.kind == Kind::robin)
        AssertInput(condition.transfer_coefficient != nullptr,
                    "boundary id " << id << " has a Robin condition for "
                                   << "component " << condition.component
                                   << " without a transfer coefficient.");
      else
        AssertInput(condition.transfer_coefficient == nullptr,
                    "boundary id " << id << " has a condition for component "
                                   << condition.component
                                   << " with a transfer coefficient, which "
                                      "only Robin conditions take.");
    }



    /** Corners and a few points between them of the reference face. */
    template <int dim>
    dealii::Quadrature<dim - 1>
    face_points()
    {
      if constexpr (dim == 1)
        return dealii::Quadrature<0>(std::vector<dealii::Point<0>>(1),
                                     std::vector<double>(1, 1.));
      else
        return dealii::QIterated<dim - 1>(dealii::QTrapezoid<1>(), 4);
    }
  } // namespace



  template <int dim>
  void
  Problem<dim>::check() const
  {
    AssertInput(law != nullptr, "the problem '" << name << "' has no law.");
    AssertInput(triangulation.n_global_active_cells() > 0,
                "the mesh of the problem '" << name << "' has no cells.");

    // Collective, so before anything that may throw on one process only.
    const auto mesh_ids = triangulation.get_boundary_ids();

    for (const auto &[id, conditions] : boundary_conditions)
      {
        AssertInput(std::count(mesh_ids.begin(), mesh_ids.end(), id) > 0,
                    "a boundary condition is given for boundary id "
                      << id << ", but the mesh has the boundary ids "
                      << list_of_ids(mesh_ids) << ".");
        for (const auto &condition : conditions)
          check_condition(condition, id, law->n_components());
      }

    for (const auto id : mesh_ids)
      for (unsigned int c = 0; c < law->n_components(); ++c)
        {
          const auto   here = boundary_conditions.find(id);
          unsigned int n    = 0;
          if (here != boundary_conditions.end())
            for (const auto &condition : here->second)
              n += (condition.component == c);

          AssertInput(n > 0,
                      "boundary id "
                        << id << " has no condition for component " << c
                        << "; every component needs one on each of the "
                        << "boundary ids of the mesh, " << list_of_ids(mesh_ids)
                        << ".");
          AssertInput(n == 1,
                      "boundary id " << id << " has " << n
                                     << " conditions for component " << c
                                     << " instead of one.");
        }

    if (exact_solution)
      AssertInput(exact_solution->n_components == law->n_components(),
                  "the exact solution has " << exact_solution->n_components
                                            << " component(s), but the law has "
                                            << law->n_components() << ".");
  }



  template <int dim>
  bool
  Problem<dim>::is_owned(
    const typename dealii::Triangulation<dim>::active_cell_iterator &cell) const
  {
    if (is_parallel(triangulation))
      return cell->is_locally_owned();

    // A serial mesh: contiguous blocks of active cells, one per process.
    const std::uint64_t n_ranks =
      dealii::Utilities::MPI::n_mpi_processes(communicator);
    const std::uint64_t index = cell->active_cell_index();
    return index * n_ranks / triangulation.n_active_cells() ==
           dealii::Utilities::MPI::this_mpi_process(communicator);
  }



  template <int dim>
  dealii::BoundingBox<dim>
  Problem<dim>::bounding_box() const
  {
    std::vector<double> lower(dim, std::numeric_limits<double>::max());
    std::vector<double> upper(dim, std::numeric_limits<double>::lowest());
    const auto          include = [&](const dealii::Point<dim> &point) {
      for (unsigned int d = 0; d < dim; ++d)
        {
          lower[d] = std::min(lower[d], point[d]);
          upper[d] = std::max(upper[d], point[d]);
        }
    };

    const dealii::FE_Nothing<dim> fe;
    dealii::FEFaceValues<dim>     fe_face_values(
      mapping, fe, face_points<dim>(), dealii::update_quadrature_points);
    for (const auto &cell : triangulation.active_cell_iterators())
      if (is_owned(cell))
        {
          for (const auto &vertex : mapping.get_vertices(cell))
            include(vertex);
          for (const unsigned int face : cell->face_indices())
            if (cell->face(face)->at_boundary())
              {
                fe_face_values.reinit(cell, face);
                for (const auto &point : fe_face_values.get_quadrature_points())
                  include(point);
              }
        }

    using dealii::Utilities::MPI::max;
    using dealii::Utilities::MPI::min;
    const std::vector<double> local_lower = lower, local_upper = upper;
    min(local_lower, communicator, lower);
    max(local_upper, communicator, upper);

    std::pair<dealii::Point<dim>, dealii::Point<dim>> corners;
    for (unsigned int d = 0; d < dim; ++d)
      {
        corners.first[d]  = lower[d];
        corners.second[d] = upper[d];
      }
    return dealii::BoundingBox<dim>(corners);
  }



  template struct Problem<1>;
  template struct Problem<2>;
  template struct Problem<3>;
} // namespace sobolev
