// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/adam.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  Adam::Adam(const AdamOptions &options)
    : options(options)
  {
  }



  std::string
  Adam::name() const
  {
    return "Adam";
  }



  void
  Adam::minimize(const LeastSquaresProblem &problem,
                 std::vector<double>       &theta,
                 TrainingMonitor           &monitor) const
  {
    constexpr unsigned int max_failures = 20;

    monitor.start(name(), 2000, 50);

    const std::size_t   n = theta.size();
    std::vector<double> m(n, 0.), v(n, 0.), gradient(n), previous = theta;
    double              learning_rate = options.learning_rate;
    double              factor_1 = 1., factor_2 = 1., step_norm = 0.;
    unsigned int        failures   = 0;
    bool                taken_back = false;

    for (unsigned int t = 0;; ++t)
      {
        const double loss = problem.gradient(theta, gradient);
        const bool   finite =
          std::isfinite(loss) &&
          std::all_of(gradient.begin(), gradient.end(), [](const double g) {
            return std::isfinite(g);
          });
        if (!finite)
          {
            if (t == 0)
              throw ComputationError(
                "Adam: the loss or its gradient is not finite for the "
                "parameters at hand.");
            theta      = previous;
            taken_back = true;
            learning_rate /= 2.;
            std::fill(m.begin(), m.end(), 0.);
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
            if (!monitor.record({loss, learning_rate, step_norm, true}, theta))
              return;
          }
        taken_back = false;

        factor_1 *= options.beta_1;
        factor_2 *= options.beta_2;
        previous  = theta;
        step_norm = 0.;
        for (std::size_t i = 0; i < n; ++i)
          {
            const double g = gradient[i];
            m[i]           = options.beta_1 * m[i] + (1. - options.beta_1) * g;
            v[i] = options.beta_2 * v[i] + (1. - options.beta_2) * g * g;
            const double step =
              learning_rate * (m[i] / (1. - factor_1)) /
              (std::sqrt(v[i] / (1. - factor_2)) + options.epsilon);
            theta[i] -= step;
            step_norm += step * step;
          }
        step_norm = std::sqrt(step_norm);
      }
  }
} // namespace sobolev
