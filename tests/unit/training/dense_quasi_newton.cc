// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/dense_quasi_newton.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  std::vector<DenseQuasiNewtonOptions>
  all_options()
  {
    std::vector<DenseQuasiNewtonOptions> result(3);
    result[1].formula = DenseInverseHessian::Formula::self_scaled_bfgs;
    result[2].formula = DenseInverseHessian::Formula::bfgs;
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(dense_quasi_newton)

BOOST_AUTO_TEST_CASE(n_exact_steps_minimise_a_quadratic_function)
{
  const auto                objective = distributed(LinearRows());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    first_gradient, gradient;
  problem.gradient(Vector(4, 0.), first_gradient);

  for (auto options : all_options())
    {
      options.line_search.sufficient_decrease = 1e-13;
      options.line_search.curvature           = 1e-12;
      const DenseQuasiNewton optimizer(options);
      BOOST_TEST_CONTEXT(optimizer.name())
      {
        const auto three = run(optimizer, objective, Vector(4), iterations(3));
        problem.gradient(three.theta, gradient);
        BOOST_TEST(dot(gradient, gradient) >
                   1e-8 * dot(first_gradient, first_gradient));

        const auto four = run(optimizer, objective, Vector(4), iterations(4));
        problem.gradient(four.theta, gradient);
        BOOST_TEST(dot(gradient, gradient) <
                   1e-16 * dot(first_gradient, first_gradient));
      }
    }
}



BOOST_AUTO_TEST_CASE(inexact_steps_converge_and_say_why_they_stop)
{
  const auto                objective = distributed(LinearRows());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    first_gradient, gradient;
  problem.gradient(Vector(4, 0.), first_gradient);
  for (const auto &options : all_options())
    {
      const DenseQuasiNewton optimizer(options);
      BOOST_TEST_CONTEXT(optimizer.name())
      {
        const auto outcome =
          run(optimizer, objective, Vector(4), iterations(2000));
        problem.gradient(outcome.theta, gradient);
        // Far below the root of the round-off, thanks to the slopes.
        BOOST_TEST(dot(gradient, gradient) <
                   1e-24 * dot(first_gradient, first_gradient));
        BOOST_TEST((contains(outcome.stop_reason, "line search") ||
                    contains(outcome.stop_reason, "gradient is zero") ||
                    contains(outcome.stop_reason, "did not improve")),
                   outcome.stop_reason);
      }
    }
}



BOOST_AUTO_TEST_CASE(finds_the_minimum_of_rosenbrocks_function)
{
  for (const auto &options : all_options())
    {
      const DenseQuasiNewton optimizer(options);
      BOOST_TEST_CONTEXT(optimizer.name())
      {
        const auto outcome = run(optimizer,
                                 distributed(Rosenbrock()),
                                 {-1.2, 1.},
                                 iterations(200, 1e-24));

        BOOST_TEST(relative_error(outcome.theta, {1., 1.}) < 1e-10);
        BOOST_TEST(contains(outcome.stop_reason, "target"));
        BOOST_TEST(outcome.n_iterations < 60u);
      }
    }
}



BOOST_AUTO_TEST_CASE(starting_at_the_minimum_is_no_failure)
{
  const auto outcome = run(
    DenseQuasiNewton(), distributed(Rosenbrock()), {1., 1.}, iterations(10));

  BOOST_TEST((outcome.theta == Vector{1., 1.}));
  BOOST_TEST((outcome.best == Vector{1., 1.}));
  BOOST_TEST(!outcome.stop_reason.empty());
}

BOOST_AUTO_TEST_SUITE_END()
