// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// What is done when a run is stuck or has too few points.

#include <sobolev/application/box_comparison.h>
#include <sobolev/application/equation_parameters.h>
#include <sobolev/application/training_attempts.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/objective/network_objective.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  TrainingParameters
  parse(const std::string &lines)
  {
    dealii::ParameterHandler prm;
    TrainingParameters       parameters;
    parameters.declare_parameters(prm);
    prm.parse_input_from_string("subsection Training\n" + lines + "\nend");
    parameters.parse_parameters();
    return parameters;
  }



  // A network that nobody asks for anything but its existence.
  Network
  some_network()
  {
    Architecture architecture;
    architecture.lower         = {0.};
    architecture.upper         = {1.};
    architecture.hidden_widths = {2};
    return Network(architecture);
  }



  // Nothing to be done for negative parameters, $\theta - 3$ otherwise.
  struct OneGoodSide
  {
    unsigned int
    n_parameters() const
    {
      return 1;
    }

    unsigned int
    n_rows() const
    {
      return 1;
    }

    template <typename Number>
    Number
    row(const unsigned int, const std::vector<Number> &theta) const
    {
      return std::real(theta[0]) < 0. ? Number(4.) : theta[0] - 3.;
    }
  };



  unsigned int
  n_ranks()
  {
    return dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  }



  // Train with the rows of OneGoodSide; attempt a begins at start[a - 1].
  struct Attempts
  {
    Attempts(const std::string &lines, const std::vector<double> &start)
      : network(some_network())
      , training(parse(lines))
      , out(text)
    {
      const TrainingTask task{[&](const Network &, const PointDraw &draw) {
                                draws.push_back(draw);
                                return TrainingTask::Loss{
                                  std::make_unique<SmallObjective<OneGoodSide>>(
                                    distributed(OneGoodSide())),
                                  static_cast<std::size_t>(10 * draw.factor)};
                              },
                              nullptr};
      TrainingAttempts   attempts(network, task, training, MPI_COMM_WORLD);
      TrainingMonitor    monitor(attempts.problem(), training.monitor, nullptr);
      attempts.minimize(
        [&](const unsigned int attempt) {
          return Vector{start.at(attempt - 1)};
        },
        monitor,
        out);

      n_attempts   = monitor.attempt();
      best_attempt = monitor.best_attempt();
      best         = monitor.best_parameters();
      check_same_on_all_ranks(best);
    }

    const Network              network;
    const TrainingParameters   training;
    std::ostringstream         text;
    dealii::ConditionalOStream out;
    std::vector<PointDraw>     draws;
    unsigned int               n_attempts, best_attempt;
    Vector                     best;
  };



  // -u'' = f with a known u, at few points for the number of parameters.
  const std::string problem = R"(
    set exact solution = sin(3*pi*x)*exp(x)
    subsection Domain
      set inputs = x
      set lower  = -1
      set upper  = 1
    end
    subsection Equations
      set interior          = u_xx - exp(x)*((1 - 9*pi^2)*sin(3*pi*x) + 6*pi*cos(3*pi*x))
      set conditions        = boundary: u - sin(3*pi*x)*exp(x)
      set condition weights = 100
    end
    subsection Sampling
      set interior points  = 20
      set condition points = 2
    end
  )";



  struct FewPoints
  {
    explicit FewPoints(const std::string &lines,
                       const std::string &weights_file = "",
                       const unsigned int n_batches    = 1)
    {
      dealii::ParameterHandler prm;
      EquationParameters       equation;
      equation.declare_parameters(prm);
      prm.parse_input_from_string(problem);
      equation.parse_parameters(prm);
      const auto training =
        parse("set max iterations = 400\n set max seconds = 1e6\n" + lines);

      Architecture architecture;
      architecture.lower         = equation.domain.box.lower;
      architecture.upper         = equation.domain.box.upper;
      architecture.hidden_widths = {10, 10};
      const Network      network(architecture);
      const TrainingTask task{
        [&](const Network &network, const PointDraw &points) {
          PointDraw draw = points;
          if (draw.stream != PointRule::hold_out_stream)
            draw.n_batches = n_batches;
          auto objective = std::make_unique<NetworkObjective>(
            network, equation.make_blocks(3, draw, MPI_COMM_WORLD));
          const std::size_t n_points = objective->n_points();
          return TrainingTask::Loss{std::move(objective), n_points};
        },
        nullptr};

      TrainingAttempts attempts(
        network, task, training, MPI_COMM_WORLD, weights_file);
      TrainingMonitor    monitor(attempts.problem(), training.monitor, nullptr);
      std::ostringstream text;
      const dealii::ConditionalOStream out(text);
      attempts.minimize(
        [&](const unsigned int) {
          return network.initial_parameters(3);
        },
        monitor,
        out);

      losses = attempts.block_losses(monitor.best_parameters());
      const NetworkObjective all(network,
                                 equation.make_blocks(3, {}, MPI_COMM_WORLD));
      losses_of_all =
        all.block_losses(dealii::make_array_view(monitor.best_parameters()));
      for (double &loss : losses_of_all)
        loss = dealii::Utilities::MPI::sum(loss, MPI_COMM_WORLD);
      n_points  = attempts.n_points();
      n_changes = monitor.n_interruptions();
      messages  = text.str();
      error     = compute_box_errors(network,
                                 monitor.best_parameters(),
                                 equation.make_solution(),
                                     {0},
                                 equation.test_points(3, MPI_COMM_WORLD),
                                 MPI_COMM_WORLD)
                .back()
                .relative_l2;
      BOOST_TEST_MESSAGE(lines << ": error " << error << ", " << n_changes
                               << " changes, " << n_points << " points, "
                               << monitor.n_iterations() << " iterations, "
                               << monitor.stop_reason());
      check_same_on_all_ranks({error});
    }

    double       error;
    unsigned int n_points, n_changes;
    std::string  messages;

    std::vector<std::pair<std::string, double>> losses;
    Vector                                      losses_of_all;
  };



  std::string
  mistake(const std::string &lines)
  {
    try
      {
        parse(lines);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  }
} // namespace

BOOST_AUTO_TEST_SUITE(training_attempts)

BOOST_AUTO_TEST_CASE(a_stuck_run_begins_anew)
{
  const Attempts run("", {-1., 1., 1.});

  BOOST_TEST(run.n_attempts == 2u);
  BOOST_TEST(run.best_attempt == 2u);
  BOOST_TEST(std::abs(run.best[0] - 3.) < 1e-10);
  BOOST_TEST(contains(
    run.text.str(), "attempt 2, with " + std::to_string(10 * n_ranks()) + " "));
  // The hold-out points, and those of training once.
  BOOST_TEST(run.draws.size() == 2u);
}



BOOST_AUTO_TEST_CASE(a_good_run_does_not)
{
  const Attempts run("", {1., 1., 1.});
  BOOST_TEST(run.n_attempts == 1u);
  BOOST_TEST(run.text.str().empty());
}



BOOST_AUTO_TEST_CASE(attempts_are_limited)
{
  const std::vector<double> all(10, -1.);
  BOOST_TEST(Attempts("", all).n_attempts == 3u);
  const std::string section = "subsection Restarts\n set max restarts = ";
  BOOST_TEST(Attempts(section + "0\nend", all).n_attempts == 1u);
  BOOST_TEST(Attempts(section + "5\nend", all).n_attempts == 6u);
  // An attempt that gets nowhere has one iteration.
  BOOST_TEST(Attempts("set max iterations = 2", all).n_attempts == 2u);
}



BOOST_AUTO_TEST_CASE(a_worse_attempt_leaves_the_best_one_alone)
{
  const Attempts worse("set max iterations = 3", {-1., 1e8, -1.});
  BOOST_TEST(worse.n_attempts == 2u);
  BOOST_TEST(worse.best_attempt == 1u);
  BOOST_TEST(worse.best[0] == -1.);
}



BOOST_AUTO_TEST_CASE(attempts_may_have_more_points)
{
  const Attempts run("subsection Restarts\n set points factor = 3\nend",
                     {-1., -1., 1.});

  BOOST_TEST(run.n_attempts == 3u);
  BOOST_TEST(contains(run.text.str(),
                      "attempt 3, with " + std::to_string(90 * n_ranks()) +
                        " collocation points"));
  // Of the hold-out points always as many, and the same.
  BOOST_TEST_REQUIRE(run.draws.size() == 4u);
  for (unsigned int i = 0; i < 4; ++i)
    {
      BOOST_TEST(run.draws[i].stream == (i == 0 ? 1u : 0u));
      BOOST_TEST(run.draws[i].factor == (i < 2 ? 1. : std::pow(3., i - 1.)));
    }
}



BOOST_AUTO_TEST_CASE(points_are_added_where_there_are_too_few)
{
  const FewPoints none("");
  const FewPoints add("subsection Hold-out\n set action = add\nend");

  BOOST_TEST(none.n_changes == 0u);
  BOOST_TEST(none.n_points == 22u);
  BOOST_TEST(add.n_changes >= 1u);
  // Faces have one point each, whatever the factor.
  BOOST_TEST(add.n_points == 20 * (1 << add.n_changes) + 2);
  BOOST_TEST(contains(add.messages, "goes on with 42 collocation points"));
  BOOST_TEST(none.error > 1e-2);
  BOOST_TEST(add.error < 1e-6);
}



BOOST_AUTO_TEST_CASE(points_are_replaced_where_there_are_too_few)
{
  const FewPoints none("");
  const FewPoints redraw(
    "subsection Hold-out\n set action = redraw\n set max changes = 10\nend");

  BOOST_TEST(redraw.n_changes >= 1u);
  BOOST_TEST(redraw.n_points == 22u);
  BOOST_TEST(contains(redraw.messages, "with 22 other collocation points"));
  BOOST_TEST(redraw.error < 0.3 * none.error);
}



BOOST_AUTO_TEST_CASE(replaced_points_are_never_those_of_others)
{
  const auto redraw = parse("subsection Hold-out\n set action = redraw\nend");
  PointDraw  draw;
  for (unsigned int i = 0; i < 3; ++i)
    {
      draw = redraw.other_points(draw);
      BOOST_TEST(draw.stream == PointRule::first_free_stream + i);
      BOOST_TEST(draw.factor == 1.);
    }

  const auto add =
    parse("subsection Hold-out\n set action = add\n set factor = 1.5\nend");
  draw = add.other_points(add.other_points({}));
  BOOST_TEST(draw.stream == PointRule::training_stream);
  BOOST_TEST(draw.factor == 2.25);
}



// With a smaller ratio of actual to predicted decrease, steps are longer.
BOOST_AUTO_TEST_CASE(the_target_ratio_falls_with_the_attempts)
{
  const auto                training  = parse("set max iterations = 1\n"
                                              "subsection Restarts\n"
                                              "set ratio factor = 0.01\nend\n"
                                              "subsection Levenberg-Marquardt\n"
                                              "set step control = radius\n"
                                              "set geodesic acceleration = false\n"
                                              "set target ratio = 0.999\nend");
  const auto                objective = distributed(Rosenbrock());
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);

  std::vector<double> lengths;
  for (unsigned int attempt = 1; attempt <= 3; ++attempt)
    {
      TrainingMonitor monitor(problem, training.monitor, nullptr);
      Vector          theta{-1.2, 1.};
      training.make_optimizer(attempt)->minimize(problem, theta, monitor);
      lengths.push_back(std::hypot(theta[0] + 1.2, theta[1] - 1.));
    }

  BOOST_TEST(lengths[0] > 0.);
  BOOST_TEST(lengths[1] > 1.5 * lengths[0]);
  BOOST_TEST(lengths[2] >= lengths[1]);
}



// Weights go on where points change, and the file with them.
BOOST_AUTO_TEST_CASE(weights_of_blocks_survive_a_change_of_points)
{
  const std::string file = "training_attempts_weights.csv";
  const bool        is_root =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  if (is_root)
    std::remove(file.c_str());

  const FewPoints run("set max iterations = 200\n"
                      "subsection Hold-out\n set action = add\nend\n"
                      "subsection Loss weighting\n"
                      " set rule = balance\n set interval = 1\nend",
                      file);

  BOOST_TEST(run.n_changes > 0u);
  BOOST_TEST(run.error < 1e-3);
  BOOST_TEST_REQUIRE(run.losses.size() == 2u);
  BOOST_TEST(run.losses[1].first == "boundary");
  if (!is_root)
    return;
  std::ifstream in(file);
  std::string   line;
  std::getline(in, line);
  BOOST_TEST(line == "iteration,weight of interior,loss of interior,"
                     "weight of boundary,loss of boundary");
  double       weight = 1., largest_change = 1.;
  unsigned int n_lines = 0, last_iteration = 0;
  for (; std::getline(in, line); ++n_lines)
    {
      unsigned int iteration;
      double       next;
      BOOST_TEST(std::sscanf(line.c_str(), "%u,%lf", &iteration, &next) == 2);
      BOOST_TEST(iteration >= last_iteration);
      last_iteration = iteration;
      largest_change = std::max({largest_change, next / weight, weight / next});
      weight         = next;
    }
  BOOST_TEST(n_lines > 50u);
  BOOST_TEST(weight != 1.);
  // Never back to one.
  BOOST_TEST(largest_change < 3.);
  std::remove(file.c_str());
}



// Two boundary values are soon met: the equation begins where nothing is left
// to do, or at its iteration, whatever else changes the loss.
BOOST_AUTO_TEST_CASE(blocks_begin_one_after_the_other)
{
  const std::string start  = "set starts of blocks = interior: ";
  const std::string points = "\nsubsection Hold-out\n set action = add\nend";
  const FewPoints   early(start + "100000" + points +
                        "\nset max iterations = 100001");
  BOOST_TEST(contains(early.messages, "Phase 2 begins: 'interior'."));
  BOOST_TEST(early.error < 1e-6);

  for (const std::string lines :
       {"",
        "\nsubsection Loss weighting\n set rule = inverse Dirichlet\nend",
        "\nsubsection Constraints\n set method = augmented\nend"})
    BOOST_TEST_CONTEXT(lines)
    {
      const FewPoints run(start + "3" + points + lines);
      BOOST_TEST(contains(run.messages, "Phase 2 begins: 'interior'."));
      BOOST_TEST(run.error < 1e-3);
    }
}



// Mini-batches go with weights and with blocks that begin later.
BOOST_AUTO_TEST_CASE(equations_are_trained_with_batches)
{
  const std::string adam = "set optimizer = Adam\n"
                           "set max iterations = 200\n"
                           "set patience = 200\n"
                           "set batch size = 8\n"
                           "subsection Adam\n set learning rate = 1e-2\n"
                           "end\n"
                           "subsection Restarts\n set max restarts = 0\nend\n";
  for (const std::string &lines :
       {adam,
        adam + "subsection Loss weighting\n set rule = inverse Dirichlet\n"
               "end\nset starts of blocks = interior: 100"})
    {
      const FewPoints run(lines, "", 3);
      BOOST_TEST(contains(run.messages, "Phase 2") == (lines != adam));

      // In the end, all points count.
      BOOST_TEST_REQUIRE(run.losses.size() == 2u);
      for (unsigned int k = 0; k < 2; ++k)
        BOOST_TEST(std::abs(run.losses[k].second - run.losses_of_all[k]) <=
                   1e-12 * run.losses_of_all[k]);
    }
}



BOOST_AUTO_TEST_CASE(a_block_without_a_start_counts_at_once)
{
  const Network      network = SmallProblem::make_network({4, 4}, "tanh");
  const SmallProblem small(true);
  TrainingTask       task;
  task.make_loss = [&](const Network &network, const PointDraw &) {
    auto              objective = small.make_objective(network, 30, 10);
    const std::size_t n_points  = objective->n_points();
    return TrainingTask::Loss{std::move(objective), n_points};
  };
  const auto             theta = network.initial_parameters(1);
  const TrainingAttempts all(network, task, parse(""), MPI_COMM_WORLD);
  const auto             losses = all.block_losses(theta);
  const TrainingAttempts later(
    network,
    task,
    parse("set starts of blocks = " + losses[0].first + ": 10"),
    MPI_COMM_WORLD);
  double rest = 0.;
  for (std::size_t k = 1; k < losses.size(); ++k)
    rest += losses[k].second;
  BOOST_TEST(std::abs(later.problem().loss(theta) / rest - 1.) < 1e-13);
  BOOST_TEST(std::abs(later.problem().hold_out_loss(theta) / rest - 1.) <
             1e-13);
  BOOST_TEST(later.block_losses(theta)[0].second == losses[0].second);

  BOOST_CHECK_THROW(
    TrainingAttempts(
      network, task, parse("set starts of blocks = top: 10"), MPI_COMM_WORLD),
    InputError);
}



BOOST_AUTO_TEST_CASE(slope_recovery_counts_for_training_only)
{
  TrainingTask       task;
  unsigned int       n_losses = 0;
  const SmallProblem small(true);
  Architecture       architecture =
    SmallProblem::make_network({4, 4}, "tanh").architecture();
  architecture.slopes.kind  = Architecture::Slopes::Kind::layer;
  architecture.slopes.scale = 2.;
  const Network network(architecture);
  task.make_loss = [&](const Network &network, const PointDraw &) {
    ++n_losses;
    auto              objective = small.make_objective(network, 30, 10);
    const std::size_t n_points  = objective->n_points();
    return TrainingTask::Loss{std::move(objective), n_points};
  };
  const auto             theta = network.initial_parameters(1);
  const TrainingAttempts with(
    network, task, parse("set slope recovery = 3"), MPI_COMM_WORLD);
  BOOST_TEST(n_losses == 2u);
  const TrainingAttempts without(
    network,
    task,
    parse("subsection Hold-out\n set use = false\nend"),
    MPI_COMM_WORLD);
  BOOST_TEST(n_losses == 3u);

  // n a = 1 in all layers: S = exp(-1/2).
  BOOST_TEST(std::abs(with.problem().loss(theta) -
                      without.problem().loss(theta) - 3. * std::exp(-0.5)) <
             1e-12);
  BOOST_TEST(std::abs(with.problem().hold_out_loss(theta) /
                        without.problem().loss(theta) -
                      1.) < 1e-14);
  BOOST_TEST(with.problem().has_hold_out());
  BOOST_TEST(!without.problem().has_hold_out());
  const auto losses = with.block_losses(theta);
  BOOST_TEST(losses.back().first == "slope recovery");
  BOOST_TEST(std::abs(losses.back().second - 3. * std::exp(-0.5)) < 1e-14);
}



BOOST_AUTO_TEST_CASE(parameters_have_to_make_sense)
{
  BOOST_TEST(contains(
    mistake("set stages = 2\nsubsection Hold-out\n set use = false\nend"),
    "Training/Hold-out/use: the value false"));
  BOOST_TEST(contains(mistake("set max iterations = 5\n"
                              "set starts of blocks = interior: 5"),
                      "Training/starts of blocks: a block begins after 5"));
  BOOST_TEST(contains(mistake("set stages = 2\n"
                              "set starts of blocks = interior: 5"),
                      "a sum of squares and one stage"));
  BOOST_TEST(
    contains(mistake("set objective = energy\n set optimizer = Adam\n"
                     "subsection Loss weighting\n set rule = GradNorm\nend"),
             "Training/Loss weighting/rule: 'GradNorm'"));
  BOOST_TEST(contains(
    mistake("subsection Hold-out\n set action = add\n set factor = 1\nend"),
    "Training/Hold-out/factor: the value 1 adds no points"));
  BOOST_TEST(contains(mistake("set objective = energy\n set optimizer = Adam\n"
                              "subsection Hold-out\n set action = add\nend"),
                      "Training/Hold-out/action: 'add'"));
  BOOST_TEST(mistake("subsection Hold-out\n set action = add\nend") ==
             "no error");
}

BOOST_AUTO_TEST_SUITE_END()
