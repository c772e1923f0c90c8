// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/wolfe_line_search.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    using Point = WolfeLineSearch::Point;

    bool
    is_finite(const Point &point)
    {
      return std::isfinite(point.value) && std::isfinite(point.slope);
    }



    // Whether the values differ by round-off only.
    bool
    is_same(const Point &a, const Point &b, const double round_off)
    {
      return std::abs(a.value - b.value) <=
             round_off * std::max(std::abs(a.value), std::abs(b.value));
    }



    // The minimum between two points, of the cubic polynomial through them or,
    // if the values do not count, of the one with the linear slope.
    double
    interpolate(const Point &low, const Point &high, const double round_off)
    {
      const double width = high.step - low.step;
      double       step  = low.step + 0.5 * width;
      if (!is_finite(high))
        return step;

      double candidate = step;
      if (is_same(low, high, round_off))
        candidate = low.step - low.slope * width / (high.slope - low.slope);
      else
        {
          const double d1 =
            low.slope + high.slope - 3. * (high.value - low.value) / width;
          const double square = d1 * d1 - low.slope * high.slope;
          const double d2 =
            std::copysign(std::sqrt(std::max(square, 0.)), width);
          candidate = high.step - width * (high.slope + d2 - d1) /
                                    (high.slope - low.slope + 2. * d2);
        }

      // Not too close to the ends, so that the interval shrinks.
      const double fraction = (candidate - low.step) / width;
      if (fraction > 0.01 && fraction < 0.99)
        step = candidate;
      return step;
    }
  } // namespace



  WolfeLineSearch::WolfeLineSearch(const WolfeOptions &options)
    : options(options)
  {
  }



  WolfeLineSearch::Result
  WolfeLineSearch::search(const Function &function,
                          const Point    &start,
                          const double    first_step) const
  {
    Assert(start.slope < 0. && first_step > 0., dealii::ExcInternalError());

    const double c1 = options.sufficient_decrease;
    Result       result;
    result.point = start;

    const auto decreases = [&](const Point &point) {
      return point.value <= start.value + c1 * point.step * start.slope ||
             (is_same(point, start, options.round_off) &&
              point.slope <= (2. * c1 - 1.) * start.slope);
    };
    const auto is_flat = [&](const Point &point) {
      return std::abs(point.slope) <= -options.curvature * start.slope;
    };
    const auto is_higher = [&](const Point &point, const Point &low) {
      return point.value > low.value && !is_same(point, low, options.round_off);
    };
    const auto evaluate = [&](const double step) {
      Point point = function(step);
      point.step  = step;
      ++result.n_evaluations;
      if (!is_finite(point))
        result.met_not_finite = true;
      else if (point.value < result.point.value)
        result.point = point;
      return point;
    };
    const auto accept = [&](const Point &point) {
      result.point   = point;
      result.success = true;
      return result;
    };

    // 1. Lengthen the step until there is a minimum in between.
    Point  low = start, high = start;
    double step       = first_step;
    bool   is_bracket = false;
    while (!is_bracket && result.n_evaluations < options.max_evaluations)
      {
        const Point point = evaluate(step);
        if (!is_finite(point) || !decreases(point) ||
            (low.step > 0. && is_higher(point, low)))
          {
            high       = point;
            is_bracket = true;
          }
        else if (is_flat(point))
          return accept(point);
        else if (point.slope >= 0.)
          {
            high       = low;
            low        = point;
            is_bracket = true;
          }
        else
          {
            // Extrapolate the slopes, within limits.
            double factor = 10.;
            if (point.slope > low.slope)
              factor = 1. + (point.step - low.step) / point.step *
                              -point.slope / (point.slope - low.slope);
            low = point;
            step *= std::clamp(factor, 1.5, 10.);
          }
      }

    // 2. Zoom in; low is the better end and its slope points to high.
    while (is_bracket && result.n_evaluations < options.max_evaluations)
      {
        if (std::abs(high.step - low.step) <=
            1e-15 * std::max(high.step, low.step))
          break;
        const Point point = evaluate(interpolate(low, high, options.round_off));
        if (!is_finite(point) || !decreases(point) || is_higher(point, low))
          high = point;
        else if (is_flat(point))
          return accept(point);
        else
          {
            if (point.slope * (high.step - low.step) >= 0.)
              high = low;
            low = point;
          }
      }
    return result;
  }
} // namespace sobolev
