// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/normal_equations.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    double
    dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }



    // a + factor b
    std::vector<double>
    add(const std::vector<double> &a,
        const double               factor,
        const std::vector<double> &b)
    {
      std::vector<double> sum(a.size());
      for (std::size_t i = 0; i < a.size(); ++i)
        sum[i] = a[i] + factor * b[i];
      return sum;
    }



    // The state of one run: what belongs to the current parameters and what a
    // trial step needs.
    class Run
    {
    public:
      Run(const LevenbergMarquardtOptions &options,
          const LeastSquaresProblem       &problem,
          std::vector<double>             &theta)
        : options(options)
        , problem(problem)
        , equations(make_damped_least_squares(options.linear_algebra,
                                              problem,
                                              options.refinement_damping))
        , may_change(options.linear_algebra == "automatic" &&
                     dynamic_cast<const NormalEquations *>(equations.get()) !=
                       nullptr)
        , theta(theta)
      {
      }

      // Linearise at the current parameters.
      void
      linearize()
      {
        loss = equations->assemble(theta);
        if (damping == 0.)
          damping = options.initial_damping * equations->largest_diagonal();
        trials = 0;
      }

      // Choose between normal equations and an orthogonal factorisation for
      // the next linearisation. Returns whether it is another one than so far.
      bool
      choose_linear_algebra()
      {
        if (!may_change)
          return false;
        // Not back and forth.
        constexpr double margin    = 100.;
        const double     relative  = damping / equations->largest_diagonal();
        const bool       is_small  = relative < gram_floor;
        const bool       is_normal = relative > margin * gram_floor;
        if (is_orthogonal ? !is_normal : !(is_small || is_singular))
          return false;
        is_orthogonal = !is_orthogonal;
        is_singular   = false;
        equations.reset();
        equations =
          make_damped_least_squares(is_orthogonal ? "orthogonal" : "gram",
                                    problem,
                                    options.refinement_damping);
        return true;
      }

      bool
      uses_orthogonal() const
      {
        return is_orthogonal;
      }

      // Compute a trial step and take it if it is good enough. Returns whether
      // it was taken; adapts the damping.
      bool
      try_step()
      {
        ++trials;
        step_norm = 0.;
        problem_found.clear();

        // 1. The step of the linear model and the decrease it predicts.
        if (!equations->factorize(damping))
          {
            is_singular = true;
            return reject("the damped matrix is not positive definite");
          }
        std::vector<double> step;
        equations->compute_step(step);
        const double first_norm = std::sqrt(dot(step, step));
        const double predicted  = damping * first_norm * first_norm -
                                 dot(step, equations->transpose_times_rows());
        if (!std::isfinite(first_norm))
          return reject("the step is not finite");

        // 2. Acceleration.
        if (options.acceleration)
          {
            const auto   second = compute_acceleration(step);
            const double ratio =
              2. * std::sqrt(dot(second, second)) / first_norm;
            if (!(ratio <= options.acceleration_limit))
              return reject(
                std::isfinite(ratio) ? "" : "the acceleration is not finite");
            step = add(step, 1., second);
          }

        // 3. Judge by the actual decrease.
        const auto trial = add(theta, 1., step);
        problem.compute_local_rows(trial, trial_rows);
        const auto &rows     = equations->local_rows();
        double      decrease = 0.;
        for (std::size_t i = 0; i < rows.size(); ++i)
          decrease += (rows[i] - trial_rows[i]) * (rows[i] + trial_rows[i]);
        decrease = problem.sum(decrease);

        const double ratio = decrease / predicted;
        if (!std::isfinite(ratio))
          return reject("the loss at the end of the step is not finite");
        if (!(ratio >= options.minimal_ratio))
          return reject("");

        theta = trial;
        loss -= decrease;
        step_norm = std::sqrt(dot(step, step));
        damping /= ratio > 0.75 ? 9. : ratio > 0.25 ? 3. : 1.;
        damping = std::max(damping, 1e-30 * equations->largest_diagonal());
        return true;
      }

      const LevenbergMarquardtOptions    &options;
      const LeastSquaresProblem          &problem;
      std::unique_ptr<DampedLeastSquares> equations;
      const bool                          may_change;
      std::vector<double>                &theta;

      double       loss = 0., damping = 0., step_norm = 0.;
      unsigned int trials = 0;
      // What was not finite or otherwise wrong in the last trial.
      std::string problem_found;

    private:
      bool
      reject(const std::string &why)
      {
        problem_found = why;
        damping *= why.empty() ? 2.5 : 10.;
        return false;
      }

      // -1/2 (J^T J + lambda)^-1 J^T r'' for the step p.
      std::vector<double>
      compute_acceleration(const std::vector<double> &p)
      {
        const double h    = options.acceleration_step;
        const auto  &rows = equations->local_rows();
        problem.compute_local_rows(add(theta, h, p), trial_rows);
        problem.compute_local_rows(add(theta, -h, p), second_rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
          second_rows[i] =
            (trial_rows[i] - 2. * rows[i] + second_rows[i]) / (h * h);

        std::vector<double> acceleration;
        equations->compute_step_for(second_rows, acceleration);
        for (double &a : acceleration)
          a *= 0.5;
        return acceleration;
      }

      std::vector<double> trial_rows, second_rows;

      static constexpr double gram_floor    = NormalEquations::damping_floor;
      bool                    is_orthogonal = false, is_singular = false;
    };
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
    // A damping this far above the matrix makes steps of no consequence.
    constexpr double       useless_damping = 1e12;
    constexpr unsigned int max_trials      = 60;

    monitor.start(name(), 50, 1);
    Run run(options, problem, theta);
    // With other points, steps of the same size are still right.
    if (monitor.is_continued())
      run.damping = monitor.damping();

    bool go_on = true;
    while (go_on)
      {
        if (run.choose_linear_algebra())
          monitor.say(std::string("steps by ") +
                      (run.uses_orthogonal() ? "an orthogonal factorisation"
                                             : "normal equations") +
                      " from now on");
        run.linearize();
        if (!std::isfinite(run.loss))
          throw ComputationError(
            "Levenberg-Marquardt: the loss is not a finite number for the "
            "parameters at hand.");
        const double diagonal = run.equations->largest_diagonal();
        if (diagonal == 0. || !std::isfinite(diagonal))
          {
            monitor.record({run.loss, 0., 0., false}, theta);
            monitor.stop(
              diagonal == 0.
                ? "the loss does not depend on the parameters any more"
                : "the derivatives of the loss are not finite");
            break;
          }

        bool accepted = false;
        while (!accepted && go_on)
          {
            accepted = run.try_step();
            if (!run.problem_found.empty())
              monitor.say(run.problem_found +
                          ": rejected, damping raised tenfold");
            if (!accepted &&
                (run.trials >= max_trials ||
                 run.damping >
                   useless_damping * run.equations->largest_diagonal()))
              {
                monitor.record({run.loss, run.damping, 0., false}, theta);
                monitor.stop("no step decreases the loss any more");
                go_on = false;
              }
          }
        if (accepted)
          go_on =
            monitor.record({run.loss, run.damping, run.step_norm, true}, theta);
      }
  }
} // namespace sobolev
