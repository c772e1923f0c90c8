// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_training_monitor_h
#define sobolev_training_training_monitor_h

#include <sobolev/training/training_problem.h>

#include <chrono>
#include <deque>
#include <fstream>
#include <functional>
#include <iosfwd>
#include <limits>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * When a run is stuck and had better begin anew, from other parameters: only
   * for sums of squares. Relative residuals are $\sqrt{L(\theta)/L(0)}$.
   */
  struct RestartOptions
  {
    /** Attempts, at most; 1: no restarts [-]. */
    unsigned int max_attempts = 1;

    /** A run with a smaller relative residual is never given up [-]. */
    double acceptable_residual = 1e-2;

    /**
     * A run stagnates if the loss falls by less than this factor [-] ...
     */
    double stagnation_factor = 2.;

    /** ... in so many iterations; 0: twice the patience [-]. */
    unsigned int stagnation_iterations = 0;
  };



  /** When a run is interrupted, so that it can go on with other points. */
  struct InterruptionOptions
  {
    /** Interruptions, at most; 0: none [-]. */
    unsigned int max_interruptions = 0;

    /** When the hold-out loss is more than this many times the loss [-]. */
    double ratio = 3.;

    /** Also after so many iterations with the same points; 0: not [-]. */
    unsigned int interval = 0;

    /** Not in this last part of the iterations or of the time [-]. */
    double frozen_part = 0.3;
  };



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

    /**
     * Whether a run returns its last parameters, not the best ones: weights
     * that change may make the loss larger for a while, and the best
     * parameters are then those from before.
     */
    bool keeps_last = false;

    RestartOptions restarts;

    InterruptionOptions interruptions;

    /**
     * Iterations of an attempt after which its loss becomes another one: the
     * attempt is interrupted, see begin_phase(). Increasing.
     */
    std::vector<unsigned int> phase_starts;

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
   * A run may consist of several attempts, which begin with different
   * parameters, and an attempt may be interrupted and go on with other points,
   * or, phase by phase, with another loss. The best parameters are those of the
   * last phase.
   * The monitor says when that is due; who calls the optimizer does it. Limits
   * are for all attempts together, and so are the best parameters: attempts
   * have to share the hold-out points.
   *
   * The columns of the history are `iteration`, `seconds`, `loss`,
   * `holdout_loss` (empty where it was not evaluated), `damping`,
   * `step_norm`, `accepted`, `attempt`.
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
     * The optimizers that start from now on are number @p stage of several and
     * end after so many iterations of their own; 0: no such limit.
     */
    void begin_stage(const unsigned int stage, const unsigned int iterations);

    /** What begin_stage() was told; 0 at the start of an attempt. */
    unsigned int
    stage() const
    {
      return stage_number;
    }

    /**
     * Whether a limit of the whole run was reached, so that no other optimizer
     * should go on.
     */
    bool
    is_finished() const
    {
      return finished;
    }

    /**
     * Whether the optimizer ended because it should go on with other points,
     * from where it is now: see resume().
     */
    bool
    is_interrupted() const
    {
      return interrupted;
    }

    /** Interruptions so far. */
    unsigned int
    n_interruptions() const
    {
      return interruptions;
    }

    /** Let the interrupted attempt go on: start() is called next. */
    void resume(const TrainingProblem &problem);

    /**
     * Whether the optimizer ended because the next phase begins, or has nothing
     * left to do in the present one.
     */
    bool is_end_of_phase() const;

    /**
     * Let the attempt go on with another loss: start() is called next. What was
     * best so far does not count any more.
     */
    void begin_phase(const TrainingProblem &problem);

    /** The number of the present phase, from 0. */
    unsigned int
    phase() const
    {
      return phase_number;
    }

    /**
     * Whether the optimizer goes on after an interruption, so that what it
     * knew is of use. To be asked after start().
     */
    bool
    is_continued() const
    {
      return continued;
    }

    /** The last IterationRecord::damping. */
    double
    damping() const
    {
      return last_damping;
    }

    /**
     * Whether the attempt, which has ended, is stuck, and there may be another
     * one.
     */
    bool should_restart() const;

    /** Begin another attempt: start() is called next. */
    void begin_attempt(const TrainingProblem &problem);

    /** The number of the present attempt, from 1. */
    unsigned int
    attempt() const
    {
      return attempt_number;
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
     * Iterations of the present optimizer so far, with those before an
     * interruption.
     */
    unsigned int
    n_optimizer_iterations() const
    {
      return optimizer_iterations;
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

    /** How far the run is; the same on all processes. */
    TrainingProgress progress_so_far(const bool is_at_rest = false) const;

    /** What hold-out losses are relative to, see MonitorOptions. */
    double
    loss_scale() const
    {
      return scale_of_loss;
    }

    /**
     * Those with the least hold-out loss; without hold-out points, those with
     * the least loss, or the last ones of a loss that changes.
     */
    const std::vector<double> &
    best_parameters() const
    {
      return best.theta;
    }

    /** The training loss of best_parameters(), when they were found. */
    double
    best_loss() const
    {
      return best.loss;
    }

    /** The hold-out loss of best_parameters(); NaN without hold-out points. */
    double
    best_hold_out_loss() const
    {
      return best.hold_out;
    }

    /** The attempt that found best_parameters(). */
    unsigned int
    best_attempt() const
    {
      return best.attempt;
    }

    /** The best parameters of the present attempt. */
    const std::vector<double> &
    best_parameters_of_attempt() const
    {
      return best_of_attempt.theta;
    }

  private:
    using Clock = std::chrono::steady_clock;

    struct Best
    {
      std::vector<double> theta;
      double              loss     = std::numeric_limits<double>::infinity();
      double              hold_out = std::numeric_limits<double>::quiet_NaN();
      unsigned int        attempt  = 1;

      // Whether parameters with this hold-out loss, or loss, are better.
      bool is_worse_than(const double quality, const bool has_hold_out) const;
    };

    unsigned int stagnation_iterations() const;

    // Whether a sum of squares is still far above that of a good run.
    bool is_unacceptable(const double loss) const;

    // Reasons to end the run, to interrupt it and to end the optimizer; empty
    // if there is none.
    std::string why_finish(const IterationRecord &iteration) const;
    std::string why_interrupt(const IterationRecord &iteration,
                              const double           hold_out) const;
    std::string why_end() const;

    bool
    is_last_phase() const
    {
      return phase_number == options.phase_starts.size();
    }

    void write_history(const IterationRecord &record, const double hold_out);

    void print_progress(const IterationRecord &record) const;

    const TrainingProblem *problem;
    const MonitorOptions   options;
    std::ostream *const    progress;
    std::ofstream          history;

    std::string       name, reason;
    bool              started = false, finished = false;
    bool              interrupted = false, resumed = false, continued = false;
    Clock::time_point begin, last_progress, last_checkpoint;
    unsigned int      iteration_number = 0, optimizer_iterations = 0;
    unsigned int      stage_number = 0, optimizer_limit = 0;
    unsigned int      attempt_number = 1, attempt_begin = 0, phase_number = 0;
    bool              phase_is_over = false;
    unsigned int      interruptions = 0, last_interruption = 0;
    unsigned int      patience = 0, interval = 1, last_improvement = 0;
    bool              checkpoint_is_due = false;
    double            last_seconds = 0., scale_of_loss = 0., last_damping = 0.;
    double            reference_for_patience;

    // The smallest loss since start(), after each of the last iterations.
    std::deque<double> smallest_losses;

    Best   best, best_of_attempt;
    double last_hold_out = std::numeric_limits<double>::quiet_NaN();
  };
} // namespace sobolev

#endif
