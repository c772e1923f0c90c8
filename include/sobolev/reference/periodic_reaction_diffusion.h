// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_periodic_reaction_diffusion_h
#define sobolev_reference_periodic_reaction_diffusion_h

#include <deal.II/base/function.h>

#include <complex>
#include <functional>
#include <vector>

namespace sobolev
{
  /** What PeriodicReactionDiffusion solves, and how finely. */
  struct PeriodicReactionDiffusionOptions
  {
    /** One period [x]. */
    double lower = -1., upper = 1.;

    /** $\nu > 0$ [x^2/t]. */
    double diffusion = 1.;

    /** $f(u)$ [u/t]. */
    std::function<double(const double)> reaction;

    /** $u_0(x)$, in one period [u]. */
    std::function<double(const double)> initial;

    /** The time interval is (0, end_time) [t]. */
    double end_time = 1.;

    /** Grid points per period, a power of two [-]. */
    unsigned int n_points = 4096;

    /** Steps in time, at least four [-]. */
    unsigned int n_steps = 1000;
  };



  /**
   * The periodic solution of $u_t = \nu u_{xx} + f(u)$, $u(x,0) = u_0(x)$, as a
   * function of the point $(x, t)$: for $f = 5 (u - u^3)$ that of the
   * Allen-Cahn equation.
   *
   * Fourier series in space, with $f$ at grid points, and the exponential
   * Runge-Kutta method of order four, ETDRK4, of Cox and Matthews (2002) with
   * the coefficients as Kassam and Trefethen (2005) compute them. Between the
   * steps, the formula of variation of constants is used with a cubic
   * polynomial for $f$, so that diffusion is exact for all wave numbers and
   * any point may be asked for.
   *
   * Everything is computed by the constructor; then thread-safe. Local to the
   * process.
   */
  class PeriodicReactionDiffusion : public dealii::Function<2>
  {
  public:
    using Options = PeriodicReactionDiffusionOptions;

    explicit PeriodicReactionDiffusion(const Options &options);

    /** @pre $t$ lies in the time interval. */
    double value(const dealii::Point<2> &point,
                 const unsigned int      component = 0) const override;

  private:
    // Coefficients of the waves 0, 1, ... as far as they are not negligible.
    using Spectrum = std::vector<std::complex<double>>;

    void solve();

    // -nu k^2 for wave number j.
    double decay(const unsigned int wave) const;

    const Options options;
    const double  step;

    // At all steps: the solution and its reaction.
    std::vector<Spectrum> solution, reaction;
  };
} // namespace sobolev

#endif
