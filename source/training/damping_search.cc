// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/damping_search.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sobolev
{
  namespace
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();

    // A damping this far above the matrix makes steps of no consequence.
    constexpr double useless_damping = 1e12;

    // Newton's method does not move further at once.
    constexpr double largest_factor = 1e4;

    // Between a damping for which there is no factorisation and one for which
    // there is: closer is not worth the effort.
    constexpr double gap_above_failure = 4.;



    double
    dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }
  } // namespace



  DampingSearch::DampingSearch(const double       tolerance,
                               const unsigned int max_factorizations)
    : tolerance(tolerance)
    , max_factorizations(max_factorizations)
    , equations(nullptr)
    , current{0., 0., 0.}
    , has_current(false)
    , is_rough(false)
    , is_limited(false)
    , n_done(0)
  {
  }



  void
  DampingSearch::reinit(DampedLeastSquares &new_equations,
                        const double        first_guess)
  {
    equations   = &new_equations;
    has_current = false;
    samples.clear();
    if (current.damping == 0.)
      current = {first_guess, 0., 0.};
  }



  bool
  DampingSearch::find(const double radius)
  {
    const double smallest =
      equations->smallest_damping() * equations->largest_diagonal();
    const double largest = useless_damping * equations->largest_diagonal();
    is_limited           = false;

    // 1. What is known: steps are too long at lower and too short at upper.
    double     lower = 0., upper = infinity, failed = 0.;
    double     damping       = extrapolate(current, radius);
    double     best_distance = infinity;
    Sample     nearest{0., 0., 0.};
    const auto is_good = [&](const Sample &sample) {
      return std::abs(sample.length / radius - 1.) <= tolerance;
    };
    const auto learn = [&](const Sample &sample) {
      if (std::isnan(sample.length))
        failed = std::max(failed, sample.damping);
      if (!(sample.length < radius))
        lower = std::max(lower, sample.damping);
      else
        upper = std::min(upper, sample.damping);
    };
    for (const Sample &sample : samples)
      {
        learn(sample);
        const double distance = std::abs(std::log(sample.length / radius));
        if (distance < best_distance)
          {
            best_distance = distance;
            nearest       = sample;
          }
      }
    if (best_distance < infinity)
      {
        if (is_good(nearest))
          {
            evaluate(nearest.damping);
            return true;
          }
        damping = extrapolate(nearest, radius);
      }

    // 2. Newton's method in the bracket.
    for (unsigned int k = 0; k < max_factorizations; ++k)
      {
        if (!(damping > lower && damping < upper))
          {
            if (upper == infinity)
              damping = 10. * std::max(lower, smallest);
            else if (lower == 0.)
              damping = smallest;
            else
              damping = failed == lower && upper < gap_above_failure * lower
                          ? upper
                          : std::sqrt(lower) * std::sqrt(upper);
          }
        damping = std::min(std::max(damping, smallest), largest);
        evaluate(damping);

        const bool is_finite = std::isfinite(current.length);
        const bool is_short  = is_finite && current.length < radius;
        if (is_finite && is_good(current))
          return true;
        learn(current);
        is_limited = is_short && (damping <= smallest ||
                                  damping <= gap_above_failure * failed);
        if (is_limited)
          return true;
        if (!is_finite && damping >= largest)
          return false;
        damping = is_finite ? extrapolate(current, radius) : 10. * damping;
      }
    return std::isfinite(current.length);
  }



  void
  DampingSearch::evaluate(const double damping)
  {
    if (has_current && current.damping == damping)
      return;
    has_current = true;
    current     = {damping, std::numeric_limits<double>::quiet_NaN(), 0.};
    ++n_done;
    if (equations->factorize(damping))
      {
        is_rough = !equations->compute_rough_step(current_step);
        const double        square   = dot(current_step, current_step);
        std::vector<double> solution = current_step;
        equations->solve(solution);
        if (std::isfinite(square))
          {
            current.length     = std::sqrt(square);
            const double slope = damping * dot(current_step, solution) / square;
            // Rounding errors, or a step of zero.
            current.slope =
              std::isfinite(slope) ? std::min(std::max(slope, 0.), 1.) : 0.;
          }
      }
    samples.push_back(current);
  }



  double
  DampingSearch::extrapolate(const Sample &sample, const double radius)
  {
    if (!(sample.length > 0.))
      return sample.damping;
    const double exponent =
      std::log(sample.length / radius) / std::max(sample.slope, 1e-10);
    const double limit = std::log(largest_factor);
    return sample.damping *
           std::exp(std::min(std::max(exponent, -limit), limit));
  }
} // namespace sobolev
