// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/block_weighting.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace sobolev
{
  namespace
  {
    bool
    is_finite(const std::vector<double> &values)
    {
      return std::all_of(values.begin(), values.end(), [](const double value) {
        return std::isfinite(value);
      });
    }



    // The entries that belong to weights and biases of the layers of the
    // unknowns, not those of coefficients; all of them if nothing is known.
    std::vector<double>
    layers_of(const double *gradient, const std::vector<ParameterGroup> &groups)
    {
      std::vector<double> result;
      for (const auto &group : groups)
        if ((group.kind != ParameterGroup::Kind::other &&
             group.kind != ParameterGroup::Kind::coefficients) ||
            groups.size() == 1)
          result.insert(result.end(),
                        gradient + group.first,
                        gradient + group.first + group.size());
      return result;
    }
  } // namespace



  std::vector<double>
  losses_of_zero(const LocalObjective &objective, const MPI_Comm communicator)
  {
    const LeastSquaresProblem problem(&objective, nullptr, communicator);
    const auto                losses =
      problem.block_losses(std::vector<double>(objective.n_parameters(), 0.));
    for (unsigned int k = 0; k < losses.size(); ++k)
      AssertInput(losses[k] > 0. && std::isfinite(losses[k]),
                  "the loss of the block '"
                    << objective.block_names()[k] << "' is " << losses[k]
                    << " where the network is zero; it must be positive to "
                       "have an epsilon-optimal weight, or 'Loss "
                       "weighting/numbers' must have one number per block.");
    return losses;
  }



  BlockWeighting::BlockWeighting(const LocalObjective        &original,
                                 WeightingRule               &rule,
                                 const BlockWeightingOptions &options,
                                 const MPI_Comm               communicator)
    : original(&original, nullptr, communicator)
    , rule(rule)
    , options(options)
    , reweighted(original)
  {
    if (options.history_file.empty())
      return;
    // Whether the file can be written is known on the root only.
    double good = 1.;
    if (this->original.is_root())
      {
        history.open(options.history_file, std::ios::app);
        if (history.tellp() == 0)
          {
            history << "iteration";
            for (std::string name : original.block_names())
              {
                std::replace(name.begin(), name.end(), ',', ';');
                history << ",weight of " << name << ",loss of " << name;
              }
            history << '\n';
          }
        history << std::setprecision(15);
        good = history.good() ? 1. : 0.;
      }
    this->original.broadcast(dealii::ArrayView<double>(&good, 1));
    AssertInput(good > 0.,
                "the file '" << options.history_file << "' cannot be written.");
  }



  void
  BlockWeighting::set_weights(const std::vector<double> &weights)
  {
    reweighted.set_factors(weights);
  }



  bool
  BlockWeighting::update(const std::vector<double> &theta,
                         const TrainingProgress    &progress)
  {
    if (progress.is_at_rest || progress.iteration % options.interval != 0 ||
        progress.part > 1. - options.frozen_part)
      return false;

    const BlockStatistics statistics = compute_statistics(theta);
    bool finite = is_finite(statistics.losses) && is_finite(statistics.traces);
    for (const auto &gradient : statistics.gradients)
      finite = finite && is_finite(gradient);
    if (!finite)
      return false;

    const auto last = weights();
    const auto next = rule.update(last, statistics);
    if (is_finite(next))
      reweighted.set_factors(next);
    if (history.is_open())
      {
        history << progress.iteration;
        for (std::size_t k = 0; k < next.size(); ++k)
          history << ',' << weights()[k] << ',' << statistics.losses[k];
        history << std::endl;
      }
    return weights() != last;
  }



  BlockStatistics
  BlockWeighting::compute_statistics(const std::vector<double> &theta) const
  {
    BlockStatistics    statistics;
    const unsigned int n_blocks = weights().size();
    switch (rule.needs())
      {
        case WeightingRule::Needs::losses:
          statistics.losses = original.block_losses(theta);
          break;
        case WeightingRule::Needs::gradients:
          {
            std::vector<double> gradients;
            statistics.losses = original.block_gradients(theta, gradients);
            const auto groups = original.parameter_groups();
            for (unsigned int k = 0; k < n_blocks; ++k)
              statistics.gradients.push_back(layers_of(
                gradients.data() + k * original.n_parameters(), groups));
            break;
          }
        case WeightingRule::Needs::traces:
          statistics.losses = original.block_losses(theta);
          statistics.traces = original.block_traces(theta);
          break;
      }
    return statistics;
  }



  std::string
  BlockWeighting::description() const
  {
    const auto         names = reweighted.block_names();
    std::ostringstream text;
    text.precision(3);
    for (std::size_t k = 0; k < names.size(); ++k)
      text << (k > 0 ? ", " : "") << names[k] << ' ' << weights()[k];
    return text.str();
  }
} // namespace sobolev
