// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_training_monitor_h
#define sobolev_training_training_monitor_h

#include <sobolev/training/training_problem.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iosfwd>
#include <limits>
#include <string>
#include <vector>

namespace sobolev
{
  /** When to stop and what to report. */
  struct MonitorOptions
  {
    /** Iterations of the optimizer, at most [-]. */
    unsigned int max_iterations = 1000;

    /** Wall time of training, at most [s]. */
    double max_seconds = 60.;

    /** Stop when the loss falls below this; only for sums of squares. */
    double target_loss = 0.;

    /**
     * Stop after this many iterations without an improvement of the hold-out
     * loss by at least one percent, or, if it is not a sum of squares, by
     * 1e-12 of its size; 0 means the optimizer's own default.
     */
    unsigned int patience = 0;

    /**
     * Evaluate the hold-out loss every so many iterations; 0 means the
     * optimizer's own default.
     */
    unsigned int hold_out_interval = 0;

    /** Time between two lines of progress [s]. */
    double progress_interval = 5.;

    /** File for one line per iteration; empty: none. */
    std::string history_file;

    /**
     * Iterations and wall time [s] of an earlier part of the same run: the
     * numbers and the history go on from there, and limits are those of the
     * whole run.
     */
    unsigned int first_iteration = 0;
    double       first_second    = 0.;

    /**
     * Progress shows hold-out losses relative to this; 0: to that of a network
     * whose parameters are all zero, which measures the data.
     */
    double loss_scale = 0.;

    /** Time between two checkpoints [s]. */
    double checkpoint_interval = 30.;

    /**
     * Called on the root process with the best parameters so far, at the end
     * of an iteration, if they changed since the last checkpoint; may be empty.
     */
    std::function<void(const std::vector<double> &)> write_checkpoint;
  };



  /** What an optimizer tells the monitor after each iteration. */
  struct IterationRecord
  {
    double loss = 0.;
    /** Levenberg-Marquardt parameter, or whatever damps the step. */
    double damping = 0.;
    /** Euclidean norm of the step in the parameters. */
    double step_norm = 0.;
    /** Whether the parameters changed. */
    bool accepted = true;
  };



  /**
   * Watches a training run: decides when it ends, keeps the best parameters
   * seen, writes history.csv and a line of progress now and then.
   *
   * The best parameters are those with the smallest hold-out loss or, without
   * hold-out points, the smallest loss. Collective: all processes call it in
   * step and get the same decisions. Only the root process writes.
   *
   * The columns of the history are `iteration`, `seconds`, `loss`,
   * `holdout_loss` (empty where it was not evaluated), `damping`,
   * `step_norm`, `accepted`.
   */
  class TrainingMonitor
  {
  public:
    /**
     * @param progress Stream for progress and messages, used on the root
     *                 process only; may be a null pointer.
     */
    TrainingMonitor(const TrainingProblem &problem,
                    const MonitorOptions  &options,
                    std::ostream          *progress);

    /**
     * Start the clock. The optimizer gives its name and its own defaults for
     * patience and hold-out interval, in iterations.
     */
    void start(const std::string &optimizer_name,
               const unsigned int default_patience,
               const unsigned int default_hold_out_interval);

    /**
     * Report the state @p theta after an iteration.
     *
     * @return Whether to go on. If not, stop_reason() says why not.
     */
    bool
    record(const IterationRecord &iteration, const std::vector<double> &theta);

    /**
     * The optimizers that start from now on end after so many iterations of
     * their own; 0: no such limit.
     */
    void set_optimizer_limit(const unsigned int iterations);

    /**
     * Whether a limit of the whole run was reached, so that no other optimizer
     * should go on.
     */
    bool
    is_finished() const
    {
      return finished;
    }

    /** For the optimizer to give its own reason to stop. */
    void stop(const std::string &reason);

    /** Print @p message on a line of its own. */
    void say(const std::string &message) const;

    /** Why the run ended, in words. */
    const std::string &
    stop_reason() const
    {
      return reason;
    }

    /** Iterations so far, over all optimizers and earlier parts of the run. */
    unsigned int
    n_iterations() const
    {
      return iteration_number;
    }

    /**
     * Wall time since the first start(), and that of earlier parts of the run
     * [s]; the same on all processes.
     */
    double
    seconds() const
    {
      return last_seconds;
    }

    /** What hold-out losses are relative to, see MonitorOptions. */
    double
    loss_scale() const
    {
      return scale_of_loss;
    }

    const std::vector<double> &
    best_parameters() const
    {
      return best_theta;
    }

    /** The training loss of best_parameters(). */
    double
    best_loss() const
    {
      return loss_of_best;
    }

    /** The hold-out loss of best_parameters(); NaN without hold-out points. */
    double
    best_hold_out_loss() const
    {
      return hold_out_of_best;
    }

  private:
    using Clock = std::chrono::steady_clock;

    void write_history(const IterationRecord &record, const double hold_out);

    void print_progress(const IterationRecord &record) const;

    const TrainingProblem &problem;
    const MonitorOptions   options;
    std::ostream *const    progress;
    std::ofstream          history;

    std::string       name, reason;
    bool              started = false, finished = false;
    Clock::time_point begin, last_progress, last_checkpoint;
    unsigned int      iteration_number = 0, optimizer_iterations = 0;
    unsigned int      optimizer_limit = 0;
    unsigned int      patience = 0, interval = 1, last_improvement = 0;
    bool              checkpoint_is_due = false;
    double            last_seconds = 0., scale_of_loss = 0.;
    double            reference_for_patience;

    std::vector<double> best_theta;
    double              loss_of_best = std::numeric_limits<double>::infinity();
    double hold_out_of_best          = std::numeric_limits<double>::quiet_NaN();
    double last_hold_out             = std::numeric_limits<double>::quiet_NaN();
  };
} // namespace sobolev

#endif
