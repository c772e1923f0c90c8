// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/optimizer_sequence.h>

namespace sobolev
{
  OptimizerSequence::OptimizerSequence(std::vector<Stage> stages)
    : stages(std::move(stages))
  {
  }



  std::string
  OptimizerSequence::name() const
  {
    std::string names;
    for (const Stage &stage : stages)
      names += (names.empty() ? "" : ", then ") + stage.optimizer->name();
    return names;
  }



  void
  OptimizerSequence::minimize(const TrainingProblem &problem,
                              std::vector<double>   &theta,
                              TrainingMonitor       &monitor) const
  {
    for (const Stage &stage : stages)
      {
        monitor.set_optimizer_limit(stage.max_iterations);
        stage.optimizer->minimize(problem, theta, monitor);
        if (!monitor.best_parameters().empty())
          theta = monitor.best_parameters();
        if (monitor.is_finished())
          break;
      }
    monitor.set_optimizer_limit(0);
  }
} // namespace sobolev
