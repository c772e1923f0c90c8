// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/weight_annealing.h>

#include <algorithm>

namespace sobolev
{
  WeightAnnealing::WeightAnnealing(LocalObjective &objective, const double part)
    : objective(objective)
    , part(part)
    , first_weights(objective.block_weights())
  {
  }



  bool
  WeightAnnealing::update(const std::vector<double> &,
                          const TrainingProgress &progress)
  {
    constexpr unsigned int n_steps = 20;

    const auto now = static_cast<unsigned int>(
      std::min(n_steps * progress.part / part, double(n_steps)));
    if (now == step)
      return false;
    step         = now;
    auto weights = first_weights;
    for (double &weight : weights)
      weight *= 1. - double(step) / n_steps;
    objective.set_block_weights(weights);
    return true;
  }
} // namespace sobolev
