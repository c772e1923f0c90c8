// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/adam.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

BOOST_AUTO_TEST_SUITE(adam)

BOOST_AUTO_TEST_CASE(the_first_step_has_the_length_of_the_learning_rate)
{
  // After two evaluations, the parameters are those after one step:
  // m / (1 - beta_1) = g and v / (1 - beta_2) = g^2.
  AdamOptions options;
  options.learning_rate  = 0.01;
  const auto   objective = distributed(CurveFit());
  const Vector start{0.8, 1.5, 0.3};

  const auto outcome = run(Adam(options), objective, start, iterations(2));

  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    gradient;
  problem.gradient(start, gradient);
  for (unsigned int k = 0; k < 3; ++k)
    BOOST_TEST(std::abs(outcome.theta[k] - start[k] +
                        0.01 * gradient[k] /
                          (std::abs(gradient[k]) + options.epsilon)) < 1e-14);
}



BOOST_AUTO_TEST_CASE(decreases_the_loss)
{
  AdamOptions options;
  options.learning_rate = 0.02;

  const auto outcome = run(
    Adam(options), distributed(CurveFit()), {0.1, 1., 0.}, iterations(1000));

  BOOST_TEST(outcome.best_loss < 1e-3 * outcome.first_loss);
}



// Once, every evaluation of the parameters that it had gone back to counted as
// a success and as an iteration.
BOOST_AUTO_TEST_CASE(gives_up_in_words_when_the_loss_stays_nan)
{
  AdamOptions options;
  options.learning_rate = 0.1;

  const auto outcome = run(Adam(options),
                           distributed(NaNOutside<DistanceTo<5>>(0.5)),
                           {0.5},
                           iterations(1000));

  BOOST_TEST(outcome.theta[0] == 0.5);
  BOOST_TEST(outcome.n_iterations == 1u);
  BOOST_TEST(contains(outcome.stop_reason, "the loss stayed not finite"));
}

BOOST_AUTO_TEST_SUITE_END()
