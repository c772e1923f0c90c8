// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include "first_order_run.h"

#include <sobolev/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  void
  internal::run_first_order(const std::string     &name,
                            StepRule              &rule,
                            const double           learning_rate,
                            const TrainingProblem &problem,
                            std::vector<double>   &theta,
                            TrainingMonitor       &monitor)
  {
    constexpr unsigned int max_failures = 20;

    std::vector<double> gradient(theta.size()), step(theta.size()),
      previous             = theta;
    double       reduction = 1., rate = learning_rate, step_norm = 0.;
    unsigned int failures = 0, n_steps = 0;
    bool         taken_back = false;

    while (true)
      {
        problem.adapt(theta, monitor.progress_so_far());
        const double loss = problem.gradient(theta, gradient);
        const bool   finite =
          std::isfinite(loss) &&
          std::all_of(gradient.begin(), gradient.end(), [](const double g) {
            return std::isfinite(g);
          });
        if (!finite)
          {
            if (n_steps == 0)
              throw ComputationError(
                name + ": the loss or its gradient is not finite for the "
                       "parameters at hand.");
            theta      = previous;
            taken_back = true;
            reduction /= 2.;
            rule.forget();
            monitor.say("the loss or its gradient is not finite: step taken "
                        "back, learning rate halved");
            if (++failures == max_failures)
              {
                monitor.stop("the loss stayed not finite");
                return;
              }
            continue;
          }

        // The record is about the parameters whose loss is known; those that
        // were gone back to have been recorded before.
        if (!taken_back)
          {
            failures = 0;
            if (!monitor.record({loss, rate, step_norm, true}, theta))
              return;
          }
        taken_back = false;

        previous = theta;
        ++n_steps;
        rate = learning_rate * reduction *
               rule.schedule(monitor.n_optimizer_iterations());
        // The root computes, so that all get the same bits.
        if (problem.is_root())
          rule.compute_step(gradient, rate, step);
        problem.broadcast(dealii::make_array_view(step));
        step_norm = 0.;
        for (std::size_t i = 0; i < theta.size(); ++i)
          {
            theta[i] -= step[i];
            step_norm += step[i] * step[i];
          }
        step_norm = std::sqrt(step_norm);
      }
  }
} // namespace sobolev
