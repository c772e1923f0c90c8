// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/base/quoted_list.h>
#include <sobolev/weighting/fixed_weights.h>
#include <sobolev/weighting/grad_norm.h>
#include <sobolev/weighting/inverse_dirichlet.h>
#include <sobolev/weighting/loss_balance.h>
#include <sobolev/weighting/maximum_average.h>
#include <sobolev/weighting/multiple_gradient_descent.h>
#include <sobolev/weighting/neural_tangent_kernel.h>
#include <sobolev/weighting/relative_loss_balancing.h>
#include <sobolev/weighting/soft_adapt.h>
#include <sobolev/weighting/weighting_options.h>

#include <algorithm>

namespace sobolev
{
  namespace
  {
    // -1 for no name.
    int
    number_of(const std::string &name, const std::vector<std::string> &blocks)
    {
      if (name.empty())
        return -1;
      const auto position = std::find(blocks.begin(), blocks.end(), name);
      AssertInput(position != blocks.end(),
                  "Loss weighting/reference: there is no block '"
                    << name << "'; there are " << quoted_list(blocks) << ".");
      return position - blocks.begin();
    }



    std::vector<double>
    one_per_block(const WeightingOptions         &options,
                  const std::vector<std::string> &blocks)
    {
      AssertInput(options.numbers.size() == blocks.size(),
                  "Loss weighting/numbers: there are "
                    << options.numbers.size() << " numbers; the rule '"
                    << options.rule << "' takes one for each of the blocks "
                    << quoted_list(blocks) << ".");
      for (const double number : options.numbers)
        AssertInput(number > 0.,
                    "Loss weighting/numbers: the value "
                      << number << " has to be positive.");
      return options.numbers;
    }
  } // namespace



  std::vector<std::string>
  weighting_rule_names()
  {
    return {"none",
            "fixed",
            "epsilon-optimal",
            "balance",
            "inverse Dirichlet",
            "maximum average",
            "multiple gradients",
            "GradNorm",
            "SoftAdapt",
            "ReLoBRaLo",
            "neural tangent kernel"};
  }



  std::unique_ptr<WeightingRule>
  make_weighting_rule(const WeightingOptions         &options,
                      const std::vector<std::string> &blocks)
  {
    const auto memory = [&](const double own) {
      return options.memory < 0. ? own : options.memory;
    };
    const int reference = number_of(options.reference, blocks);

    if (options.rule == "none")
      return std::make_unique<FixedWeights>(
        std::vector<double>(blocks.size(), 1.));
    if (options.rule == "fixed")
      return std::make_unique<FixedWeights>(one_per_block(options, blocks));
    if (options.rule == "epsilon-optimal")
      return std::make_unique<FixedWeights>(
        epsilon_optimal_weights(one_per_block(options, blocks)));
    if (options.rule == "balance")
      return std::make_unique<LossBalance>(options.exponent);
    if (options.rule == "inverse Dirichlet")
      return std::make_unique<InverseDirichlet>(memory(0.5), reference);
    if (options.rule == "maximum average")
      return std::make_unique<MaximumAverage>(
        memory(0.5), options.weight_in_mean, reference);
    if (options.rule == "multiple gradients")
      return std::make_unique<MultipleGradientDescent>(options.floor);
    if (options.rule == "GradNorm")
      return std::make_unique<GradNorm>(options.asymmetry, options.rate);
    if (options.rule == "SoftAdapt")
      return std::make_unique<SoftAdapt>(options.sharpness);
    if (options.rule == "ReLoBRaLo")
      return std::make_unique<RelativeLossBalancing>(
        memory(0.999), options.temperature, options.lookback);
    AssertInput(options.rule == "neural tangent kernel",
                "Loss weighting/rule: there is no rule '"
                  << options.rule << "'; there are "
                  << quoted_list(weighting_rule_names()) << ".");
    return std::make_unique<NeuralTangentKernel>(memory(0.));
  }
} // namespace sobolev
