// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Weights of blocks while training: the rule by hand, and that only the copy of
// the problem has them.

#include <sobolev/training/block_balance.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/levenberg_marquardt.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

  // CurveFit to data that cannot be met, with odd rows a thousand times as
  // large as the even ones.
  struct UnequalBlocks : CurveFit
  {
    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      return (i % 2 == 0 ? 1. : 1e3) *
             (CurveFit::row(i, theta) + (i % 4 < 2 ? 0.1 : -0.2));
    }
  };
} // namespace

BOOST_AUTO_TEST_SUITE(block_balance)

BOOST_AUTO_TEST_CASE(factors_follow_the_rule)
{
  // f L = (2, 6), their mean is 4: (1 * 2^a, 2 * (2/3)^a), then a mean of one.
  const double a       = 0.5;
  const auto   factors = BlockBalance::balanced_factors({1., 2.}, {2., 3.}, a);

  const double first = std::pow(2., a), second = 2. * std::pow(2. / 3., a);
  BOOST_TEST(std::abs(factors[0] - 2. * first / (first + second)) < 1e-15);
  BOOST_TEST(std::abs(factors[1] - 2. * second / (first + second)) < 1e-15);
}



BOOST_AUTO_TEST_CASE(an_exponent_of_one_makes_blocks_equal_at_once)
{
  const Vector losses{3., 0.01, 70.};

  const auto factors =
    BlockBalance::balanced_factors({1., 0.5, 1.5}, losses, 1.);

  BOOST_TEST(std::abs(factors[0] * losses[0] / (factors[1] * losses[1]) - 1.) <
             1e-14);
  BOOST_TEST(std::abs(factors[0] * losses[0] / (factors[2] * losses[2]) - 1.) <
             1e-14);
  BOOST_TEST(std::abs(factors[0] + factors[1] + factors[2] - 3.) < 1e-14);
}



BOOST_AUTO_TEST_CASE(nothing_changes_where_there_is_nothing_to_balance)
{
  const auto unchanged = [](const Vector &factors, const Vector &losses) {
    return BlockBalance::balanced_factors(factors, losses, 0.3) == factors;
  };

  BOOST_TEST(unchanged({1.}, {5.}));
  BOOST_TEST(unchanged({}, {}));
  BOOST_TEST(unchanged({1., 1.}, {5., 0.}));
  BOOST_TEST(unchanged({1., 1.}, {0., 0.}));
  BOOST_TEST(unchanged({1., 1.}, {1., not_a_number}));
  BOOST_TEST(unchanged({1., 1.}, {1., 1e308 * 10.}));
  // Rounding errors.
  BOOST_TEST(unchanged({1., 1.}, {1., 1e-30}));
}



BOOST_AUTO_TEST_CASE(blocks_without_loss_do_not_count)
{
  const auto factors =
    BlockBalance::balanced_factors({1., 1., 1.}, {2., 0., 8.}, 1.);

  // 2.5 and 0.625 but for the mean; the block without loss keeps 1.
  BOOST_TEST(std::abs(factors[0] / factors[1] - 2.5) < 1e-14);
  BOOST_TEST(std::abs(factors[2] / factors[1] - 0.625) < 1e-14);
}



BOOST_AUTO_TEST_CASE(factors_are_bounded)
{
  Vector factors{1., 1.};
  for (unsigned int k = 0; k < 100; ++k)
    factors = BlockBalance::balanced_factors(factors, {1., 1e-20}, 1.);

  BOOST_TEST(factors[0] == 1e-4);
  BOOST_TEST(factors[1] > 1.);
  BOOST_TEST(factors[1] <= 2.);
}



BOOST_AUTO_TEST_CASE(only_the_copy_of_the_problem_has_other_weights)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  const Vector              theta{0.8, 1.7, 0.1};
  const double              loss   = problem.loss(theta);
  const auto                blocks = problem.block_losses(theta);
  BlockBalance              balance(problem, 1.);
  BOOST_TEST((balance.problem().block_losses(theta) == blocks));

  BOOST_TEST(std::abs(balance.update(theta) / loss - 1.) < 1e-15);

  BOOST_TEST((problem.block_losses(theta) == blocks));
  const auto balanced = balance.problem().block_losses(theta);
  BOOST_TEST(std::abs(balanced[0] / balanced[1] - 1.) < 1e-14);
  for (unsigned int m = 0; m < 2; ++m)
    BOOST_TEST(std::abs(balanced[m] / (balance.factors()[m] * blocks[m]) - 1.) <
               1e-14);
  check_same_on_all_ranks(balance.factors());
  BOOST_TEST(contains(balance.description(), "even "));

  // And no more.
  balance.freeze();
  const auto factors = balance.factors();
  balance.update({0., 1., 0.});
  BOOST_TEST((balance.factors() == factors));
}



BOOST_AUTO_TEST_CASE(training_makes_blocks_of_very_different_size_equal)
{
  const auto objective    = distributed(UnequalBlocks());
  const auto number_after = [](const std::string &text,
                               const std::string &before) {
    const auto position = text.find(before);
    return position == std::string::npos
             ? not_a_number
             : std::stod(text.substr(position + before.size()));
  };
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);

  for (const std::string control : {"damping", "radius"})
    BOOST_TEST_CONTEXT(control)
    {
      LevenbergMarquardtOptions options;
      options.step_control     = control;
      options.balance_exponent = 0.5;
      // The final phase is not reached.
      options.initial_damping = 1e-6;
      options.initial_radius = options.largest_radius = 0.2;
      const auto outcome                              = run(
        LevenbergMarquardt(options), objective, {0.1, 1., 0.}, iterations(12));

      // Odd rows count a million times as much in the problem.
      const auto losses = problem.block_losses(outcome.theta);
      BOOST_TEST(losses[1] > 1e4 * losses[0]);
      if (problem.is_root())
        {
          const double even = number_after(outcome.progress, "even ");
          const double odd  = number_after(outcome.progress, "odd ");
          BOOST_TEST(std::abs(even + odd - 2.) < 1e-2);
          BOOST_TEST(even * losses[0] > 1e-3 * odd * losses[1]);
        }
    }
}



// Rows that vanish at the solution: the damping becomes small, and then weights
// stay.
BOOST_AUTO_TEST_CASE(balancing_ends_in_the_final_phase)
{
  const auto objective = distributed(CurveFit());
  const bool is_root =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  for (const double first_damping : {1e-11, 1e-3})
    {
      LevenbergMarquardtOptions options;
      options.balance_exponent = 0.3;
      options.initial_damping  = first_damping;
      const auto outcome       = run(LevenbergMarquardt(options),
                               objective,
                                     {1.2, 1.9, 0.4},
                               iterations(first_damping < 1e-10 ? 30 : 3));

      BOOST_TEST(contains(outcome.progress, "unchanged in the end") ==
                 (is_root && first_damping < 1e-10));
      BOOST_TEST(contains(outcome.progress, "weights of the blocks") ==
                 is_root);
    }
}



BOOST_AUTO_TEST_CASE(the_number_of_ranks_does_not_matter)
{
  LevenbergMarquardtOptions options;
  options.balance_exponent = 0.2;
  const auto train         = [&](const LocalObjective &objective,
                         const MPI_Comm        communicator) {
    const LeastSquaresProblem problem(&objective, nullptr, communicator);
    return run(
      LevenbergMarquardt(options), problem, {0.5, 1., 0.}, iterations(8));
  };
  const auto all =
    train(SmallObjective<UnequalBlocks>(UnequalBlocks()), MPI_COMM_SELF);

  for (const auto &objective :
       {distributed(UnequalBlocks()), on_last_rank(UnequalBlocks())})
    {
      const auto outcome = train(objective, MPI_COMM_WORLD);
      BOOST_TEST(relative_error(outcome.theta, all.theta) < 1e-9);
      BOOST_TEST(std::abs(outcome.best_loss / all.best_loss - 1.) < 1e-9);
    }
}



BOOST_AUTO_TEST_CASE(rows_of_a_network_are_reweighted)
{
  const SmallProblem small(false);
  const auto         network   = SmallProblem::make_network({5, 4}, "tanh");
  const auto         objective = small.make_objective(network, 60, 20);
  const auto         theta     = network.initial_parameters(3);
  const LeastSquaresProblem problem(objective.get(), nullptr, MPI_COMM_WORLD);
  ReweightedObjective       reweighted(*objective);
  const LeastSquaresProblem balanced(&reweighted, nullptr, MPI_COMM_WORLD);
  const Vector              factors{0.3, 1.7};
  reweighted.set_factors(factors);
  const Vector other_theta = network.initial_parameters(4);

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
