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
    for (unsigned int i = monitor.stage(); i < stages.size(); ++i)
      {
        monitor.begin_stage(i, stages[i].max_iterations);
        stages[i].optimizer->minimize(problem, theta, monitor);
        if (monitor.is_interrupted())
          return;
        if (!monitor.best_parameters_of_attempt().empty())
          theta = monitor.best_parameters_of_attempt();
        if (monitor.is_finished())
          break;
      }
    monitor.begin_stage(0, 0);
  }
} // namespace sobolev
