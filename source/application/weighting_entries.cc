// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/selection_of.h>
#include <sobolev/application/weighting_entries.h>

#include <deal.II/base/patterns.h>

namespace sobolev
{
  void
  declare_loss_weighting(dealii::ParameterHandler &prm,
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
  declare_constraints(dealii::ParameterHandler &prm, ConstraintOptions &options)
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
} // namespace sobolev
