// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Weights of single points while training.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/point_weighting.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const std::vector<std::string> rules{"self-adaptive",
                                       "residual attention",
                                       "causal"};

  PointWeightingOptions
  with_rule(const std::string &rule)
  {
    PointWeightingOptions options;
    options.rule     = rule;
    options.interval = 5;
    options.n_slices = 4;
    return options;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(point_weighting)

// A row whose residual cannot vanish gets all the attention there is.
BOOST_AUTO_TEST_CASE(every_optimizer_goes_on_while_weights_change)
{
  const auto  objective = distributed(Rosenbrock());
  AdamOptions adam;
  adam.learning_rate = 0.01;
  std::vector<std::unique_ptr<Optimizer>> optimizers;
  optimizers.push_back(std::make_unique<Adam>(adam));
  optimizers.push_back(std::make_unique<LBFGS>());
  optimizers.push_back(std::make_unique<LevenbergMarquardt>());
  for (const std::string rule : {"self-adaptive", "residual attention"})
    for (const auto &optimizer : optimizers)
      BOOST_TEST_CONTEXT(rule << ", " << optimizer->name())
      {
        PointWeighting weighting(objective, with_rule(rule), MPI_COMM_WORLD);
        const LeastSquaresProblem problem(
          &weighting.objective(), nullptr, MPI_COMM_WORLD, &weighting);
        const auto outcome =
          run(*optimizer, problem, {-1.2, 1.}, iterations(5000));
        BOOST_TEST(std::abs(outcome.theta[0] - 1.) < 1e-2);
        BOOST_TEST(std::abs(outcome.theta[1] - 1.) < 2e-2);
        check_same_on_all_ranks(outcome.theta);
      }
}



BOOST_AUTO_TEST_CASE(the_number_of_ranks_does_not_matter)
{
  const SmallProblem small(false);
  const auto         network = SmallProblem::make_network({5, 4}, "tanh");
  for (const std::string &rule : rules)
    BOOST_TEST_CONTEXT(rule)
    {
      std::vector<double> losses;
      for (const unsigned int n_owners : {1u, 1000u})
        {
          const auto objective =
            small.make_objective(network, 60, 20, n_owners);
          PointWeighting weighting(*objective, with_rule(rule), MPI_COMM_WORLD);
          const LeastSquaresProblem problem(
            &weighting.objective(), nullptr, MPI_COMM_WORLD, &weighting);
          for (unsigned int m = 0; m < 5; ++m)
            BOOST_TEST(
              weighting.update(network.initial_parameters(3 + m), {5 * m, 0.}));
          BOOST_TEST(
            !weighting.update(network.initial_parameters(1), {20, 0.}));
          BOOST_TEST(
            !weighting.update(network.initial_parameters(1), {23, 0.}));
          losses.push_back(problem.loss(network.initial_parameters(20)));
        }
      BOOST_TEST(losses[0] > 0.);
      BOOST_TEST(std::abs(losses[1] / losses[0] - 1.) < 1e-12);
    }
}



// The rows of a weighted loss are those of the original, times the root of the
// weight.
BOOST_AUTO_TEST_CASE(causal_weights_are_constant_in_slices)
{
  const SmallProblem small(false);
  const auto         network   = SmallProblem::make_network({5, 4}, "tanh");
  const auto         theta     = network.initial_parameters(7);
  const auto         objective = small.make_objective(network, 60, 20);
  PointWeighting     weighting(*objective, with_rule("causal"), MPI_COMM_WORLD);
  BOOST_TEST(weighting.update(theta, {0, 0.}));

  std::vector<double> all;
  for (const auto &own :
       dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, weighting.weights()))
    all.insert(all.end(), own.begin(), own.end());
  BOOST_TEST(all.size() == 60u);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  BOOST_TEST(all.size() == 4u);
  BOOST_TEST(all.back() == 1.);
  BOOST_TEST(all.front() > 0.);
}



BOOST_AUTO_TEST_CASE(weights_survive_a_change_of_points)
{
  const SmallProblem small(false);
  const auto         network = SmallProblem::make_network({5, 4}, "tanh");
  const auto         theta   = network.initial_parameters(20);
  for (const std::string &rule : rules)
    BOOST_TEST_CONTEXT(rule)
    {
      auto first     = small.make_objective(network, 60, 20, 1);
      auto weighting = std::make_unique<PointWeighting>(
        *first, with_rule(rule), MPI_COMM_WORLD);
      for (unsigned int m = 1; m < 6; ++m)
        weighting->update(network.initial_parameters(3 + m), {5 * m, 0.});
      const auto loss_of = [&](const PointWeighting &weighting) {
        return LeastSquaresProblem(
                 &weighting.objective(), nullptr, MPI_COMM_WORLD)
          .loss(theta);
      };
      const double loss = loss_of(*weighting);
      first.reset();

      const auto     same = small.make_objective(network, 60, 20);
      PointWeighting next(*same, with_rule(rule), MPI_COMM_WORLD);
      next.restore(weighting->state());
      BOOST_TEST(std::abs(loss_of(next) / loss - 1.) < 1e-12);
      BOOST_TEST(next.description() == weighting->description());

      // By a file, which updates write.
      const std::string file = "point_weighting_rows.csv";
      next.write_to(file, 0.);
      BOOST_TEST(next.update(network.initial_parameters(9), {30, 0.}));
      MPI_Barrier(MPI_COMM_WORLD);
      PointWeighting from_file(*same, with_rule(rule), MPI_COMM_WORLD);
      from_file.read(file);
      BOOST_TEST(std::abs(loss_of(from_file) / loss_of(next) - 1.) < 1e-14);
      MPI_Barrier(MPI_COMM_WORLD);
      if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
        std::remove(file.c_str());
    }
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  const SmallProblem small(false);
  const auto         network   = SmallProblem::make_network({5, 4}, "tanh");
  const auto         objective = small.make_objective(network, 60, 20);
  const auto         message   = [&](const PointWeightingOptions &options) {
    try
      {
        PointWeighting(*objective, options, MPI_COMM_WORLD);
      }
    catch (const InputError &error)
      {
        return std::string(error.what());
      }
    return std::string("no error");
  };
  BOOST_TEST(contains(message(with_rule("hope")), "no rule 'hope'"));
  auto options   = with_rule("causal");
  options.blocks = {"top"};
  BOOST_TEST(contains(message(options), "there is no block 'top'"));
  options            = with_rule("causal");
  options.time_input = 5;
  BOOST_TEST(contains(message(options), "no input number 5"));
}

BOOST_AUTO_TEST_SUITE_END()
