// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_scaled_gradient_rule_h
#define sobolev_training_scaled_gradient_rule_h

#include <sobolev/training/learning_rate.h>

#include <cmath>
#include <vector>

#include "first_order_run.h"

namespace sobolev
{
  namespace internal
  {
    // Gradients divided by the root of a sum of their squares, entry by entry:
    // v <- kept v + added g^2, step = rate g / (sqrt(v) + epsilon).
    class ScaledGradientRule : public StepRule
    {
    public:
      ScaledGradientRule(const double             kept,
                         const double             added,
                         const double             epsilon,
                         const LearningRateDecay &decay,
                         const std::size_t        n)
        : kept(kept)
        , added(added)
        , epsilon(epsilon)
        , decay(decay)
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
            v[i]           = kept * v[i] + added * g * g;
            step[i]        = learning_rate * g / (std::sqrt(v[i]) + epsilon);
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
        return decay.at(t);
      }

    private:
      const double             kept, added, epsilon;
      const LearningRateDecay &decay;
      std::vector<double>      v;
    };
  } // namespace internal
} // namespace sobolev

#endif
