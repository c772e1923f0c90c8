// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/sample_interior.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <numeric>

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
    const auto expected =
      gather(sample_interior(*alone.problem, rule), MPI_COMM_SELF);

    for (const MeshKind kind : all_kinds)
      {
        const TestProblem<dim> test(
          generator, refinements, kind, MPI_COMM_WORLD, degree);
        const auto points =
          gather(sample_interior(*test.problem, rule), MPI_COMM_WORLD);

        BOOST_TEST(points.size() == expected.size());
        // Bit by bit.
        BOOST_TEST((points == expected));
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(sample_interior_)

BOOST_AUTO_TEST_CASE(points_do_not_depend_on_the_number_of_processes)
{
  for (const auto &rule : {low_discrepancy(700), quadrature(3)})
    {
      check_same_points_on_any_mesh<2>("hyper_cube", rule);
      check_same_points_on_any_mesh<2>("hyper_shell", rule);
    }
  check_same_points_on_any_mesh<3>("hyper_ball", low_discrepancy(1000), 0, 2);
}



BOOST_AUTO_TEST_CASE(one_dimensional_points_do_not_depend_on_it_either)
{
  const auto           rule = low_discrepancy(100);
  const TestProblem<1> alone("hyper_cube", 4, MeshKind::serial, MPI_COMM_SELF);
  const TestProblem<1> serial("hyper_cube", 4, MeshKind::serial);
  const TestProblem<1> shared("hyper_cube", 4, MeshKind::shared);
  const auto           expected =
    gather(sample_interior(*alone.problem, rule), MPI_COMM_SELF);

  BOOST_TEST((gather(sample_interior(*serial.problem, rule), MPI_COMM_WORLD) ==
              expected));
  BOOST_TEST((gather(sample_interior(*shared.problem, rule), MPI_COMM_WORLD) ==
              expected));
}



BOOST_AUTO_TEST_CASE(weights_sum_to_the_measure_of_the_domain)
{
  // Cells with straight edges: exactly. Curved ones: as far as the mapping
  // describes them, and at random points as far as these resolve it.
  const TestProblem<2> square("hyper_cube", 3, MeshKind::distributed);
  const TestProblem<2> disk("hyper_ball", 3, MeshKind::distributed);
  const TestProblem<3> ball("hyper_ball", 1, MeshKind::distributed);

  BOOST_TEST(integral<2>(sample_interior(*square.problem, low_discrepancy(500)),
                         one<2>) == 1.,
             tolerance(1e-13));
  BOOST_TEST(
    integral<2>(sample_interior(*square.problem, quadrature(2)), one<2>) == 1.,
    tolerance(1e-13));
  BOOST_TEST(
    integral<2>(sample_interior(*disk.problem, quadrature(5)), one<2>) == M_PI,
    tolerance(1e-8));
  BOOST_TEST(integral<2>(sample_interior(*disk.problem, low_discrepancy(5000)),
                         one<2>) == M_PI,
             tolerance(1e-3));
  BOOST_TEST(integral<3>(sample_interior(*ball.problem, quadrature(5)),
                         one<3>) == 4. / 3. * M_PI,
             tolerance(1e-4));
}



BOOST_AUTO_TEST_CASE(points_are_inside_the_domain_and_as_many_as_asked_for)
{
  const TestProblem<2> disk("hyper_ball", 2, MeshKind::distributed);
  const auto points = sample_interior(*disk.problem, low_discrepancy(2000));

  for (std::size_t i = 0; i < points.size(); ++i)
    {
      BOOST_TEST(points.points[i].norm() < 1. + 1e-5);
      BOOST_TEST(points.weights[i] > 0.);
    }
  BOOST_TEST(points.weights.size() == points.size());
  BOOST_TEST(points.material_ids.size() == points.size());
  BOOST_TEST(points.normals.empty());

  const auto n = dealii::Utilities::MPI::sum(points.size(), MPI_COMM_WORLD);
  BOOST_TEST(std::abs(double(n) - 2000.) < 60.);
}



BOOST_AUTO_TEST_CASE(integrals_of_smooth_functions_converge)
{
  const TestProblem<2> square("hyper_cube", 3);
  const auto           g = [](const dealii::Point<2> &x) {
    return std::exp(x[0]) * std::cos(3. * x[1]);
  };
  const double exact = (std::exp(1.) - 1.) * std::sin(3.) / 3.;

  const auto error = [&](const PointRule &rule) {
    return std::abs(integral<2>(sample_interior(*square.problem, rule), g) -
                    exact);
  };

  BOOST_TEST(error(quadrature(2)) < 1e-5);
  BOOST_TEST(error(quadrature(4)) < 1e-12);
  // Independent random points would have errors of 0.6 / sqrt(n).
  BOOST_TEST(error(low_discrepancy(1000)) < 5e-3);
  BOOST_TEST(error(low_discrepancy(64000)) < 3e-5);
}



BOOST_AUTO_TEST_CASE(estimates_are_unbiased_with_less_than_one_point_per_cell)
{
  // 64 cells and more, 10 points: each cell gets its one point.
  const TestProblem<2> square("hyper_cube", 3);
  const auto points = sample_interior(*square.problem, low_discrepancy(10));

  BOOST_TEST(dealii::Utilities::MPI::sum(points.size(), MPI_COMM_WORLD) ==
             square.triangulation->n_active_cells());
  BOOST_TEST(integral<2>(points, one<2>) == 1., tolerance(1e-13));
}



BOOST_AUTO_TEST_CASE(seeds_and_streams_have_different_points)
{
  const TestProblem<2> square("hyper_cube", 2);
  auto                 other_seed = low_discrepancy(200);
  other_seed.seed                 = 1;

  std::vector<Row<2>> all;
  std::size_t         n = 0;
  for (const auto &rule : {low_discrepancy(200, PointRule::training_stream),
                           low_discrepancy(200, PointRule::hold_out_stream),
                           other_seed})
    {
      const auto rows =
        gather(sample_interior(*square.problem, rule), MPI_COMM_WORLD);
      all.insert(all.end(), rows.begin(), rows.end());
      n += rows.size();
    }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());

  BOOST_TEST(all.size() == n);
}



BOOST_AUTO_TEST_CASE(processes_without_cells_have_no_points)
{
  for (const MeshKind kind : all_kinds)
    {
      const TestProblem<2> one_cell(
        "hyper_cube", 0, kind, MPI_COMM_WORLD, 1, false);
      const auto points = sample_interior(*one_cell.problem, quadrature(3));

      BOOST_TEST((points.size() == 0 || points.size() == 9));
      BOOST_TEST(dealii::Utilities::MPI::sum(points.size(), MPI_COMM_WORLD) ==
                 9);
    }
}



BOOST_AUTO_TEST_CASE(material_ids_are_those_of_the_cells)
{
  const TestProblem<2> square("hyper_cube", 2, MeshKind::shared);
  for (const auto &cell : square.triangulation->active_cell_iterators())
    cell->set_material_id(cell->center()[0] < 0.5 ? 3 : 8);

  const auto points = sample_interior(*square.problem, low_discrepancy(100));

  for (std::size_t i = 0; i < points.size(); ++i)
    BOOST_TEST(points.material_ids[i] == (points.points[i][0] < 0.5 ? 3 : 8));
}



BOOST_AUTO_TEST_CASE(asking_for_no_points_is_an_error)
{
  const TestProblem<2> square("hyper_cube", 1);
  BOOST_CHECK_THROW(sample_interior(*square.problem, quadrature(0)),
                    InputError);
  BOOST_CHECK_THROW(sample_interior(*square.problem, low_discrepancy(0)),
                    InputError);
}

BOOST_AUTO_TEST_SUITE_END()
