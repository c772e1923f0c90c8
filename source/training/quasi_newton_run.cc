// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include "quasi_newton_run.h"

#include <sobolev/base/exceptions.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    using Vector = std::vector<double>;



    double
    dot(const Vector &a, const Vector &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }



    bool
    is_finite(const double loss, const Vector &gradient)
    {
      return std::isfinite(loss) &&
             std::all_of(gradient.begin(), gradient.end(), [](const double g) {
               return std::isfinite(g);
             });
    }



    // The state of one run.
    class Run
    {
    public:
      Run(std::unique_ptr<InverseHessian> H,
          const WolfeOptions             &line_search,
          const double                    first_length,
          const TrainingProblem          &problem,
          Vector                         &theta)
        : problem(problem)
        , theta(theta)
        , first_length(first_length)
        , search(line_search)
        , H(std::move(H))
      {
        evaluate();
      }

      // Loss and gradient at the present parameters.
      void
      evaluate()
      {
        loss = problem.gradient(theta, gradient);
      }

      // One step; returns whether the loss decreased, or the slopes where it
      // cannot any more.
      bool
      take_step()
      {
        // 1. A direction of descent.
        compute_direction();
        double slope = dot(direction, gradient);
        if (!(slope < 0.) || !std::isfinite(slope))
          {
            restart();
            compute_direction();
            slope = dot(direction, gradient);
          }
        step_norm = 0.;
        if (!(slope < 0.))
          return false;

        // 2. How far.
        const double first_step =
          is_fresh ? std::min(1., first_length / std::sqrt(-slope)) : 1.;
        Vector     trial(theta.size()), trial_gradient;
        double     last_step = 0.;
        const auto evaluate  = [&](const double step) {
          for (std::size_t i = 0; i < theta.size(); ++i)
            trial[i] = theta[i] + step * direction[i];
          last_step          = step;
          const double value = problem.gradient(trial, trial_gradient);
          return WolfeLineSearch::Point{
            step, value, dot(trial_gradient, direction)};
        };
        const auto result =
          search.search(evaluate, {0., loss, slope}, first_step);
        met_not_finite = result.met_not_finite;
        if (!(result.point.step > 0.))
          return false;
        double new_loss = result.point.value;
        if (last_step != result.point.step)
          new_loss = evaluate(result.point.step).value;
        // A slope may be finite where an entry is not.
        if (!is_finite(new_loss, trial_gradient))
          {
            met_not_finite = true;
            return false;
          }

        // 3. Learn from it.
        Vector s(theta.size()), y(theta.size());
        for (std::size_t i = 0; i < theta.size(); ++i)
          {
            s[i] = trial[i] - theta[i];
            y[i] = trial_gradient[i] - gradient[i];
          }
        if (H)
          H->update(s, y, gradient, result.point.step);
        is_fresh  = false;
        step_norm = std::sqrt(dot(s, s));
        loss      = new_loss;
        theta.swap(trial);
        gradient.swap(trial_gradient);
        return step_norm > 0.;
      }

      // Forget all curvature.
      void
      restart()
      {
        if (H)
          H->reset();
        is_fresh = true;
      }

      const TrainingProblem &problem;
      Vector                &theta;
      Vector                 gradient;
      double                 loss = 0., step_norm = 0.;
      bool                   is_fresh = true, met_not_finite = false;

    private:
      // The root computes, so that all get the same bits.
      void
      compute_direction()
      {
        direction.resize(theta.size());
        if (H)
          H->multiply(gradient, direction);
        for (double &d : direction)
          d = -d;
        problem.broadcast(dealii::make_array_view(direction));
      }

      const double                          first_length;
      const WolfeLineSearch                 search;
      const std::unique_ptr<InverseHessian> H;
      Vector                                direction;
    };
  } // namespace



  void
  internal::minimize(const std::string              &name,
                     std::unique_ptr<InverseHessian> H,
                     const WolfeOptions             &line_search,
                     const double                    first_length,
                     const TrainingProblem          &problem,
                     std::vector<double>            &theta,
                     TrainingMonitor                &monitor)
  {
    problem.adapt(theta, monitor.progress_so_far());
    Run run(std::move(H), line_search, first_length, problem, theta);
    if (!is_finite(run.loss, run.gradient))
      throw ComputationError(name +
                             ": the loss or its gradient is not finite for the "
                             "parameters at hand.");

    // Whether the loss becomes another one where there is nothing to do.
    const auto leave_rest = [&]() {
      if (!problem.adapt(theta, monitor.progress_so_far(true)))
        return false;
      run.restart();
      run.evaluate();
      return true;
    };

    while (true)
      {
        if (problem.adapt(theta, monitor.progress_so_far()))
          run.evaluate();
        if (dot(run.gradient, run.gradient) == 0.)
          {
            if ((problem.is_adaptive() || monitor.best_parameters().empty()) &&
                !monitor.record({run.loss, 0., 0., false}, theta))
              return;
            if (!leave_rest())
              {
                monitor.stop("the gradient is zero");
                return;
              }
            continue;
          }

        const bool was_fresh = run.is_fresh;
        const bool success   = run.take_step();
        if (run.met_not_finite)
          monitor.say("the loss or its gradient at the end of a trial step is "
                      "not finite: shortened");
        if (success)
          {
            if (!monitor.record({run.loss, 0., run.step_norm, true}, theta))
              return;
          }
        else if (was_fresh)
          {
            if (!monitor.record({run.loss, 0., 0., false}, theta))
              return;
            if (!leave_rest())
              {
                monitor.stop(
                  "the line search found no point with a smaller loss");
                return;
              }
          }
        else
          {
            monitor.say("the line search found no point with a smaller loss: "
                        "restarted along the steepest descent");
            run.restart();
          }
      }
  }
} // namespace sobolev
