// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/flat_boundary.h>

#include <deal.II/base/mpi.h>

#include <deal.II/distributed/tria.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/tria.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace sobolev;
using dealii::GridGenerator::hyper_cube;

namespace
{
  // A piece in a form that can be compared: its corners, sorted.
  template <int dim>
  std::vector<std::vector<double>>
  corners(const FlatBoundaryPiece<dim> &piece)
  {
    std::vector<std::vector<double>> result;
    for (const auto &vertex : piece.vertices)
      {
        result.emplace_back();
        for (unsigned int d = 0; d < dim; ++d)
          result.back().push_back(vertex[d]);
      }
    std::sort(result.begin(), result.end());
    return result;
  }



  template <int dim>
  std::set<std::vector<std::vector<double>>>
  all_corners(const std::vector<FlatBoundaryPiece<dim>> &pieces)
  {
    std::set<std::vector<std::vector<double>>> result;
    for (const auto &piece : pieces)
      result.insert(corners(piece));
    return result;
  }



  template <int dim>
  unsigned int
  n_supporting(const std::vector<FlatBoundaryPiece<dim>> &pieces)
  {
    return std::count_if(pieces.begin(), pieces.end(), [](const auto &piece) {
      return piece.is_supporting;
    });
  }
} // namespace

BOOST_AUTO_TEST_SUITE(flat_boundary)

BOOST_AUTO_TEST_CASE(an_interval_has_two_ends)
{
  dealii::Triangulation<1> mesh;
  hyper_cube(mesh, -1., 2., true);
  mesh.refine_global(3);

  const auto both = find_flat_boundary(mesh, {0, 1});
  BOOST_TEST(both.size() == 2u);
  const auto right = find_flat_boundary(mesh, {1});
  BOOST_TEST(right.size() == 1u);
  BOOST_TEST(right[0].vertices[0][0] == 2.);
  BOOST_TEST(right[0].normal[0] == -1.);
  BOOST_TEST(find_flat_boundary(mesh, {}).empty());
}



BOOST_AUTO_TEST_CASE(a_square_has_four_sides_however_fine_it_is)
{
  dealii::Triangulation<2> coarse, fine, refined;
  hyper_cube(coarse);
  dealii::GridGenerator::subdivided_hyper_cube(fine, 5);
  hyper_cube(refined);
  refined.refine_global(3);

  const auto sides = find_flat_boundary(coarse, {0});
  BOOST_TEST(sides.size() == 4u);
  BOOST_TEST(n_supporting(sides) == 4u);
  BOOST_TEST(
    (all_corners(sides) == all_corners(find_flat_boundary(refined, {0}))));
  BOOST_TEST(
    (all_corners(sides) == all_corners(find_flat_boundary(fine, {0}))));
  for (const auto &side : sides)
    {
      const auto middle =
        dealii::Point<2>(0.5 * (side.vertices[0] + side.vertices[1]));
      BOOST_TEST((dealii::Point<2>(0.5, 0.5) - middle) * side.normal == 0.5);
    }
}



BOOST_AUTO_TEST_CASE(half_a_side_is_not_supporting)
{
  dealii::Triangulation<2> mesh;
  dealii::GridGenerator::subdivided_hyper_cube(mesh, 4);
  for (const auto &face : mesh.active_face_iterators())
    if (face->at_boundary())
      face->set_boundary_id(
        face->center()[1] == 0. && face->center()[0] < 0.5 ? 7 : 3);

  const auto half = find_flat_boundary(mesh, {7});
  BOOST_TEST(half.size() == 1u);
  BOOST_TEST(n_supporting(half) == 0u);
  BOOST_TEST((corners(half[0]) ==
              std::vector<std::vector<double>>{{0., 0.}, {0.5, 0.}}));
  BOOST_TEST(n_supporting(find_flat_boundary(mesh, {3})) == 3u);
  BOOST_TEST(n_supporting(find_flat_boundary(mesh, {3, 7})) == 4u);
}



BOOST_AUTO_TEST_CASE(the_sides_of_the_re_entrant_corner_are_not_supporting)
{
  dealii::Triangulation<2> plane;
  dealii::GridGenerator::hyper_L(plane);
  const auto sides = find_flat_boundary(plane, {0});
  BOOST_TEST(sides.size() == 6u);
  BOOST_TEST(n_supporting(sides) == 4u);

  dealii::Triangulation<3> space;
  dealii::GridGenerator::hyper_L(space);
  const auto faces = find_flat_boundary(space, {0});
  BOOST_TEST(faces.size() == 9u);
  BOOST_TEST(n_supporting(faces) == 6u);
  for (const auto &face : faces)
    if (!face.is_supporting)
      BOOST_TEST(face.vertices.size() == 4u);
}



BOOST_AUTO_TEST_CASE(faces_of_a_cube_are_merged)
{
  dealii::Triangulation<3> mesh;
  dealii::GridGenerator::subdivided_hyper_cube(mesh, 3);
  for (const auto &face : mesh.active_face_iterators())
    if (face->at_boundary() && face->center()[2] == 0. &&
        face->center()[0] < 0.6)
      face->set_boundary_id(1);

  const auto part = find_flat_boundary(mesh, {1});
  BOOST_TEST(part.size() == 1u);
  BOOST_TEST(n_supporting(part) == 0u);
  BOOST_TEST(part[0].vertices.size() == 4u);
  BOOST_TEST(part[0].normal[2] == 1.);
  BOOST_TEST(find_flat_boundary(mesh, {0, 1}).size() == 6u);

  // Without one corner, the rest of the side is not convex.
  for (const auto &face : mesh.active_face_iterators())
    if (face->at_boundary() && face->center()[2] == 0.)
      face->set_boundary_id(
        face->center()[0] > 0.6 && face->center()[1] > 0.6 ? 0 : 1);
  BOOST_CHECK_THROW(find_flat_boundary(mesh, {1}), InputError);
}



BOOST_AUTO_TEST_CASE(curved_boundaries_are_refused)
{
  dealii::Triangulation<2> ball, plate;
  dealii::GridGenerator::hyper_ball(ball);
  BOOST_CHECK_THROW(find_flat_boundary(ball, {0}), InputError);

  // The sides of the plate are flat, although they belong to a transfinite
  // manifold.
  dealii::GridGenerator::plate_with_a_hole(
    plate, 0.4, 0.7, 0.3, 0.3, 0.3, 0.3, dealii::Point<2>(), 0, 1, 1., 2, true);
  BOOST_TEST(find_flat_boundary(plate, {0, 1, 2, 3}).size() == 4u);
  BOOST_CHECK_THROW(find_flat_boundary(plate, {4}), InputError);
}



BOOST_AUTO_TEST_CASE(all_processes_find_the_same)
{
  dealii::parallel::distributed::Triangulation<2> mesh(MPI_COMM_WORLD);
  dealii::GridGenerator::subdivided_hyper_cube(mesh, 4);
  mesh.refine_global(2);

  const auto sides = all_corners(find_flat_boundary(mesh, {0}));
  const std::set<std::vector<std::vector<double>>> expected{
    {{0., 0.}, {0., 1.}},
    {{0., 0.}, {1., 0.}},
    {{0., 1.}, {1., 1.}},
    {{1., 0.}, {1., 1.}}};
  BOOST_TEST((sides == expected));
}

BOOST_AUTO_TEST_SUITE_END()
