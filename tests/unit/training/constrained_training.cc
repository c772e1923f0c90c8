// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Constraints by multipliers: they are met better than with fixed weights, by
// every method with every kind of optimizer, on any number of ranks.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/constrained_training.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // Even rows want theta_0 = 1 and theta_1 = 2, the odd one is a constraint that
  // contradicts them: theta_0 theta_1 = 1.
  struct Contradiction : FormulaSize<4, 2>
  {
    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      switch (i)
        {
          case 0:
            return theta[0] - 1.;
          case 1:
            return 0.1 * (theta[0] * theta[1] - 1.);
          case 2:
            return theta[1] - 2.;
          default:
            return Number(0.);
        }
    }
  };



  ConstraintOptions
  with_method(const std::string &method)
  {
    ConstraintOptions options;
    options.method         = method;
    options.interval       = 5;
    options.adaptive.rates = {1.};
    return options;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(constrained_training)

BOOST_AUTO_TEST_CASE(constraints_are_met_by_every_method)
{
  AdamOptions adam;
  adam.learning_rate = 0.01;
  std::vector<std::unique_ptr<Optimizer>> optimizers;
  optimizers.push_back(std::make_unique<Adam>(adam));
  optimizers.push_back(std::make_unique<LBFGS>());
  optimizers.push_back(std::make_unique<LevenbergMarquardt>());
  const auto violation = [](const Vector &theta) {
    return std::abs(theta[0] * theta[1] - 1.);
  };

  const auto objective = distributed(Contradiction());
  const auto plain =
    run(LevenbergMarquardt(), objective, {0.7, 1.5}, iterations(50));
  BOOST_TEST(violation(plain.theta) > 0.5);
  for (const std::string method : {"pointwise", "augmented", "adaptive"})
    for (const auto &optimizer : optimizers)
      BOOST_TEST_CONTEXT(method << ", " << optimizer->name())
      {
        ConstrainedTraining training(
          objective, with_method(method), MPI_COMM_WORLD);
        const LeastSquaresProblem problem(
          &training.objective(), nullptr, MPI_COMM_WORLD, &training);
        const auto outcome =
          run(*optimizer, problem, {0.7, 1.5}, iterations(4000));
        BOOST_TEST(violation(outcome.theta) < 0.1 * violation(plain.theta));
        BOOST_TEST_MESSAGE(method << ", " << optimizer->name() << ": "
                                  << violation(outcome.theta) << ", "
                                  << training.description());
        check_same_on_all_ranks(outcome.theta);
      }
}



BOOST_AUTO_TEST_CASE(the_number_of_ranks_does_not_matter)
{
  const SmallProblem small(false);
  const auto         network = SmallProblem::make_network({5, 4}, "tanh");
  for (const std::string method : {"pointwise", "augmented", "adaptive"})
    BOOST_TEST_CONTEXT(method)
    {
      std::vector<double> losses;
      for (const unsigned int n_owners : {1u, 1000u})
        {
          const auto objective =
            small.make_objective(network, 60, 20, n_owners);
          ConstrainedTraining training(
            *objective, with_method(method), MPI_COMM_WORLD);
          const LeastSquaresProblem problem(
            &training.objective(), nullptr, MPI_COMM_WORLD, &training);
          for (unsigned int m = 0; m < 5; ++m)
            training.update(network.initial_parameters(3 + m), {5 * m, 0.});
          losses.push_back(problem.loss(network.initial_parameters(20)));
          BOOST_TEST(training.update(network.initial_parameters(1), {20, 0.}) ==
                     false);
        }
      BOOST_TEST(std::abs(losses[1] / losses[0] - 1.) < 1e-12);
    }
}



// The same points on other processes: all goes on as before. Other points: the
// multipliers are those of the nearest ones.
BOOST_AUTO_TEST_CASE(multipliers_survive_a_change_of_points)
{
  const SmallProblem small(false);
  const auto         network = SmallProblem::make_network({5, 4}, "tanh");
  const auto         theta   = network.initial_parameters(20);
  for (const std::string method : {"pointwise", "augmented", "adaptive"})
    BOOST_TEST_CONTEXT(method)
    {
      auto first    = small.make_objective(network, 60, 20, 1);
      auto training = std::make_unique<ConstrainedTraining>(
        *first, with_method(method), MPI_COMM_WORLD);
      for (unsigned int m = 1; m < 6; ++m)
        training->update(network.initial_parameters(3 + m), {5 * m, 0.});
      const auto loss_of = [&](const ConstrainedTraining &training) {
        return LeastSquaresProblem(
                 &training.objective(), nullptr, MPI_COMM_WORLD)
          .loss(theta);
      };
      const double loss = loss_of(*training);
      first.reset();

      const auto          same = small.make_objective(network, 60, 20);
      ConstrainedTraining next(*same, with_method(method), MPI_COMM_WORLD);
      next.restore(training->state());
      if (method != "adaptive")
        BOOST_TEST(std::abs(loss_of(next) / loss - 1.) < 1e-12);

      // The same by a file.
      const std::string file = "constrained_training_rows.csv";
      next.write_to(file, 0.);
      next.write();
      MPI_Barrier(MPI_COMM_WORLD);
      ConstrainedTraining from_file(*same, with_method(method), MPI_COMM_WORLD);
      from_file.read(file);
      BOOST_TEST(std::abs(loss_of(from_file) / loss_of(next) - 1.) < 1e-14);
      BOOST_TEST(from_file.description() == next.description());
      MPI_Barrier(MPI_COMM_WORLD);
      if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
        std::remove(file.c_str());

      // Half of the points.
      const auto          fewer = small.make_objective(network, 60, 10);
      ConstrainedTraining rest(*fewer, with_method(method), MPI_COMM_WORLD);
      rest.restore(next.state());
      if (method == "adaptive")
        continue;
      const auto all_of = [](const Vector &own) {
        Vector all;
        for (const auto &part :
             dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, own))
          all.insert(all.end(), part.begin(), part.end());
        std::sort(all.begin(), all.end());
        return all;
      };
      const auto known = all_of(next.multipliers()),
                 kept  = all_of(rest.multipliers());
      BOOST_TEST(kept.size() == 10u);
      BOOST_TEST(
        std::includes(known.begin(), known.end(), kept.begin(), kept.end()));
      BOOST_TEST(kept.back() > kept.front());
    }
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  const auto objective = distributed(Contradiction());
  const auto message   = [&](const ConstraintOptions &options) {
    try
      {
        ConstrainedTraining(objective, options, MPI_COMM_WORLD);
      }
    catch (const InputError &error)
      {
        return std::string(error.what());
      }
    return std::string("no error");
  };

  BOOST_TEST(contains(message(with_method("hope")), "no method 'hope'"));
  auto options   = with_method("pointwise");
  options.blocks = {"top"};
  BOOST_TEST(contains(message(options), "there is no block 'top'"));
  options                = with_method("adaptive");
  options.adaptive.rates = {1., 2.};
  BOOST_TEST(contains(message(options), "2 numbers for 1 constraints"));
}

BOOST_AUTO_TEST_SUITE_END()
