// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/damping_search.h>

#include <algorithm>
#include <cmath>

#include "levenberg_marquardt_run.h"

namespace sobolev
{
  namespace
  {
    // Several trials at once, with steps of lengths around a radius. The ratio
    // of decreases, as a function of the length, chooses one of them and the
    // next radius.
    class RadiusRun : public internal::LevenbergMarquardtRun
    {
    public:
      RadiusRun(const LevenbergMarquardtOptions &options,
                const LeastSquaresProblem       &problem,
                std::vector<double>             &theta)
        : LevenbergMarquardtRun(options, problem, theta)
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
  } // namespace



  std::unique_ptr<internal::LevenbergMarquardtRun>
  internal::make_radius_run(const LevenbergMarquardtOptions &options,
                            const LeastSquaresProblem       &problem,
                            std::vector<double>             &theta)
  {
    return std::make_unique<RadiusRun>(options, problem, theta);
  }
} // namespace sobolev
