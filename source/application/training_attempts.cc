// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_attempts.h>
#include <sobolev/objective/joined_objective.h>
#include <sobolev/objective/slope_recovery.h>
#include <sobolev/objective/sum_of_losses.h>
#include <sobolev/training/constrained_training.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/point_weighting.h>

#include <optional>

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
  } // namespace



  TrainingAttempts::TrainingAttempts(const Network            &network,
                                     const TrainingTask       &task,
                                     const TrainingParameters &training,
                                     const MPI_Comm            communicator,
                                     const std::string        &weights_file,
                                     const std::string        &row_weights_file)
    : network(network)
    , task(task)
    , training(training)
    , communicator(communicator)
    , weights_file(weights_file)
    , row_weights_file(row_weights_file)
    , hold_out(training.has_hold_out()
                 ? task.make_loss(network, {PointRule::hold_out_stream})
                 : TrainingTask::Loss())
  {
    const auto *const rows =
      dynamic_cast<const LocalObjective *>(hold_out.local.get());
    if (rows != nullptr && !training.schedule.phase_starts().empty())
      scheduled_hold_out = std::make_unique<ReweightedObjective>(*rows);
    draw_points({});
    if (row_weighting && !training.initial_row_weights.empty())
      row_weighting->read(training.initial_row_weights);
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
    // Not at one batch.
    if (points_in_batches != nullptr)
      points_in_batches->use_all_points();
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
        while (monitor.is_interrupted() || monitor.is_end_of_phase())
          {
            if (monitor.is_end_of_phase())
              {
                // Where the optimizer ended on its own, the best counts.
                if (!monitor.is_interrupted() &&
                    !monitor.best_parameters_of_attempt().empty())
                  theta = monitor.best_parameters_of_attempt();
                select_blocks(phase + 1);
                out << "Phase " << phase + 1
                    << " begins: " << training.schedule.description(phase)
                    << '.' << std::endl;
                monitor.begin_phase(problem());
                optimizer->minimize(problem(), theta, monitor);
                continue;
              }
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
        if (row_weighting)
          {
            monitor.say(row_weighting->description());
            row_weighting->write();
          }
        if (!monitor.should_restart())
          return;

        // 2. On to the next one.
        const PointDraw next = training.points_of_next_attempt(draw);
        rule.reset();
        phase = 0;
        if (scheduled || !adaptations.empty() || next.factor != draw.factor)
          {
            weighting.reset();
            row_weighting.reset();
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
    std::optional<RowWeightingState> earlier;
    if (row_weighting)
      earlier = row_weighting->state();
    row_weighting.reset();
    annealing.reset();
    adaptations = {};
    loss        = {};

    loss              = task.make_loss(network, draw);
    points_in_batches = training.uses_batches()
                          ? dynamic_cast<NetworkObjective *>(loss.local.get())
                          : nullptr;
    if (training.slope_recovery > 0.)
      add_slope_recovery();
    const LocalLoss *trained = loss.local.get();
    const auto      *squares = dynamic_cast<const LocalObjective *>(trained);
    scheduled.reset();
    if (squares != nullptr && !training.schedule.phase_starts().empty())
      {
        scheduled = std::make_unique<ReweightedObjective>(*squares);
        trained = squares = scheduled.get();
      }
    if (training.changes_weights() && squares != nullptr)
      {
        if (!rule)
          {
            WeightingOptions weighting_options = training.weighting;
            if (weighting_options.rule == "epsilon-optimal" &&
                weighting_options.numbers.empty())
              weighting_options.numbers =
                losses_of_zero(*squares, communicator);
            rule =
              make_weighting_rule(weighting_options, squares->block_names());
          }
        auto options         = training.block_weighting;
        options.history_file = weights_file;
        weighting            = std::make_unique<BlockWeighting>(
          *squares, *rule, options, communicator);
        if (!weights.empty())
          weighting->set_weights(weights);
        trained = &weighting->objective();
      }
    else if (squares != nullptr)
      row_weighting = make_row_weighting(*squares);
    if (points_in_batches != nullptr)
      {
        // Which points are in which batch depends on the seed of the run.
        batches = std::make_unique<MiniBatches>(
          dynamic_cast<const LocalObjective &>(*trained),
          *points_in_batches,
          0);
        trained = batches.get();
        adaptations.add(*batches);
      }
    if (weighting)
      adaptations.add(*weighting);
    if (row_weighting)
      {
        if (earlier)
          row_weighting->restore(*earlier);
        row_weighting->write_to(row_weights_file,
                                training.monitor.checkpoint_interval);
        trained = &row_weighting->objective();
        adaptations.add(*row_weighting);
      }
    if (annealing)
      adaptations.add(*annealing);
    const LocalLoss *const judge =
      scheduled_hold_out ? scheduled_hold_out.get() : hold_out.local.get();
    current_problem =
      make_training_problem(trained,
                            judge,
                            communicator,
                            adaptations.empty() ? nullptr : &adaptations);
    if (scheduled)
      select_blocks(phase);
  }



  void
  TrainingAttempts::add_slope_recovery()
  {
    auto recovery = std::make_unique<SlopeRecovery>(
      network,
      training.slope_recovery,
      dealii::Utilities::MPI::this_mpi_process(communicator) == 0);
    if (training.slope_recovery_decay > 0.)
      annealing = std::make_unique<WeightAnnealing>(
        *recovery, training.slope_recovery_decay);

    // A sum of squares remains one.
    if (dynamic_cast<LocalObjective *>(loss.local.get()) != nullptr)
      {
        std::vector<std::unique_ptr<LocalObjective>> parts;
        parts.emplace_back(
          dynamic_cast<LocalObjective *>(loss.local.release()));
        parts.push_back(std::move(recovery));
        loss.local = std::make_unique<JoinedObjective>(std::move(parts));
      }
    else
      {
        std::vector<std::unique_ptr<LocalLoss>> parts;
        parts.push_back(std::move(loss.local));
        parts.push_back(std::move(recovery));
        loss.local = std::make_unique<SumOfLosses>(std::move(parts));
      }
  }



  std::unique_ptr<RowWeighting>
  TrainingAttempts::make_row_weighting(const LocalObjective &objective) const
  {
    if (training.has_constraints())
      return std::make_unique<ConstrainedTraining>(
        objective, training.constraints, communicator);
    if (training.point_weighting.rule != "none")
      return std::make_unique<PointWeighting>(
        objective, training.point_weighting, communicator);
    return nullptr;
  }



  void
  TrainingAttempts::select_blocks(const unsigned int new_phase)
  {
    phase = new_phase;
    for (ReweightedObjective *const objective :
         {scheduled.get(), scheduled_hold_out.get()})
      if (objective != nullptr)
        objective->set_factors(
          training.schedule.factors(objective->block_names(), phase));
  }
} // namespace sobolev
