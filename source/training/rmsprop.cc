// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/rmsprop.h>

#include <cmath>

#include "first_order_run.h"

namespace sobolev
{
  namespace
  {
    class RMSPropRule : public internal::StepRule
    {
    public:
      RMSPropRule(const RMSPropOptions &options, const std::size_t n)
        : options(options)
        , v(n, 0.)
      {
      }

      void
      compute_step(const std::vector<double> &gradient,
                   const double               learning_rate,
                   std::vector<double>       &step) override
      {
        for (std::size_t i = 0; i < gradient.size(); ++i)
          {
            const double g = gradient[i];
            v[i]    = options.memory * v[i] + (1. - options.memory) * g * g;
            step[i] = learning_rate * g / (std::sqrt(v[i]) + options.epsilon);
          }
      }

      // There is no momentum.
      void
      forget() override
      {
      }

      double
      schedule(const unsigned int t) const override
      {
        return options.decay.at(t);
      }

    private:
      const RMSPropOptions &options;
      std::vector<double>   v;
    };
  } // namespace



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
    RMSPropRule rule(options, theta.size());
    internal::run_first_order(
      name(), rule, options.learning_rate, problem, theta, monitor);
  }
} // namespace sobolev
