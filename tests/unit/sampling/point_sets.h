// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_sampling_point_sets_h
#define sobolev_tests_sampling_point_sets_h

#include <sobolev/problem/mesh_description.h>
#include <sobolev/problem/problem.h>
#include <sobolev/sampling/collocation_points.h>
#include <sobolev/sampling/point_rule.h>

#include <deal.II/base/mpi.h>

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  enum class MeshKind
  {
    serial,
    shared,
    distributed
  };

  constexpr std::array<MeshKind, 3> all_kinds = {
    {MeshKind::serial, MeshKind::shared, MeshKind::distributed}};

  inline PointRule
  low_discrepancy(const unsigned int n_points, const std::uint64_t stream = 0)
  {
    PointRule rule;
    rule.kind     = PointRule::Kind::low_discrepancy;
    rule.n_points = n_points;
    rule.stream   = stream;
    return rule;
  }



  inline PointRule
  quadrature(const unsigned int n_points)
  {
    PointRule rule;
    rule.n_quadrature_points = n_points;
    return rule;
  }



  /** A mesh, refined locally next to (0.2, ..., 0.2), and a problem on it. */
  template <int dim>
  struct TestProblem
  {
    TestProblem(const std::string &generator,
                const unsigned int refinements,
                const MeshKind     kind           = MeshKind::serial,
                const MPI_Comm     communicator   = MPI_COMM_WORLD,
                const unsigned int mapping_degree = 3,
                const bool         refine_locally = true)
      : mapping(mapping_degree)
    {
      using dealii::Triangulation;
      // Distributed meshes always have this property.
      const auto smoothing =
        Triangulation<dim>::limit_level_difference_at_vertices;
      if (kind == MeshKind::serial)
        triangulation = std::make_unique<Triangulation<dim>>(smoothing);
      else if (kind == MeshKind::shared)
        triangulation =
          std::make_unique<dealii::parallel::shared::Triangulation<dim>>(
            communicator, smoothing);
      else if constexpr (dim > 1)
        triangulation =
          std::make_unique<dealii::parallel::distributed::Triangulation<dim>>(
            communicator);

      MeshDescription description;
      description.generator   = generator;
      description.refinements = refinements;
      create_mesh(*triangulation, description);

      dealii::Point<dim> corner;
      for (unsigned int d = 0; d < dim; ++d)
        corner[d] = 0.2;
      for (unsigned int step = 0; step < (refine_locally ? 2 : 0); ++step)
        {
          for (const auto &cell : triangulation->active_cell_iterators())
            // Each process refines all of its copy of a shared mesh.
            if ((kind != MeshKind::distributed || cell->is_locally_owned()) &&
                cell->center().distance(corner) < 0.3)
              cell->set_refine_flag();
          triangulation->execute_coarsening_and_refinement();
        }
      problem = std::make_unique<Problem<dim>>(Problem<dim>{
        "test", communicator, *triangulation, mapping, {}, {}, {}});
    }

    const dealii::MappingQ<dim>                 mapping;
    std::unique_ptr<dealii::Triangulation<dim>> triangulation;
    std::unique_ptr<Problem<dim>>               problem;
  };



  /** Position, weight, normal and ids of a point in one array. */
  template <int dim>
  using Row = std::array<double, 2 * dim + 3>;

  /** The points of all processes, sorted. Collective. */
  template <int dim>
  std::vector<Row<dim>>
  gather(const CollocationPoints<dim> &points, const MPI_Comm communicator)
  {
    std::vector<double> local;
    for (std::size_t i = 0; i < points.size(); ++i)
      {
        for (unsigned int d = 0; d < dim; ++d)
          local.push_back(points.points[i][d]);
        for (unsigned int d = 0; d < dim; ++d)
          local.push_back(points.normals.empty() ? 0. : points.normals[i][d]);
        local.push_back(points.weights[i]);
        local.push_back(points.material_ids[i]);
        local.push_back(points.boundary_id);
      }

    std::vector<Row<dim>> rows;
    for (const auto &values :
         dealii::Utilities::MPI::all_gather(communicator, local))
      for (std::size_t i = 0; i < values.size(); i += Row<dim>().size())
        {
          Row<dim> row;
          std::copy_n(values.begin() + i, row.size(), row.begin());
          rows.push_back(row);
        }
    std::sort(rows.begin(), rows.end());
    return rows;
  }



  /** $\int g$ by the points of all processes. Collective. */
  template <int dim>
  double
  integral(const CollocationPoints<dim>                            &points,
           const std::function<double(const dealii::Point<dim> &)> &g)
  {
    double sum = 0.;
    for (std::size_t i = 0; i < points.size(); ++i)
      sum += points.weights[i] * g(points.points[i]);
    return dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD);
  }



  template <int dim>
  double
  one(const dealii::Point<dim> &)
  {
    return 1.;
  }
} // namespace sobolev

#endif
