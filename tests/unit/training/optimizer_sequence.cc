// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// OptimizerSequence: who runs, for how long, and from where.

#include <sobolev/training/adam.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/optimizer_sequence.h>

#include <boost/test/unit_test.hpp>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // Adam for so many iterations, then Levenberg-Marquardt.
  OptimizerSequence
  make_sequence(const unsigned int n_of_adam)
  {
    std::vector<OptimizerSequence::Stage> stages;
    stages.push_back({std::make_unique<Adam>(), n_of_adam});
    stages.push_back({std::make_unique<LevenbergMarquardt>(), 0});
    return OptimizerSequence(std::move(stages));
  }
} // namespace

BOOST_AUTO_TEST_SUITE(optimizer_sequence)

BOOST_AUTO_TEST_CASE(the_next_one_goes_on_where_the_last_one_ended)
{
  const auto   objective = distributed(Rosenbrock());
  const Vector start{-1.2, 1.};

  const auto adam = run(Adam(), objective, start, iterations(7));
  const auto levenberg_marquardt =
    run(LevenbergMarquardt(), objective, adam.best, iterations(5));
  const auto both = run(make_sequence(7), objective, start, iterations(12));

  BOOST_TEST(both.n_iterations == 12u);
  BOOST_TEST(both.best_loss == levenberg_marquardt.best_loss);
  BOOST_TEST((both.best == levenberg_marquardt.best));
  BOOST_TEST(contains(both.stop_reason, "12 iterations"));
}



BOOST_AUTO_TEST_CASE(ends_where_the_whole_run_ends)
{
  const auto objective = distributed(Rosenbrock());

  // Before the second one begins.
  const auto short_run =
    run(make_sequence(7), objective, {-1.2, 1.}, iterations(3));
  BOOST_TEST(short_run.n_iterations == 3u);
  BOOST_TEST(!contains(short_run.progress, "Levenberg"));

  // In the second one.
  const auto long_run =
    run(make_sequence(7), objective, {-1.2, 1.}, iterations(200, 1e-20));
  BOOST_TEST(contains(long_run.stop_reason, "target"));
  BOOST_TEST(long_run.best_loss <= 1e-20);
}



BOOST_AUTO_TEST_CASE(a_limit_is_that_of_its_stage_only)
{
  // The monitor is used again afterwards, without a limit.
  const auto                objective = distributed(Rosenbrock());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  TrainingMonitor           monitor(problem, iterations(1000, 1e-20), nullptr);
  Vector                    theta{-1.2, 1.};

  std::vector<OptimizerSequence::Stage> stages;
  stages.push_back({std::make_unique<Adam>(), 4});
  OptimizerSequence(std::move(stages)).minimize(problem, theta, monitor);
  BOOST_TEST(monitor.n_iterations() == 4u);
  BOOST_TEST(contains(monitor.stop_reason(), "4 iterations are over"));
  BOOST_TEST(!monitor.is_finished());

  LevenbergMarquardt().minimize(problem, theta, monitor);
  BOOST_TEST(monitor.n_iterations() > 8u);
  BOOST_TEST(monitor.is_finished());
}



BOOST_AUTO_TEST_CASE(an_interrupted_one_goes_on)
{
  // With the same points, nothing but the moments of Adam is lost.
  const auto                objective = distributed(Rosenbrock());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  MonitorOptions            options       = iterations(30);
  options.interruptions.max_interruptions = 3;
  options.interruptions.interval          = 5;
  std::ostringstream progress;
  TrainingMonitor    monitor(problem, options, &progress);
  const auto         sequence = make_sequence(7);

  Vector theta{-1.2, 1.};
  sequence.minimize(problem, theta, monitor);
  const std::vector<unsigned int> stages{0, 1, 1};
  for (unsigned int i = 0; i < 3; ++i)
    {
      BOOST_TEST_REQUIRE(monitor.is_interrupted());
      BOOST_TEST(monitor.n_iterations() == 5 * (i + 1));
      BOOST_TEST(monitor.stage() == stages[i]);
      monitor.resume(problem);
      sequence.minimize(problem, theta, monitor);
    }
  BOOST_TEST(!monitor.is_interrupted());
  BOOST_TEST(monitor.best_loss() < 1e-20);
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    BOOST_TEST(contains(progress.str(), "stopped after 7 iterations"));
}

BOOST_AUTO_TEST_SUITE_END()
