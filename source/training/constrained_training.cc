// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/constrained_training.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

namespace sobolev
{
  namespace
  {
    std::vector<unsigned int>
    find_constraints(const std::vector<std::string> &names,
                     const std::vector<std::string> &wanted)
    {
      std::vector<unsigned int> result;
      if (wanted.empty())
        {
          result.resize(names.empty() ? 0 : names.size() - 1);
          std::iota(result.begin(), result.end(), 1u);
        }
      std::string all;
      for (const std::string &name : names)
        all += (all.empty() ? "'" : ", '") + name + "'";
      for (const std::string &name : wanted)
        {
          const auto position = std::find(names.begin(), names.end(), name);
          AssertInput(position != names.end(),
                      "Constraints/blocks: there is no block '"
                        << name << "'; there are " << all << ".");
          result.push_back(position - names.begin());
        }
      AssertInput(!result.empty(),
                  "Constraints/blocks: there is only the block "
                    << all << ", which leaves nothing for a constraint.");
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
    : original(&original, nullptr, communicator)
    , options(options)
    , constraints(find_constraints(original.block_names(), options.blocks))
    , lagrangian(original, constraints)
    , effective(lagrangian.constrained_rows().size(), 1.)
  {
    const std::size_t n             = effective.size();
    const auto        blocks_of_all = original.blocks_of_rows();
    const auto        points_of_all = original.points_of_rows();
    n_inputs =
      original.n_rows() > 0 ? points_of_all.size() / original.n_rows() : 0;
    for (const std::size_t i : lagrangian.constrained_rows())
      {
        blocks.push_back(blocks_of_all[i]);
        points.insert(points.end(),
                      points_of_all.begin() + i * n_inputs,
                      points_of_all.begin() + (i + 1) * n_inputs);
      }

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
  ConstrainedTraining::update(const std::vector<double> &theta,
                              const TrainingProgress    &progress)
  {
    if (progress.iteration == last_iteration ||
        progress.iteration % options.interval != 0)
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
        effective[i] = adaptive->multipliers()[k] +
                       adaptive->penalties()[k] * violations[k];
      }
    lagrangian.set_multipliers(effective, 0.);
  }



  void
  ConstrainedTraining::continue_from(const ConstrainedTraining &earlier)
  {
    last_iteration = earlier.last_iteration;
    if (adaptive)
      {
        // Nothing of it belongs to points.
        *adaptive = *earlier.adaptive;
        set_effective(std::vector<double>(constraints.size(), 0.));
        return;
      }

    // 1. All earlier constraints.
    const MPI_Comm communicator = original.get_communicator();
    const auto     all          = [&](const auto &own) {
      typename std::decay<decltype(own)>::type result;
      for (const auto &part :
           dealii::Utilities::MPI::all_gather(communicator, own))
        result.insert(result.end(), part.begin(), part.end());
      return result;
    };
    const auto earlier_blocks      = all(earlier.blocks);
    const auto earlier_points      = all(earlier.points);
    const auto earlier_multipliers = all(earlier.multipliers());
    const auto earlier_averages =
      pointwise ? all(earlier.pointwise->averages()) : std::vector<double>();

    // 2. The nearest one of each of ours.
    std::vector<double> multipliers, averages;
    for (std::size_t i = 0; i < blocks.size(); ++i)
      {
        std::size_t nearest = earlier_blocks.size();
        double      least   = std::numeric_limits<double>::max();
        for (std::size_t j = 0; j < earlier_blocks.size(); ++j)
          if (earlier_blocks[j] == blocks[i])
            {
              double square = 0.;
              for (unsigned int d = 0; d < n_inputs; ++d)
                square += std::pow(points[i * n_inputs + d] -
                                     earlier_points[j * n_inputs + d],
                                   2);
              if (square < least)
                {
                  least   = square;
                  nearest = j;
                }
            }
        const bool is_known = nearest < earlier_blocks.size();
        multipliers.push_back(is_known    ? earlier_multipliers[nearest]
                              : pointwise ? 1.
                                          : 0.);
        if (pointwise)
          averages.push_back(is_known ? earlier_averages[nearest] : 0.);
      }

    // 3. Go on.
    if (pointwise)
      {
        pointwise->set_state(multipliers, averages);
        lagrangian.set_multipliers(multipliers, 0.);
      }
    else
      {
        augmented->set_state(multipliers, earlier.augmented->penalty());
        lagrangian.set_multipliers(multipliers, augmented->penalty());
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
        double least = std::numeric_limits<double>::max(), largest = -least;
        for (const double value : multipliers())
          {
            least   = std::min(least, value);
            largest = std::max(largest, value);
          }
        least = dealii::Utilities::MPI::min(least, original.get_communicator());
        largest =
          dealii::Utilities::MPI::max(largest, original.get_communicator());
        text << "multipliers from " << least << " to " << largest;
        if (augmented)
          text << ", penalty " << augmented->penalty();
      }
    return text.str();
  }
} // namespace sobolev
