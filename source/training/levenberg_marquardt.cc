// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/levenberg_marquardt.h>

#include <cmath>

#include "levenberg_marquardt_run.h"

namespace sobolev
{
  namespace
  {
    std::unique_ptr<internal::LevenbergMarquardtRun>
    make_run(const LevenbergMarquardtOptions &options,
             const LeastSquaresProblem       &problem,
             std::vector<double>             &theta)
    {
      if (options.step_control == "radius")
        return internal::make_radius_run(options, problem, theta);
      AssertInput(options.step_control == "damping",
                  "'" << options.step_control
                      << "' is not a way to control steps: use damping or "
                         "radius");
      return internal::make_damping_run(options, problem, theta);
    }
  } // namespace



  LevenbergMarquardt::LevenbergMarquardt(
    const LevenbergMarquardtOptions &options)
    : options(options)
  {
  }



  std::string
  LevenbergMarquardt::name() const
  {
    return "Levenberg-Marquardt";
  }



  void
  LevenbergMarquardt::minimize_squares(const LeastSquaresProblem &problem,
                                       std::vector<double>       &theta,
                                       TrainingMonitor           &monitor) const
  {
    constexpr unsigned int max_trials = 60;

    monitor.start(name(), 50, 1);
    auto run = make_run(options, problem, theta);
    // With other points, steps of the same size are still right.
    if (monitor.is_continued())
      run->damping = monitor.damping();

    bool go_on = true;
    while (go_on)
      {
        if (run->choose_linear_algebra())
          monitor.say(std::string("steps by ") +
                      (run->uses_orthogonal() ? "an orthogonal factorisation"
                                              : "normal equations") +
                      " from now on");
        problem.adapt(theta, monitor.progress_so_far());
        run->linearize();
        if (!std::isfinite(run->loss))
          throw ComputationError(
            "Levenberg-Marquardt: the loss is not a finite number for the "
            "parameters at hand.");
        const double diagonal = run->equations->largest_diagonal();
        if (diagonal == 0. || !std::isfinite(diagonal))
          {
            monitor.record({run->loss, 0., 0., false}, theta);
            monitor.stop(
              diagonal == 0.
                ? "the loss does not depend on the parameters any more"
                : "the derivatives of the loss are not finite");
            break;
          }

        bool accepted = false;
        while (!accepted && go_on)
          {
            accepted = run->try_step();
            if (!run->problem_found.empty())
              monitor.say(run->problem_found + ": rejected, " +
                          run->consequence());
            if (!accepted && (run->trials >= max_trials || run->is_exhausted()))
              {
                go_on =
                  monitor.record({run->loss, run->damping, 0., false}, theta);
                if (!go_on)
                  break;
                go_on = problem.adapt(theta, monitor.progress_so_far(true));
                if (go_on)
                  run = make_run(options, problem, theta);
                else
                  monitor.stop("no step decreases the loss any more");
                break;
              }
          }
        if (!accepted)
          continue;

        go_on = monitor.record({run->loss, run->damping, run->step_norm, true},
                               theta);
      }
  }
} // namespace sobolev
