// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_attempts.h>
#include <sobolev/training/least_squares_problem.h>

namespace sobolev
{
  namespace
  {
    std::unique_ptr<TrainingProblem>
    make_training_problem(const LocalLoss *training,
                          const LocalLoss *hold_out,
                          const MPI_Comm   communicator)
    {
      const auto *const rows = dynamic_cast<const LocalObjective *>(training);
      if (rows == nullptr)
        return std::make_unique<TrainingProblem>(
          training, hold_out, communicator);
      return std::make_unique<LeastSquaresProblem>(
        rows, dynamic_cast<const LocalObjective *>(hold_out), communicator);
    }
  } // namespace



  TrainingAttempts::TrainingAttempts(const Network            &network,
                                     const TrainingTask       &task,
                                     const TrainingParameters &training,
                                     const MPI_Comm            communicator)
    : network(network)
    , task(task)
    , training(training)
    , communicator(communicator)
    , hold_out(task.make_loss(network, {PointRule::hold_out_stream}))
  {
    draw_points({});
  }



  unsigned long long
  TrainingAttempts::n_points() const
  {
    return dealii::Utilities::MPI::sum(
      static_cast<unsigned long long>(loss.n_points), communicator);
  }



  void
  TrainingAttempts::minimize(const InitialParameters &initial_parameters,
                             TrainingMonitor         &monitor,
                             const dealii::ConditionalOStream &out)
  {
    while (true)
      {
        // 1. One attempt, with as many changes of points as it needs.
        const auto optimizer      = training.make_optimizer(monitor.attempt());
        std::vector<double> theta = initial_parameters(monitor.attempt());
        optimizer->minimize(problem(), theta, monitor);
        while (monitor.is_interrupted())
          {
            draw_points(training.other_points(draw));
            out << "Training goes on with " << n_points()
                << (training.redraws_points() ? " other" : "")
                << " collocation points." << std::endl;
            monitor.resume(problem());
            optimizer->minimize(problem(), theta, monitor);
          }
        if (!monitor.should_restart())
          return;

        // 2. On to the next one.
        const PointDraw next = training.points_of_next_attempt(draw);
        if (next.factor != draw.factor)
          draw_points(next);
        monitor.begin_attempt(problem());
        out << "Training is stuck: attempt " << monitor.attempt() << ", with "
            << n_points() << " collocation points." << std::endl;
      }
  }



  void
  TrainingAttempts::draw_points(const PointDraw &points)
  {
    draw = points;
    // Not two of them at a time.
    current_problem.reset();
    loss = {};

    loss            = task.make_loss(network, draw);
    current_problem = make_training_problem(
      loss.local.get(), hold_out.local.get(), communicator);
  }
} // namespace sobolev
