// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/adam.h>

#include <algorithm>
#include <cmath>

#include "first_order_run.h"

namespace sobolev
{
  namespace
  {
    class AdamRule : public internal::StepRule
    {
    public:
      AdamRule(const AdamOptions &options, const std::size_t n)
        : options(options)
        , m(n, 0.)
        , v(n, 0.)
      {
      }

      void
      compute_step(const std::vector<double> &gradient,
                   const double               learning_rate,
                   std::vector<double>       &step) override
      {
        factor_1 *= options.beta_1;
        factor_2 *= options.beta_2;
        for (std::size_t i = 0; i < gradient.size(); ++i)
          {
            const double g = gradient[i];
            m[i]           = options.beta_1 * m[i] + (1. - options.beta_1) * g;
            v[i]    = options.beta_2 * v[i] + (1. - options.beta_2) * g * g;
            step[i] = learning_rate * (m[i] / (1. - factor_1)) /
                      (std::sqrt(v[i] / (1. - factor_2)) + options.epsilon);
          }
      }

      void
      forget() override
      {
        std::fill(m.begin(), m.end(), 0.);
      }

      double
      schedule(const unsigned int t) const override
      {
        return options.decay.at(t);
      }

    private:
      const AdamOptions  &options;
      std::vector<double> m, v;
      double              factor_1 = 1., factor_2 = 1.;
    };
  } // namespace



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
  Adam::minimize(const TrainingProblem &problem,
                 std::vector<double>   &theta,
                 TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 2000, 50);
    AdamRule rule(options, theta.size());
    internal::run_first_order(
      name(), rule, options.learning_rate, problem, theta, monitor);
  }
} // namespace sobolev
