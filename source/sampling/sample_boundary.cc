// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/sampling/reference_points.h>
#include <sobolev/sampling/sample_boundary.h>

#include <deal.II/base/geometry_info.h>
#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>

#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>

#include <utility>
#include <vector>

namespace sobolev
{
  namespace
  {
    template <int dim>
    using Cell = typename dealii::Triangulation<dim>::active_cell_iterator;



    /** A point of the face $[0,1]^{dim-1}$ as a point of the cell. */
    template <int dim>
    dealii::Point<dim>
    on_face(const dealii::Point<dim - 1> &point, const unsigned int face)
    {
      const unsigned int normal_direction = face / 2;
      dealii::Point<dim> result;
      for (unsigned int d = 0, i = 0; d < dim; ++d)
        result[d] = (d == normal_direction) ? double(face % 2) : point[i++];
      return result;
    }



    /**
     * Points, weights and normals of @p quadrature on a face.
     *
     * The points are mapped as points of the cell, and normals and surface
     * elements follow from Nanson's formula $n\,ds = \det(J) J^{-T} \hat n
     * \,d\hat s$. FEFaceValues would prepare the points for all faces in all
     * orientations each time, at many times the cost; and it must be made anew
     * for each face for the reason given in sample_interior.cc.
     */
    template <int dim>
    void
    add_face_to(CollocationPoints<dim>            &result,
                const Cell<dim>                   &cell,
                const unsigned int                 face,
                const dealii::Mapping<dim>        &mapping,
                const dealii::Quadrature<dim - 1> &quadrature)
    {
      std::vector<dealii::Point<dim>> points;
      for (const auto &point : quadrature.get_points())
        points.push_back(on_face<dim>(point, face));

      const dealii::FE_Nothing<dim> fe;
      dealii::FEValues<dim>         fe_values(mapping,
                                      fe,
                                      dealii::Quadrature<dim>(points),
                                      dealii::update_quadrature_points |
                                        dealii::update_jacobians);
      fe_values.reinit(cell);

      const auto reference_normal =
        dealii::GeometryInfo<dim>::unit_normal_vector[face];
      for (const unsigned int q : fe_values.quadrature_point_indices())
        {
          const dealii::Tensor<2, dim> jacobian(fe_values.jacobian(q));
          const dealii::Tensor<1, dim> normal =
            dealii::determinant(jacobian) *
            (dealii::transpose(dealii::invert(jacobian)) * reference_normal);

          result.points.push_back(fe_values.quadrature_point(q));
          result.weights.push_back(quadrature.weight(q) * normal.norm());
          result.normals.push_back(normal / normal.norm());
          result.material_ids.push_back(cell->material_id());
        }
    }



    template <int dim>
    double
    measure(const Cell<dim>            &cell,
            const unsigned int          face,
            const dealii::Mapping<dim> &mapping)
    {
      if constexpr (dim == 1)
        {
          (void)cell;
          (void)face;
          (void)mapping;
          return 1.;
        }
      else
        {
          CollocationPoints<dim> points;
          add_face_to<dim>(
            points, cell, face, mapping, dealii::QGauss<dim - 1>(2));
          double sum = 0.;
          for (const double weight : points.weights)
            sum += weight;
          return sum;
        }
    }



    template <int dim>
    std::vector<std::pair<Cell<dim>, unsigned int>>
    owned_boundary_faces(const Problem<dim> &problem)
    {
      std::vector<std::pair<Cell<dim>, unsigned int>> faces;
      for (const auto &cell : problem.triangulation.active_cell_iterators())
        if (cell->at_boundary() && problem.is_owned(cell))
          for (const unsigned int face : cell->face_indices())
            if (cell->face(face)->at_boundary())
              faces.emplace_back(cell, face);
      return faces;
    }
  } // namespace



  template <int dim>
  std::map<dealii::types::boundary_id, CollocationPoints<dim>>
  sample_boundary(const Problem<dim> &problem, const PointRule &rule)
  {
    // 1. The measure of the boundary.
    const auto          faces = owned_boundary_faces(problem);
    std::vector<double> measures(faces.size());
    double              sum = 0.;
    if (rule.kind == PointRule::Kind::low_discrepancy)
      for (std::size_t i = 0; i < faces.size(); ++i)
        {
          const auto &[cell, face] = faces[i];
          measures[i]              = measure<dim>(cell, face, problem.mapping);
          sum += measures[i];
        }
    const double total = dealii::Utilities::MPI::sum(sum, problem.communicator);

    // 2. An empty set for each boundary id.
    std::map<dealii::types::boundary_id, CollocationPoints<dim>> result;
    for (const auto id : problem.triangulation.get_boundary_ids())
      result[id].boundary_id = id;

    // 3. The points, face by face.
    ReferencePoints<dim - 1> reference_points(rule, total);
    for (std::size_t i = 0; i < faces.size(); ++i)
      {
        const auto &[cell, face] = faces[i];
        const auto quadrature    = reference_points(
          reference_points.name_of(place_in_mesh<dim>(cell), face),
          measures[i]);
        add_face_to(result[cell->face(face)->boundary_id()],
                    cell,
                    face,
                    problem.mapping,
                    quadrature);
      }
    return result;
  }



  template std::map<dealii::types::boundary_id, CollocationPoints<1>>
  sample_boundary(const Problem<1> &, const PointRule &);
  template std::map<dealii::types::boundary_id, CollocationPoints<2>>
  sample_boundary(const Problem<2> &, const PointRule &);
  template std::map<dealii::types::boundary_id, CollocationPoints<3>>
  sample_boundary(const Problem<3> &, const PointRule &);
} // namespace sobolev
