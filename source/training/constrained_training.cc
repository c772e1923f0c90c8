// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/constrained_training.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // All blocks but the first one, or those that are wanted.
    std::vector<unsigned int>
    find_constraints(const std::vector<std::string> &names,
                     const std::vector<std::string> &wanted)
    {
      if (!wanted.empty())
        return find_blocks(names, wanted, "Constraints/blocks");
      AssertInput(names.size() > 1,
                  "Constraints/blocks: there is only the block '"
                    << names.at(0)
                    << "', which leaves nothing for a constraint.");
      std::vector<unsigned int> result(names.size() - 1);
      std::iota(result.begin(), result.end(), 1u);
      return result;
    }



    // One rate for all of them, or one for each.
    AdaptivePenalties::Options
    with_rates(AdaptivePenalties::Options options, const std::size_t n)
    {
      if (options.rates.size() == 1)
        options.rates.resize(n, options.rates[0]);
      AssertInput(options.rates.size() == n,
                  "Constraints/adaptive rates: there are "
                    << options.rates.size() << " numbers for " << n
                    << " constraints; allowed are one, or one for each.");
      return options;
    }
  } // namespace



  ConstrainedTraining::ConstrainedTraining(const LocalObjective    &original,
                                           const ConstraintOptions &options,
                                           const MPI_Comm communicator)
    : RowWeighting(original,
                   find_constraints(original.block_names(), options.blocks),
                   communicator)
    , options(options)
    , constraints(find_constraints(original.block_names(), options.blocks))
    , effective(n_weighted_rows(), 1.)
  {
    const std::size_t n = n_weighted_rows();
    if (options.method == "pointwise")
      pointwise = std::make_unique<PointwiseMultipliers>(n, options.pointwise);
    else if (options.method == "augmented")
      {
        augmented =
          std::make_unique<AugmentedMultipliers>(n, options.augmented);
        lagrangian.set_multipliers(augmented->multipliers(),
                                   augmented->penalty());
      }
    else
      {
        AssertInput(options.method == "adaptive",
                    "Constraints/method: there is no method '"
                      << options.method
                      << "'; there are 'none', 'pointwise', 'augmented' and "
                         "'adaptive'.");
        adaptive = std::make_unique<AdaptivePenalties>(
          with_rates(options.adaptive, constraints.size()));
      }
  }



  bool
  ConstrainedTraining::update_weights(const std::vector<double> &theta,
                                      const TrainingProgress    &progress)
  {
    if (progress.iteration == 0 || progress.iteration == last_iteration ||
        (progress.iteration % options.interval != 0 && !progress.is_at_rest))
      return false;
    last_iteration = progress.iteration;
    if (adaptive)
      return update_adaptive(theta);

    const auto violations = lagrangian.violations(
      dealii::ArrayView<const double>(theta.data(), theta.size()));
    double square = 0.;
    for (const double C : violations)
      square += C * C;
    square = original.sum(square);
    if (!std::isfinite(square))
      return false;
    if (pointwise)
      {
        pointwise->update(violations);
        lagrangian.set_multipliers(pointwise->multipliers(), 0.);
        return true;
      }
    if (!augmented->update(violations, std::sqrt(square)))
      return false;
    lagrangian.set_multipliers(augmented->multipliers(), augmented->penalty());
    return true;
  }



  bool
  ConstrainedTraining::update_adaptive(const std::vector<double> &theta)
  {
    // 1. Constraints and the rest of the loss.
    const auto          losses = original.block_losses(theta);
    std::vector<double> violations;
    double rest = std::accumulate(losses.begin(), losses.end(), 0.);
    if (!std::isfinite(rest))
      return false;
    for (const unsigned int k : constraints)
      {
        violations.push_back(losses[k]);
        rest -= losses[k];
      }
    adaptive->update(violations, rest);

    // 2. Multipliers that have the gradient of the penalty.
    set_effective(violations);
    return true;
  }



  void
  ConstrainedTraining::set_effective(const std::vector<double> &violations)
  {
    for (std::size_t i = 0; i < effective.size(); ++i)
      {
        const std::size_t k =
          std::find(constraints.begin(), constraints.end(), blocks[i]) -
          constraints.begin();
        effective[i] =
          adaptive->multipliers()[k] + adaptive->penalties()[k] * violations[k];
      }
    lagrangian.set_multipliers(effective, 0.);
  }



  std::vector<std::vector<double>>
  ConstrainedTraining::values_of_rows() const
  {
    if (pointwise)
      return {pointwise->multipliers(), pointwise->averages()};
    if (augmented)
      return {augmented->multipliers()};
    return {};
  }



  std::vector<double>
  ConstrainedTraining::first_values() const
  {
    if (pointwise)
      return {1., 0.};
    if (augmented)
      return {0.};
    return {};
  }



  std::vector<double>
  ConstrainedTraining::common_values() const
  {
    if (augmented)
      return {augmented->penalty()};
    return adaptive ? adaptive->state() : std::vector<double>();
  }



  void
  ConstrainedTraining::set_state(const std::vector<std::vector<double>> &values,
                                 const std::vector<double>              &common)
  {
    if (adaptive)
      {
        // Nothing of it belongs to points.
        adaptive->set_state(common);
        set_effective(std::vector<double>(constraints.size(), 0.));
      }
    else if (pointwise)
      {
        pointwise->set_state(values[0], values[1]);
        lagrangian.set_multipliers(values[0], 0.);
      }
    else
      {
        augmented->set_state(values[0], common[0]);
        lagrangian.set_multipliers(values[0], augmented->penalty());
      }
  }



  std::vector<double>
  ConstrainedTraining::multipliers() const
  {
    return pointwise   ? pointwise->multipliers()
           : augmented ? augmented->multipliers()
                       : effective;
  }



  std::string
  ConstrainedTraining::description() const
  {
    std::ostringstream text;
    text.precision(3);
    const auto names = lagrangian.block_names();
    if (adaptive)
      for (std::size_t k = 0; k < constraints.size(); ++k)
        text << (k > 0 ? ", " : "") << names[constraints[k]] << ": multiplier "
             << adaptive->multipliers()[k] << ", penalty "
             << adaptive->penalties()[k];
    else
      {
        text << "multipliers " << range_of(multipliers());
        if (augmented)
          text << ", penalty " << augmented->penalty();
      }
    return text.str();
  }
} // namespace sobolev
