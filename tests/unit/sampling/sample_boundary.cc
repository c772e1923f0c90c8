// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/sampling/sample_boundary.h>

#include <deal.II/base/quadrature_lib.h>

#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "point_sets.h"

using namespace sobolev;
using boost::test_tools::tolerance;

namespace
{
  template <int dim>
  void
  check_same_points_on_any_mesh(const std::string &generator,
                                const PointRule   &rule,
                                const unsigned int refinements = 2,
                                const unsigned int degree      = 3)
  {
    const TestProblem<dim> alone(
      generator, refinements, MeshKind::serial, MPI_COMM_SELF, degree);
    const auto expected = sample_boundary(*alone.problem, rule);

    for (const MeshKind kind : all_kinds)
      {
        const TestProblem<dim> test(
          generator, refinements, kind, MPI_COMM_WORLD, degree);
        const auto points = sample_boundary(*test.problem, rule);

        BOOST_TEST(points.size() == expected.size());
        for (const auto &[id, set] : expected)
          // Bit by bit.
          BOOST_TEST((gather(points.at(id), MPI_COMM_WORLD) ==
                      gather(set, MPI_COMM_SELF)));
      }
  }



  template <int dim>
  double
  measure(const std::map<dealii::types::boundary_id, CollocationPoints<dim>> &s,
          const dealii::types::boundary_id id)
  {
    return integral<dim>(s.at(id), one<dim>);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(sample_boundary_)

BOOST_AUTO_TEST_CASE(points_do_not_depend_on_the_number_of_processes)
{
  for (const auto &rule : {low_discrepancy(300), quadrature(3)})
    {
      check_same_points_on_any_mesh<2>("hyper_cube", rule);
      check_same_points_on_any_mesh<2>("hyper_shell", rule);
    }
  check_same_points_on_any_mesh<3>("hyper_ball", low_discrepancy(300), 0, 2);
}



BOOST_AUTO_TEST_CASE(weights_sum_to_the_measure_of_each_part)
{
  const TestProblem<2> shell("hyper_shell", 3, MeshKind::distributed);
  for (const auto &[rule, error] :
       {std::make_pair(quadrature(5), 1e-9),
        std::make_pair(low_discrepancy(1000), 1e-3)})
    {
      const auto points = sample_boundary(*shell.problem, rule);
      BOOST_TEST(measure(points, 0) == M_PI, tolerance(error));
      BOOST_TEST(measure(points, 1) == 2. * M_PI, tolerance(error));
    }

  const TestProblem<3> cube("hyper_cube", 2, MeshKind::distributed);
  const auto points = sample_boundary(*cube.problem, low_discrepancy(200));
  BOOST_TEST(points.size() == 6);
  for (unsigned int id = 0; id < 6; ++id)
    BOOST_TEST(measure(points, id) == 1., tolerance(1e-13));
}



BOOST_AUTO_TEST_CASE(normals_are_unit_vectors_that_point_out_of_the_domain)
{
  const TestProblem<3> shell("hyper_shell", 1, MeshKind::distributed);
  for (const auto &[id, points] :
       sample_boundary(*shell.problem, low_discrepancy(500)))
    {
      BOOST_TEST(points.normals.size() == points.size());
      BOOST_TEST(points.boundary_id == id);
      for (std::size_t i = 0; i < points.size(); ++i)
        {
          const auto  &x      = points.points[i];
          const auto  &normal = points.normals[i];
          const double sign   = id == 0 ? -1. : 1.;
          BOOST_TEST(normal.norm() == 1., tolerance(1e-13));
          // Up to what the mapping makes of the sphere.
          BOOST_TEST(normal * x / x.norm() == sign, tolerance(1e-3));
          BOOST_TEST(x.norm() == (id == 0 ? 0.5 : 1.), tolerance(1e-3));
        }
    }
}



// FEFaceValues computes the same thing in another way.
BOOST_AUTO_TEST_CASE(points_weights_and_normals_equal_those_of_fe_face_values)
{
  const TestProblem<3>        ball("hyper_ball", 1);
  const dealii::QGauss<2>     gauss(3);
  const dealii::FE_Nothing<3> fe;
  dealii::FEFaceValues<3>     fe_values(ball.mapping,
                                    fe,
                                    gauss,
                                    dealii::update_quadrature_points |
                                      dealii::update_JxW_values |
                                      dealii::update_normal_vectors);

  const auto  points = sample_boundary(*ball.problem, quadrature(3)).at(0);
  std::size_t first  = 0;
  for (const auto &cell : ball.triangulation->active_cell_iterators())
    if (ball.problem->is_owned(cell))
      for (const unsigned int face : cell->face_indices())
        if (cell->face(face)->at_boundary())
          {
            fe_values.reinit(cell, face);
            // The points of a face may come in another order.
            for (const unsigned int q : fe_values.quadrature_point_indices())
              {
                std::size_t i = first;
                while (i < first + 9 &&
                       points.points[i].distance(
                         fe_values.quadrature_point(q)) > 1e-12)
                  ++i;
                BOOST_TEST_REQUIRE(i < first + 9);
                BOOST_TEST(points.weights[i] == fe_values.JxW(q),
                           tolerance(1e-12));
                BOOST_TEST(
                  (points.normals[i] - fe_values.normal_vector(q)).norm() <
                  1e-12);
              }
            first += 9;
          }
  BOOST_TEST(points.size() == first);
}



BOOST_AUTO_TEST_CASE(the_divergence_theorem_holds)
{
  // The flux of (x^2, x y) through the unit circle is the integral of 3 x,
  // and that of (x, y) is twice the area.
  const TestProblem<2> disk("hyper_ball", 3, MeshKind::distributed);
  const auto points = sample_boundary(*disk.problem, quadrature(5)).at(0);

  double flux = 0.;
  for (std::size_t i = 0; i < points.size(); ++i)
    flux += points.weights[i] * (points.points[i] * points.normals[i]);

  BOOST_TEST(dealii::Utilities::MPI::sum(flux, MPI_COMM_WORLD) == 2. * M_PI,
             tolerance(1e-8));
}



BOOST_AUTO_TEST_CASE(one_dimensional_boundaries_are_two_points)
{
  for (const MeshKind kind : {MeshKind::serial, MeshKind::shared})
    {
      const TestProblem<1> line("hyper_cube", 4, kind);
      for (const auto &rule : {quadrature(3), low_discrepancy(100)})
        {
          const auto points = sample_boundary(*line.problem, rule);
          const auto left   = gather(points.at(0), MPI_COMM_WORLD);
          const auto right  = gather(points.at(1), MPI_COMM_WORLD);

          const Row<1> expected_left  = {{0., -1., 1., 0., 0.}};
          const Row<1> expected_right = {{1., 1., 1., 0., 1.}};
          BOOST_TEST(left.size() == 1);
          BOOST_TEST(right.size() == 1);
          BOOST_TEST((left.at(0) == expected_left));
          BOOST_TEST((right.at(0) == expected_right));
        }
    }
}



BOOST_AUTO_TEST_CASE(every_process_has_every_boundary_id)
{
  for (const MeshKind kind : all_kinds)
    {
      const TestProblem<2> one_cell(
        "hyper_cube", 0, kind, MPI_COMM_WORLD, 1, false);
      const auto points = sample_boundary(*one_cell.problem, quadrature(2));

      BOOST_TEST(points.size() == 4);
      for (const auto &entry : points)
        BOOST_TEST(dealii::Utilities::MPI::sum(entry.second.size(),
                                               MPI_COMM_WORLD) == 2);
    }
}



BOOST_AUTO_TEST_CASE(hold_out_points_differ_from_training_points)
{
  const TestProblem<2> square("hyper_cube", 2);
  const auto training = sample_boundary(*square.problem, low_discrepancy(100));
  const auto hold_out = sample_boundary(
    *square.problem, low_discrepancy(100, PointRule::hold_out_stream));

  auto       rows = gather(training.at(0), MPI_COMM_WORLD);
  const auto more = gather(hold_out.at(0), MPI_COMM_WORLD);
  rows.insert(rows.end(), more.begin(), more.end());
  const auto n = rows.size();
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());

  BOOST_TEST(rows.size() == n);
}

BOOST_AUTO_TEST_SUITE_END()
