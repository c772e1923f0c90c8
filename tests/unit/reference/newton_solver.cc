// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/newton_solver.h>
#include <sobolev/reference/reference_mesh.h>

#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/test/unit_test.hpp>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

namespace
{
  SolverStatistics
  solve_on_square(const double alpha)
  {
    Triangulation<2> triangulation;
    GridGenerator::hyper_cube(triangulation);
    triangulation.refine_global(2);
    const MappingQ<2> mapping(1);
    const auto        problem =
      make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping, alpha);
    const auto                  mesh = copy_mesh(problem);
    const FiniteElementSpace<2> space(problem, *mesh, mapping, 2);
    FiniteElementVector         solution = space.create_vector();

    return NewtonSolver<2>(problem, mapping, space, FiniteElementOptions())
      .solve(solution);
  }
} // namespace



BOOST_AUTO_TEST_SUITE(newton_solver)

BOOST_AUTO_TEST_CASE(convergence_is_quadratic)
{
  const std::vector<double> residuals = solve_on_square(2.).residuals;

  BOOST_TEST(residuals.size() < 10u);
  BOOST_TEST(residuals.back() < 1e-11);
  for (unsigned int k = 1; k < residuals.size(); ++k)
    if (residuals[k - 1] < 1e-2)
      BOOST_TEST(residuals[k] <
                 std::max(100. * residuals[k - 1] * residuals[k - 1], 1e-11));
}



BOOST_AUTO_TEST_CASE(linear_laws_take_one_step)
{
  BOOST_TEST(solve_on_square(0.).newton_iterations == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
