// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_active_turbulence_h
#define sobolev_reference_active_turbulence_h

#include <deal.II/base/function.h>

#include <complex>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sobolev
{
  /** What ActiveTurbulence solves, and how finely. */
  struct ActiveTurbulenceOptions
  {
    /**
     * Coefficient of the vorticity for the wave $(k_x, k_y)$, $k_y > 0$, or
     * $k_y = 0$ and $k_x > 0$; that of $(0, 0)$ is the mean velocity, $\bar u +
     * \mathrm i\, \bar v$.
     */
    using Initial =
      std::function<std::complex<double>(const int k_x, const int k_y)>;

    /** Coefficients of the equation [-]. */
    double advection = 3.5, friction = -1., cubic_friction = 0.5,
           diffusion = -0.045, fourth_order = 0.045 * 0.045 * 0.045;

    /** The state at $t = 0$. */
    Initial initial;

    /** The times for which the solution is kept, $0 \le$ begin < end [t]. */
    double begin_time = 0., end_time = 1.;

    /** Step [t]. */
    double time_step = 0.002;

    /**
     * Grid points per direction [-]. Of them, one wave in four is computed,
     * $|k_x|, |k_y| < n/4$, so that no product of three factors has a wave that
     * the grid takes for one of these.
     */
    unsigned int n_points = 256;
  };



  /**
   * Turbulence in a layer of active matter: the solution with the period $2
   * \pi$ of
   * @f[
   *   \partial_t \mathbf u + \lambda_0 (\mathbf u \cdot \nabla) \mathbf u =
   *     -\nabla p - \alpha \mathbf u - \beta |\mathbf u|^2 \mathbf u
   *     + \Gamma_0 \Delta \mathbf u - \Gamma_2 \Delta^2 \mathbf u ,
   *   \qquad \nabla \cdot \mathbf u = 0 ,
   * @f]
   * in two dimensions (Wensink et al., PNAS 109 (2012) 14308), as a function
   * of the point $(x, y, t)$.
   *
   * | component | meaning                                       | unit        |
   * | --------- | --------------------------------------------- | ----------- |
   * | u, v      | velocity                                      | [x/t]       |
   * | w         | vorticity, $v_x - u_y$                        | [1/t]       |
   * | p         | pressure, with the mean zero                  | [x^2/t^2]   |
   * | q         | Laplacian of the vorticity                    | [1/(x^2 t)] |
   *
   * Fourier series in space: the vorticity and the mean velocity are what is
   * computed, products at grid points by FFTW without aliasing errors; the
   * exponential Runge-Kutta method of order four in time, see
   * PeriodicReactionDiffusion. The pressure is that of Poisson's equation at
   * every step. Between the steps, coefficients are those of a polynomial of
   * degree five through six steps; any point may be asked for, without errors
   * but those of the coefficients.
   *
   * Everything is computed by the constructor; then thread-safe. Local to the
   * process: the same numbers on all of them. FFTW makes its plans in the
   * constructor, which therefore only one thread at a time may call.
   */
  class ActiveTurbulence : public dealii::Function<3>
  {
  public:
    using Options = ActiveTurbulenceOptions;

    /** The names of the components, in their order. */
    static const std::vector<std::string> &component_names();

    /**
     * Waves with $0 < |k| \le$ @p largest_wave and random phases, all of the
     * same speed; the root of the mean square of the velocity is one.
     */
    static Options::Initial
    random_waves(const std::uint64_t seed, const int largest_wave);

    explicit ActiveTurbulence(const Options &options);

    /** @pre The time is one of those that are kept. */
    double value(const dealii::Point<3> &point,
                 const unsigned int      component = 0) const override;

    /** Derivatives along $x$, $y$ and $t$. */
    dealii::Tensor<1, 3>
    gradient(const dealii::Point<3> &point,
             const unsigned int      component = 0) const override;

    /** $\partial_x^m \partial_y^n$ of a component. */
    double derivative(const dealii::Point<3> &point,
                      const unsigned int      component,
                      const unsigned int      m,
                      const unsigned int      n) const;

  private:
    // By wave.
    using Spectrum = std::vector<std::complex<double>>;

    void solve();

    // The coefficients of a component, or of its derivative in time.
    Spectrum interpolate(const double       time,
                         const unsigned int component,
                         const bool         differentiate = false) const;

    double evaluate(const Spectrum         &spectrum,
                    const dealii::Point<3> &point,
                    const unsigned int      m,
                    const unsigned int      n) const;

    const Options options;

    // Waves in each direction.
    const int K;

    // By component, what makes its waves from those of the vorticity.
    std::vector<Spectrum> factors;

    // The number of the first step that is kept; at those: vorticity with the
    // mean velocity, and pressure.
    unsigned int          first_step = 0;
    std::vector<Spectrum> vorticity, pressure;
  };
} // namespace sobolev

#endif
