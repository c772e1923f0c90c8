// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The rows of an augmented Lagrangian: the loss by its definition, derivatives in
// several ways, with and without multipliers and penalty.

#include <sobolev/objective/augmented_lagrangian.h>
#include <sobolev/training/least_squares_problem.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  dealii::ArrayView<const double>
  view(const Vector &v)
  {
    return {v.data(), v.size()};
  }



  // Multipliers that differ from row to row.
  Vector
  some_multipliers(const std::size_t n, const double least)
  {
    Vector result;
    for (std::size_t i = 0; i < n; ++i)
      result.push_back(least + std::abs(std::sin(1. + i)));
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(augmented_lagrangian)

BOOST_AUTO_TEST_CASE(loss_and_derivatives)
{
  const SmallProblem small(false);
  const auto         network   = SmallProblem::make_network({5, 4}, "tanh");
  const auto         objective = small.make_objective(network, 60, 20);
  const auto         theta     = network.initial_parameters(3);
  const LeastSquaresProblem original(objective.get(), nullptr, MPI_COMM_WORLD);

  // 1. Nothing is changed at first.
  AugmentedLagrangian       lagrangian(*objective, {1});
  const LeastSquaresProblem problem(&lagrangian, nullptr, MPI_COMM_WORLD);
  BOOST_TEST(relative_error(problem.block_losses(theta),
                            original.block_losses(theta)) < 1e-14);
  Vector rows;
  original.compute_local_rows(theta, rows);
  const auto  weights    = objective->row_weights();
  const auto  blocks     = objective->blocks_of_rows();
  const auto  violations = lagrangian.violations(view(theta));
  std::size_t n          = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (blocks[i] == 1 && weights[i] > 0.)
      {
        BOOST_TEST(lagrangian.constrained_rows()[n] == i);
        BOOST_TEST(std::abs(violations[n] - rows[i] * rows[i] / weights[i]) <
                   1e-14);
        // 100 is the weight of the block, 4 / 20 the quadrature weight.
        BOOST_TEST(std::abs(weights[i] - 100. * 4. / 20.) < 1e-12);
        ++n;
      }
  BOOST_TEST(n == violations.size());

  for (const double penalty : {0., 3.})
    for (const double least : {0., 0.5})
      BOOST_TEST_CONTEXT("penalty " << penalty << ", least " << least)
      {
        const auto lambda = some_multipliers(n, least);
        lagrangian.set_multipliers(lambda, penalty);

        // 2. By definition.
        double expected = 0.;
        for (std::size_t k = 0; k < n; ++k)
          {
            const double C = violations[k];
            expected += weights[lagrangian.constrained_rows()[k]] *
                        (lambda[k] * C + 0.5 * penalty * C * C);
          }
        expected          = problem.sum(expected);
        const auto losses = problem.block_losses(theta);
        BOOST_TEST(std::abs(losses[1] / expected - 1.) < 1e-13);
        BOOST_TEST(std::abs(losses[0] / original.block_losses(theta)[0] - 1.) <
                   1e-14);

        // 3. The gradient: differences, rows, Jacobian.
        Vector       gradient, by_rows, scaled;
        const double loss = problem.gradient(theta, gradient);
        BOOST_TEST(std::abs(loss / (losses[0] + losses[1]) - 1.) < 1e-13);
        problem.compute_local_rows(theta, scaled);
        problem.transpose_product(theta, scaled, by_rows);
        Vector by_jacobian(theta.size(), 0.);
        lagrangian.compute_jacobian(
          view(theta), [&](const LocalObjective::JacobianPanel &panel) {
            for (std::size_t i = 0; i < panel.rows.size(); ++i)
              for (unsigned int k = 0; k < theta.size(); ++k)
                by_jacobian[k] +=
                  2. * panel.rows[i] * panel.jacobian[k * panel.leading + i];
          });
        problem.sum(dealii::make_array_view(by_jacobian));
        for (double &entry : by_rows)
          entry *= 2.;
        BOOST_TEST(relative_error(by_rows, gradient) < 1e-13);
        BOOST_TEST(relative_error(by_jacobian, gradient) < 1e-13);
        for (unsigned int k = 0; k < theta.size(); k += 7)
          {
            constexpr double h     = 1e-5;
            Vector           right = theta, left = theta;
            right[k] += h;
            left[k] -= h;
            const double difference =
              (problem.loss(right) - problem.loss(left)) / (2. * h);
            BOOST_TEST(std::abs(gradient[k] - difference) <
                       1e-7 * std::sqrt(dot(gradient, gradient)));
          }

        // 4. Several parameters at once.
        std::vector<Vector> for_each;
        problem.compute_local_rows({network.initial_parameters(5), theta},
                                   for_each);
        BOOST_TEST((for_each[1] == scaled));
      }
}

BOOST_AUTO_TEST_SUITE_END()
