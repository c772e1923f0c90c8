// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/flat_boundary.h>

#include <deal.II/base/bounding_box.h>

#include <deal.II/grid/manifold.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sobolev
{
  namespace
  {
    using dealii::Point;
    using dealii::Tensor;

    // Relative to the size of the mesh.
    constexpr double tolerance = 1e-8;



    // A boundary face of the coarse mesh.
    template <int dim>
    struct Face
    {
      Tensor<1, dim>             normal;
      std::vector<Point<dim>>    vertices;
      std::vector<unsigned int>  vertex_indices;
      dealii::types::boundary_id id;
      bool                       is_flat;
    };



    // Two unit vectors that span the plane orthogonal to the normal; in 2D
    // only the first one counts.
    template <int dim>
    std::array<Tensor<1, dim>, 2>
    tangents(const Tensor<1, dim> &normal)
    {
      std::array<Tensor<1, dim>, 2> result;
      if constexpr (dim == 2)
        result[0] = dealii::cross_product_2d(normal);
      if constexpr (dim == 3)
        {
          unsigned int smallest = 0;
          for (unsigned int d = 1; d < dim; ++d)
            if (std::abs(normal[d]) < std::abs(normal[smallest]))
              smallest = d;
          Tensor<1, dim> axis;
          axis[smallest] = 1.;
          result[0]      = dealii::cross_product_3d(normal, axis);
          result[0] /= result[0].norm();
          result[1] = dealii::cross_product_3d(normal, result[0]);
        }
      return result;
    }



    // Whether the manifold leaves the face in the plane of its vertices.
    template <int dim>
    bool
    is_flat(const typename dealii::Triangulation<dim>::face_iterator &face,
            const Tensor<1, dim>                                     &normal)
    {
      if constexpr (dim == 1)
        return true;
      else
        {
          std::vector<Point<dim>> vertices;
          for (const unsigned int v : face->vertex_indices())
            vertices.push_back(face->vertex(v));
          const auto is_in_plane = [&](const Point<dim> &point) {
            return std::abs((point - vertices[0]) * normal) <=
                   tolerance * face->diameter();
          };

          // Vertices, centre, and points between the centre and each vertex.
          bool flat = true;
          for (const Point<dim> &vertex : vertices)
            flat = flat && is_in_plane(vertex);
          for (unsigned int k = 0; k <= vertices.size(); ++k)
            {
              const double        n = vertices.size();
              std::vector<double> weights(vertices.size(), 1. / n);
              if (k < vertices.size())
                {
                  for (double &weight : weights)
                    weight *= 0.5;
                  weights[k] += 0.5;
                }
              flat = flat && is_in_plane(face->get_manifold().get_new_point(
                               dealii::make_array_view(vertices),
                               dealii::make_array_view(weights)));
            }
          return flat;
        }
    }



    template <int dim>
    Tensor<1, dim>
    inward_normal(const std::vector<Point<dim>> &vertices,
                  const Point<dim>              &inside)
    {
      Tensor<1, dim> normal;
      if constexpr (dim == 1)
        normal[0] = 1.;
      if constexpr (dim == 2)
        normal = dealii::cross_product_2d(vertices[1] - vertices[0]);
      if constexpr (dim == 3)
        normal = dealii::cross_product_3d(vertices[3] - vertices[0],
                                          vertices[2] - vertices[1]);
      normal /= normal.norm();
      return normal * (inside - vertices[0]) < 0. ? -normal : normal;
    }



    template <int dim>
    std::vector<Face<dim>>
    find_boundary_faces(const dealii::Triangulation<dim> &triangulation)
    {
      std::vector<Face<dim>> faces;
      for (const auto &cell : triangulation.cell_iterators_on_level(0))
        for (const unsigned int f : cell->face_indices())
          if (cell->face(f)->at_boundary())
            {
              const auto face = cell->face(f);
              Face<dim>  result;
              for (const unsigned int v : face->vertex_indices())
                {
                  result.vertices.push_back(face->vertex(v));
                  result.vertex_indices.push_back(face->vertex_index(v));
                }
              result.normal  = inward_normal(result.vertices, cell->center());
              result.id      = face->boundary_id();
              result.is_flat = is_flat<dim>(face, result.normal);
              faces.push_back(result);
            }
      return faces;
    }



    // The vertices of the coarse mesh.
    template <int dim>
    std::vector<Point<dim>>
    find_coarse_vertices(const dealii::Triangulation<dim> &triangulation)
    {
      std::vector<Point<dim>> vertices;
      for (const auto &cell : triangulation.cell_iterators_on_level(0))
        for (const unsigned int v : cell->vertex_indices())
          vertices.push_back(cell->vertex(v));
      return vertices;
    }



    // Faces of one plane, divided into sets that are connected by edges
    // (vertices in 2D).
    template <int dim>
    std::vector<std::vector<Face<dim>>>
    connected_parts(std::vector<Face<dim>> faces)
    {
      const auto are_neighbors = [](const Face<dim> &one,
                                    const Face<dim> &two) {
        unsigned int n_common = 0;
        for (const unsigned int v : one.vertex_indices)
          n_common +=
            std::count(two.vertex_indices.begin(), two.vertex_indices.end(), v);
        return n_common + 1 >= dim;
      };

      std::vector<std::vector<Face<dim>>> parts;
      while (!faces.empty())
        {
          std::vector<Face<dim>> part{faces.back()};
          faces.pop_back();
          for (unsigned int i = 0; i < part.size(); ++i)
            for (unsigned int j = 0; j < faces.size();)
              if (are_neighbors(part[i], faces[j]))
                {
                  part.push_back(faces[j]);
                  faces.erase(faces.begin() + j);
                }
              else
                ++j;
          parts.push_back(part);
        }
      return parts;
    }



    // The convex hull of points in a plane, counterclockwise around the
    // normal, without points on its edges (Andrew's monotone chain).
    template <int dim>
    std::vector<Point<dim>>
    convex_hull(std::vector<Point<dim>> points,
                const Tensor<1, dim>   &normal,
                const double            size)
    {
      const auto [first, second] = tangents(normal);
      const auto u               = [&, t = first](const Point<dim> &p) {
        return t * p;
      };
      const auto v = [&, t = second](const Point<dim> &p) {
        return t * p;
      };
      const auto turn =
        [&](const Point<dim> &a, const Point<dim> &b, const Point<dim> &c) {
          return (u(b) - u(a)) * (v(c) - v(a)) - (v(b) - v(a)) * (u(c) - u(a));
        };
      std::sort(points.begin(),
                points.end(),
                [&](const Point<dim> &a, const Point<dim> &b) {
                  return std::abs(u(a) - u(b)) > tolerance * size
                           ? u(a) < u(b)
                           : v(a) < v(b) - tolerance * size;
                });
      if (dim < 3)
        return dim == 1
                 ? std::vector<Point<dim>>{points[0]}
                 : std::vector<Point<dim>>{points.front(), points.back()};

      std::vector<Point<dim>> hull;
      for (unsigned int half = 0; half < 2; ++half)
        {
          const std::size_t begin = hull.size();
          for (const Point<dim> &point : points)
            {
              while (hull.size() >= begin + 2 &&
                     turn(hull[hull.size() - 2], hull.back(), point) <=
                       tolerance * size * size)
                hull.pop_back();
              hull.push_back(point);
            }
          hull.pop_back();
          std::reverse(points.begin(), points.end());
        }
      return hull;
    }



    // The area of a convex polygon.
    template <int dim>
    double
    area(const std::vector<Point<dim>> &hull)
    {
      Tensor<1, dim> sum;
      if constexpr (dim == 3)
        for (unsigned int v = 1; v + 1 < hull.size(); ++v)
          sum += 0.5 * dealii::cross_product_3d(hull[v] - hull[0],
                                                hull[v + 1] - hull[0]);
      return sum.norm();
    }



    template <int dim>
    std::vector<Point<dim>>
    all_vertices(const std::vector<Face<dim>> &faces)
    {
      std::vector<Point<dim>> vertices;
      for (const Face<dim> &face : faces)
        vertices.insert(
          vertices.end(), face.vertices.begin(), face.vertices.end());
      return vertices;
    }
  } // namespace



  template <int dim>
  std::vector<FlatBoundaryPiece<dim>>
  find_flat_boundary(const dealii::Triangulation<dim>           &triangulation,
                     const std::set<dealii::types::boundary_id> &ids)
  {
    // 1. What there is.
    const auto   mesh_vertices = find_coarse_vertices(triangulation);
    const auto   all_faces     = find_boundary_faces(triangulation);
    const double size =
      dealii::BoundingBox<dim>(mesh_vertices)
        .get_boundary_points()
        .first.distance(
          dealii::BoundingBox<dim>(mesh_vertices).get_boundary_points().second);
    const bool all_flat =
      std::all_of(all_faces.begin(), all_faces.end(), [](const auto &face) {
        return face.is_flat;
      });
    std::vector<Face<dim>> faces;
    for (const Face<dim> &face : all_faces)
      if (ids.count(face.id) > 0)
        {
          AssertInput(face.is_flat,
                      "the boundary with id "
                        << face.id << " is curved at the face with a vertex at "
                        << "(" << face.vertices[0]
                        << "); a distance is computed for flat faces only.");
          faces.push_back(face);
        }

    // 2. Plane by plane.
    std::vector<FlatBoundaryPiece<dim>> pieces;
    while (!faces.empty())
      {
        const Face<dim> first  = faces.front();
        const auto      height = [&](const Point<dim> &point) {
          return (point - first.vertices[0]) * first.normal;
        };
        const auto is_in_plane = [&](const Face<dim> &face) {
          return face.normal * first.normal > 1. - tolerance &&
                 std::all_of(face.vertices.begin(),
                             face.vertices.end(),
                             [&](const Point<dim> &vertex) {
                               return std::abs(height(vertex)) <=
                                      tolerance * size;
                             });
        };
        const auto rest =
          std::stable_partition(faces.begin(), faces.end(), is_in_plane);
        const std::vector<Face<dim>> here(faces.begin(), rest);
        faces.erase(faces.begin(), rest);

        const auto own           = all_vertices(here);
        bool       is_supporting = all_flat;
        for (const Point<dim> &vertex : mesh_vertices)
          if (height(vertex) <= tolerance * size)
            is_supporting =
              is_supporting && height(vertex) >= -tolerance * size &&
              std::any_of(own.begin(), own.end(), [&](const Point<dim> &p) {
                return p.distance(vertex) <= tolerance * size;
              });
        // A face of another kind between faces of this plane.
        for (const Face<dim> &face : all_faces)
          if (ids.count(face.id) == 0 && is_in_plane(face))
            is_supporting = false;

        if (is_supporting)
          {
            pieces.push_back(
              {first.normal, convex_hull(own, first.normal, size), true});
            continue;
          }
        for (const auto &part : connected_parts(here))
          {
            const auto hull =
              convex_hull(all_vertices(part), first.normal, size);
            double sum = 0.;
            for (const Face<dim> &face : part)
              sum += area(convex_hull(face.vertices, first.normal, size));
            AssertInput(dim < 3 || area(hull) - sum <= 1e-6 * sum,
                        "the boundary faces in the plane through ("
                          << first.vertices[0] << ") with the normal ("
                          << first.normal
                          << ") form a polygon that is not convex, for which "
                             "no distance is computed.");
            pieces.push_back({first.normal, hull, false});
          }
      }
    return pieces;
  }



  template std::vector<FlatBoundaryPiece<1>>
  find_flat_boundary(const dealii::Triangulation<1> &,
                     const std::set<dealii::types::boundary_id> &);
  template std::vector<FlatBoundaryPiece<2>>
  find_flat_boundary(const dealii::Triangulation<2> &,
                     const std::set<dealii::types::boundary_id> &);
  template std::vector<FlatBoundaryPiece<3>>
  find_flat_boundary(const dealii::Triangulation<3> &,
                     const std::set<dealii::types::boundary_id> &);
} // namespace sobolev
