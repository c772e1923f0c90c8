// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// What OrthogonalFactorization offers beyond DampedLeastSquares; its steps are
// compared with the others' in damped_least_squares.cc.

#include <sobolev/training/orthogonal_factorization.h>

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

BOOST_AUTO_TEST_SUITE(orthogonal_factorization)

BOOST_AUTO_TEST_CASE(singular_values_are_those_of_the_matrix)
{
  const unsigned int        n      = 25;
  const auto                matrix = graded_matrix(90, n, 1e10);
  const Vector              b      = random_matrix(90, 1, 9).entries;
  const MatrixObjective     objective(matrix, b, Owner::in_turn);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  OrthogonalFactorization   factorization(problem);
  factorization.assemble(Vector(n, 0.));

  const auto sigma = factorization.singular_values();

  BOOST_TEST(sigma.size() == n);
  for (unsigned int k = 0; k < n; ++k)
    BOOST_TEST(std::abs(sigma[k] - std::pow(1e-10, double(k) / (n - 1))) <
               1e-15 * n);
  check_same_on_all_ranks(sigma);
}



BOOST_AUTO_TEST_CASE(steps_by_singular_values_are_the_same)
{
  const unsigned int        n      = 25;
  const auto                matrix = graded_matrix(90, n, 1e10);
  const Vector              b      = random_matrix(90, 1, 9).entries;
  const MatrixObjective     objective(matrix, b, Owner::last_rank);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  OrthogonalFactorization   factorization(problem);
  factorization.assemble(Vector(n, 0.));

  for (const double damping : {1., 1e-6, 1e-12, 1e-18, 0.})
    {
      Vector step, expected;
      factorization.compute_step_by_singular_values(damping, step);
      BOOST_TEST(factorization.factorize(damping));
      factorization.compute_step(expected);
      BOOST_TEST(relative_error(step, expected) <
                 2e-14 / std::max(1e-10, std::sqrt(damping)));
      check_same_on_all_ranks(step);
    }
}



BOOST_AUTO_TEST_CASE(the_minimum_norm_step_if_there_is_no_damping)
{
  // Twice the same column: the two share.
  const MatrixObjective::Owner owner  = Owner::in_turn;
  auto                         matrix = random_matrix(30, 2, 1);
  for (unsigned int i = 0; i < 30; ++i)
    matrix(i, 1) = matrix(i, 0);
  const Vector              b = random_matrix(30, 1, 9).entries;
  const MatrixObjective     objective(matrix, b, owner);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  OrthogonalFactorization   factorization(problem);
  factorization.assemble({0., 0.});

  Vector step;
  factorization.compute_step_by_singular_values(0., step);

  double square = 0., product = 0.;
  for (unsigned int i = 0; i < 30; ++i)
    {
      square += matrix(i, 0) * matrix(i, 0);
      product += matrix(i, 0) * b[i];
    }
  const double half = -0.5 * product / square;
  BOOST_TEST(relative_error(step, {half, half}) < 1e-13);
}



// The number of panels must not matter: 4000 rows are two.
BOOST_AUTO_TEST_CASE(many_panels_per_process)
{
  const unsigned int        n      = 10;
  const auto                matrix = random_matrix(4000, n, 1);
  const Vector              b      = random_matrix(4000, 1, 9).entries;
  const Vector              v      = random_matrix(4000, 1, 10).entries;
  const MatrixObjective     objective(matrix, b, Owner::in_turn, 300);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  OrthogonalFactorization   keeping(problem), forgetting(problem, 0.);
  BOOST_TEST(keeping.keeps_q());
  BOOST_TEST(!forgetting.keeps_q());
  for (OrthogonalFactorization *factorization : {&keeping, &forgetting})
    {
      factorization->assemble(Vector(n, 0.));
      BOOST_TEST(factorization->factorize(1e-3));
      Vector step;
      factorization->compute_step(step);
      BOOST_TEST(relative_error(step, reference_step(matrix, b, 1e-3)) < 1e-13);
      factorization->compute_step_for(objective.local_part(v), step);
      BOOST_TEST(relative_error(step, reference_step(matrix, v, 1e-3)) < 1e-13);
    }
}



// With Q, the step for other rows is as accurate as the one for the rows
// themselves; by the seminormal equations, it is not, if the rounding errors of
// J^T v matter beside the step: they do if that is not long.
BOOST_AUTO_TEST_CASE(q_is_worth_keeping)
{
  const unsigned int n       = 40;
  const double       damping = 1e-20;
  const auto         matrix  = graded_matrix(130, n, 1e12);
  const Vector       b       = random_matrix(130, 1, 9).entries;
  Vector             v(130, 0.);
  for (unsigned int i = 0; i < 130; ++i)
    for (unsigned int k = 0; k < n; ++k)
      v[i] += matrix(i, k) * b[k];
  const auto                expected = reference_step(matrix, v, damping);
  const MatrixObjective     objective(matrix, b, Owner::in_turn);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  OrthogonalFactorization   keeping(problem), forgetting(problem, 0.);
  keeping.assemble(Vector(n, 0.));
  forgetting.assemble(Vector(n, 0.));
  keeping.factorize(damping);
  forgetting.factorize(damping);

  Vector step;
  keeping.compute_step_for(objective.local_part(v), step);
  BOOST_TEST(relative_error(step, expected) < 1e-4);
  check_same_on_all_ranks(step);
  forgetting.compute_step_for(objective.local_part(v), step);
  BOOST_TEST(relative_error(step, expected) > 1e-2);
}

BOOST_AUTO_TEST_SUITE_END()
