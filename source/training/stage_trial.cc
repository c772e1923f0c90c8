// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/last_layer_equations.h>
#include <sobolev/training/stage_trial.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sobolev
{
  StageTrial
  try_stage(const LeastSquaresProblem &problem,
            const std::vector<double> &theta)
  {
    using Kind = ParameterGroup::Kind;

    // 1. Without the last layer.
    unsigned int        first = 0, n = 0;
    std::vector<double> start = theta;
    for (const auto &group : problem.parameter_groups())
      if (group.kind == Kind::output_weights ||
          group.kind == Kind::output_biases)
        {
          if (n == 0)
            first = group.first;
          n += group.size();
          std::fill_n(start.begin() + group.first, group.size(), 0.);
        }
    AssertInput(n > 0,
                "Training/stages: a stage needs a network with a linear last "
                "layer.");

    // 2. What the network adds.
    std::vector<double> rows, trial_rows;
    problem.compute_local_rows(start, rows);
    problem.compute_local_rows(theta, trial_rows);
    double sums[] = {0., 0.};
    for (std::size_t i = 0; i < rows.size(); ++i)
      {
        sums[0] += rows[i] * rows[i];
        sums[1] += (trial_rows[i] - rows[i]) * (trial_rows[i] - rows[i]);
      }
    problem.sum(dealii::ArrayView<double>(sums, 2));
    StageTrial trial;
    trial.amplitude = std::sqrt(sums[0] / sums[1]);
    if (!(trial.amplitude > 0.) || !std::isfinite(trial.amplitude))
      throw ComputationError("a network for the remaining error does not "
                             "change the residual, or nothing remains.");

    // 3. What it could remove at once.
    const auto solution =
      LastLayerEquations(problem, first, n).solve(start, 1e-14);
    trial.remainder = std::sqrt(solution.predicted_loss / solution.loss);
    if (!std::isfinite(trial.remainder))
      trial.remainder = std::numeric_limits<double>::infinity();
    return trial;
  }
} // namespace sobolev
