// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_attempts_h
#define sobolev_application_training_attempts_h

#include <sobolev/application/training_parameters.h>
#include <sobolev/application/training_task.h>
#include <sobolev/training/adaptation_sequence.h>
#include <sobolev/training/block_weighting.h>
#include <sobolev/training/mini_batches.h>
#include <sobolev/training/row_weighting.h>
#include <sobolev/training/training_monitor.h>
#include <sobolev/training/training_problem.h>
#include <sobolev/training/weight_annealing.h>

#include <deal.II/base/conditional_ostream.h>
#include <deal.II/base/mpi.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * The training of one network from several starting points, should the first
   * ones get stuck, and with changing points, should there be too few of them.
   *
   * A TrainingMonitor says when; what is done then is in the sections
   * Training/Restarts and Training/Hold-out. The hold-out points are the same
   * all the time, so that all attempts are judged alike.
   *
   * References all arguments of the constructor. All functions are collective.
   */
  class TrainingAttempts
  {
  public:
    /** The parameters that an attempt begins with; attempts count from 1. */
    using InitialParameters =
      std::function<std::vector<double>(const unsigned int attempt)>;

    /**
     * Makes the loss of the first attempt.
     *
     * @param weights_file For weights of blocks, if they change: one line per
     *                     update is added to this file; empty: none.
     * @param row_weights_file For multipliers and weights of points, if there are
     *                     any: written as often as checkpoints, and at the end;
     *                     empty: none.
     */
    TrainingAttempts(const Network            &network,
                     const TrainingTask       &task,
                     const TrainingParameters &training,
                     const MPI_Comm            communicator,
                     const std::string        &weights_file     = "",
                     const std::string        &row_weights_file = "");

    /** What is minimised at the moment: for the monitor. */
    const TrainingProblem &
    problem() const
    {
      return *current_problem;
    }

    /** Points on all processes at the moment, without hold-out points. */
    unsigned long long n_points() const;

    /**
     * Names and losses of the blocks at the present points, with the weights of
     * the parameter file.
     */
    std::vector<std::pair<std::string, double>>
    block_losses(const std::vector<double> &theta) const;

    /**
     * Minimise, until the @p monitor does not want any more.
     *
     * @param out For a line about each restart and each change of points.
     */
    void minimize(const InitialParameters          &initial_parameters,
                  TrainingMonitor                  &monitor,
                  const dealii::ConditionalOStream &out);

  private:
    // Let the blocks of a phase be what counts.
    void select_blocks(const unsigned int phase);

    void draw_points(const PointDraw &points);

    // Add slope recovery to the loss.
    void add_slope_recovery();

    // Null unless there are constraints or weights of points.
    std::unique_ptr<RowWeighting>
    make_row_weighting(const LocalObjective &objective) const;

    const Network            &network;
    const TrainingTask       &task;
    const TrainingParameters &training;
    const MPI_Comm            communicator;
    const std::string         weights_file, row_weights_file;

    PointDraw                draw;
    const TrainingTask::Loss hold_out;
    TrainingTask::Loss       loss;
    // What is in mini-batches; null: nothing.
    NetworkObjective *points_in_batches = nullptr;
    // Where there is a schedule: the losses of the blocks that count.
    std::unique_ptr<ReweightedObjective> scheduled, scheduled_hold_out;
    unsigned int                         phase = 0;

    std::unique_ptr<WeightingRule>  rule;
    std::unique_ptr<BlockWeighting> weighting;

    std::unique_ptr<RowWeighting>    row_weighting;
    std::unique_ptr<WeightAnnealing> annealing;
    std::unique_ptr<MiniBatches>     batches;
    AdaptationSequence               adaptations;
    std::unique_ptr<TrainingProblem> current_problem;
  };
} // namespace sobolev

#endif
