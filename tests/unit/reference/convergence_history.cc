// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/convergence_history.h>
#include <sobolev/reference/finite_element_solver.h>

#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/test/unit_test.hpp>

#include <sstream>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

BOOST_AUTO_TEST_SUITE(convergence_history)

BOOST_AUTO_TEST_CASE(table_has_rates_and_an_honest_last_line)
{
  Triangulation<1> triangulation;
  GridGenerator::hyper_cube(triangulation, 0., 1., true);
  triangulation.refine_global(2);
  const MappingQ<1> mapping(1);
  auto              problem = make_dirichlet_problem<1>(
    MPI_COMM_WORLD, triangulation, mapping, 0., 0., 2);
  FiniteElementOptions options;
  options.degree                   = 1;
  options.max_cycles               = 2;
  options.target_relative_l2_error = 1e-20;

  std::ostringstream with_exact, without_exact;
  write_convergence_table(*FiniteElementSolver<1>(problem, options).solve(),
                          with_exact);
  problem.exact_solution           = nullptr;
  options.max_cycles               = 1;
  options.target_relative_l2_error = 1.;
  write_convergence_table(*FiniteElementSolver<1>(problem, options).solve(),
                          without_exact);

  const auto contains = [](const std::ostringstream &out,
                           const std::string        &text) {
    return out.str().find(text) != std::string::npos;
  };
  BOOST_TEST(contains(with_exact, "L2 error"));
  BOOST_TEST(contains(with_exact, "H1 estimate"));
  BOOST_TEST(contains(with_exact, "3."));
  BOOST_TEST(contains(with_exact, "was NOT reached"));
  BOOST_TEST(!contains(without_exact, "L2 error"));
  BOOST_TEST(contains(without_exact, "was reached"));
}

BOOST_AUTO_TEST_SUITE_END()
