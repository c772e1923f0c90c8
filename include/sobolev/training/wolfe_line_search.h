// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_wolfe_line_search_h
#define sobolev_training_wolfe_line_search_h

#include <functional>

namespace sobolev
{
  /** Options of WolfeLineSearch. */
  struct WolfeOptions
  {
    /** $c_1$: the fraction of the linear decrease that is sufficient. */
    double sufficient_decrease = 1e-4;

    /** $c_2$: the fraction of the slope that may be left. */
    double curvature = 0.9;

    /** Evaluations, at most. */
    unsigned int max_evaluations = 30;

    /** Differences of values below this, relative to them, are round-off. */
    double round_off = 1e-14;
  };



  /**
   * A step length $\alpha > 0$ along a direction of descent that fulfils the
   * strong Wolfe conditions
   * @f[
   *   \varphi(\alpha) \le \varphi(0) + c_1 \alpha \varphi'(0), \qquad
   *   |\varphi'(\alpha)| \le c_2 |\varphi'(0)| ,
   * @f]
   * by bracketing and zooming with cubic interpolation (Nocedal and Wright,
   * 2006, algorithms 3.5 and 3.6).
   *
   * Where $\varphi$ or its slope is not finite, the step was too long. Values
   * that differ by round-off only are judged by the slopes instead: then
   * $\varphi'(\alpha) \le (2 c_1 - 1) \varphi'(0)$ stands for the first
   * condition (approximate Wolfe condition; Hager and Zhang 2005), and the
   * interpolation is that of the slopes.
   *
   * Local arithmetic with what the function returns: processes that get the
   * same values take the same decisions.
   */
  class WolfeLineSearch
  {
  public:
    struct Point
    {
      double step = 0., value = 0., slope = 0.;
    };

    struct Result
    {
      /** What was found, or, without success, the best decrease if any. */
      Point point;

      /** Whether the conditions are fulfilled. */
      bool success = false;

      /** Whether some step was too long for a finite value. */
      bool met_not_finite = false;

      unsigned int n_evaluations = 0;
    };

    /** Value and slope at a step. */
    using Function = std::function<Point(const double step)>;

    explicit WolfeLineSearch(const WolfeOptions &options = {});

    /**
     * Search.
     *
     * @param start      The point with step 0; its slope is negative.
     * @param first_step The first step to try, positive.
     */
    Result search(const Function &function,
                  const Point    &start,
                  const double    first_step) const;

  private:
    const WolfeOptions options;
  };
} // namespace sobolev

#endif
