// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The order of mini-batches, and training with them.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/value_mismatch.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/adaptation_sequence.h>
#include <sobolev/training/block_weighting.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/mini_batches.h>
#include <sobolev/weighting/weighting_options.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  constexpr unsigned int n_samples = 40, n_batches = 5;



  // Samples of a function of one input, of which each process has a part of
  // each batch.
  struct Samples
  {
    explicit Samples(const unsigned int n_blocks = 1)
      : network(make_architecture(1, {6}, 1, "tanh"))
    {
      const unsigned int rank =
        dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
      const unsigned int n_ranks =
        dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
      std::vector<double>      x;
      std::vector<std::size_t> batch_sizes;
      for (unsigned int batch = 0; batch < n_batches; ++batch)
        {
          const std::size_t before = x.size();
          for (unsigned int i = rank; i < n_samples / n_batches; i += n_ranks)
            x.push_back(pseudo_random(1, batch * n_samples / n_batches + i));
          batch_sizes.push_back(x.size() - before);
        }
      InputPoints         points(1, x.size());
      std::vector<double> labels;
      for (std::size_t p = 0; p < x.size(); ++p)
        {
          points(0, p)      = x[p];
          points.weights[p] = 1. / n_samples;
          labels.push_back(std::sin(3. * x[p]));
        }
      points.batch_sizes = batch_sizes;
      std::vector<std::unique_ptr<ResidualBlock>> blocks;
      for (unsigned int k = 0; k < n_blocks; ++k)
        {
          blocks.push_back(std::make_unique<ValueMismatch>(
            "value " + std::to_string(k), points, labels, 1., 1. + 5. * k));
          for (double &label : labels)
            label *= label;
        }
      all = std::make_unique<NetworkObjective>(network, std::move(blocks));
    }

    const Network                     network;
    std::unique_ptr<NetworkObjective> all;
  };



  WeightingOptions
  inverse_dirichlet()
  {
    WeightingOptions options;
    options.rule = "inverse Dirichlet";
    return options;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(mini_batches)

BOOST_AUTO_TEST_CASE(each_epoch_visits_all_batches_in_another_order)
{
  const Samples     samples, other_samples;
  const MiniBatches batches(*samples.all, 3), others(*other_samples.all, 4);

  std::set<std::vector<unsigned int>> orders;
  bool                                differ = false;
  for (unsigned int epoch = 0; epoch < 10; ++epoch)
    {
      std::vector<unsigned int> order;
      for (unsigned int i = 0; i < n_batches; ++i)
        {
          order.push_back(batches.batch_of(epoch * n_batches + i));
          differ =
            differ || order.back() != others.batch_of(epoch * n_batches + i);
        }
      orders.insert(order);
      std::sort(order.begin(), order.end());
      for (unsigned int i = 0; i < n_batches; ++i)
        BOOST_TEST(order[i] == i);
    }
  BOOST_TEST(orders.size() > 5);
  BOOST_TEST(differ);
}



BOOST_AUTO_TEST_CASE(gradients_are_those_of_the_batch_of_the_iteration)
{
  const Samples         samples, others;
  MiniBatches           batches(*samples.all, 3);
  const auto            theta = samples.network.initial_parameters(1);
  const TrainingProblem problem(&batches, nullptr, MPI_COMM_WORLD, &batches),
    all(others.all.get(), nullptr, MPI_COMM_WORLD);
  for (const unsigned int iteration : {0u, 1u, 2u, 7u, 23u})
    {
      problem.adapt(theta, {iteration, 0.});
      Vector computed, expected(theta.size(), 0.);
      problem.gradient(theta, computed);
      others.all->use_batch(batches.batch_of(iteration));
      others.all->add_gradient(view(theta), view(expected));
      problem.sum(view(expected));
      BOOST_TEST(relative_error(computed, expected) < 1e-14);

      // Losses are those of all points.
      others.all->use_all_points();
      BOOST_TEST(std::abs(problem.loss(theta) / all.loss(theta) - 1.) < 1e-14);
    }
}



// What a rule for weights sees, and what is minimised, is one batch.
BOOST_AUTO_TEST_CASE(weights_of_blocks_follow_the_batch)
{
  const Samples samples(2);
  Samples       others(2);
  const auto    theta = samples.network.initial_parameters(1);

  const auto rule =
    make_weighting_rule(inverse_dirichlet(), samples.all->block_names());
  BlockWeightingOptions every_time;
  every_time.interval = 1;
  BlockWeighting     weighting(*samples.all, *rule, every_time, MPI_COMM_WORLD);
  MiniBatches        batches(weighting.objective(), *samples.all, 3);
  AdaptationSequence adaptations;
  adaptations.add(batches);
  adaptations.add(weighting);
  const TrainingProblem problem(
    &batches, nullptr, MPI_COMM_WORLD, &adaptations);

  const auto other_rule =
    make_weighting_rule(inverse_dirichlet(), others.all->block_names());
  const LeastSquaresProblem of_batch(others.all.get(), nullptr, MPI_COMM_WORLD);
  Vector                    weights{1., 1.};
  for (unsigned int iteration = 0; iteration < 7; ++iteration)
    {
      problem.adapt(theta, {iteration, 0.});
      others.all->use_batch(batches.batch_of(iteration));
      Vector          gradients, expected(theta.size(), 0.), computed;
      BlockStatistics statistics;
      const auto      n = theta.size();
      statistics.losses = of_batch.block_gradients(theta, gradients);
      for (unsigned int k = 0; k < 2; ++k)
        statistics.gradients.emplace_back(gradients.begin() + k * n,
                                          gradients.begin() + (k + 1) * n);
      weights = other_rule->update(weights, statistics);
      for (unsigned int k = 0; k < 2; ++k)
        for (std::size_t i = 0; i < n; ++i)
          expected[i] += weights[k] * gradients[k * n + i];

      BOOST_TEST(relative_error(weighting.weights(), weights) < 1e-12);
      problem.gradient(theta, computed);
      BOOST_TEST(relative_error(computed, expected) < 1e-12);
    }
  BOOST_TEST(std::abs(weights[1] - weights[0]) > 0.1);
}



BOOST_AUTO_TEST_CASE(adam_fits_the_samples)
{
  const Samples         samples, others;
  MiniBatches           batches(*samples.all, 3);
  const TrainingProblem problem(
    &batches, others.all.get(), MPI_COMM_WORLD, &batches);
  AdamOptions options;
  options.learning_rate = 0.02;
  options.decay         = {0.1, {600, 800}};
  MonitorOptions limits;
  limits.max_iterations    = 1000;
  limits.hold_out_interval = 20;
  TrainingMonitor monitor(problem, limits, nullptr);
  auto            theta = samples.network.initial_parameters(1);
  const double    start = problem.hold_out_loss(theta);
  Adam(options).minimize(problem, theta, monitor);
  const double end = problem.hold_out_loss(monitor.best_parameters());

  BOOST_TEST(end < 0.05 * start);
  BOOST_TEST(monitor.n_iterations() == 1000);
}



BOOST_AUTO_TEST_CASE(methods_of_least_squares_refuse_them)
{
  const Samples         samples;
  MiniBatches           batches(*samples.all, 3);
  const TrainingProblem problem(&batches, nullptr, MPI_COMM_WORLD, &batches);
  TrainingMonitor       monitor(problem, MonitorOptions(), nullptr);
  auto                  theta = samples.network.initial_parameters(1);
  BOOST_CHECK_THROW(LevenbergMarquardt().minimize(problem, theta, monitor),
                    InputError);
}

BOOST_AUTO_TEST_SUITE_END()
