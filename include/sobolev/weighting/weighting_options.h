// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_weighting_options_h
#define sobolev_weighting_weighting_options_h

#include <sobolev/weighting/weighting_rule.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /** A WeightingRule by its name, and the numbers that rules have. */
  struct WeightingOptions
  {
    /** One of weighting_rule_names(). */
    std::string rule = "none";

    /** Part of the weights that an update keeps; negative: the rule's own. */
    double memory = -1.;

    /** Name of the block of reference; empty: that with the largest gradient. */
    std::string reference;

    /** MaximumAverage. */
    bool weight_in_mean = true;

    /** MultipleGradientDescent. */
    double floor = 1e-5;

    /** LossBalance. */
    double exponent = 0.05;

    /** GradNorm. */
    double asymmetry = 1.5, rate = 0.025;

    /** SoftAdapt. */
    double sharpness = 0.1;

    /** RelativeLossBalancing. */
    double temperature = 0.1, lookback = 0.999;

    /** Of fixed weights, and integrals of epsilon-optimal ones. */
    std::vector<double> numbers;
  };



  /** The names of all rules; "none" is the first. */
  std::vector<std::string> weighting_rule_names();

  /**
   * @param block_names Of the loss.
   *
   * @throws InputError if @p options names a rule or a block that does not
   * exist, or has not one positive number per block where numbers are needed.
   */
  std::unique_ptr<WeightingRule>
  make_weighting_rule(const WeightingOptions         &options,
                      const std::vector<std::string> &block_names);
} // namespace sobolev

#endif
