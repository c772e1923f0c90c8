// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/adagrad.h>

#include "scaled_gradient_rule.h"

namespace sobolev
{
  AdaGrad::AdaGrad(const AdaGradOptions &options)
    : options(options)
  {
  }



  std::string
  AdaGrad::name() const
  {
    return "AdaGrad";
  }



  void
  AdaGrad::minimize(const TrainingProblem &problem,
                    std::vector<double>   &theta,
                    TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 2000, 50);
    internal::ScaledGradientRule rule(
      1., 1., options.epsilon, options.decay, theta.size());
    internal::run_first_order(
      name(), rule, options.learning_rate, problem, theta, monitor);
  }
} // namespace sobolev
