// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_parameters.h>
#include <sobolev/application/weighting_entries.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/patterns.h>

#include <algorithm>

namespace sobolev
{
  void
  TrainingParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Training");
    prm.add_parameter("objective",
                      objective,
                      "What is minimised: the squares of the residuals, or the "
                      "energy of the law, if it has one [-].",
                      Selection("residual|energy"));
    optimizers.declare_parameters(prm);
    prm.add_parameter("max iterations",
                      monitor.max_iterations,
                      "Iterations, at most [-].",
                      Integer(1));
    prm.add_parameter("max seconds",
                      monitor.max_seconds,
                      "Wall time, at most [s].",
                      Double(0.));
    prm.add_parameter("target loss",
                      monitor.target_loss,
                      "Stop when the loss falls below this [-].",
                      Double(0.));
    prm.add_parameter("patience",
                      monitor.patience,
                      "Stop after so many iterations without a better "
                      "hold-out loss; 0: the method's default [-].",
                      Integer(0));
    prm.add_parameter("hold-out interval",
                      monitor.hold_out_interval,
                      "Iterations between evaluations of the hold-out loss; "
                      "0: the method's default [-].",
                      Integer(0));
    prm.add_parameter("batch size",
                      batch_size,
                      "Samples, or collocation points of the block with most "
                      "of them and of the others in proportion, that an "
                      "iteration uses, on all processes together, for Adam, "
                      "RMSProp, AdaGrad and SOAP; 0: all [-].",
                      Integer(0));
    prm.add_parameter("keep last",
                      monitor.keeps_last,
                      "Whether the last parameters are the result, not those "
                      "with the smallest hold-out loss: for weights that make "
                      "the loss larger for a while [-].",
                      Bool());
    prm.add_parameter("initial surrogate",
                      initial_surrogate,
                      "File of a surrogate with the same network whose "
                      "parameters the training begins with, for instance the "
                      "checkpoint of an interrupted run; empty: random "
                      "parameters [-].");
    prm.add_parameter("starts of blocks",
                      starts_of_blocks,
                      "Iterations before a block counts, 'name: number; ...'; "
                      "the others count from the start, see "
                      "doc/loss_weighting.md [-].",
                      Map(Anything(), Integer(0), 0, 1000, ";", ":"));
    prm.add_parameter(
      "initial row weights",
      initial_row_weights,
      "File with the multipliers or weights of points that the "
      "training begins with, 'checkpoint/row_weights.csv' of an "
      "interrupted run; empty: those of the method [-].");
    prm.add_parameter("slope recovery",
                      slope_recovery,
                      "Weight of a term that makes trained slopes of "
                      "activations grow; 0: there is none [-].",
                      Double(0.));
    prm.add_parameter("slope recovery decay",
                      slope_recovery_decay,
                      "Part of the run over which this weight falls to zero; "
                      "0: it stays [-].",
                      Double(0., 1.));
    prm.add_parameter("checkpoint interval",
                      monitor.checkpoint_interval,
                      "Time between two checkpoints of the best parameters "
                      "[s].",
                      Double(0.));
    prm.add_parameter("progress interval",
                      monitor.progress_interval,
                      "Time between two lines of progress [s].",
                      Double(0.));

    stages.declare_parameters(prm);
    declare_loss_weighting(prm, weighting, block_weighting);
    declare_constraints(prm, constraints);
    declare_point_weighting(prm, point_weighting);
    prm.enter_subsection("Restarts");
    prm.add_parameter("max restarts",
                      max_restarts,
                      "New attempts from other random parameters, at most, "
                      "while a run of least squares stagnates or ends early "
                      "with a residual that is not acceptable [-].",
                      Integer(0));
    prm.add_parameter("acceptable residual",
                      monitor.restarts.acceptable_residual,
                      "A run whose residual, relative to that of a network "
                      "with all parameters zero, is below this is never given "
                      "up [-].",
                      Double(0.));
    prm.add_parameter("stagnation factor",
                      monitor.restarts.stagnation_factor,
                      "A run stagnates if the loss falls by less than this "
                      "factor [-].",
                      Double(1.));
    prm.add_parameter("stagnation iterations",
                      monitor.restarts.stagnation_iterations,
                      "The iterations in which it has to; 0: twice the "
                      "patience [-].",
                      Integer(0));
    prm.add_parameter("points factor",
                      restart_factor,
                      "Every new attempt has so many times the collocation "
                      "points of the last one [-].",
                      Double(1.));
    prm.add_parameter("ratio factor",
                      optimizers.ratio_factor,
                      "Every new attempt has so many times the target ratio "
                      "of the last one, if steps are controlled by radius "
                      "[-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.enter_subsection("Hold-out");
    prm.add_parameter("use",
                      uses_hold_out,
                      "Whether there are hold-out points, at which the best "
                      "parameters have the smallest loss; false: the training "
                      "loss decides, for instance if the collocation points "
                      "are all the data there is [-].");
    prm.add_parameter("action",
                      hold_out_action,
                      "What happens to the collocation points if the hold-out "
                      "loss departs from the training loss [-].",
                      Selection("none|redraw|add"));
    prm.add_parameter("ratio",
                      monitor.interruptions.ratio,
                      "It does so if it is so many times as large [-].",
                      Double(1.));
    prm.add_parameter("iterations",
                      monitor.interruptions.interval,
                      "Also after so many iterations with the same points; 0: "
                      "not [-].",
                      Integer(0));
    prm.add_parameter("factor",
                      point_factor,
                      "For add: so many times the points there were [-].",
                      Double(1.));
    prm.add_parameter("max changes",
                      max_point_changes,
                      "Changes of the points, at most [-].",
                      Integer(0));
    prm.add_parameter("frozen part",
                      monitor.interruptions.frozen_part,
                      "The last part of the iterations and of the time in "
                      "which points do not change [-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.leave_subsection();
  }



  void
  TrainingParameters::parse_parameters()
  {
    optimizers.parse_parameters(uses_energy());
    stages.parse_parameters(!uses_energy());
    schedule             = BlockSchedule(starts_of_blocks);
    monitor.phase_starts = schedule.phase_starts();
    AssertInput(monitor.phase_starts.empty() ||
                  (!uses_energy() && stages.n_stages() == 1),
                "Training/starts of blocks: blocks that begin later go with a "
                "sum of squares and one stage.");
    AssertInput(monitor.phase_starts.empty() ||
                  monitor.phase_starts.back() < monitor.max_iterations,
                "Training/starts of blocks: a block begins after "
                  << monitor.phase_starts.back()
                  << " iterations, which is not before the last one, "
                  << monitor.max_iterations << ".");
    check_batches();
    AssertInput(!uses_energy() || !changes_weights(),
                "Training/Loss weighting/rule: '"
                  << weighting.rule
                  << "' needs a sum of squares, which an energy is not; "
                     "allowed is 'none'.");
    AssertInput(point_weighting.rule == "none" ||
                  (!uses_energy() && !changes_weights() && !has_constraints()),
                "Training/Point weighting/rule: '"
                  << point_weighting.rule
                  << "' goes with a sum of squares, and with the value 'none' "
                     "of Loss weighting/rule and Constraints/method.");
    AssertInput(!has_constraints() || (!uses_energy() && !changes_weights()),
                "Training/Constraints/method: '"
                  << constraints.method
                  << "' goes with a sum of squares, and with the value 'none' "
                     "of Loss weighting/rule.");
    AssertInput(!uses_energy() || hold_out_action == "none",
                "Training/Hold-out/action: '"
                  << hold_out_action
                  << "' compares sums of squares, which an energy is not; "
                     "allowed is 'none'.");
    AssertInput(uses_hold_out ||
                  (hold_out_action == "none" && stages.n_stages() == 1),
                "Training/Hold-out/use: the value false goes with the action "
                "'none' and with one stage only; the others need hold-out "
                "points.");
    AssertInput(hold_out_action != "add" || point_factor > 1.,
                "Training/Hold-out/factor: the value "
                  << point_factor
                  << " adds no points; it must be larger than 1.");
    monitor.restarts.max_attempts = 1 + max_restarts;
    monitor.interruptions.max_interruptions =
      hold_out_action == "none" ? 0 : max_point_changes;
  }



  void
  TrainingParameters::check_batches() const
  {
    if (!uses_batches())
      return;
    const std::string entry =
      "Training/batch size: mini-batches of " + std::to_string(batch_size);
    for (const std::string &optimizer : optimizers.methods())
      AssertInput(optimizer == "Adam" || optimizer == "RMSProp" ||
                    optimizer == "AdaGrad" || optimizer == "SOAP",
                  entry << " samples are not possible with the optimizer '"
                        << optimizer
                        << "', which compares losses; allowed are 'Adam', "
                           "'RMSProp', 'AdaGrad' and 'SOAP', or the value 0.");
    AssertInput(uses_hold_out,
                entry << " samples need hold-out samples, by which the best "
                         "parameters are found; Training/Hold-out/use must be "
                         "true.");
    AssertInput(!has_constraints() && point_weighting.rule == "none" &&
                  stages.n_stages() == 1 && !uses_energy(),
                entry << " samples go with one stage, with the objective "
                         "'residual', with Constraints/method = none and Point "
                         "weighting/rule = none only.");
    AssertInput(weighting.rule != "neural tangent kernel",
                entry << " samples do not go with Loss weighting/rule = "
                         "neural tangent kernel, which needs the Jacobian at "
                         "all of them.");
  }



  void
  TrainingParameters::require_all_points() const
  {
    AssertInput(!uses_batches(),
                "Training/batch size: the value "
                  << batch_size
                  << " is for samples and for equations on a box; the points "
                     "of a mesh are all used in every iteration, and the value "
                     "must be 0.");
  }



  void
  TrainingParameters::require_fixed_samples() const
  {
    AssertInput(!uses_energy(),
                "Training/objective: 'energy' is that of a law; samples have "
                "residuals, and the entry must be 'residual'.");
    AssertInput(hold_out_action == "none",
                "Training/Hold-out/action: '"
                  << hold_out_action
                  << "' is not possible, there are no other samples than those "
                     "of the data; it must be 'none'.");
    AssertInput(restart_factor == 1.,
                "Training/Restarts/points factor: the value "
                  << restart_factor
                  << " is not possible, there are no other samples than those "
                     "of the data; it must be 1.");
    AssertInput(stages.n_stages() == 1,
                "Training/stages: the value "
                  << stages.n_stages()
                  << " is not possible with energies and forces; it must be "
                     "1.");
  }



  PointDraw
  TrainingParameters::other_points(const PointDraw &points) const
  {
    PointDraw other = points;
    if (redraws_points())
      other.stream = std::max(PointRule::first_free_stream, points.stream + 1);
    else
      other.factor *= point_factor;
    return other;
  }



  PointDraw
  TrainingParameters::points_of_next_attempt(const PointDraw &points) const
  {
    return {points.stream, points.factor * restart_factor};
  }



  std::unique_ptr<Optimizer>
  TrainingParameters::make_optimizer(const unsigned int attempt) const
  {
    return optimizers.make(attempt);
  }
} // namespace sobolev
