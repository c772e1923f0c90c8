// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Levenberg-Marquardt on problems whose steps are known, and on a surrogate
// for a boundary value problem, where the number of ranks must not matter.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/boundary_residual.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/problem/problem.h>
#include <sobolev/sampling/sample_boundary.h>
#include <sobolev/sampling/sample_interior.h>
#include <sobolev/training/levenberg_marquardt.h>

#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q1.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/lac/full_matrix.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>
#include <vector>

#include "training/matrix_objective.h"
#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // (J^T J + damping I)^-1 J^T v for a 2x2 problem.
  Vector
  solve(const std::vector<Vector> &J, const double damping, const Vector &v)
  {
    dealii::FullMatrix<double> matrix(2, 2);
    Vector                     right_hand_side(2, 0.), solution(2, 0.);
    for (std::size_t i = 0; i < J.size(); ++i)
      for (unsigned int k = 0; k < 2; ++k)
        {
          right_hand_side[k] += J[i][k] * v[i];
          for (unsigned int l = 0; l < 2; ++l)
            matrix(k, l) += J[i][k] * J[i][l];
        }
    for (unsigned int k = 0; k < 2; ++k)
      matrix(k, k) += damping;
    matrix.gauss_jordan();
    for (unsigned int k = 0; k < 2; ++k)
      for (unsigned int l = 0; l < 2; ++l)
        solution[k] += matrix(k, l) * right_hand_side[l];
    return solution;
  }



  // The first step for Rosenbrock's function with the exact second
  // derivatives: r_0'' = -20 p_x^2.
  Vector
  exact_first_step(const Vector &theta, const double relative_damping)
  {
    const std::vector<Vector> J{{-20. * theta[0], 10.}, {-1., 0.}};
    const Vector rows{10. * (theta[1] - theta[0] * theta[0]), 1. - theta[0]};
    const double damping =
      relative_damping * std::max(400. * theta[0] * theta[0] + 1., 100.);

    const Vector first  = moved({0., 0.}, -1., solve(J, damping, rows));
    const Vector second = moved(
      {0., 0.}, -0.5, solve(J, damping, {-20. * first[0] * first[0], 0.}));
    return moved(first, 1., second);
  }



  LevenbergMarquardtOptions
  by_radius(const unsigned int n_candidates = 3)
  {
    LevenbergMarquardtOptions options;
    options.step_control = "radius";
    options.n_candidates = n_candidates;
    return options;
  }



  // -Laplace u = f with u = sin(pi x) y on the unit square with 4^refinements
  // cells, on the processes of a communicator. Returns the loss after 20 steps.
  double
  train_poisson(const MPI_Comm                   communicator,
                const unsigned int               refinements,
                const unsigned int               points_per_direction,
                const LevenbergMarquardtOptions &options = {})
  {
    dealii::parallel::distributed::Triangulation<2> mesh(communicator);
    dealii::GridGenerator::hyper_cube(mesh);
    mesh.refine_global(refinements);
    const dealii::MappingQ1<2> mapping;

    DiffusionAdvectionReactionOptions<2> law_options;
    law_options.source =
      std::make_shared<dealii::Functions::ConstantFunction<2>>(1.);
    BoundaryCondition<2> condition;
    condition.value = std::make_shared<dealii::Functions::ZeroFunction<2>>();
    const Problem<2> poisson{
      "Poisson",
      communicator,
      mesh,
      mapping,
      std::make_shared<DiffusionAdvectionReaction<2>>(law_options),
      {{0, {condition}}},
      nullptr};

    PointRule rule;
    rule.n_quadrature_points = points_per_direction;
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::make_unique<InteriorResidual<2>>(
      poisson.law, sample_interior(poisson, rule), 1.));
    for (const auto &side : sample_boundary(poisson, rule))
      blocks.push_back(std::make_unique<BoundaryResidual<2>>(
        poisson.law, condition, side.second, 100.));

    Architecture architecture;
    architecture.lower         = {0., 0.};
    architecture.upper         = {1., 1.};
    architecture.hidden_widths = {12, 12};
    const Network          network(architecture);
    const NetworkObjective objective(network, std::move(blocks));

    const LeastSquaresProblem problem(&objective, nullptr, communicator);
    TrainingMonitor           monitor(problem, iterations(20), nullptr);
    auto                      theta = network.initial_parameters(1);
    LevenbergMarquardt(options).minimize(problem, theta, monitor);
    BOOST_TEST(monitor.n_iterations() == 20u);
    return problem.loss(theta);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(levenberg_marquardt)

BOOST_AUTO_TEST_CASE(solves_a_linear_problem_in_two_steps)
{
  LevenbergMarquardtOptions options;
  options.initial_damping = 1e-10;
  const auto objective    = distributed(LinearRows());

  const auto outcome =
    run(LevenbergMarquardt(options), objective, Vector(4, 0.), iterations(2));

  // At the minimum, the gradient is zero.
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  Vector                    gradient, first_gradient;
  problem.gradient(outcome.theta, gradient);
  problem.gradient(Vector(4, 0.), first_gradient);
  BOOST_TEST(std::sqrt(dot(gradient, gradient)) <
             1e-13 * std::sqrt(dot(first_gradient, first_gradient)));
}



BOOST_AUTO_TEST_CASE(second_derivatives_of_quadratic_rows_are_exact)
{
  const Vector start{-0.3, 0.4};
  for (const double difference_step : {0.1, 1., 0.01})
    {
      LevenbergMarquardtOptions options;
      options.initial_damping   = 0.1;
      options.acceleration_step = difference_step;

      const auto outcome = run(LevenbergMarquardt(options),
                               distributed(Rosenbrock()),
                               start,
                               iterations(1));

      const auto expected = moved(start, 1., exact_first_step(start, 0.1));
      BOOST_TEST(relative_error(outcome.theta, expected) < 1e-11);
    }
}



BOOST_AUTO_TEST_CASE(without_acceleration_the_step_is_the_linear_one)
{
  const Vector              start{-0.3, 0.4};
  LevenbergMarquardtOptions options;
  options.initial_damping = 0.1;
  options.acceleration    = false;

  const auto outcome = run(LevenbergMarquardt(options),
                           distributed(Rosenbrock()),
                           start,
                           iterations(1));

  const auto step =
    solve({{6., 10.}, {-1., 0.}}, 0.1 * 100., {10. * (0.4 - 0.09), 1.3});
  BOOST_TEST(relative_error(outcome.theta, moved(start, -1., step)) < 1e-12);
}



BOOST_AUTO_TEST_CASE(finds_the_minimum_of_rosenbrocks_function)
{
  for (const bool acceleration : {true, false})
    {
      LevenbergMarquardtOptions options;
      options.acceleration = acceleration;

      const auto outcome = run(LevenbergMarquardt(options),
                               distributed(Rosenbrock()),
                               {-1.2, 1.},
                               iterations(200, 1e-26));

      BOOST_TEST(relative_error(outcome.theta, {1., 1.}) < 1e-11);
      BOOST_TEST(outcome.n_iterations < 100u);
      BOOST_TEST(contains(outcome.stop_reason, "target"));
    }
}



BOOST_AUTO_TEST_CASE(fits_a_curve_also_with_all_rows_on_one_rank)
{
  for (const auto &objective :
       {distributed(CurveFit()), on_last_rank(CurveFit())})
    {
      const auto outcome = run(
        LevenbergMarquardt(), objective, {0.1, 1., 0.}, iterations(100, 1e-26));

      BOOST_TEST(relative_error(outcome.theta, {1.3, 2., 0.5}) < 1e-10);
      BOOST_TEST(outcome.best_loss <= 1e-26);
    }
}



BOOST_AUTO_TEST_CASE(says_why_it_cannot_go_on)
{
  // At the minimum of a problem whose rows do not vanish.
  const auto outcome = run(LevenbergMarquardt(),
                           distributed(LinearRows()),
                           Vector(4, 0.),
                           iterations(1000));

  BOOST_TEST(outcome.n_iterations < 1000u);
  BOOST_TEST(contains(outcome.stop_reason, "no step decreases the loss"));
}



// Rows that can all be zero, with singular values down to 1e-9: small dampings
// pay, and normal equations cannot have them.
BOOST_DATA_TEST_CASE(changes_to_an_orthogonal_factorization_where_it_must,
                     boost::unit_test::data::make({"damping", "radius"}),
                     control)
{
  const unsigned int n      = 30;
  const auto         matrix = graded_matrix(80, n, 1e9);
  Vector             b(matrix.n_rows, 0.);
  for (unsigned int i = 0; i < matrix.n_rows; ++i)
    for (unsigned int k = 0; k < n; ++k)
      b[i] -= matrix(i, k) * (1. + k % 3);

  for (const auto owner :
       {MatrixObjective::Owner::in_turn, MatrixObjective::Owner::last_rank})
    {
      const MatrixObjective objective(matrix, b, owner);
      const auto            train = [&](const std::string &linear_algebra) {
        LevenbergMarquardtOptions options;
        options.linear_algebra = linear_algebra;
        options.step_control   = control;
        return run(LevenbergMarquardt(options),
                   objective,
                   Vector(n, 0.),
                   iterations(30));
      };
      const auto automatic  = train("automatic");
      const auto orthogonal = train("orthogonal");
      const auto gram       = train("gram");

      const bool is_root =
        dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
      const std::string message = "steps by an orthogonal factorisation";
      BOOST_TEST(contains(automatic.progress, message) == is_root);
      BOOST_TEST(!contains(gram.progress, message));
      BOOST_TEST(!contains(orthogonal.progress, message));

      // All parameters are found, also those of the small singular values.
      Vector solution(n);
      for (unsigned int k = 0; k < n; ++k)
        solution[k] = 1. + k % 3;
      BOOST_TEST(relative_error(automatic.best, solution) < 1e-6);
      BOOST_TEST(relative_error(orthogonal.best, solution) < 1e-6);
      BOOST_TEST(relative_error(gram.best, solution) > 1e-5);
    }
}



BOOST_AUTO_TEST_CASE(twenty_steps_give_the_same_loss_on_any_number_of_ranks)
{
  const double together = train_poisson(MPI_COMM_WORLD, 3, 2);
  const double alone    = train_poisson(MPI_COMM_SELF, 3, 2);

  BOOST_TEST_MESSAGE("relative difference " << together / alone - 1.);
  BOOST_TEST(std::abs(together / alone - 1.) < 1e-8);
  check_same_on_all_ranks({together});
}



BOOST_AUTO_TEST_CASE(ranks_that_own_no_cell_take_part)
{
  // One cell: with two or three ranks, all but one have nothing.
  const double together = train_poisson(MPI_COMM_WORLD, 0, 8);
  const double alone    = train_poisson(MPI_COMM_SELF, 0, 8);

  BOOST_TEST_MESSAGE("relative difference " << together / alone - 1.);
  BOOST_TEST(std::abs(together / alone - 1.) < 1e-8);
}



BOOST_AUTO_TEST_CASE(the_first_step_has_the_length_of_the_radius)
{
  for (const double radius : {0.01, 0.3})
    {
      auto options           = by_radius(1);
      options.acceleration   = false;
      options.initial_radius = radius;
      const auto outcome     = run(LevenbergMarquardt(options),
                               distributed(LinearRows()),
                               Vector(4, 0.),
                               iterations(1));

      BOOST_TEST(
        std::abs(std::sqrt(dot(outcome.theta, outcome.theta)) / radius - 1.) <=
        0.1);
      BOOST_TEST(outcome.last_loss < outcome.first_loss);
    }
}



// For linear rows, all ratios are one: the longest candidate is taken, and all
// radii are three times as large as those before.
BOOST_AUTO_TEST_CASE(of_several_candidates_the_longest_good_one_is_taken)
{
  auto options           = by_radius(5);
  options.initial_radius = 0.01;
  for (const unsigned int n_steps : {1u, 2u, 3u})
    {
      const auto outcome = run(LevenbergMarquardt(options),
                               distributed(LinearRows()),
                               Vector(4, 0.),
                               iterations(n_steps));

      // 0.03 (1 + 3 + 9), nearly along a line.
      const double length   = std::sqrt(dot(outcome.theta, outcome.theta));
      const double expected = 0.015 * (std::pow(3., n_steps) - 1.);
      BOOST_TEST(std::abs(length / expected - 1.) < 0.15);
    }
}



BOOST_AUTO_TEST_CASE(radius_control_finds_the_minimum_of_rosenbrocks_function)
{
  for (const unsigned int n_candidates : {1u, 2u, 3u, 5u})
    for (const bool acceleration : {true, false})
      BOOST_TEST_CONTEXT(n_candidates << " candidates, acceleration "
                                      << acceleration)
      {
        auto options         = by_radius(n_candidates);
        options.acceleration = acceleration;

        const auto outcome = run(LevenbergMarquardt(options),
                                 distributed(Rosenbrock()),
                                 {-1.2, 1.},
                                 iterations(200, 1e-26));

        BOOST_TEST(relative_error(outcome.theta, {1., 1.}) < 1e-10);
        BOOST_TEST(outcome.n_iterations < 60u);
        BOOST_TEST(contains(outcome.stop_reason, "target"));
      }
}



BOOST_AUTO_TEST_CASE(radius_control_fits_a_curve_also_with_all_rows_on_one_rank)
{
  const SmallObjective<CurveFit> all{CurveFit()};
  const LeastSquaresProblem      serial(&all, nullptr, MPI_COMM_SELF);
  const auto                     alone =
    run(LevenbergMarquardt(by_radius()), serial, {0.1, 1., 0.}, iterations(6));
  for (const auto &objective :
       {distributed(CurveFit()), on_last_rank(CurveFit())})
    {
      const auto start = run(LevenbergMarquardt(by_radius()),
                             objective,
                             {0.1, 1., 0.},
                             iterations(6));
      BOOST_TEST(relative_error(start.theta, alone.theta) < 1e-9);

      const auto outcome = run(LevenbergMarquardt(by_radius()),
                               objective,
                               {0.1, 1., 0.},
                               iterations(100, 1e-26));
      BOOST_TEST(relative_error(outcome.theta, {1.3, 2., 0.5}) < 1e-10);
      BOOST_TEST(outcome.best_loss <= 1e-26);
    }
}



BOOST_AUTO_TEST_CASE(radius_control_says_why_it_cannot_go_on)
{
  const auto outcome = run(LevenbergMarquardt(by_radius()),
                           distributed(LinearRows()),
                           Vector(4, 0.),
                           iterations(1000));

  BOOST_TEST(outcome.n_iterations < 1000u);
  BOOST_TEST(contains(outcome.stop_reason, "no step decreases the loss"));
}



BOOST_AUTO_TEST_CASE(radius_control_avoids_what_is_not_finite)
{
  // The minimum is outside.
  for (const unsigned int n_candidates : {1u, 3u})
    {
      auto options           = by_radius(n_candidates);
      options.initial_radius = 10.;
      const auto outcome     = run(LevenbergMarquardt(options),
                               distributed(NaNOutside<CurveFit>(1.5)),
                                   {0.1, 1., 0.},
                               iterations(50));

      BOOST_TEST(std::isfinite(outcome.last_loss));
      BOOST_TEST(outcome.last_loss < 0.5 * outcome.first_loss);
      BOOST_TEST(dot(outcome.theta, outcome.theta) <= 1.5 * 1.5);
    }
}



BOOST_AUTO_TEST_CASE(an_unknown_step_control_is_an_error)
{
  LevenbergMarquardtOptions options;
  options.step_control = "ratio";

  BOOST_CHECK_EXCEPTION(run(LevenbergMarquardt(options),
                            distributed(LinearRows()),
                            Vector(4, 0.),
                            iterations(1)),
                        InputError,
                        [](const InputError &error) {
                          return contains(error.what(), "'ratio'") &&
                                 contains(error.what(), "radius");
                        });
}



// The valleys of networks are narrow and curved.
BOOST_AUTO_TEST_CASE(both_controls_train_a_network_to_many_digits)
{
  const SmallProblem problem(false);
  const auto         network   = SmallProblem::make_network({10, 10}, "tanh");
  const auto         objective = problem.make_objective(network, 400, 80);
  auto               damping   = LevenbergMarquardtOptions();
  for (const auto &options : {damping, by_radius(1), by_radius(3)})
    BOOST_TEST_CONTEXT(options.step_control << ' ' << options.n_candidates)
    {
      const auto outcome = run(LevenbergMarquardt(options),
                               *objective,
                               network.initial_parameters(1),
                               iterations(80));

      const double error = SmallProblem::error(network, outcome.best);
      BOOST_TEST_MESSAGE(options.step_control << ' ' << options.n_candidates
                                              << ": error " << error);
      BOOST_TEST(error < 1e-5);
    }
}



BOOST_AUTO_TEST_CASE(radius_control_gives_the_same_loss_on_any_number_of_ranks)
{
  for (const unsigned int n_candidates : {1u, 3u})
    {
      const double together =
        train_poisson(MPI_COMM_WORLD, 3, 2, by_radius(n_candidates));
      const double alone =
        train_poisson(MPI_COMM_SELF, 3, 2, by_radius(n_candidates));

      BOOST_TEST(std::abs(together / alone - 1.) < 1e-8);
      check_same_on_all_ranks({together});
    }
}



BOOST_AUTO_TEST_CASE(radius_control_where_ranks_own_no_cell)
{
  const double together = train_poisson(MPI_COMM_WORLD, 0, 8, by_radius());
  const double alone    = train_poisson(MPI_COMM_SELF, 0, 8, by_radius());

  BOOST_TEST(std::abs(together / alone - 1.) < 1e-8);
}

BOOST_AUTO_TEST_SUITE_END()
