// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Networks that learn what others have left.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/next_stage.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/random_features.h>
#include <sobolev/training/stage_trial.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "derivative_checks.h"
#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  namespace data = boost::unit_test::data;

  using Frozen = std::shared_ptr<const FrozenNetwork>;

  // So many steps of Levenberg-Marquardt; the best parameters.
  Vector
  train(const LeastSquaresProblem &problem,
        Vector                     theta,
        const unsigned int         n_iterations)
  {
    MonitorOptions options;
    options.max_iterations = n_iterations;
    TrainingMonitor monitor(problem, options, nullptr);
    LevenbergMarquardt().minimize(problem, theta, monitor);
    return monitor.best_parameters();
  }



  // A small network for the problem, trained with all points on some ranks.
  Frozen
  first_stage(const SmallProblem &small,
              const unsigned int  n_iterations,
              const unsigned int  n_owners = 1000)
  {
    const Network network   = SmallProblem::make_network({5}, "tanh");
    const auto    objective = small.make_objective(network, 150, 60, n_owners);
    const LeastSquaresProblem problem(objective.get(), nullptr, MPI_COMM_WORLD);
    return std::make_shared<FrozenNetwork>(
      network, train(problem, network.initial_parameters(1), n_iterations));
  }



  // The network of a second stage and its problem.
  struct SecondStage
  {
    SecondStage(const SmallProblem &small,
                const Frozen       &first,
                const double        amplitude,
                const unsigned int  n_owners = 1000)
      : network(make_next_stage(first, {{6, 6}, "sin", 2., 1.}, amplitude))
      , objective(small.make_objective(network, 150, 60, n_owners))
      , problem(objective.get(), nullptr, MPI_COMM_WORLD)
      , theta(network.initial_parameters(2))
      , silent(theta)
    {
      const auto &last = network.layout().layers().back();
      std::fill(silent.begin() + last.weights, silent.end(), 0.);
    }

    const Network                           network;
    const std::unique_ptr<NetworkObjective> objective;
    const LeastSquaresProblem               problem;
    // At the start, and without a last layer.
    const Vector theta;
    Vector       silent;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(stage_trial)

BOOST_DATA_TEST_CASE(the_amplitude_makes_changes_as_large_as_the_residual,
                     data::make({true, false}),
                     is_linear)
{
  const SmallProblem small(is_linear);
  const auto         first = first_stage(small, 10);
  const double       amplitude =
    1e-3 * try_stage(SecondStage(small, first, 1e-3).problem,
                     SecondStage(small, first, 1e-3).theta)
             .amplitude;

  // The square of a difference, from those of both ends and of the mean.
  const SecondStage second(small, first, amplitude);
  const Vector      mean =
    moved(second.silent, 0.5, moved(second.theta, -1., second.silent));
  const double at_start = second.problem.loss(second.silent);
  const double square   = 2. * (at_start + second.problem.loss(second.theta)) -
                        4. * second.problem.loss(mean);

  BOOST_TEST(amplitude < 0.1);
  BOOST_TEST(std::abs(std::sqrt(square / at_start) - 1.) <
             (is_linear ? 1e-9 : 1e-2));
}



BOOST_AUTO_TEST_CASE(the_remainder_is_what_a_fit_of_the_last_layer_leaves)
{
  const SmallProblem small(true);
  const SecondStage  second(small, first_stage(small, 10), 1e-3);

  const double remainder = try_stage(second.problem, second.theta).remainder;

  Vector          fitted = second.silent;
  MonitorOptions  options;
  TrainingMonitor monitor(second.problem, options, nullptr);
  RandomFeatures().minimize(second.problem, fitted, monitor);
  const double expected =
    std::sqrt(monitor.best_loss() / second.problem.loss(second.silent));
  BOOST_TEST(remainder < 0.95);
  BOOST_TEST(std::abs(remainder - expected) < 1e-6);
}



BOOST_AUTO_TEST_CASE(a_second_stage_gains_orders_over_a_longer_first_one)
{
  const SmallProblem small(true);
  const auto         first  = first_stage(small, 60);
  const auto         longer = first_stage(small, 200);

  const StageTrial  trial = try_stage(SecondStage(small, first, 1e-3).problem,
                                     SecondStage(small, first, 1e-3).theta);
  const SecondStage second(small, first, 1e-3 * trial.amplitude);
  Vector            start = second.theta;
  for (std::size_t k = 0; k < start.size(); ++k)
    start[k] = second.silent[k] + 0.1 * (start[k] - second.silent[k]);
  const Vector theta = train(second.problem, start, 60);

  const double of_one = SmallProblem::error(longer->network(), longer->theta());
  const double of_two = SmallProblem::error(second.network, theta);
  BOOST_TEST_MESSAGE("errors: " << of_one << " and " << of_two);
  // The beginning is the end of the first stage.
  BOOST_TEST(std::abs(SmallProblem::error(second.network, second.silent) -
                      SmallProblem::error(first->network(), first->theta())) <
             1e-12);
  BOOST_TEST(of_two < 1e-2 * of_one);
}



BOOST_AUTO_TEST_CASE(the_distribution_of_the_points_does_not_matter)
{
  // Few iterations: round-off grows in training.
  const SmallProblem small(false);
  const auto         result = [&](const unsigned int n_owners) {
    const auto       first = first_stage(small, 4, n_owners);
    const StageTrial trial =
      try_stage(SecondStage(small, first, 1e-3, n_owners).problem,
                SecondStage(small, first, 1e-3, n_owners).theta);
    const SecondStage second(small, first, 1e-3 * trial.amplitude, n_owners);
    Vector            numbers = train(second.problem, second.theta, 4);
    numbers.push_back(trial.amplitude);
    numbers.push_back(trial.remainder);
    return numbers;
  };

  BOOST_TEST(relative_error(result(1000), result(1)) < 1e-7);
}



BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused)
{
  // Rows without a network, and nothing left to learn.
  const auto                objective = distributed(LinearRows());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  BOOST_CHECK_THROW(try_stage(problem, {0., 0., 0., 0.}), InputError);

  const SmallProblem small(true);
  SecondStage        second(small, first_stage(small, 2), 1e-3);
  BOOST_CHECK_THROW(try_stage(second.problem, second.silent), ComputationError);
}

BOOST_AUTO_TEST_SUITE_END()
