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
    : problem(&problem)
    , options(options)
    , progress(problem.is_root() ? progress : nullptr)
    , iteration_number(options.first_iteration)
    , attempt_begin(options.first_iteration)
    , last_interruption(options.first_iteration)
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
                     "accepted,attempt\n";
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
    continued = resumed;
    resumed   = false;
    if (!continued)
      optimizer_iterations = 0;
    last_improvement = iteration_number;
    smallest_losses.clear();

    if (!started)
      {
        started       = true;
        begin         = Clock::now();
        last_progress = last_checkpoint = begin;
        // With all parameters zero, the network is a constant: its loss
        // measures the data and makes residuals relative.
        const std::vector<double> zero(problem->n_parameters(), 0.);
        scale_of_loss = options.loss_scale > 0.   ? options.loss_scale
                        : problem->has_hold_out() ? problem->hold_out_loss(zero)
                                                  : problem->loss(zero);
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
    problem->broadcast(dealii::ArrayView<double>(&last_seconds, 1));
    last_damping = iteration.damping;

    // 1. Judge the parameters.
    const bool is_first = best_of_attempt.theta.empty();
    const bool evaluate = problem->has_hold_out() &&
                          (iteration.accepted || is_first) &&
                          (optimizer_iterations % interval == 0 || is_first);
    double hold_out = std::numeric_limits<double>::quiet_NaN();
    if (evaluate)
      last_hold_out = hold_out = problem->hold_out_loss(theta);

    // Losses that change do not compare: the last parameters are the best.
    const bool is_changing = problem->is_adaptive() && !problem->has_hold_out();
    const bool keeps_last  = options.keeps_last || is_changing;
    const double quality  = problem->has_hold_out() ? hold_out : iteration.loss;
    const auto   is_worse = [&](const Best &earlier) {
      return keeps_last
                 ? std::isfinite(iteration.loss) &&
                   (iteration.accepted || earlier.theta.empty())
                 : earlier.is_worse_than(quality, problem->has_hold_out());
    };
    if (is_worse(best_of_attempt))
      {
        best_of_attempt = {theta,
                           iteration.loss,
                           options.keeps_last ? last_hold_out : hold_out,
                           attempt_number};
        if (is_worse(best))
          {
            best              = best_of_attempt;
            checkpoint_is_due = true;
          }
        // An energy has no meaningful zero: its last digits count.
        const double least = problem->is_sum_of_squares() ? 0.01 : 1e-12;
        if (is_changing || !std::isfinite(reference_for_patience) ||
            reference_for_patience - quality >
              least * std::abs(reference_for_patience))
          {
            reference_for_patience = quality;
            last_improvement       = iteration_number;
          }
      }
    // Losses with changing weights do not compare.
    const double comparable = problem->is_adaptive() && problem->has_hold_out()
                                ? last_hold_out
                                : iteration.loss;
    smallest_losses.push_back(smallest_losses.empty() ||
                                  !(comparable >= smallest_losses.back())
                                ? comparable
                                : smallest_losses.back());
    if (smallest_losses.size() > stagnation_iterations() + 1)
      smallest_losses.pop_front();

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
    if (problem->is_root() && options.write_checkpoint && checkpoint_is_due &&
        std::chrono::duration<double>(now - last_checkpoint).count() >
          options.checkpoint_interval)
      {
        last_checkpoint   = now;
        checkpoint_is_due = false;
        options.write_checkpoint(best.theta);
        history.flush();
      }

    // 4. Decide.
    std::string why = why_finish(iteration);
    finished        = !why.empty();
    if (!finished)
      {
        phase_is_over =
          !is_last_phase() && iteration_number - attempt_begin >=
                                options.phase_starts[phase_number];
        why         = phase_is_over ? "the next phase begins"
                                    : why_interrupt(iteration, hold_out);
        interrupted = !why.empty();
      }
    if (why.empty())
      why = why_end();
    if (why.empty())
      return true;
    stop(why);
    return false;
  }



  std::string
  TrainingMonitor::why_finish(const IterationRecord &iteration) const
  {
    std::ostringstream why;
    if (is_last_phase() && problem->is_sum_of_squares() &&
        iteration.loss <= options.target_loss)
      why << "the loss fell below the target of " << options.target_loss;
    else if (iteration_number >= options.max_iterations)
      why << "the maximum of " << options.max_iterations
          << " iterations was reached";
    else if (last_seconds >= options.max_seconds)
      why << "the maximum of " << options.max_seconds << " seconds was reached";
    return why.str();
  }



  std::string
  TrainingMonitor::why_interrupt(const IterationRecord &iteration,
                                 const double           hold_out) const
  {
    const InterruptionOptions &rule = options.interruptions;
    const double               rest = 1. - rule.frozen_part;
    if (interruptions >= rule.max_interruptions ||
        !problem->is_sum_of_squares() ||
        iteration_number > rest * options.max_iterations ||
        last_seconds > rest * options.max_seconds)
      return "";

    std::ostringstream why;
    if (iteration.accepted && hold_out > rule.ratio * iteration.loss)
      why << "the hold-out loss is " << std::setprecision(2)
          << hold_out / iteration.loss << " times the training loss";
    else if (rule.interval > 0 &&
             iteration_number - last_interruption >= rule.interval)
      why << "the points have been the same for " << rule.interval
          << " iterations";
    return why.str();
  }



  std::string
  TrainingMonitor::why_end() const
  {
    std::ostringstream why;
    if (iteration_number - last_improvement >= patience)
      why << "the " << (problem->has_hold_out() ? "hold-out loss" : "loss")
          << " did not improve for " << patience << " iterations";
    else if (optimizer_limit > 0 && optimizer_iterations >= optimizer_limit)
      why << "its " << optimizer_limit << " iterations are over";
    else if (attempt_number < options.restarts.max_attempts &&
             smallest_losses.size() > stagnation_iterations() &&
             is_unacceptable(smallest_losses.back()) &&
             smallest_losses.front() <
               options.restarts.stagnation_factor * smallest_losses.back())
      why << "it stagnates: the loss fell by less than a factor of "
          << options.restarts.stagnation_factor << " in "
          << stagnation_iterations() << " iterations";
    return why.str();
  }



  unsigned int
  TrainingMonitor::stagnation_iterations() const
  {
    return options.restarts.stagnation_iterations > 0
             ? options.restarts.stagnation_iterations
             : 2 * patience;
  }



  bool
  TrainingMonitor::is_unacceptable(const double loss) const
  {
    const double acceptable = options.restarts.acceptable_residual;
    return problem->is_sum_of_squares() && scale_of_loss > 0. &&
           loss > acceptable * acceptable * scale_of_loss;
  }



  bool
  TrainingMonitor::Best::is_worse_than(const double quality,
                                       const bool   has_hold_out) const
  {
    return std::isfinite(quality) &&
           (theta.empty() || !(quality >= (has_hold_out ? hold_out : loss)));
  }



  TrainingProgress
  TrainingMonitor::progress_so_far(const bool is_at_rest) const
  {
    const double part = std::max(
      double(iteration_number) / options.max_iterations,
      options.max_seconds > 0. ? last_seconds / options.max_seconds : 1.);
    return {iteration_number, std::min(part, 1.), is_at_rest};
  }



  void
  TrainingMonitor::begin_stage(const unsigned int stage,
                               const unsigned int iterations)
  {
    stage_number    = stage;
    optimizer_limit = iterations;
  }



  void
  TrainingMonitor::resume(const TrainingProblem &new_problem)
  {
    Assert(interrupted, dealii::ExcInternalError());
    problem     = &new_problem;
    interrupted = false;
    resumed     = true;
    ++interruptions;
    last_interruption = iteration_number;
  }



  bool
  TrainingMonitor::is_end_of_phase() const
  {
    return !finished && !is_last_phase() && (phase_is_over || !interrupted);
  }



  void
  TrainingMonitor::begin_phase(const TrainingProblem &new_problem)
  {
    Assert(is_end_of_phase(), dealii::ExcInternalError());
    problem     = &new_problem;
    resumed     = interrupted;
    interrupted = phase_is_over = false;
    ++phase_number;
    best = best_of_attempt = {};
    reference_for_patience = std::numeric_limits<double>::infinity();
    checkpoint_is_due      = false;
  }



  bool
  TrainingMonitor::should_restart() const
  {
    return !finished && attempt_number < options.restarts.max_attempts &&
           !smallest_losses.empty() && is_unacceptable(smallest_losses.back());
  }



  void
  TrainingMonitor::begin_attempt(const TrainingProblem &new_problem)
  {
    problem = &new_problem;
    ++attempt_number;
    attempt_begin          = iteration_number;
    phase_number           = 0;
    stage_number           = 0;
    best_of_attempt        = {};
    reference_for_patience = std::numeric_limits<double>::infinity();
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
    message << (interrupted ? "interrupted" : "stopped") << " after "
            << iteration_number << " iterations and " << std::fixed
            << std::setprecision(1) << last_seconds << " s: " << reason;
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
            << record.accepted << ',' << attempt_number << '\n';
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
    if (std::isfinite(last_hold_out) && !problem->is_sum_of_squares())
      line << "  at hold-out points " << last_hold_out;
    else if (std::isfinite(last_hold_out) && scale_of_loss > 0.)
      line << "  relative hold-out residual " << std::setprecision(2)
           << std::sqrt(last_hold_out / scale_of_loss);
    line << std::fixed << std::setprecision(0) << "  " << last_seconds
         << " s, at most " << std::max(time_left, 0.) << " s left";
    *progress << line.str() << std::endl;
  }
} // namespace sobolev
