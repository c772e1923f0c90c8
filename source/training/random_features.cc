// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/training/last_layer_equations.h>
#include <sobolev/training/random_features.h>

#include <cmath>
#include <numeric>
#include <sstream>

namespace sobolev
{
  namespace
  {
    using Kind = ParameterGroup::Kind;

    // The parameters of the last layer, which follow each other.
    struct Range
    {
      unsigned int first = 0, n = 0;
    };



    Range
    find_last_layer(const std::vector<ParameterGroup> &groups)
    {
      Range range;
      for (const auto &group : groups)
        if (group.kind == Kind::output_weights)
          range = {group.first, group.size()};
        else if (group.kind == Kind::output_biases)
          {
            AssertThrow(group.first == range.first + range.n,
                        dealii::ExcInternalError());
            range.n += group.size();
          }
      AssertInput(
        range.n > 0,
        "Training/optimizer: 'random features' needs a network with a "
        "linear last layer, which the objective does not have.");
      return range;
    }



    // Hidden weights and biases with the given spreads, where these are not
    // zero. The numbers depend on seed and position only.
    void
    draw_hidden_layers(const RandomFeaturesOptions       &options,
                       const std::vector<ParameterGroup> &groups,
                       std::vector<double>               &theta)
    {
      const std::uint64_t stream = 77;
      for (const auto &group : groups)
        for (unsigned int i = group.first; i < group.first + group.size(); ++i)
          if (group.kind == Kind::hidden_weights && options.weight_spread > 0.)
            theta[i] = options.weight_spread *
                       CounterBasedRandom::normal(options.seed, stream, i);
          else if (group.kind == Kind::hidden_biases &&
                   options.bias_spread > 0.)
            theta[i] =
              options.bias_spread *
              (2. * CounterBasedRandom::uniform(options.seed, stream + 1, i) -
               1.);
    }
  } // namespace



  RandomFeatures::RandomFeatures(const RandomFeaturesOptions &options)
    : options(options)
  {
  }



  std::string
  RandomFeatures::name() const
  {
    return "random features";
  }



  void
  RandomFeatures::minimize_squares(const LeastSquaresProblem &problem,
                                   std::vector<double>       &theta,
                                   TrainingMonitor           &monitor) const
  {
    monitor.start(name(), 50, 1);
    const auto  groups = problem.parameter_groups();
    const Range range  = find_last_layer(groups);
    draw_hidden_layers(options, groups, theta);

    const LastLayerEquations equations(problem, range.first, range.n);
    std::vector<double>      trial, trial_rows;
    while (true)
      {
        // 1. The step of the linear model.
        problem.adapt(theta, monitor.progress_so_far());
        const auto solution = equations.solve(theta, options.truncation);
        if (!std::isfinite(solution.loss))
          {
            if (!std::isfinite(problem.loss(theta)))
              throw ComputationError(
                "random features: the loss is not a finite number for the "
                "parameters at hand.");
            monitor.record({problem.loss(theta), 0., 0., false}, theta);
            monitor.stop("the derivatives of the loss are not finite");
            return;
          }
        if (monitor.n_iterations() == 0)
          {
            std::ostringstream message;
            message << range.n << " parameters of the last layer, of which "
                    << solution.rank << " are independent in this precision";
            monitor.say(message.str());
          }

        // 2. How much of it decreases the loss.
        const double predicted = solution.loss - solution.predicted_loss;
        double       factor = 1., decrease = 0., loss = 0.;
        bool         success = false;
        for (unsigned int k = 0; k <= options.max_halvings && !success; ++k)
          {
            trial = theta;
            for (unsigned int i = 0; i < range.n; ++i)
              trial[range.first + i] += factor * solution.step[i];
            problem.compute_local_rows(trial, trial_rows);
            // The loss itself falls by too many orders to be a difference.
            const auto &rows   = equations.local_rows();
            double      sums[] = {0., 0.};
            for (std::size_t i = 0; i < rows.size(); ++i)
              {
                sums[0] +=
                  (rows[i] - trial_rows[i]) * (rows[i] + trial_rows[i]);
                sums[1] += trial_rows[i] * trial_rows[i];
              }
            problem.sum(dealii::ArrayView<double>(sums, 2));
            decrease = sums[0];
            loss     = sums[1];
            success  = decrease >= 1e-4 * factor * predicted && decrease > 0.;
            if (!std::isfinite(decrease))
              monitor.say("the loss at the end of a step is not finite: "
                          "halved");
            if (!success)
              factor *= 0.5;
          }
        if (!success)
          {
            monitor.record({solution.loss, 0., 0., false}, theta);
            monitor.stop("no step decreases the loss any more");
            return;
          }

        // 3. Take it.
        const double norm =
          factor * std::sqrt(std::inner_product(solution.step.begin(),
                                                solution.step.end(),
                                                solution.step.begin(),
                                                0.));
        theta = trial;
        if (!monitor.record({loss, 1. - factor, norm, true}, theta))
          return;
        if (factor == 1. &&
            loss <= (1. + options.tolerance) * solution.predicted_loss)
          {
            monitor.stop("the loss is that of the linear least-squares "
                         "problem");
            return;
          }
      }
  }
} // namespace sobolev
