// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/lbfgs.h>
#include <sobolev/training/trust_region_newton_cg.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // (x^2 - 1)^2 + (y - 1)^2 y^2 has one at (0, 1/2).
  struct Saddle : FormulaSize<2, 2>
  {
    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      return i == 0 ? theta[0] * theta[0] - 1. : (theta[1] - 1.) * theta[1];
    }
  };
} // namespace

BOOST_AUTO_TEST_SUITE(trust_region_newton_cg)

BOOST_AUTO_TEST_CASE(one_long_step_minimises_a_quadratic_function)
{
  TrustRegionNewtonCGOptions options;
  options.initial_radius = 100.;
  options.cg_tolerance   = 1e-10;
  const auto objective   = distributed(LinearRows());

  const auto outcome =
    run(TrustRegionNewtonCG(options), objective, Vector(4, 0.), iterations(1));

  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    gradient, first_gradient;
  problem.gradient(outcome.theta, gradient);
  problem.gradient(Vector(4, 0.), first_gradient);
  BOOST_TEST(std::sqrt(dot(gradient, gradient)) <
             1e-8 * std::sqrt(dot(first_gradient, first_gradient)));
}



BOOST_AUTO_TEST_CASE(the_first_step_is_no_longer_than_the_radius)
{
  TrustRegionNewtonCGOptions options;
  options.initial_radius = 0.01;
  const auto outcome     = run(TrustRegionNewtonCG(options),
                           distributed(Rosenbrock()),
                               {-1.2, 1.},
                           iterations(1));

  const Vector step = moved(outcome.theta, -1., {-1.2, 1.});
  BOOST_TEST(std::abs(std::sqrt(dot(step, step)) - 0.01) < 1e-12);
}



BOOST_AUTO_TEST_CASE(finds_the_minimum_of_rosenbrocks_function_quadratically)
{
  const auto outcome = run(TrustRegionNewtonCG(),
                           distributed(Rosenbrock()),
                           {-1.2, 1.},
                           iterations(100, 1e-24));

  BOOST_TEST(relative_error(outcome.theta, {1., 1.}) < 1e-10);
  BOOST_TEST(contains(outcome.stop_reason, "target"));
  BOOST_TEST(outcome.n_iterations < 50u);
}



BOOST_AUTO_TEST_CASE(leaves_a_saddle_point)
{
  const auto outcome = run(TrustRegionNewtonCG(),
                           distributed(Saddle()),
                           {1e-6, 0.5},
                           iterations(100, 1e-20));

  BOOST_TEST(outcome.last_loss <= 0.0626);
  BOOST_TEST(std::abs(outcome.theta[0] - 1.) < 1e-6);
}



BOOST_AUTO_TEST_CASE(trains_a_small_network_in_few_steps)
{
  const SmallProblem problem(true);
  const Network      network   = problem.make_network({8}, "tanh");
  const auto         objective = problem.make_objective(network, 200, 60);
  const auto         theta     = network.initial_parameters(1);

  const auto newton =
    run(TrustRegionNewtonCG(), *objective, theta, iterations(40));
  const auto steepest = run(LBFGS(), *objective, theta, iterations(40));

  BOOST_TEST(newton.best_loss < 1e-4 * newton.first_loss);
  BOOST_TEST(newton.best_loss < 0.1 * steepest.best_loss);
  BOOST_TEST(problem.error(network, newton.best) < 2e-2);
}



BOOST_AUTO_TEST_CASE(starting_at_the_minimum_is_no_failure)
{
  const auto outcome = run(
    TrustRegionNewtonCG(), distributed(Rosenbrock()), {1., 1.}, iterations(10));

  BOOST_TEST((outcome.theta == Vector{1., 1.}));
  BOOST_TEST((outcome.best == Vector{1., 1.}));
  BOOST_TEST(!outcome.stop_reason.empty());
}



BOOST_AUTO_TEST_CASE(steps_to_where_the_loss_is_not_finite_are_shortened)
{
  TrustRegionNewtonCGOptions options;
  options.initial_radius = 10.;
  const auto outcome     = run(TrustRegionNewtonCG(options),
                           distributed(NaNOutside<DistanceTo<5>>(0.5)),
                               {0.},
                           iterations(200));

  BOOST_TEST(outcome.theta[0] <= 0.5);
  BOOST_TEST(outcome.theta[0] > 0.49);
  BOOST_TEST(!outcome.stop_reason.empty());
  BOOST_TEST(contains(outcome.progress, "not finite") ==
             (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0));
}

BOOST_AUTO_TEST_SUITE_END()
