// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <algorithm>
#include <cmath>

#include "levenberg_marquardt_run.h"

namespace sobolev
{
  namespace
  {
    // One trial at a time; the damping follows the ratio of decreases.
    class DampingRun : public internal::LevenbergMarquardtRun
    {
    public:
      using LevenbergMarquardtRun::LevenbergMarquardtRun;

      bool
      try_step() override
      {
        ++trials;
        step_norm = 0.;
        problem_found.clear();

        if (!equations->factorize(damping))
          {
            is_singular = true;
            return reject("the damped matrix is not positive definite");
          }
        Trial trial;
        trial.damping = damping;
        equations->compute_step(trial.step);
        if (!complete(trial))
          return reject(problem_found);

        const double decrease =
          problem.decreases(equations->local_rows(), {trial.theta})[0];
        const double ratio = decrease / trial.predicted;
        if (!std::isfinite(ratio))
          return reject("the loss at the end of the step is not finite");
        if (!(ratio >= options.minimal_ratio))
          return reject("");

        take(trial, decrease);
        damping /= ratio > 0.75 ? 9. : ratio > 0.25 ? 3. : 1.;
        damping = std::max(damping, 1e-30 * equations->largest_diagonal());
        return true;
      }

      bool
      is_exhausted() const override
      {
        // A damping this far above the matrix makes steps of no consequence.
        return damping > 1e12 * equations->largest_diagonal();
      }

      std::string
      consequence() const override
      {
        return "damping raised tenfold";
      }

    private:
      bool
      reject(const std::string &why)
      {
        problem_found = why;
        damping *= why.empty() ? 2.5 : 10.;
        return false;
      }
    };
  } // namespace



  std::unique_ptr<internal::LevenbergMarquardtRun>
  internal::make_damping_run(const LevenbergMarquardtOptions &options,
                             const LeastSquaresProblem       &problem,
                             std::vector<double>             &theta)
  {
    return std::make_unique<DampingRun>(options, problem, theta);
  }
} // namespace sobolev
