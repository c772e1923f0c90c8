// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/rmsprop.h>

#include "scaled_gradient_rule.h"

namespace sobolev
{
  RMSProp::RMSProp(const RMSPropOptions &options)
    : options(options)
  {
  }



  std::string
  RMSProp::name() const
  {
    return "RMSProp";
  }



  void
  RMSProp::minimize(const TrainingProblem &problem,
                    std::vector<double>   &theta,
                    TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 2000, 50);
    internal::ScaledGradientRule rule(options.memory,
                                      1. - options.memory,
                                      options.epsilon,
                                      options.decay,
                                      theta.size());
    internal::run_first_order(
      name(), rule, options.learning_rate, problem, theta, monitor);
  }
} // namespace sobolev
