// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/selection_of.h>
#include <sobolev/application/training_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/training/optimizer_sequence.h>

#include <deal.II/base/patterns.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    void
    declare_learning_rate(dealii::ParameterHandler &prm,
                          double                   &learning_rate,
                          LearningRateDecay        &decay)
    {
      using namespace dealii::Patterns;

      prm.add_parameter(
        "learning rate", learning_rate, "Step length [-].", Double(1e-300));
      prm.add_parameter("decay iterations",
                        decay.iterations,
                        "After each of these, the learning rate falls [-].",
                        List(Integer(1)));
      prm.add_parameter("decay factor",
                        decay.factor,
                        "It falls by this factor [-].",
                        Double(0., 1.));
    }



    void
    declare_line_search(dealii::ParameterHandler &prm,
                        WolfeOptions             &search,
                        double                   &first_length)
    {
      using namespace dealii::Patterns;

      prm.add_parameter("sufficient decrease",
                        search.sufficient_decrease,
                        "Part of the linear decrease that a step must bring "
                        "[-].",
                        Double(0., 0.5));
      prm.add_parameter("curvature",
                        search.curvature,
                        "Part of the slope that a step may leave [-].",
                        Double(0., 1.));
      prm.add_parameter("line search evaluations",
                        search.max_evaluations,
                        "Evaluations in a line search, at most [-].",
                        Integer(1));
      prm.add_parameter("first length",
                        first_length,
                        "Length of the first trial step, at most [-].",
                        Double(1e-300));
    }



    void
    declare_weighting(dealii::ParameterHandler &prm,
                      WeightingOptions         &weighting,
                      BlockWeightingOptions    &options)
    {
      using namespace dealii::Patterns;

      prm.enter_subsection("Loss weighting");
      prm.add_parameter("rule",
                        weighting.rule,
                        "How the weights of the blocks (interior, conditions) "
                        "change while training, see doc/loss_weighting.md "
                        "[-].",
                        selection_of(weighting_rule_names()));
      prm.add_parameter("interval",
                        options.interval,
                        "Iterations from one change to the next [-].",
                        Integer(1));
      prm.add_parameter("frozen part",
                        options.frozen_part,
                        "They do not change any more in this last part of the "
                        "iterations or of the time [-].",
                        Double(0., 1.));
      prm.add_parameter("memory",
                        weighting.memory,
                        "Part of the old weights in the new ones; negative: "
                        "the default of the rule [-].",
                        Double(-1., 1.));
      prm.add_parameter("reference",
                        weighting.reference,
                        "Name of the block that the others are compared with "
                        "(inverse Dirichlet, maximum average); empty: that "
                        "with the largest gradient [-].");
      prm.add_parameter("weight in mean",
                        weighting.weight_in_mean,
                        "Whether the mean of maximum average is that of the "
                        "weighted gradient, as published [-].");
      prm.add_parameter("floor",
                        weighting.floor,
                        "Smallest weight of multiple gradients, whose sum is "
                        "one [-].",
                        Double(0., 0.1));
      prm.add_parameter("exponent",
                        weighting.exponent,
                        "Of balance: power of a block's part in the loss [-].",
                        Double(0., 1.));
      prm.add_parameter("asymmetry",
                        weighting.asymmetry,
                        "Of GradNorm: power of the progress [-].",
                        Double(0.));
      prm.add_parameter("rate",
                        weighting.rate,
                        "Of GradNorm: step length of the weights [-].",
                        Double(1e-300));
      prm.add_parameter("sharpness",
                        weighting.sharpness,
                        "Of SoftAdapt: factor in the exponential function "
                        "[-].",
                        Double());
      prm.add_parameter("temperature",
                        weighting.temperature,
                        "Of ReLoBRaLo [-].",
                        Double(1e-300));
      prm.add_parameter("lookback",
                        weighting.lookback,
                        "Of ReLoBRaLo: probability of comparing with the last "
                        "loss, not with the first one [-].",
                        Double(0., 1.));
      prm.add_parameter("numbers",
                        weighting.numbers,
                        "One per block, in the order of the history: the "
                        "weights of fixed, or the integrals of "
                        "epsilon-optimal, which are computed if there are "
                        "none: as the losses where the network is zero [-].",
                        List(Double()));
      prm.leave_subsection();
    }



    void
    declare_constraints(dealii::ParameterHandler &prm,
                        ConstraintOptions        &options)
    {
      using namespace dealii::Patterns;

      prm.enter_subsection("Constraints");
      prm.add_parameter("method",
                        options.method,
                        "Blocks become constraints whose multipliers change "
                        "while training: one per point (pointwise, augmented) "
                        "or one per block (adaptive), see doc/constraints.md "
                        "[-].",
                        Selection("none|pointwise|augmented|adaptive"));
      prm.add_parameter("blocks",
                        options.blocks,
                        "Names of the blocks; empty: all but the first one "
                        "[-].",
                        List(Anything(), 0, 1000, ";"));
      prm.add_parameter("interval",
                        options.interval,
                        "Iterations from one change of the multipliers to the "
                        "next [-].",
                        Integer(1));
      prm.add_parameter("rate",
                        options.pointwise.rate,
                        "Of pointwise: about the step of a multiplier [-].",
                        Double(0.));
      prm.add_parameter("memory",
                        options.pointwise.memory,
                        "Of pointwise: of the squared violations [-].",
                        Double(0., 1.));
      prm.add_parameter("penalty",
                        options.augmented.penalty,
                        "Of augmented: the penalty at the start [-].",
                        Double(0.));
      prm.add_parameter("largest penalty",
                        options.augmented.largest_penalty,
                        "Of augmented [-].",
                        Double(0.));
      prm.add_parameter("adaptive rates",
                        options.adaptive.rates,
                        "Of adaptive: numerators of the penalties, one for all "
                        "constraints or one for each [-].",
                        List(Double(0.)));
      prm.add_parameter("adaptive memory",
                        options.adaptive.memory,
                        "Of adaptive: of the squared violations [-].",
                        Double(0., 1.));
      prm.add_parameter("stagnation",
                        options.adaptive.stagnation,
                        "Of adaptive: multipliers change if the loss is not "
                        "below this part of the last one [-].",
                        Double(0.));
      prm.leave_subsection();
    }



    void
    declare_point_weighting(dealii::ParameterHandler &prm,
                            PointWeightingOptions    &options)
    {
      using namespace dealii::Patterns;

      prm.enter_subsection("Point weighting");
      prm.add_parameter("rule",
                        options.rule,
                        "How weights of single points change while training, "
                        "see doc/loss_weighting.md [-].",
                        Selection("none|self-adaptive|residual attention|"
                                  "causal"));
      prm.add_parameter("blocks",
                        options.blocks,
                        "Names of the blocks; empty: all of them, the first "
                        "one for causal [-].",
                        List(Anything(), 0, 1000, ";"));
      prm.add_parameter("interval",
                        options.interval,
                        "Iterations from one change to the next [-].",
                        Integer(1));
      prm.add_parameter("rate",
                        options.rate,
                        "Of self-adaptive: step length of the ascent; of "
                        "residual attention: step of the largest residual "
                        "[-].",
                        Double(0.));
      prm.add_parameter("memory",
                        options.memory,
                        "Of residual attention: part of the old root of a "
                        "weight in the new one [-].",
                        Double(0., 1.));
      prm.add_parameter("slices",
                        options.n_slices,
                        "Of causal: slices in time of equal length [-].",
                        Integer(2));
      prm.add_parameter("steepness",
                        options.steepness,
                        "Of causal: factors of the earlier losses in the "
                        "exponential function, one after the other [-].",
                        List(Double(0.), 1));
      prm.add_parameter("threshold",
                        options.threshold,
                        "Of causal: the next steepness begins when all weights "
                        "exceed this [-].",
                        Double(0., 1.));
      prm.add_parameter("time input",
                        options.time_input,
                        "Of causal: number of the input that is the time, from "
                        "0; -1: the last one [-].",
                        Integer(-1));
      prm.leave_subsection();
    }
  } // namespace



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
    prm.add_parameter("optimizer",
                      optimizers,
                      "Method, see doc/optimizers.md, or several of them "
                      "that follow one another [-].",
                      List(Selection("Levenberg-Marquardt|L-BFGS|"
                                     "SelfScaledBroyden|SelfScaledBFGS|"
                                     "TrustRegionNewtonCG|Adam|RMSProp|"
                                     "AdaGrad|SOAP|RandomFeatures"),
                           1));
    prm.add_parameter("iterations of each",
                      iterations_of_each,
                      "Of several methods: the iterations of each, at most; "
                      "the last one has what remains if its number is "
                      "missing [-].",
                      List(Integer(1)));
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
    declare_weighting(prm, weighting, block_weighting);
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
                      ratio_factor,
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

    prm.enter_subsection("Levenberg-Marquardt");
    prm.add_parameter("initial damping",
                      levenberg_marquardt.initial_damping,
                      "First damping, relative to the largest diagonal entry "
                      "of the normal matrix [-].",
                      Double(1e-30));
    prm.add_parameter("linear algebra",
                      levenberg_marquardt.linear_algebra,
                      "How steps are computed, see DampedLeastSquares; "
                      "automatic changes from gram to orthogonal where "
                      "rounding errors demand it [-].",
                      Selection("automatic|gram|orthogonal|dual|sketched"));
    prm.add_parameter("geodesic acceleration",
                      levenberg_marquardt.acceleration,
                      "Second-order correction of the step [-].");
    prm.add_parameter("acceleration limit",
                      levenberg_marquardt.acceleration_limit,
                      "Largest ratio of correction to step [-].",
                      Double(0.));
    prm.add_parameter("refinement damping",
                      levenberg_marquardt.refinement_damping,
                      "Steps with a damping below this, relative to the "
                      "largest diagonal entry of the normal matrix, are "
                      "refined; 0: never [-].",
                      Double(0.));
    prm.add_parameter("minimal ratio",
                      levenberg_marquardt.minimal_ratio,
                      "Smallest ratio of actual to predicted decrease of an "
                      "accepted step [-].",
                      Double(0., 1.));
    prm.add_parameter("step control",
                      levenberg_marquardt.step_control,
                      "What the ratio of actual to predicted decrease changes: "
                      "the damping, or the length of the step [-].",
                      Selection("damping|radius"));
    prm.add_parameter("candidates",
                      levenberg_marquardt.n_candidates,
                      "With step control radius: steps that are tried at once "
                      "[-].",
                      Integer(1));
    prm.add_parameter("target ratio",
                      levenberg_marquardt.target_ratio,
                      "With step control radius: the longest step is taken "
                      "that reaches this ratio [-].",
                      Double(0., 1.));
    prm.add_parameter("initial radius",
                      levenberg_marquardt.initial_radius,
                      "With step control radius: length of the first step [-].",
                      Double(1e-300));
    prm.add_parameter("smallest radius",
                      levenberg_marquardt.smallest_radius,
                      "With step control radius: stop where steps have to be "
                      "shorter [-].",
                      Double(1e-300));
    prm.add_parameter("largest radius",
                      levenberg_marquardt.largest_radius,
                      "With step control radius: steps are not longer [-].",
                      Double(1e-300));
    prm.leave_subsection();

    prm.enter_subsection("L-BFGS");
    prm.add_parameter("storage",
                      lbfgs.storage,
                      "Pairs of vectors that are kept [-].",
                      Integer(1));
    declare_line_search(prm, lbfgs.line_search, lbfgs.first_length);
    prm.leave_subsection();

    for (const std::string name : {"SelfScaledBroyden", "SelfScaledBFGS"})
      {
        prm.enter_subsection(name);
        auto &options =
          name == "SelfScaledBFGS" ? self_scaled_bfgs : self_scaled_broyden;
        declare_line_search(prm, options.line_search, options.first_length);
        prm.leave_subsection();
      }

    prm.enter_subsection("Adam");
    declare_learning_rate(prm, adam.learning_rate, adam.decay);
    prm.leave_subsection();

    prm.enter_subsection("RMSProp");
    declare_learning_rate(prm, rmsprop.learning_rate, rmsprop.decay);
    prm.add_parameter("memory",
                      rmsprop.memory,
                      "Memory of the squares of the gradients [-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.enter_subsection("AdaGrad");
    declare_learning_rate(prm, adagrad.learning_rate, adagrad.decay);
    prm.leave_subsection();

    prm.enter_subsection("TrustRegionNewtonCG");
    prm.add_parameter("cg iterations",
                      newton_cg.max_cg_iterations,
                      "Products with the Hessian per step, at most [-].",
                      Integer(1));
    prm.add_parameter("cg tolerance",
                      newton_cg.cg_tolerance,
                      "Linear systems are solved up to this part of the "
                      "gradient [-].",
                      Double(0., 1.));
    prm.add_parameter("initial radius",
                      newton_cg.initial_radius,
                      "Length of the first step, at most [-].",
                      Double(1e-300));
    prm.leave_subsection();

    prm.enter_subsection("SOAP");
    prm.add_parameter(
      "learning rate", soap.learning_rate, "Step length [-].", Double(1e-300));
    prm.add_parameter("beta 1",
                      soap.beta_1,
                      "Memory of the gradients [-].",
                      Double(0., 1. - 1e-10));
    prm.add_parameter("beta 2",
                      soap.beta_2,
                      "Memory of the squares and of the bases [-].",
                      Double(0., 1. - 1e-10));
    prm.add_parameter("refresh interval",
                      soap.refresh_interval,
                      "Steps between two refreshments of the bases [-].",
                      Integer(1));
    prm.add_parameter("max dimension",
                      soap.max_dimension,
                      "Longer sides of matrices are not rotated [-].",
                      Integer(1));
    prm.add_parameter("warm-up steps",
                      soap.warm_up_steps,
                      "Steps over which the learning rate grows [-].",
                      Integer(0));
    prm.add_parameter("decay steps",
                      soap.decay_steps,
                      "Steps over which the learning rate falls by the decay "
                      "rate; 0 for no decay [-].",
                      Integer(0));
    prm.add_parameter("decay rate",
                      soap.decay_rate,
                      "Factor of the learning rate in so many steps [-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.enter_subsection("RandomFeatures");
    prm.add_parameter("weight spread",
                      random_features.weight_spread,
                      "Deviation of the hidden weights, drawn anew; 0: those "
                      "of the network [-].",
                      Double(0.));
    prm.add_parameter("bias spread",
                      random_features.bias_spread,
                      "Largest hidden bias, drawn anew; 0: those of the "
                      "network [-].",
                      Double(0.));
    prm.add_parameter(
      "seed", random_features.seed, "Seed of these numbers [-].");
    prm.add_parameter("truncation",
                      random_features.truncation,
                      "Singular values below this part of the largest one "
                      "count as zero [-].",
                      Double(0., 1.));
    prm.leave_subsection();
    prm.leave_subsection();
  }



  void
  TrainingParameters::parse_parameters()
  {
    for (const std::string &optimizer : optimizers)
      AssertInput(
        !uses_energy() ||
          (optimizer != "Levenberg-Marquardt" && optimizer != "RandomFeatures"),
        "Training/optimizer: '"
          << optimizer
          << "' needs a sum of squares, which an energy is not; allowed "
             "are 'L-BFGS', 'SelfScaledBroyden', 'SelfScaledBFGS', "
             "'TrustRegionNewtonCG', 'Adam', 'RMSProp', 'AdaGrad' and 'SOAP'.");
    AssertInput(iterations_of_each.size() == optimizers.size() ||
                  iterations_of_each.size() + 1 == optimizers.size(),
                "Training/iterations of each: there are "
                  << iterations_of_each.size() << " numbers for "
                  << optimizers.size()
                  << " optimizers; it takes one for each, or for each but the "
                     "last.");
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
    AssertInput(levenberg_marquardt.smallest_radius <=
                    levenberg_marquardt.initial_radius &&
                  levenberg_marquardt.initial_radius <=
                    levenberg_marquardt.largest_radius,
                "Training/Levenberg-Marquardt/initial radius is "
                  << levenberg_marquardt.initial_radius
                  << "; it must lie between 'smallest radius', "
                  << levenberg_marquardt.smallest_radius
                  << ", and 'largest radius', "
                  << levenberg_marquardt.largest_radius << ".");
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
    for (const auto *search : {&lbfgs.line_search,
                               &self_scaled_broyden.line_search,
                               &self_scaled_bfgs.line_search})
      AssertInput(search->sufficient_decrease < search->curvature,
                  "Training: the entry 'curvature' of a line search is "
                    << search->curvature
                    << "; it must be larger than 'sufficient decrease', "
                    << search->sufficient_decrease << ".");
  }



  void
  TrainingParameters::check_batches() const
  {
    if (!uses_batches())
      return;
    const std::string entry =
      "Training/batch size: mini-batches of " + std::to_string(batch_size);
    for (const std::string &optimizer : optimizers)
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
  TrainingParameters::make_optimizer(const std::string &optimizer,
                                     const unsigned int attempt) const
  {
    if (optimizer == "Levenberg-Marquardt")
      {
        auto options = levenberg_marquardt;
        options.target_ratio *= std::pow(ratio_factor, attempt - 1.);
        return std::make_unique<LevenbergMarquardt>(options);
      }
    if (optimizer == "L-BFGS")
      return std::make_unique<LBFGS>(lbfgs);
    if (optimizer == "SelfScaledBroyden" || optimizer == "SelfScaledBFGS")
      {
        const bool is_bfgs = optimizer == "SelfScaledBFGS";
        auto       options = is_bfgs ? self_scaled_bfgs : self_scaled_broyden;
        options.formula    = is_bfgs
                               ? DenseInverseHessian::Formula::self_scaled_bfgs
                               : DenseInverseHessian::Formula::self_scaled_broyden;
        return std::make_unique<DenseQuasiNewton>(options);
      }
    if (optimizer == "TrustRegionNewtonCG")
      return std::make_unique<TrustRegionNewtonCG>(newton_cg);
    if (optimizer == "SOAP")
      return std::make_unique<SOAP>(soap);
    if (optimizer == "RandomFeatures")
      {
        auto options = random_features;
        options.seed += attempt - 1;
        return std::make_unique<RandomFeatures>(options);
      }
    if (optimizer == "RMSProp")
      return std::make_unique<RMSProp>(rmsprop);
    if (optimizer == "AdaGrad")
      return std::make_unique<AdaGrad>(adagrad);
    return std::make_unique<Adam>(adam);
  }



  std::unique_ptr<Optimizer>
  TrainingParameters::make_optimizer(const unsigned int attempt) const
  {
    if (optimizers.size() == 1 && iterations_of_each.empty())
      return make_optimizer(optimizers[0], attempt);

    std::vector<OptimizerSequence::Stage> stages;
    for (unsigned int i = 0; i < optimizers.size(); ++i)
      stages.push_back(
        {make_optimizer(optimizers[i], attempt),
         i < iterations_of_each.size() ? iterations_of_each[i] : 0});
    return std::make_unique<OptimizerSequence>(std::move(stages));
  }
} // namespace sobolev
