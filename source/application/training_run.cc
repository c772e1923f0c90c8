// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_attempts.h>
#include <sobolev/application/training_run.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>
#include <sobolev/network/frozen_output.h>
#include <sobolev/network/next_stage.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/stage_trial.h>
#include <sobolev/training/training_monitor.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <iomanip>
#include <sstream>

namespace sobolev
{
  using dealii::Utilities::MPI::n_mpi_processes;
  using dealii::Utilities::MPI::this_mpi_process;

  namespace
  {
    // Call action(std::integral_constant<int, dim>) for the dimension of the
    // surrogate.
    template <typename Action>
    void
    with_dimension(const unsigned int n_inputs, const Action &action)
    {
      if (n_inputs == 1)
        action(std::integral_constant<int, 1>());
      else if (n_inputs == 2)
        action(std::integral_constant<int, 2>());
      else
        action(std::integral_constant<int, 3>());
    }



    // The points of all processes, in an order that does not depend on who has
    // which.
    std::vector<std::vector<double>>
    gather(const InputPoints &own, const MPI_Comm communicator)
    {
      std::vector<std::vector<double>> points;
      for (std::size_t p = 0; p < own.size(); ++p)
        points.push_back(own.point(p));
      std::vector<std::vector<double>> all;
      for (const auto &part :
           dealii::Utilities::MPI::all_gather(communicator, points))
        all.insert(all.end(), part.begin(), part.end());
      std::sort(all.begin(), all.end());
      return all;
    }



    // Layers and size.
    std::string
    describe(const Network &network)
    {
      const auto &architecture = network.architecture();
      std::string layers;
      for (const unsigned int width : architecture.hidden_widths)
        layers += (layers.empty() ? "" : ", ") + std::to_string(width);
      return layers + " neurons, " + architecture.activation + ", " +
             std::to_string(network.n_parameters()) + " parameters";
    }



    // Whether it adds to another network.
    bool
    is_later_stage(const Network &network)
    {
      for (const auto &offset : network.architecture().offsets)
        if (dynamic_cast<const FrozenOutput *>(offset.get()) != nullptr)
          return true;
      return false;
    }
  } // namespace



  std::string
  in_scientific_notation(const double value)
  {
    std::ostringstream text;
    text << std::scientific << std::setprecision(2) << value;
    return text.str();
  }



  TrainingRun::TrainingRun(std::unique_ptr<const Network>    network,
                           const TrainingParameters         &training,
                           const RunParameters              &run,
                           const Provenance                 &provenance,
                           const dealii::ConditionalOStream &out,
                           const dealii::ConditionalOStream &details,
                           const MPI_Comm                    communicator)
    : trained_network(std::move(network))
    , training(training)
    , run(run)
    , origin(provenance)
    , out(out)
    , progress(details.is_active() ? &details.get_stream() : nullptr)
    , communicator(communicator)
  {
  }



  std::vector<double>
  TrainingRun::minimize(const TrainingTask &task)
  {
    begin = std::chrono::steady_clock::now();

    std::vector<double> theta =
      minimize_stage(task, [&](const unsigned int attempt) {
        return make_initial_parameters(task, attempt);
      });
    while (result.stages.size() < training.stages.n_stages() &&
           result.stages.back().is_kept &&
           result.loss > training.monitor.target_loss &&
           result.iterations < training.monitor.max_iterations &&
           result.seconds < training.monitor.max_seconds)
      add_stage(task, theta);
    return theta;
  }



  std::vector<double>
  TrainingRun::minimize_stage(
    const TrainingTask                        &task,
    const TrainingAttempts::InitialParameters &initial_parameters)
  {
    // 1. The loss.
    const unsigned int stage        = result.stages.size();
    const std::string  weights_file = run.directory + "/weights.csv";
    if (stage == 0 && this_mpi_process(communicator) == 0)
      std::filesystem::remove(weights_file);
    TrainingAttempts attempts(network(),
                              task,
                              training,
                              communicator,
                              weights_file,
                              run.directory + "/checkpoint/row_weights.csv");
    if (stage == 0)
      out << "Network with " << network().n_parameters() << " parameters, "
          << attempts.n_points() << " collocation points." << std::endl;
    else
      out << "Stage " << stage + 1 << ": network with "
          << network().n_parameters() << " parameters." << std::endl;

    // 2. Minimise. A later stage cannot get stuck farther away than it began.
    auto         options   = training.monitor;
    const double end       = training.stages.end_of(stage);
    options.max_seconds    = end * options.max_seconds;
    options.max_iterations = std::max(
      result.iterations + 1,
      static_cast<unsigned int>(std::lround(end * options.max_iterations)));
    options.first_iteration = result.iterations;
    options.first_second    = stage == 0 ? 0. : seconds_so_far();
    options.loss_scale      = loss_scale;
    if (stage > 0)
      options.restarts.max_attempts = 1;
    options.history_file     = run.directory + "/history.csv";
    options.write_checkpoint = [&](const std::vector<double> &best) {
      std::filesystem::create_directories(run.directory + "/checkpoint");
      save(best, run.directory + "/checkpoint/surrogate.h5");
    };
    TrainingMonitor monitor(attempts.problem(), options, progress);
    attempts.minimize(initial_parameters, monitor, out);

    // 3. Keep what came out.
    const auto  &theta = monitor.best_parameters();
    StageOutcome outcome;
    outcome.network     = describe(network());
    outcome.iterations  = monitor.n_iterations() - result.iterations;
    outcome.seconds     = monitor.seconds() - result.seconds;
    outcome.loss        = monitor.best_loss();
    outcome.hold_out    = monitor.best_hold_out_loss();
    outcome.stop_reason = monitor.stop_reason();
    outcome.is_kept     = stage == 0 || outcome.hold_out < result.hold_out;
    result.stages.push_back(outcome);
    result.n_points    = attempts.n_points();
    result.iterations  = monitor.n_iterations();
    result.seconds     = monitor.seconds();
    result.stop_reason = monitor.stop_reason();
    result.n_point_changes += monitor.n_interruptions();
    if (stage == 0)
      {
        result.n_attempts   = monitor.attempt();
        result.best_attempt = monitor.best_attempt();
      }
    if (outcome.is_kept)
      {
        result.losses   = attempts.block_losses(theta);
        result.loss     = outcome.loss;
        result.hold_out = outcome.hold_out;
        if (this_mpi_process(communicator) == 0)
          save(theta, run.directory + "/surrogate.h5");
      }
    loss_scale = monitor.loss_scale();
    return theta;
  }



  void
  TrainingRun::add_stage(const TrainingTask &task, std::vector<double> &theta)
  {
    // 1. A network for what is left.
    const unsigned int  stage = result.stages.size();
    auto                next  = choose_next_network(task, theta);
    std::vector<double> next_theta =
      make_random_parameters(*next, run.seed + stage, task);
    const auto &last = next->layout().layers().back();
    for (unsigned int k = last.weights; k < last.bias; ++k)
      next_theta[k] *= training.stages.last_layer_factor;

    // 2. Train it. Without a gain, all stays as it was.
    std::swap(trained_network, next);
    next_theta = minimize_stage(task, [&](const unsigned int) {
      return next_theta;
    });
    if (result.stages.back().is_kept)
      theta = next_theta;
    else
      {
        std::swap(trained_network, next);
        out << "Stage " << stage + 1
            << " does not decrease the hold-out loss and is left out."
            << std::endl;
      }
  }



  std::unique_ptr<const Network>
  TrainingRun::choose_next_network(const TrainingTask        &task,
                                   const std::vector<double> &theta) const
  {
    // Small enough for nonlinear laws to be linear, large enough for
    // differences.
    constexpr double trial_amplitude = 1e-3;

    const auto trained = std::make_shared<FrozenNetwork>(network(), theta);
    std::unique_ptr<const Network> best;
    double                         least = 0.;
    for (const auto &options : training.stages.candidates())
      {
        const Network trial_network(
          make_next_stage(trained, options, trial_amplitude));
        const auto                loss = task.make_loss(trial_network, {});
        const LeastSquaresProblem problem(
          dynamic_cast<const LocalObjective *>(loss.local.get()),
          nullptr,
          communicator);
        const StageTrial trial =
          try_stage(problem,
                    make_random_parameters(
                      trial_network, run.seed + result.stages.size(), task));
        if (!best || trial.remainder < least)
          {
            least = trial.remainder;
            best  = std::make_unique<const Network>(make_next_stage(
              trained, options, trial_amplitude * trial.amplitude));
          }
      }
    if (progress != nullptr)
      *progress << "  stage " << result.stages.size() + 1 << ": first slope "
                << best->architecture().slopes.first << ", output scale "
                << in_scientific_notation(best->architecture().output_scale[0])
                << '.' << std::endl;
    return best;
  }



  double
  TrainingRun::seconds_so_far() const
  {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         begin)
      .count();
  }



  std::vector<double>
  TrainingRun::make_random_parameters(const Network      &network,
                                      const std::uint64_t seed,
                                      const TrainingTask &task) const
  {
    auto theta = network.initial_parameters(seed);
    if (network.architecture().normalization ==
        Architecture::Normalization::batch)
      network.set_statistics(gather(task.interior_points({}), communicator),
                             dealii::make_array_view(theta));
    return theta;
  }



  std::vector<double>
  TrainingRun::make_initial_parameters(const TrainingTask &task,
                                       const unsigned int  attempt) const
  {
    const Network     &network = *trained_network;
    const std::string &file    = training.initial_surrogate;
    if (file.empty() || attempt > 1)
      return make_random_parameters(network, seed_of(attempt), task);

    std::vector<double> theta;
    with_dimension(network.n_inputs(), [&](const auto dim) {
      const auto initial = NetworkFunction<dim>::load(file);
      AssertInput(!is_later_stage(initial->network()),
                  "Training/initial surrogate: the network in '"
                    << file << "' was trained in stages; training can begin "
                    << "with a network without stages only.");
      AssertInput(initial->network().n_parameters() == network.n_parameters() &&
                    initial->network().architecture().hidden_widths ==
                      network.architecture().hidden_widths,
                  "Training/initial surrogate: the network in '"
                    << file << "' has " << initial->network().n_parameters()
                    << " parameters, that of section Network has "
                    << network.n_parameters()
                    << "; the hidden layers must be the same.");
      theta = initial->theta();
    });
    return theta;
  }



  std::uint64_t
  TrainingRun::seed_of(const unsigned int attempt) const
  {
    // Far from the seeds that people choose one after the other.
    return run.seed + (attempt - 1) * std::uint64_t(1000003);
  }



  TrainingRun::Provenance
  TrainingRun::provenance() const
  {
    const std::time_t now = std::time(nullptr);
    char              date[32];
    std::strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
    Provenance all        = origin;
    all["date"]           = date;
    all["seed"]           = std::to_string(run.seed);
    all["parameter file"] = run.all_parameters;
    if (result.best_attempt > 1)
      all["attempt"] = std::to_string(result.best_attempt) +
                       ", with the seed " +
                       std::to_string(seed_of(result.best_attempt));
    return all;
  }



  void
  TrainingRun::save(const std::vector<double> &theta,
                    const std::string         &file) const
  {
    with_dimension(network().n_inputs(), [&](const auto dim) {
      NetworkFunction<dim>(network(), theta, false, provenance()).save(file);
    });
  }



  void
  TrainingRun::add_to(JsonObject &summary) const
  {
    summary.set("n_ranks", n_mpi_processes(communicator));
    summary.set("n_parameters", network().n_parameters());
    summary.set("n_points", result.n_points);
    summary.set("seed", run.seed);
    summary.set("iterations", result.iterations);
    summary.set("training_seconds", result.seconds);
    summary.set("final_loss", result.loss);
    summary.set("final_holdout_loss", result.hold_out);
    JsonObject losses;
    for (const auto &[name, loss] : result.losses)
      losses.set(name, loss);
    summary.set("final_losses", losses);
    summary.set("stop_reason", result.stop_reason);
    summary.set("n_point_changes", result.n_point_changes);
    summary.set("n_attempts", result.n_attempts);
    summary.set("best_attempt", result.best_attempt);
    summary.set("best_attempt_seed",
                static_cast<unsigned long long>(seed_of(result.best_attempt)));
    if (training.stages.n_stages() == 1)
      return;
    for (unsigned int stage = 0; stage < result.stages.size(); ++stage)
      {
        const StageOutcome &outcome = result.stages[stage];
        JsonObject          object;
        object.set("network", outcome.network);
        object.set("iterations", outcome.iterations);
        object.set("training_seconds", outcome.seconds);
        object.set("loss", outcome.loss);
        object.set("holdout_loss", outcome.hold_out);
        object.set("stop_reason", outcome.stop_reason);
        object.set("kept", outcome.is_kept);
        summary.set("stage_" + std::to_string(stage + 1), object);
      }
  }



  std::vector<std::pair<std::string, std::string>>
  TrainingRun::facts() const
  {
    std::ostringstream points, course;
    points << result.n_points;
    if (result.n_point_changes > 0)
      points << ", after " << result.n_point_changes << " changes";
    course << result.iterations << " iterations, " << std::fixed
           << std::setprecision(1) << result.seconds << " s";
    if (result.n_attempts > 1)
      course << "; " << result.n_attempts << " attempts, of which number "
             << result.best_attempt << " was the best, with the seed "
             << seed_of(result.best_attempt);
    std::vector<std::pair<std::string, std::string>> facts{
      {"network", describe(network())},
      {"collocation points", points.str()},
      {"processes", std::to_string(n_mpi_processes(communicator))},
      {"seed", std::to_string(run.seed)},
      {"training", course.str()},
      {"ended because", result.stop_reason},
      {"loss", in_scientific_notation(result.loss)},
      {"loss at hold-out points", in_scientific_notation(result.hold_out)}};
    if (training.stages.n_stages() > 1)
      for (unsigned int stage = 0; stage < result.stages.size(); ++stage)
        {
          const StageOutcome &outcome = result.stages[stage];
          facts.emplace_back("stage " + std::to_string(stage + 1) +
                               (outcome.is_kept ? "" : " (left out)"),
                             outcome.network + "; " +
                               std::to_string(outcome.iterations) +
                               " iterations, loss at hold-out points " +
                               in_scientific_notation(outcome.hold_out));
        }
    return facts;
  }
} // namespace sobolev
