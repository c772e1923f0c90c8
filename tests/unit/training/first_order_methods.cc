// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Steps of RMSProp and AdaGrad by hand, and learning rates that fall.

#include <sobolev/training/adagrad.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/rmsprop.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const Vector start{0.8, 1.5, 0.3};



  Vector
  gradient_at(const Vector &theta)
  {
    const auto                objective = distributed(CurveFit());
    const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
    Vector                    gradient;
    problem.gradient(theta, gradient);
    return gradient;
  }



  // The parameters of n evaluations are those after n - 1 steps.
  Vector
  after_steps(const Optimizer &optimizer, const unsigned int n_steps)
  {
    return run(
             optimizer, distributed(CurveFit()), start, iterations(n_steps + 1))
      .theta;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(first_order_methods)

BOOST_AUTO_TEST_CASE(two_steps_of_rmsprop)
{
  RMSPropOptions options;
  options.learning_rate = 0.01;
  options.memory        = 0.9;
  Vector theta          = start, v(3, 0.);
  for (unsigned int n = 0; n < 2; ++n)
    {
      const auto g = gradient_at(theta);
      for (unsigned int k = 0; k < 3; ++k)
        {
          v[k] = 0.9 * v[k] + 0.1 * g[k] * g[k];
          theta[k] -= 0.01 * g[k] / (std::sqrt(v[k]) + 1e-8);
        }
    }
  BOOST_TEST(relative_error(after_steps(RMSProp(options), 2), theta) < 1e-12);
}



BOOST_AUTO_TEST_CASE(two_steps_of_adagrad)
{
  AdaGradOptions options;
  options.learning_rate = 0.02;
  Vector theta          = start, v(3, 0.);
  for (unsigned int n = 0; n < 2; ++n)
    {
      const auto g = gradient_at(theta);
      for (unsigned int k = 0; k < 3; ++k)
        {
          v[k] += g[k] * g[k];
          theta[k] -= 0.02 * g[k] / (std::sqrt(v[k]) + 1e-10);
        }
    }
  BOOST_TEST(relative_error(after_steps(AdaGrad(options), 2), theta) < 1e-12);
}



BOOST_AUTO_TEST_CASE(learning_rates_fall_after_the_given_iterations)
{
  LearningRateDecay decay;
  BOOST_TEST(decay.at(1) == 1.);
  decay.factor     = 0.5;
  decay.iterations = {10, 20};
  BOOST_TEST(decay.at(10) == 1.);
  BOOST_TEST(decay.at(11) == 0.5);
  BOOST_TEST(decay.at(20) == 0.5);
  BOOST_TEST(decay.at(21) == 0.25);

  // The third step is the last one.
  decay.factor     = 0.;
  decay.iterations = {3};
  AdamOptions    adam;
  RMSPropOptions rmsprop;
  AdaGradOptions adagrad;
  adam.decay = rmsprop.decay = adagrad.decay = decay;
  const auto ends                            = [](const Optimizer &optimizer) {
    return after_steps(optimizer, 3) == after_steps(optimizer, 5) &&
           after_steps(optimizer, 2) != after_steps(optimizer, 3);
  };
  BOOST_TEST(ends(Adam(adam)));
  BOOST_TEST(ends(RMSProp(rmsprop)));
  BOOST_TEST(ends(AdaGrad(adagrad)));
}

BOOST_AUTO_TEST_SUITE_END()
