// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_attempts.h>
#include <sobolev/application/training_run.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>
#include <sobolev/training/training_monitor.h>

#include <algorithm>
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
    // 1. The loss.
    TrainingAttempts attempts(network(), task, training, communicator);
    out << "Network with " << network().n_parameters() << " parameters, "
        << attempts.n_points() << " collocation points." << std::endl;

    // 2. Minimise.
    auto options             = training.monitor;
    options.history_file     = run.directory + "/history.csv";
    options.write_checkpoint = [&](const std::vector<double> &best) {
      std::filesystem::create_directories(run.directory + "/checkpoint");
      save(best, run.directory + "/checkpoint/surrogate.h5");
    };
    TrainingMonitor monitor(attempts.problem(), options, progress);
    attempts.minimize(
      [&](const unsigned int attempt) {
        return make_initial_parameters(task, attempt);
      },
      monitor,
      out);

    // 3. Keep what came out.
    result.n_points        = attempts.n_points();
    result.iterations      = monitor.n_iterations();
    result.seconds         = monitor.seconds();
    result.loss            = monitor.best_loss();
    result.hold_out        = monitor.best_hold_out_loss();
    result.stop_reason     = monitor.stop_reason();
    result.n_attempts      = monitor.attempt();
    result.best_attempt    = monitor.best_attempt();
    result.n_point_changes = monitor.n_interruptions();
    if (this_mpi_process(communicator) == 0)
      save(monitor.best_parameters(), run.directory + "/surrogate.h5");
    return monitor.best_parameters();
  }



  std::vector<double>
  TrainingRun::make_initial_parameters(const TrainingTask &task,
                                       const unsigned int  attempt) const
  {
    const Network     &network = *trained_network;
    const std::string &file    = training.initial_surrogate;
    if (file.empty() || attempt > 1)
      {
        auto theta = network.initial_parameters(seed_of(attempt));
        if (network.architecture().normalization ==
            Architecture::Normalization::batch)
          network.set_statistics(gather(task.interior_points({}), communicator),
                                 dealii::make_array_view(theta));
        return theta;
      }

    std::vector<double> theta;
    with_dimension(network.n_inputs(), [&](const auto dim) {
      const auto initial = NetworkFunction<dim>::load(file);
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
    summary.set("stop_reason", result.stop_reason);
    summary.set("n_point_changes", result.n_point_changes);
    summary.set("n_attempts", result.n_attempts);
    summary.set("best_attempt", result.best_attempt);
    summary.set("best_attempt_seed",
                static_cast<unsigned long long>(seed_of(result.best_attempt)));
  }



  std::vector<std::pair<std::string, std::string>>
  TrainingRun::facts() const
  {
    const auto &architecture = network().architecture();
    std::string layers;
    for (const unsigned int width : architecture.hidden_widths)
      layers += (layers.empty() ? "" : ", ") + std::to_string(width);
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
    return {
      {"network",
       layers + " neurons, " + architecture.activation + ", " +
         std::to_string(network().n_parameters()) + " parameters"},
      {"collocation points", points.str()},
      {"processes", std::to_string(n_mpi_processes(communicator))},
      {"seed", std::to_string(run.seed)},
      {"training", course.str()},
      {"ended because", result.stop_reason},
      {"loss", in_scientific_notation(result.loss)},
      {"loss at hold-out points", in_scientific_notation(result.hold_out)}};
  }
} // namespace sobolev
