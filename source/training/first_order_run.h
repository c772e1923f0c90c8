// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_first_order_run_h
#define sobolev_training_first_order_run_h

#include <sobolev/training/training_monitor.h>

#include <string>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    // What a method that makes steps from gradients alone has to say.
    class StepRule
    {
    public:
      virtual ~StepRule() = default;

      // The step to subtract from the parameters, for the next gradient.
      virtual void compute_step(const std::vector<double> &gradient,
                                const double               learning_rate,
                                std::vector<double>       &step) = 0;

      // Forget the momentum, after a step that was taken back.
      virtual void forget() = 0;

      // The learning rate of step t = 1, 2, ... relative to the first one.
      virtual double
      schedule(const unsigned int) const
      {
        return 1.;
      }
    };



    // Make steps until the monitor says stop. If the loss or the gradient is
    // not finite, the last step is taken back and the learning rate halved, for
    // at most 20 times in a row. What Optimizer::minimize() promises, for a
    // monitor that was started.
    void run_first_order(const std::string     &name,
                         StepRule              &rule,
                         const double           learning_rate,
                         const TrainingProblem &problem,
                         std::vector<double>   &theta,
                         TrainingMonitor       &monitor);
  } // namespace internal
} // namespace sobolev

#endif
