// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/finite_element_solver.h>
#include <sobolev/reference/point_values.h>

#include <deal.II/base/mpi.h>

#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

BOOST_AUTO_TEST_SUITE(point_values)

// Every process asks for other points, the last one for none.
BOOST_AUTO_TEST_CASE(any_process_may_ask_for_any_points)
{
  parallel::distributed::Triangulation<2> triangulation(MPI_COMM_WORLD);
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);
  FiniteElementOptions options;
  options.degree      = 3;
  options.max_cycles  = 1;
  const auto solution = FiniteElementSolver<2>(problem, options).solve();

  const unsigned int    rank = Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  std::vector<Point<2>> points;
  if (rank == 0 || rank + 1 < Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD))
    points = {{0.1 + 0.1 * rank, 0.2}, {0.9, 0.33}, {1.5, 0.5}};
  const auto values = evaluate_at_points(*solution, points, 0);

  BOOST_TEST(values.size() == points.size());
  for (unsigned int i = 0; i < values.size(); ++i)
    if (i == 2)
      BOOST_TEST(std::isnan(values[i]));
    else
      BOOST_TEST(std::abs(values[i] - Wave<2>().value(points[i])) < 1e-3);
}

BOOST_AUTO_TEST_SUITE_END()
