// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/last_layer_equations.h>
#include <sobolev/training/random_features.h>

#include <deal.II/lac/full_matrix.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // Options that suit the unit square.
  RandomFeaturesOptions
  good_options()
  {
    RandomFeaturesOptions options;
    options.weight_spread = 1.5;
    options.bias_spread   = 3.;
    return options;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(random_features)

BOOST_AUTO_TEST_CASE(last_layer_equations_give_the_least_squares_step)
{
  // All four parameters of LinearRows, then the middle two, against the normal
  // equations, which are well conditioned here.
  const auto   objective = distributed(LinearRows());
  const Vector theta{0.3, -0.2, 1., 0.5};
  for (const unsigned int n : {4u, 2u})
    for (const bool gathered : {false, true})
      {
        const auto                other = on_last_rank(LinearRows());
        const LeastSquaresProblem problem(
          gathered ? &other : &objective, nullptr, MPI_COMM_WORLD);
        const unsigned int first = n == 4 ? 0 : 1;
        const auto         solution =
          LastLayerEquations(problem, first, n).solve(theta, 1e-14);

        dealii::FullMatrix<double> matrix(n, n);
        dealii::Vector<double>     b(n), p(n);
        const LinearRows           rows;
        double                     loss = 0.;
        for (unsigned int i = 0; i < rows.n_rows(); ++i)
          {
            loss += std::pow(rows.row(i, theta), 2);
            for (unsigned int k = 0; k < n; ++k)
              {
                b[k] -=
                  LinearRows::coefficient(i, first + k) * rows.row(i, theta);
                for (unsigned int l = 0; l < n; ++l)
                  matrix(k, l) += LinearRows::coefficient(i, first + k) *
                                  LinearRows::coefficient(i, first + l);
              }
          }
        matrix.gauss_jordan();
        matrix.vmult(p, b);
        Vector moved_theta = theta;
        for (unsigned int k = 0; k < n; ++k)
          moved_theta[first + k] += p[k];

        BOOST_TEST(relative_error(solution.step, Vector(p.begin(), p.end())) <
                   1e-12);
        BOOST_TEST(solution.rank == n);
        BOOST_TEST(std::abs(solution.loss / loss - 1.) < 1e-13);
        BOOST_TEST(
          std::abs(solution.predicted_loss / problem.loss(moved_theta) - 1.) <
          1e-12);
        check_same_on_all_ranks(solution.step);
      }
}



BOOST_AUTO_TEST_CASE(many_rows_are_reduced_in_several_passes)
{
  // More rows than are collected at once; the normal equations, again.
  const SmallProblem setting(true);
  const Network      network   = setting.make_network({3}, "sin");
  const auto         objective = setting.make_objective(network, 9000, 100);
  const LeastSquaresProblem problem(objective.get(), nullptr, MPI_COMM_WORLD);
  const Vector              theta = network.initial_parameters(2);
  const unsigned int        first = 9, n = 4;

  const auto solution = LastLayerEquations(problem, first, n).solve(theta, 0.);

  // At the solution, the gradient vanishes in these parameters.
  Vector solved = theta, gradient, before;
  for (unsigned int k = 0; k < n; ++k)
    solved[first + k] += solution.step[k];
  problem.gradient(solved, gradient);
  problem.gradient(theta, before);
  for (unsigned int k = 0; k < n; ++k)
    BOOST_TEST(std::abs(gradient[first + k]) <
               1e-11 * std::sqrt(dot(before, before)));
  BOOST_TEST(std::abs(solution.predicted_loss / problem.loss(solved) - 1.) <
             1e-10);
}



BOOST_AUTO_TEST_CASE(poisson_is_solved_in_one_step)
{
  const SmallProblem problem(true);
  const Network      network   = problem.make_network({300}, "sin");
  const auto         objective = problem.make_objective(network, 900, 200);
  const auto         theta     = network.initial_parameters(1);

  const auto outcome =
    run(RandomFeatures(good_options()), *objective, theta, iterations(1, 0.));

  BOOST_TEST(outcome.n_iterations == 1u);
  BOOST_TEST(problem.error(network, outcome.theta) < 1e-7);
  BOOST_TEST_MESSAGE("error " << problem.error(network, outcome.theta)
                              << ", loss " << outcome.last_loss);

  // Ranks without points change nothing but round-off.
  const auto gathered = problem.make_objective(network, 900, 200, 1);
  const auto other =
    run(RandomFeatures(good_options()), *gathered, theta, iterations(1, 0.));
  BOOST_TEST(problem.error(network, other.theta) < 1e-7);
}



BOOST_AUTO_TEST_CASE(a_nonlinear_law_takes_a_few_steps)
{
  const SmallProblem problem(false);
  const Network      network   = problem.make_network({100}, "sin");
  const auto         objective = problem.make_objective(network, 500, 120);

  const auto outcome = run(RandomFeatures(good_options()),
                           *objective,
                           network.initial_parameters(1),
                           iterations(20));

  BOOST_TEST(outcome.n_iterations > 2u);
  BOOST_TEST(outcome.n_iterations < 12u);
  BOOST_TEST(problem.error(network, outcome.best) < 1e-6);
  BOOST_TEST_MESSAGE("error " << problem.error(network, outcome.best) << " in "
                              << outcome.n_iterations
                              << " steps: " << outcome.stop_reason);
}



BOOST_AUTO_TEST_CASE(hidden_layers_stay_as_they_are_unless_told_otherwise)
{
  const SmallProblem problem(true);
  const Network      network   = problem.make_network({10, 5}, "tanh");
  const auto         objective = problem.make_objective(network, 60, 20);
  const auto         theta     = network.initial_parameters(1);
  const unsigned int n_hidden  = 3 * 10 + 11 * 5;

  const auto same =
    run(RandomFeatures(), *objective, theta, iterations(5)).theta;
  const auto drawn =
    run(RandomFeatures(good_options()), *objective, theta, iterations(5)).theta;
  auto options = good_options();
  options.seed = 2;
  const auto other =
    run(RandomFeatures(options), *objective, theta, iterations(5)).theta;

  for (unsigned int k = 0; k < n_hidden; ++k)
    {
      BOOST_TEST(same[k] == theta[k]);
      BOOST_TEST(drawn[k] != theta[k]);
      BOOST_TEST(drawn[k] != other[k]);
    }
  BOOST_TEST(same[n_hidden] != theta[n_hidden]);
}



BOOST_AUTO_TEST_CASE(needs_a_last_layer)
{
  BOOST_CHECK_EXCEPTION(
    run(RandomFeatures(), distributed(LinearRows()), Vector(4), iterations(3)),
    InputError,
    [](const InputError &error) {
      return contains(error.what(), "last layer");
    });
}

BOOST_AUTO_TEST_SUITE_END()
