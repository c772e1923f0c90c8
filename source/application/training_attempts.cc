// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_attempts.h>
#include <sobolev/objective/joined_objective.h>
#include <sobolev/objective/slope_recovery.h>
#include <sobolev/objective/sum_of_losses.h>
#include <sobolev/training/least_squares_problem.h>

namespace sobolev
{
  namespace
  {
    std::unique_ptr<TrainingProblem>
    make_training_problem(const LocalLoss *training,
                          const LocalLoss *hold_out,
                          const MPI_Comm   communicator,
                          LossAdaptation  *adaptation)
    {
      const auto *const rows = dynamic_cast<const LocalObjective *>(training);
      if (rows == nullptr)
        return std::make_unique<TrainingProblem>(
          training, hold_out, communicator, adaptation);
      return std::make_unique<LeastSquaresProblem>(
        rows,
        dynamic_cast<const LocalObjective *>(hold_out),
        communicator,
        adaptation);
    }



    // A sum of squares remains one.
    std::unique_ptr<LocalLoss>
    with_slope_recovery(std::unique_ptr<LocalLoss> loss,
                        const Network             &network,
                        const double               weight,
                        const MPI_Comm             communicator)
    {
      auto recovery = std::make_unique<SlopeRecovery>(
        network,
        weight,
        dealii::Utilities::MPI::this_mpi_process(communicator) == 0);
      if (dynamic_cast<LocalObjective *>(loss.get()) != nullptr)
        {
          std::vector<std::unique_ptr<LocalObjective>> parts;
          parts.emplace_back(dynamic_cast<LocalObjective *>(loss.release()));
          parts.push_back(std::move(recovery));
          return std::make_unique<JoinedObjective>(std::move(parts));
        }
      std::vector<std::unique_ptr<LocalLoss>> parts;
      parts.push_back(std::move(loss));
      parts.push_back(std::move(recovery));
      return std::make_unique<SumOfLosses>(std::move(parts));
    }
  } // namespace



  TrainingAttempts::TrainingAttempts(const Network            &network,
                                     const TrainingTask       &task,
                                     const TrainingParameters &training,
                                     const MPI_Comm            communicator,
                                     const std::string        &weights_file)
    : network(network)
    , task(task)
    , training(training)
    , communicator(communicator)
    , weights_file(weights_file)
    , hold_out(training.has_hold_out()
                 ? task.make_loss(network, {PointRule::hold_out_stream})
                 : TrainingTask::Loss())
  {
    draw_points({});
  }



  unsigned long long
  TrainingAttempts::n_points() const
  {
    return dealii::Utilities::MPI::sum(
      static_cast<unsigned long long>(loss.n_points), communicator);
  }



  std::vector<std::pair<std::string, double>>
  TrainingAttempts::block_losses(const std::vector<double> &theta) const
  {
    const TrainingProblem original(loss.local.get(), nullptr, communicator);
    const auto            names  = loss.local->block_names();
    const auto            values = original.block_losses(theta);
    std::vector<std::pair<std::string, double>> result;
    for (std::size_t k = 0; k < names.size(); ++k)
      result.push_back({names[k], values[k]});
    return result;
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
        if (weighting)
          monitor.say("weights of the blocks were multiplied by " +
                      weighting->description());
        if (constraints)
          monitor.say(constraints->description());
        if (!monitor.should_restart())
          return;

        // 2. On to the next one.
        const PointDraw next = training.points_of_next_attempt(draw);
        rule.reset();
        if (weighting || constraints || next.factor != draw.factor)
          {
            weighting.reset();
            constraints.reset();
            draw_points(next);
          }
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
    const std::vector<double> weights =
      weighting ? weighting->weights() : std::vector<double>();
    current_problem.reset();
    batches.reset();
    weighting.reset();
    const auto earlier_constraints = std::move(constraints);
    loss                           = {};

    loss = task.make_loss(network, draw);
    if (training.slope_recovery > 0.)
      loss.local = with_slope_recovery(
        std::move(loss.local), network, training.slope_recovery, communicator);
    const LocalLoss  *trained = loss.local.get();
    const auto *const squares = dynamic_cast<const LocalObjective *>(trained);
    if (training.changes_weights() && squares != nullptr)
      {
        if (!rule)
          rule =
            make_weighting_rule(training.weighting, squares->block_names());
        auto options         = training.block_weighting;
        options.history_file = weights_file;
        weighting            = std::make_unique<BlockWeighting>(
          *squares, *rule, options, communicator);
        if (!weights.empty())
          weighting->set_weights(weights);
        trained = &weighting->objective();
      }
    else if (training.has_constraints() && squares != nullptr)
      {
        constraints = std::make_unique<ConstrainedTraining>(
          *squares, training.constraints, communicator);
        if (earlier_constraints)
          constraints->continue_from(*earlier_constraints);
        trained = &constraints->objective();
      }
    else if (training.uses_batches())
      {
        // Which points are in which batch depends on the seed of the run.
        batches = std::make_unique<MiniBatches>(
          dynamic_cast<const NetworkObjective &>(*trained), 0);
        trained = batches.get();
      }
    LossAdaptation *const adaptation =
      weighting     ? static_cast<LossAdaptation *>(weighting.get())
      : constraints ? static_cast<LossAdaptation *>(constraints.get())
                    : batches.get();
    current_problem = make_training_problem(
      trained, hold_out.local.get(), communicator, adaptation);
  }
} // namespace sobolev
