// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/point_weighting.h>
#include <sobolev/weighting/causal_weights.h>
#include <sobolev/weighting/residual_attention.h>
#include <sobolev/weighting/self_adaptive_weights.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sobolev
{
  namespace
  {
    std::vector<unsigned int>
    find_weighted(const std::vector<std::string> &names,
                  const PointWeightingOptions    &options)
    {
      if (!options.blocks.empty())
        return find_blocks(names, options.blocks, "Point weighting/blocks");
      std::vector<unsigned int> result(options.rule == "causal" ? 1
                                                                : names.size());
      std::iota(result.begin(), result.end(), 0u);
      return result;
    }



    std::unique_ptr<PointWeightingRule>
    make_rule(const PointWeightingOptions &options)
    {
      if (options.rule == "self-adaptive")
        return std::make_unique<SelfAdaptiveWeights>(options.rate);
      if (options.rule == "residual attention")
        return std::make_unique<ResidualAttention>(options.rate,
                                                   options.memory);
      AssertInput(options.rule == "causal",
                  "Point weighting/rule: there is no rule '"
                    << options.rule
                    << "'; there are 'none', 'self-adaptive', 'residual "
                       "attention' and 'causal'.");
      return std::make_unique<CausalWeights>(
        options.n_slices, options.steepness, options.threshold);
    }
  } // namespace



  PointWeighting::PointWeighting(const LocalObjective        &original,
                                 const PointWeightingOptions &options,
                                 const MPI_Comm               communicator)
    : RowWeighting(original,
                   find_weighted(original.block_names(), options),
                   communicator)
    , options(options)
    , rule(make_rule(options))
    , row_weights(n_weighted_rows(), rule->first_weight())
    , slices(n_weighted_rows(), 0)
  {
    const auto weighted = find_weighted(original.block_names(), options);
    n_blocks            = weighted.size();
    for (const unsigned int block : blocks)
      block_indices.push_back(
        std::find(weighted.begin(), weighted.end(), block) - weighted.begin());
    if (rule->n_slices() > 1)
      assign_slices(options.time_input);
    lagrangian.set_multipliers(row_weights, 0.);
  }



  void
  PointWeighting::assign_slices(const int time_input)
  {
    const MPI_Comm     communicator = original.get_communicator();
    const unsigned int all_inputs =
      dealii::Utilities::MPI::max(n_inputs, communicator);
    AssertInput(time_input >= -1 && time_input < static_cast<int>(all_inputs),
                "Point weighting/time input: there is no input number "
                  << time_input << "; they count from 0 to " << all_inputs - 1
                  << ", and -1 is the last one.");
    const unsigned int input = time_input < 0 ? all_inputs - 1 : time_input;
    const auto         time  = [&](const std::size_t i) {
      return points[i * n_inputs + input];
    };

    double begin = std::numeric_limits<double>::max(), end = -begin;
    for (std::size_t i = 0; i < slices.size(); ++i)
      {
        begin = std::min(begin, time(i));
        end   = std::max(end, time(i));
      }
    begin          = dealii::Utilities::MPI::min(begin, communicator);
    end            = dealii::Utilities::MPI::max(end, communicator);
    const double n = rule->n_slices();
    for (std::size_t i = 0; i < slices.size(); ++i)
      if (end > begin)
        slices[i] = static_cast<unsigned int>(
          std::min(n - 1., n * (time(i) - begin) / (end - begin)));
  }



  PointStatistics
  PointWeighting::compute_statistics(const std::vector<double> &theta) const
  {
    PointStatistics statistics;
    statistics.squares = lagrangian.violations(
      dealii::ArrayView<const double>(theta.data(), theta.size()));
    statistics.blocks = block_indices;
    statistics.slices = slices;

    const unsigned int  n_slices = rule->n_slices();
    std::vector<double> sums(2 * n_slices, 0.);
    statistics.largest.assign(n_blocks, 0.);
    for (std::size_t i = 0; i < slices.size(); ++i)
      {
        const double square = statistics.squares[i];
        sums[slices[i]] += square;
        sums[n_slices + slices[i]] += 1.;
        double &largest = statistics.largest[block_indices[i]];
        largest         = std::max(largest, square);
      }
    original.sum(dealii::make_array_view(sums));
    const auto largest = statistics.largest;
    dealii::Utilities::MPI::max(
      largest, original.get_communicator(), statistics.largest);
    for (unsigned int m = 0; m < n_slices; ++m)
      statistics.slice_means.push_back(sums[m] /
                                       std::max(sums[n_slices + m], 1.));
    return statistics;
  }



  bool
  PointWeighting::update_weights(const std::vector<double> &theta,
                                 const TrainingProgress    &progress)
  {
    const bool is_due = progress.iteration % options.interval == 0;
    if (progress.iteration == last_iteration ||
        !(is_due || progress.is_at_rest))
      return false;
    const PointStatistics statistics = compute_statistics(theta);
    // A NaN is in the means.
    for (const double mean : statistics.slice_means)
      if (!std::isfinite(mean))
        return false;

    last_iteration  = progress.iteration;
    const auto last = row_weights;
    rule->update(row_weights, statistics);
    lagrangian.set_multipliers(row_weights, 0.);

    double change = 0.;
    for (std::size_t i = 0; i < last.size(); ++i)
      if (row_weights[i] != last[i])
        change = std::max(change,
                          std::abs(row_weights[i] - last[i]) /
                            std::max(row_weights[i], last[i]));
    change = dealii::Utilities::MPI::max(change, original.get_communicator());
    return change > (progress.is_at_rest ? 1e-3 : 0.);
  }



  std::vector<std::vector<double>>
  PointWeighting::values_of_rows() const
  {
    return {row_weights};
  }



  std::vector<double>
  PointWeighting::first_values() const
  {
    return {rule->first_weight()};
  }



  std::vector<double>
  PointWeighting::common_values() const
  {
    return rule->state();
  }



  void
  PointWeighting::set_state(const std::vector<std::vector<double>> &values,
                            const std::vector<double>              &common)
  {
    row_weights = values[0];
    rule->set_state(common);
    lagrangian.set_multipliers(row_weights, 0.);
  }



  std::string
  PointWeighting::description() const
  {
    return "weights of points " + range_of(row_weights);
  }
} // namespace sobolev
