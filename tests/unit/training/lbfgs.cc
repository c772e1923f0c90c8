// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/lbfgs.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

BOOST_AUTO_TEST_SUITE(lbfgs)

BOOST_AUTO_TEST_CASE(converges_on_a_quadratic_function_and_says_why_it_stops)
{
  const auto objective = distributed(LinearRows());

  const auto outcome = run(LBFGS(), objective, Vector(4, 0.), iterations(2000));

  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    gradient, first_gradient;
  problem.gradient(outcome.theta, gradient);
  problem.gradient(Vector(4, 0.), first_gradient);
  // Far below the root of the round-off, thanks to the slopes.
  BOOST_TEST(dot(gradient, gradient) <
             1e-24 * dot(first_gradient, first_gradient));
  BOOST_TEST((contains(outcome.stop_reason, "gradient is zero") ||
              contains(outcome.stop_reason, "did not improve") ||
              contains(outcome.stop_reason, "line search")),
             outcome.stop_reason);
}



BOOST_AUTO_TEST_CASE(a_quadratic_function_takes_few_iterations)
{
  const auto                objective = distributed(LinearRows());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    gradient, first_gradient;
  problem.gradient(Vector(4, 0.), first_gradient);

  const auto outcome = run(LBFGS(), objective, Vector(4, 0.), iterations(30));

  problem.gradient(outcome.theta, gradient);
  BOOST_TEST(dot(gradient, gradient) <
             1e-14 * dot(first_gradient, first_gradient));
}



BOOST_AUTO_TEST_CASE(finds_the_minimum_of_rosenbrocks_function)
{
  const auto outcome =
    run(LBFGS(), distributed(Rosenbrock()), {-1.2, 1.}, iterations(500, 1e-20));

  BOOST_TEST(relative_error(outcome.theta, {1., 1.}) < 1e-8);
  BOOST_TEST(contains(outcome.stop_reason, "target"));
}



BOOST_AUTO_TEST_CASE(the_loss_never_rises)
{
  double loss = 1e300;
  for (const unsigned int n : {1u, 2u, 5u, 10u, 20u})
    {
      const auto outcome =
        run(LBFGS(), distributed(Rosenbrock()), {-1.2, 1.}, iterations(n));
      BOOST_TEST(outcome.last_loss <= loss);
      loss = outcome.last_loss;
    }
}



BOOST_AUTO_TEST_CASE(starting_at_the_minimum_is_no_failure)
{
  const auto outcome =
    run(LBFGS(), distributed(Rosenbrock()), {1., 1.}, iterations(10));

  BOOST_TEST((outcome.theta == Vector{1., 1.}));
  BOOST_TEST((outcome.best == Vector{1., 1.}));
  BOOST_TEST(!outcome.stop_reason.empty());
}

BOOST_AUTO_TEST_SUITE_END()
