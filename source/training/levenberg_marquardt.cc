// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/damping_search.h>
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



    // A step that was not taken yet.
    struct Trial
    {
      double damping = 0.;
      // The linear part, then all of it.
      std::vector<double> step;
      // Of the linear part: its length and the decrease that it predicts.
      double              length = 0., predicted = 0.;
      std::vector<double> theta;
    };



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

      virtual ~Run() = default;

      // Linearise at the current parameters.
      void
      linearize()
      {
        loss = equations->assemble(theta);
        if (damping == 0.)
          damping = options.initial_damping * equations->largest_diagonal();
        trials = 0;
        begin_linearization();
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

      // Compute trial steps and take one if it is good enough. Returns whether
      // one was taken; adapts the damping or the radius.
      virtual bool try_step() = 0;

      // Whether further trials are of no use.
      virtual bool is_exhausted() const = 0;

      // What follows from #problem_found, in words.
      virtual std::string consequence() const = 0;

      const LevenbergMarquardtOptions    &options;
      const LeastSquaresProblem          &problem;
      std::unique_ptr<DampedLeastSquares> equations;
      const bool                          may_change;
      std::vector<double>                &theta;

      double       loss = 0., damping = 0., step_norm = 0.;
      unsigned int trials = 0;
      // What was not finite or otherwise wrong in the last trial.
      std::string problem_found;

    protected:
      virtual void
      begin_linearization()
      {
      }

      // Complete a trial with damping and linear step. Returns whether it is
      // worth a trial; #problem_found says why not, if that needs saying.
      bool
      complete(Trial &trial)
      {
        // 1. The step of the linear model and the decrease it predicts.
        auto &step      = trial.step;
        trial.length    = std::sqrt(dot(step, step));
        trial.predicted = trial.damping * trial.length * trial.length -
                          dot(step, equations->transpose_times_rows());
        if (!std::isfinite(trial.length))
          {
            problem_found = "the step is not finite";
            return false;
          }

        // 2. Acceleration.
        if (options.acceleration)
          {
            const auto   second = compute_acceleration(step);
            const double ratio =
              2. * std::sqrt(dot(second, second)) / trial.length;
            if (!(ratio <= options.acceleration_limit))
              {
                if (!std::isfinite(ratio))
                  problem_found = "the acceleration is not finite";
                return false;
              }
            step = add(step, 1., second);
          }
        trial.theta = add(theta, 1., step);
        return true;
      }

      void
      take(const Trial &trial, const double decrease)
      {
        theta = trial.theta;
        loss -= decrease;
        step_norm = std::sqrt(dot(trial.step, trial.step));
      }

      static constexpr double gram_floor    = NormalEquations::damping_floor;
      bool                    is_orthogonal = false, is_singular = false;

    private:
      // -1/2 (J^T J + lambda)^-1 J^T r'' for the step p.
      std::vector<double>
      compute_acceleration(const std::vector<double> &p)
      {
        const double h    = options.acceleration_step;
        const auto  &rows = equations->local_rows();
        problem.compute_local_rows({add(theta, h, p), add(theta, -h, p)},
                                   moved_rows);
        auto &second_rows = moved_rows[1];
        for (std::size_t i = 0; i < rows.size(); ++i)
          second_rows[i] =
            (moved_rows[0][i] - 2. * rows[i] + second_rows[i]) / (h * h);

        std::vector<double> acceleration;
        equations->compute_step_for(second_rows, acceleration);
        for (double &a : acceleration)
          a *= 0.5;
        return acceleration;
      }

      std::vector<std::vector<double>> moved_rows;
    };



    // One trial at a time; the damping follows the ratio of decreases.
    class DampingRun : public Run
    {
    public:
      using Run::Run;

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



    // Several trials at once, with steps of lengths around a radius. The ratio
    // of decreases, as a function of the length, chooses one of them and the
    // next radius.
    class RadiusRun : public Run
    {
    public:
      RadiusRun(const LevenbergMarquardtOptions &options,
                const LeastSquaresProblem       &problem,
                std::vector<double>             &theta)
        : Run(options, problem, theta)
        , radius(options.initial_radius)
      {
      }

      bool
      try_step() override
      {
        ++trials;
        step_norm = 0.;
        problem_found.clear();

        // 1. Candidates, the shortest first, up to what cannot be had.
        std::vector<Trial> candidates;
        bool               is_limited = false, is_blocked = false;
        for (unsigned int i = 0;
             i < options.n_candidates && !is_limited && !is_blocked;
             ++i)
          {
            Trial trial;
            is_blocked =
              !make_candidate(candidate_radius(i), trial, is_limited);
            if (!is_blocked)
              candidates.push_back(std::move(trial));
          }
        if (candidates.empty())
          return reject(candidate_radius(0));
        problem_found.clear();

        // 2. Their decreases, and the ratio that no shorter one fell below.
        std::vector<std::vector<double>> thetas;
        for (const Trial &candidate : candidates)
          thetas.push_back(candidate.theta);
        const auto decreases =
          problem.decreases(equations->local_rows(), thetas);
        std::vector<double> ratios;
        double              lowest = 1.;
        for (std::size_t i = 0; i < candidates.size(); ++i)
          {
            const double ratio = decreases[i] / candidates[i].predicted;
            lowest             = std::isfinite(ratio)
                                   ? std::max(std::min(lowest, ratio), -1.)
                                   : -1.;
            ratios.push_back(lowest);
          }
        if (!std::isfinite(decreases[0]))
          problem_found = "the loss at the end of the step is not finite";
        if (!(ratios[0] >= options.minimal_ratio))
          return reject(candidates[0].length);

        // 3. The longest one that is good enough.
        std::size_t best = 0;
        while (best + 1 < candidates.size() &&
               ratios[best + 1] >= options.target_ratio)
          ++best;
        const Trial &chosen = candidates[best];
        take(chosen, decreases[best]);
        damping = chosen.damping;
        // Smaller dampings were wanted.
        is_singular = is_limited && best + 1 == candidates.size();
        choose_radius(candidates, ratios, best, is_limited, is_blocked);
        return true;
      }

      bool
      is_exhausted() const override
      {
        return radius < options.smallest_radius;
      }

      std::string
      consequence() const override
      {
        return "radius reduced to a third or less";
      }

    private:
      void
      begin_linearization() override
      {
        search.reinit(*equations, damping);
      }

      double
      candidate_radius(const unsigned int i) const
      {
        const unsigned int q = options.n_candidates;
        return q == 1 ? radius : radius * std::pow(3., 2. * i / (q - 1.) - 1.);
      }

      bool
      make_candidate(const double wanted, Trial &trial, bool &is_limited)
      {
        if (!search.find(wanted))
          {
            problem_found = "the damped matrix is not positive definite";
            return false;
          }
        is_limited    = search.is_limited_by_damping();
        trial.damping = search.damping();
        trial.step    = search.step();
        if (search.step_is_rough())
          equations->compute_step(trial.step);
        return complete(trial);
      }

      bool
      reject(const double shortest)
      {
        radius = std::min(radius, shortest) / 3.;
        return false;
      }

      void
      choose_radius(const std::vector<Trial>  &candidates,
                    const std::vector<double> &ratios,
                    const std::size_t          best,
                    const bool                 is_limited,
                    const bool                 is_blocked)
      {
        const double target = options.target_ratio,
                     length = candidates[best].length;
        if (ratios[best] < target)
          radius =
            std::min(radius, length) / (options.n_candidates == 1 ? 3. : 1.);
        else if (best + 1 < candidates.size())
          {
            // Where the ratio, linear in the logarithm of the length, meets
            // the target.
            const double part =
              (ratios[best] - target) / (ratios[best] - ratios[best + 1]);
            radius =
              length * std::pow(candidates[best + 1].length / length, part);
          }
        else if (is_blocked)
          radius = length;
        else if (!is_limited &&
                 (options.n_candidates > 1 || ratios[best] > 0.75))
          radius *= 3.;
        radius = std::min(radius, options.largest_radius);
      }

      DampingSearch search;
      double        radius;
    };



    std::unique_ptr<Run>
    make_run(const LevenbergMarquardtOptions &options,
             const LeastSquaresProblem       &problem,
             std::vector<double>             &theta)
    {
      if (options.step_control == "radius")
        return std::make_unique<RadiusRun>(options, problem, theta);
      AssertInput(options.step_control == "damping",
                  "'" << options.step_control
                      << "' is not a way to control steps: use damping or "
                         "radius");
      return std::make_unique<DampingRun>(options, problem, theta);
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
    const auto run = make_run(options, problem, theta);
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
                monitor.record({run->loss, run->damping, 0., false}, theta);
                monitor.stop("no step decreases the loss any more");
                go_on = false;
              }
          }
        if (!accepted)
          continue;

        go_on = monitor.record({run->loss, run->damping, run->step_norm, true},
                               theta);
      }
  }
} // namespace sobolev
