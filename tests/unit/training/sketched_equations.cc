// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The iterations of SketchedEquations; its steps are compared with the others'
// in damped_least_squares.cc.

#include <sobolev/training/sketched_equations.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/matrix_objective.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Owner = MatrixObjective::Owner;
} // namespace

BOOST_AUTO_TEST_SUITE(sketched_equations)

BOOST_AUTO_TEST_CASE(iterations_do_not_depend_on_the_condition)
{
  const unsigned int n = 30, n_rows = 1000;
  const Vector       b = random_matrix(n_rows, 1, 9).entries;
  for (const double condition : {1e1, 1e4, 1e8})
    for (const double damping : {1e-2, 1e-10, 0.})
      BOOST_TEST_CONTEXT("condition " << condition << ", damping " << damping)
      {
        const auto                matrix = graded_matrix(n_rows, n, condition);
        const MatrixObjective     objective(matrix, b, Owner::in_turn, 100);
        const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
        SketchedEquations         equations(problem);
        equations.assemble(Vector(n, 0.));
        BOOST_TEST(equations.factorize(damping));

        Vector step;
        equations.compute_step(step);

        BOOST_TEST(equations.has_converged());
        BOOST_TEST(equations.n_iterations() > 3u);
        BOOST_TEST(equations.n_iterations() < 80u);
        BOOST_TEST(relative_error(step, reference_step(matrix, b, damping)) <
                   1e-11 / std::max(1. / condition, std::sqrt(damping)));
      }
}



BOOST_AUTO_TEST_CASE(without_more_rows_than_the_sketch_one_iteration_will_do)
{
  const unsigned int        n = 30, n_rows = 80;
  const auto                matrix = graded_matrix(n_rows, n, 1e6);
  const Vector              b      = random_matrix(n_rows, 1, 9).entries;
  const MatrixObjective     objective(matrix, b, Owner::in_turn);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  SketchedEquations         equations(problem);
  equations.assemble(Vector(n, 0.));
  BOOST_TEST(equations.factorize(1e-8));

  Vector step;
  equations.compute_step(step);

  BOOST_TEST(equations.has_converged());
  BOOST_TEST(equations.n_iterations() <= 1u);
}



BOOST_AUTO_TEST_CASE(iterations_that_end_too_early_are_reported)
{
  const unsigned int        n = 30, n_rows = 1000;
  const auto                matrix = random_matrix(n_rows, n, 1);
  const Vector              b      = random_matrix(n_rows, 1, 9).entries;
  const MatrixObjective     objective(matrix, b, Owner::in_turn);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  SketchedEquationsOptions  options;
  options.max_iterations = 5;
  SketchedEquations equations(problem, options);
  equations.assemble(Vector(n, 0.));
  BOOST_TEST(equations.factorize(1e-4));

  Vector step;
  equations.compute_step(step);

  BOOST_TEST(!equations.has_converged());
  BOOST_TEST(equations.n_iterations() == 5u);
  check_same_on_all_ranks(step);
}



// The rows have the same numbers wherever they are.
BOOST_AUTO_TEST_CASE(the_sketch_does_not_depend_on_the_ranks)
{
  const unsigned int n = 30, n_rows = 1000;
  const auto         matrix = random_matrix(n_rows, n, 1);
  const Vector       b      = random_matrix(n_rows, 1, 9).entries;
  Vector             steps[2];
  for (const bool on_last : {false, true})
    {
      const MatrixObjective objective(
        matrix, b, on_last ? Owner::last_rank : Owner::first_rank);
      const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
      SketchedEquationsOptions  options;
      // Far from converged: what the sketch does is still to be seen.
      options.max_iterations = 2;
      SketchedEquations equations(problem, options);
      equations.assemble(Vector(n, 0.));
      BOOST_TEST(equations.factorize(1e-4));
      equations.compute_step(steps[on_last]);
    }

  const auto   exact      = reference_step(matrix, b, 1e-4);
  const double difference = relative_error(steps[0], steps[1]);
  BOOST_TEST(difference < 1e-10);
  BOOST_TEST(relative_error(steps[0], exact) > 1e-8);
}

BOOST_AUTO_TEST_SUITE_END()
