// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Weights of blocks while training: statistics in two ways, the number of ranks,
// every optimizer, and that only the copy of the objective has them.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/training/adagrad.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/block_weighting.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/dense_quasi_newton.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/rmsprop.h>
#include <sobolev/training/soap.h>
#include <sobolev/training/trust_region_newton_cg.h>
#include <sobolev/weighting/fixed_weights.h>
#include <sobolev/weighting/inverse_dirichlet.h>
#include <sobolev/weighting/loss_balance.h>
#include <sobolev/weighting/weighting_options.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <memory>
#include <vector>

#include "network/reference_network.h"
#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // CurveFit to data that cannot be met, with odd rows many times as large as
  // the even ones.
  struct UnequalBlocks : CurveFit
  {
    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      return (i % 2 == 0 ? 1. : factor) *
             (CurveFit::row(i, theta) + (i % 4 < 2 ? 0.1 : -0.2));
    }

    double factor = 1e3;
  };



  // A network's objective and its blocks' weights.
  struct WeightedNetwork
  {
    WeightedNetwork(const std::string &rule_name, const unsigned int n_owners)
      : small(false)
      , network(SmallProblem::make_network({5, 4}, "tanh"))
      , objective(small.make_objective(network, 60, 20, n_owners))
    {
      WeightingOptions options;
      options.rule    = rule_name;
      options.numbers = {2., 3.};
      rule            = make_weighting_rule(options, objective->block_names());
      weighting       = std::make_unique<BlockWeighting>(
        *objective, *rule, BlockWeightingOptions(), MPI_COMM_WORLD);
    }

    const SmallProblem                      small;
    const Network                           network;
    const std::unique_ptr<NetworkObjective> objective;
    std::unique_ptr<WeightingRule>          rule;
    std::unique_ptr<BlockWeighting>         weighting;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(block_weighting)

BOOST_AUTO_TEST_CASE(gradients_of_blocks_are_those_with_the_other_weights_zero)
{
  const WeightedNetwork     w("none", 1000);
  const auto                theta = w.network.initial_parameters(3);
  const LeastSquaresProblem problem(w.objective.get(), nullptr, MPI_COMM_WORLD);
  Vector                    gradients, total, gradient;
  const auto                losses = problem.block_gradients(theta, gradients);
  const double              loss   = problem.gradient(theta, total);
  const auto                n      = problem.n_parameters();

  BOOST_TEST(relative_error(losses, problem.block_losses(theta)) < 1e-14);
  BOOST_TEST(std::abs((losses[0] + losses[1]) / loss - 1.) < 1e-14);
  for (unsigned int i = 0; i < n; ++i)
    BOOST_TEST(std::abs(gradients[i] + gradients[n + i] - total[i]) <
               1e-12 * std::sqrt(dot(total, total)));

  // The general way, by rows.
  Vector by_rows(2 * n, 0.);
  for (unsigned int k = 0; k < 2; ++k)
    w.objective->LocalObjective::add_weighted_gradient(
      dealii::ArrayView<const double>(theta.data(), n),
      {k == 0 ? 1. : 0., k == 1 ? 1. : 0.},
      dealii::ArrayView<double>(by_rows.data() + k * n, n));
  problem.sum(dealii::make_array_view(by_rows));
  BOOST_TEST(relative_error(by_rows, gradients) < 1e-13);

  // Other weights zero.
  const auto weights = w.objective->block_weights();
  for (unsigned int k = 0; k < 2; ++k)
    {
      auto only   = weights;
      only[1 - k] = 0.;
      w.objective->set_block_weights(only);
      problem.gradient(theta, gradient);
      w.objective->set_block_weights(weights);
      const Vector part(gradients.begin() + k * n,
                        gradients.begin() + (k + 1) * n);
      BOOST_TEST(relative_error(part, gradient) < 1e-13);
    }
}



BOOST_AUTO_TEST_CASE(traces_are_sums_of_squared_entries_of_the_jacobian)
{
  const auto                objective = distributed(UnequalBlocks());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  const Vector              theta{0.8, 1.7, 0.1};
  const auto                traces = problem.block_traces(theta);

  const SmallObjective<UnequalBlocks> all{UnequalBlocks()};
  Vector                              expected(2, 0.);
  for (unsigned int i = 0; i < all.n_rows(); ++i)
    for (unsigned int k = 0; k < 3; ++k)
      expected[i % 2] += std::pow(
        all.derivative(i, k, dealii::ArrayView<const double>(theta.data(), 3)),
        2);
  BOOST_TEST(relative_error(traces, expected) < 1e-13);
}



// What is excluded would dominate: the coefficient has by far the largest
// derivative.
BOOST_AUTO_TEST_CASE(unknown_coefficients_are_no_part_of_the_statistics)
{
  Architecture architecture = make_architecture(2, {5, 4}, 1, "tanh");
  architecture.coefficients = {
    {{CoefficientMap::Kind::identity, 0., 1e4}, 3., nullptr}};
  const Network network(architecture);
  const auto    theta = network.initial_parameters(3);

  FormulaNames names;
  names.inputs       = {"x", "y"};
  names.coefficients = {"c"};
  std::vector<std::unique_ptr<ResidualBlock>> blocks;
  for (const std::string equation : {"laplacian(u) + c*u - 1", "u - x"})
    {
      InputPoints points(2, 20);
      for (unsigned int p = 0; p < 20; ++p)
        for (unsigned int i = 0; i < 2; ++i)
          {
            points.weights[p] = 0.05;
            points(i, p)      = pseudo_random(i, p);
          }
      blocks.push_back(
        std::make_unique<FormulaResidual>(equation,
                                          "test",
                                          std::vector<std::string>{equation},
                                          names,
                                          points,
                                          1.));
    }
  const NetworkObjective objective(network, std::move(blocks));
  InverseDirichlet       rule(0.);
  BlockWeighting         weighting(
    objective, rule, BlockWeightingOptions(), MPI_COMM_WORLD);
  BOOST_TEST(weighting.update(theta, {}));

  // Without the last parameter.
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    gradients;
  problem.block_gradients(theta, gradients);
  const unsigned int n = theta.size() - 1;
  double             deviations[2];
  for (unsigned int k = 0; k < 2; ++k)
    {
      const double *const g    = gradients.data() + k * (n + 1);
      double              mean = 0., square = 0.;
      for (unsigned int i = 0; i < n; ++i)
        mean += g[i] / n;
      for (unsigned int i = 0; i < n; ++i)
        square += (g[i] - mean) * (g[i] - mean) / (n - 1);
      deviations[k] = std::sqrt(square);
    }
  BOOST_TEST(std::abs(gradients[n]) > 100. * deviations[0]);
  const double expected = deviations[0] / deviations[1];
  BOOST_TEST(
    std::abs(weighting.weights()[1] / weighting.weights()[0] / expected - 1.) <
    1e-12);
}



BOOST_AUTO_TEST_CASE(weights_do_not_depend_on_the_number_of_ranks)
{
  for (const std::string &rule : weighting_rule_names())
    BOOST_TEST_CONTEXT(rule)
    {
      // All points on the first rank, and dealt to all of them: the same points.
      WeightedNetwork one(rule, 1), all(rule, 1000);
      for (unsigned int m = 0; m < 3; ++m)
        {
          const auto theta = one.network.initial_parameters(3 + m);
          one.weighting->update(theta, {5 * m, 0.});
          all.weighting->update(theta, {5 * m, 0.});
        }
      BOOST_TEST(relative_error(all.weighting->weights(),
                                one.weighting->weights()) < 1e-12);
      check_same_on_all_ranks(all.weighting->weights());
    }
}



BOOST_AUTO_TEST_CASE(only_the_copy_of_the_objective_has_other_weights)
{
  const auto                objective = distributed(CurveFit());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  const Vector              theta{0.8, 1.7, 0.1};
  const auto                blocks = problem.block_losses(theta);
  LossBalance               rule(1.);
  BlockWeighting            weighting(objective, rule, {}, MPI_COMM_WORLD);
  const LeastSquaresProblem copy(
    &weighting.objective(), nullptr, MPI_COMM_WORLD, &weighting);
  BOOST_TEST(copy.is_adaptive());
  BOOST_TEST(!problem.is_adaptive());
  BOOST_TEST(!problem.adapt(theta, {0, 0.}));
  BOOST_TEST((copy.block_losses(theta) == blocks));

  BOOST_TEST(copy.adapt(theta, {0, 0.}));

  BOOST_TEST((problem.block_losses(theta) == blocks));
  const auto balanced = copy.block_losses(theta);
  BOOST_TEST(std::abs(balanced[0] / balanced[1] - 1.) < 1e-14);
  for (unsigned int k = 0; k < 2; ++k)
    BOOST_TEST(std::abs(balanced[k] / (weighting.weights()[k] * blocks[k]) -
                        1.) < 1e-14);
  BOOST_TEST(contains(weighting.description(), "even "));
}



BOOST_AUTO_TEST_CASE(updates_come_in_intervals_and_end)
{
  const auto            objective = distributed(UnequalBlocks());
  InverseDirichlet      rule;
  BlockWeightingOptions options;
  options.interval    = 3;
  options.frozen_part = 0.4;
  BlockWeighting weighting(objective, rule, options, MPI_COMM_WORLD);
  const Vector   theta{0.8, 1.7, 0.1};
  const auto     update = [&](const unsigned int iteration, const double part) {
    return weighting.update(theta, {iteration, part});
  };

  BOOST_TEST(update(0, 0.));
  BOOST_TEST(!update(1, 0.1));
  BOOST_TEST(!update(2, 0.2));
  BOOST_TEST(update(3, 0.3));
  BOOST_TEST(update(6, 0.6));
  BOOST_TEST(!update(9, 0.61));
}



BOOST_AUTO_TEST_CASE(what_is_not_finite_changes_nothing)
{
  const auto       objective = distributed(NaNDerivativesOutside<CurveFit>(1.));
  InverseDirichlet rule;
  BlockWeighting   weighting(objective, rule, {}, MPI_COMM_WORLD);
  BOOST_TEST(!weighting.update({2., 2., 2.}, {0, 0.}));
  BOOST_TEST((weighting.weights() == Vector{1., 1.}));
  BOOST_TEST(weighting.update({0.2, 0.2, 0.2}, {0, 0.}));
}



// The weights of the paper lead every method to the same minimum: that of the
// weighted loss.
BOOST_AUTO_TEST_CASE(every_optimizer_minimises_the_weighted_loss)
{
  AdamOptions adam;
  adam.learning_rate    = 0.05;
  adam.decay.iterations = {400, 600};
  RMSPropOptions rmsprop;
  rmsprop.learning_rate = 0.02;
  rmsprop.decay         = adam.decay;
  AdaGradOptions adagrad;
  adagrad.learning_rate = 0.3;
  SOAPOptions soap;
  soap.learning_rate = 0.02;
  soap.decay_steps   = 200;
  soap.decay_rate    = 0.1;
  std::vector<std::unique_ptr<Optimizer>> optimizers;
  optimizers.push_back(std::make_unique<Adam>(adam));
  optimizers.push_back(std::make_unique<RMSProp>(rmsprop));
  optimizers.push_back(std::make_unique<AdaGrad>(adagrad));
  optimizers.push_back(std::make_unique<SOAP>(soap));
  optimizers.push_back(std::make_unique<LBFGS>());
  optimizers.push_back(std::make_unique<TrustRegionNewtonCG>());
  optimizers.push_back(std::make_unique<DenseQuasiNewton>());
  optimizers.push_back(std::make_unique<LevenbergMarquardt>());
  const Vector start{0.5, 1., 0.};
  const Vector given{3e5, 0.5};

  // 1. The minimum with the weights from the beginning.
  const auto objective = distributed(UnequalBlocks());
  auto       weighted  = objective;
  weighted.set_block_weights(given);
  const auto expected =
    run(LevenbergMarquardt(), weighted, start, iterations(60));

  // 2. The same, and not that of the loss itself.
  const auto plain =
    run(LevenbergMarquardt(), objective, start, iterations(60));
  BOOST_TEST(relative_error(plain.theta, expected.theta) > 1e-2);
  for (const auto &optimizer : optimizers)
    BOOST_TEST_CONTEXT(optimizer->name())
    {
      FixedWeights              rule(given);
      BlockWeighting            weighting(objective, rule, {}, MPI_COMM_WORLD);
      const LeastSquaresProblem problem(
        &weighting.objective(), nullptr, MPI_COMM_WORLD, &weighting);
      const auto outcome = run(*optimizer, problem, start, iterations(1000));
      BOOST_TEST((weighting.weights() == given));
      BOOST_TEST(relative_error(outcome.theta, expected.theta) < 1e-2);
    }
}



// Weights that change in every iteration: methods that keep a loss, a gradient
// or a matrix must not mix those of different weights.
BOOST_AUTO_TEST_CASE(second_order_methods_follow_changing_weights)
{
  std::vector<std::unique_ptr<Optimizer>> optimizers;
  optimizers.push_back(std::make_unique<LBFGS>());
  optimizers.push_back(std::make_unique<TrustRegionNewtonCG>());
  optimizers.push_back(std::make_unique<DenseQuasiNewton>());
  optimizers.push_back(std::make_unique<LevenbergMarquardt>());
  for (const auto &optimizer : optimizers)
    BOOST_TEST_CONTEXT(optimizer->name())
    {
      UnequalBlocks rows;
      rows.factor                     = 30.;
      const auto            objective = distributed(rows);
      LossBalance           rule(0.3);
      BlockWeightingOptions options;
      options.interval = 1;
      BlockWeighting weighting(objective, rule, options, MPI_COMM_WORLD);
      const LeastSquaresProblem problem(
        &weighting.objective(), nullptr, MPI_COMM_WORLD, &weighting);
      const auto outcome =
        run(*optimizer, problem, {0.5, 1., 0.}, iterations(60));

      const LeastSquaresProblem original(&objective, nullptr, MPI_COMM_WORLD);
      const auto                losses = original.block_losses(outcome.theta);
      BOOST_TEST(losses[1] > 100. * losses[0]);
      const auto &weights = weighting.weights();
      BOOST_TEST(std::abs(std::log(weights[0] * losses[0] /
                                   (weights[1] * losses[1]))) < std::log(1.5));
    }
}



BOOST_AUTO_TEST_CASE(the_history_has_a_line_for_each_update)
{
  const auto            objective = distributed(UnequalBlocks());
  InverseDirichlet      rule;
  BlockWeightingOptions options;
  options.history_file = "block_weighting_history.csv";
  const bool is_root =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  if (is_root)
    std::remove(options.history_file.c_str());
  {
    BlockWeighting weighting(objective, rule, options, MPI_COMM_WORLD);
    weighting.update({0.8, 1.7, 0.1}, {0, 0.});
    weighting.update({0.8, 1.7, 0.1}, {1, 0.});
    weighting.update({0.8, 1.7, 0.1}, {5, 0.});
  }
  if (is_root)
    {
      std::ifstream            file(options.history_file);
      std::vector<std::string> lines;
      for (std::string line; std::getline(file, line);)
        lines.push_back(line);
      BOOST_TEST_REQUIRE(lines.size() == 3u);
      BOOST_TEST(lines[0] == "iteration,weight of even,loss of even,"
                             "weight of odd,loss of odd");
      BOOST_TEST(lines[2].substr(0, 2) == "5,");
      std::remove(options.history_file.c_str());
    }

  options.history_file = "no/such/folder/weights.csv";
  BOOST_CHECK_THROW(BlockWeighting(objective, rule, options, MPI_COMM_WORLD),
                    InputError);
}



BOOST_AUTO_TEST_CASE(rows_of_a_network_are_reweighted)
{
  const WeightedNetwork     w("none", 1000);
  const auto                theta       = w.network.initial_parameters(3);
  const auto                other_theta = w.network.initial_parameters(4);
  const auto               &objective   = w.objective;
  const LeastSquaresProblem problem(objective.get(), nullptr, MPI_COMM_WORLD);
  ReweightedObjective       reweighted(*objective);
  const LeastSquaresProblem balanced(&reweighted, nullptr, MPI_COMM_WORLD);
  const Vector              factors{0.3, 1.7};
  reweighted.set_factors(factors);

  // 1. What the objective itself does with these weights.
  const auto weights = objective->block_weights();
  auto       changed = weights;
  for (unsigned int m = 0; m < 2; ++m)
    changed[m] *= factors[m];
  BOOST_TEST((reweighted.block_weights() == changed));
  objective->set_block_weights(changed);
  Vector     rows, gradient, step;
  const auto losses = problem.block_losses(theta);
  const auto decreases =
    problem.decreases(Vector(objective->n_rows(), 0.), {theta, other_theta});
  problem.compute_local_rows(theta, rows);
  const double loss      = problem.gradient(theta, gradient);
  const auto   equations = make_damped_least_squares("orthogonal", problem);
  equations->assemble(theta);
  equations->factorize(1e-3);
  equations->compute_step(step);
  objective->set_block_weights(weights);

  // 2. Equals that of the copy.
  Vector result;
  BOOST_TEST(relative_error(balanced.block_losses(theta), losses) < 1e-14);
  BOOST_TEST(relative_error(balanced.decreases(Vector(rows.size(), 0.),
                                               {theta, other_theta}),
                            decreases) < 1e-14);
  balanced.compute_local_rows(theta, result);
  for (std::size_t i = 0; i < rows.size(); ++i)
    BOOST_TEST(std::abs(result[i] - rows[i]) <= 1e-14 * std::abs(rows[i]));
  BOOST_TEST(std::abs(balanced.gradient(theta, result) / loss - 1.) < 1e-14);
  BOOST_TEST(relative_error(result, gradient) < 1e-13);
  const auto copy = make_damped_least_squares("orthogonal", balanced);
  copy->assemble(theta);
  copy->factorize(1e-3);
  copy->compute_step(result);
  BOOST_TEST(relative_error(result, step) < 1e-9);
  Vector product, expected;
  reweighted.set_block_weights(weights);
  BOOST_TEST((reweighted.factors() == Vector{1., 1.}));
  problem.compute_local_rows(theta, rows);
  balanced.transpose_product(theta, rows, product);
  problem.transpose_product(theta, rows, expected);
  BOOST_TEST((product == expected));
}

BOOST_AUTO_TEST_SUITE_END()
