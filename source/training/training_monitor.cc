// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/training_monitor.h>

#include <cmath>
#include <iomanip>
#include <ostream>
#include <sstream>

namespace sobolev
{
  TrainingMonitor::TrainingMonitor(const TrainingProblem &problem,
                                   const MonitorOptions  &options,
                                   std::ostream          *progress)
    : problem(problem)
    , options(options)
    , progress(problem.is_root() ? progress : nullptr)
    , iteration_number(options.first_iteration)
    , last_seconds(options.first_second)
    , reference_for_patience(std::numeric_limits<double>::infinity())
  {
    // Whether the file can be written is known on the root only.
    double good = 1.;
    if (problem.is_root() && !options.history_file.empty())
      {
        const bool is_first = options.first_iteration == 0;
        history.open(options.history_file,
                     is_first ? std::ios::out : std::ios::app);
        if (is_first)
          history << "iteration,seconds,loss,holdout_loss,damping,step_norm,"
                     "accepted\n";
        history << std::setprecision(15);
        good = history.good() ? 1. : 0.;
      }
    problem.broadcast(dealii::ArrayView<double>(&good, 1));
    AssertInput(good > 0.,
                "the file '" << options.history_file << "' cannot be written.");
  }



  void
  TrainingMonitor::start(const std::string &optimizer_name,
                         const unsigned int default_patience,
                         const unsigned int default_hold_out_interval)
  {
    name     = optimizer_name;
    patience = options.patience > 0 ? options.patience : default_patience;
    interval = options.hold_out_interval > 0 ? options.hold_out_interval
                                             : default_hold_out_interval;
    reason.clear();
    optimizer_iterations = 0;
    last_improvement     = iteration_number;

    if (!started)
      {
        started       = true;
        begin         = Clock::now();
        last_progress = last_checkpoint = begin;
        // With all parameters zero, the network is a constant: its loss
        // measures the data and makes residuals relative.
        const std::vector<double> zero(problem.n_parameters(), 0.);
        scale_of_loss = options.loss_scale > 0.  ? options.loss_scale
                        : problem.has_hold_out() ? problem.hold_out_loss(zero)
                                                 : problem.loss(zero);
      }
  }



  bool
  TrainingMonitor::record(const IterationRecord     &iteration,
                          const std::vector<double> &theta)
  {
    ++iteration_number;
    ++optimizer_iterations;
    last_seconds = options.first_second +
                   std::chrono::duration<double>(Clock::now() - begin).count();
    problem.broadcast(dealii::ArrayView<double>(&last_seconds, 1));

    // 1. Judge the parameters.
    const bool evaluate =
      problem.has_hold_out() && (iteration.accepted || best_theta.empty()) &&
      (optimizer_iterations % interval == 0 || best_theta.empty());
    double hold_out = std::numeric_limits<double>::quiet_NaN();
    if (evaluate)
      last_hold_out = hold_out = problem.hold_out_loss(theta);

    const double quality = problem.has_hold_out() ? hold_out : iteration.loss;
    const double best_so_far =
      problem.has_hold_out() ? hold_out_of_best : loss_of_best;
    if (std::isfinite(quality) &&
        (best_theta.empty() || !(quality >= best_so_far)))
      {
        best_theta        = theta;
        checkpoint_is_due = true;
        loss_of_best      = iteration.loss;
        hold_out_of_best  = hold_out;
        // An energy has no meaningful zero: its last digits count.
        const double least = problem.is_sum_of_squares() ? 0.01 : 1e-12;
        if (!std::isfinite(reference_for_patience) ||
            reference_for_patience - quality >
              least * std::abs(reference_for_patience))
          {
            reference_for_patience = quality;
            last_improvement       = iteration_number;
          }
      }

    // 2. Tell.
    write_history(iteration, hold_out);
    const auto now = Clock::now();
    if (progress != nullptr &&
        (optimizer_iterations == 1 ||
         std::chrono::duration<double>(now - last_progress).count() >
           options.progress_interval))
      {
        last_progress = now;
        print_progress(iteration);
      }

    // 3. Keep what there is.
    if (problem.is_root() && options.write_checkpoint && checkpoint_is_due &&
        std::chrono::duration<double>(now - last_checkpoint).count() >
          options.checkpoint_interval)
      {
        last_checkpoint   = now;
        checkpoint_is_due = false;
        options.write_checkpoint(best_theta);
        history.flush();
      }

    // 4. Decide.
    std::ostringstream why;
    if (problem.is_sum_of_squares() && iteration.loss <= options.target_loss)
      why << "the loss fell below the target of " << options.target_loss;
    else if (iteration_number >= options.max_iterations)
      why << "the maximum of " << options.max_iterations
          << " iterations was reached";
    else if (last_seconds >= options.max_seconds)
      why << "the maximum of " << options.max_seconds << " seconds was reached";
    finished = !why.str().empty();
    if (!finished)
      {
        if (iteration_number - last_improvement >= patience)
          why << "the " << (problem.has_hold_out() ? "hold-out loss" : "loss")
              << " did not improve for " << patience << " iterations";
        else if (optimizer_limit > 0 && optimizer_iterations >= optimizer_limit)
          why << "its " << optimizer_limit << " iterations are over";
      }
    if (why.str().empty())
      return true;
    stop(why.str());
    return false;
  }



  void
  TrainingMonitor::set_optimizer_limit(const unsigned int iterations)
  {
    optimizer_limit = iterations;
  }



  void
  TrainingMonitor::stop(const std::string &why)
  {
    if (!reason.empty())
      return;
    reason = why;
    if (history.is_open())
      history.flush();
    std::ostringstream message;
    message << "stopped after " << iteration_number << " iterations and "
            << std::fixed << std::setprecision(1) << last_seconds
            << " s: " << reason;
    say(message.str());
  }



  void
  TrainingMonitor::say(const std::string &message) const
  {
    if (progress != nullptr)
      *progress << "  " << name << ": " << message << '.' << std::endl;
  }



  void
  TrainingMonitor::write_history(const IterationRecord &record,
                                 const double           hold_out)
  {
    if (!history.is_open())
      return;
    history << iteration_number << ',' << last_seconds << ',' << record.loss
            << ',';
    if (std::isfinite(hold_out))
      history << hold_out;
    history << ',' << record.damping << ',' << record.step_norm << ','
            << record.accepted << '\n';
  }



  void
  TrainingMonitor::print_progress(const IterationRecord &record) const
  {
    const double per_iteration = last_seconds / iteration_number;
    const double time_left =
      std::min(options.max_seconds - last_seconds,
               per_iteration * (options.max_iterations - iteration_number));
    std::ostringstream line;
    line << "  " << name << ": iteration " << std::setw(5) << iteration_number
         << "  loss " << std::scientific << std::setprecision(3) << record.loss;
    if (std::isfinite(last_hold_out) && !problem.is_sum_of_squares())
      line << "  at hold-out points " << last_hold_out;
    else if (std::isfinite(last_hold_out) && scale_of_loss > 0.)
      line << "  relative hold-out residual " << std::setprecision(2)
           << std::sqrt(last_hold_out / scale_of_loss);
    line << std::fixed << std::setprecision(0) << "  " << last_seconds
         << " s, at most " << std::max(time_left, 0.) << " s left";
    *progress << line.str() << std::endl;
  }
} // namespace sobolev
