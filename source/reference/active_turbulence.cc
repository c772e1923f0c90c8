// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/reference/active_turbulence.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/numbers.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "exponential_step.h"
#include "periodic_grid.h"

namespace sobolev
{
  namespace
  {
    using Complex  = std::complex<double>;
    using Spectrum = internal::PeriodicGrid::Spectrum;
    using Values   = internal::PeriodicGrid::Values;
    using internal::Waves;

    enum Component : unsigned int
    {
      u_component,
      v_component,
      w_component,
      p_component,
      q_component
    };

    // Steps that a polynomial goes through.
    constexpr unsigned int n_nodes = 6;



    double
    square(const int k_x, const int k_y)
    {
      return static_cast<double>(k_x) * k_x + static_cast<double>(k_y) * k_y;
    }



    // The numbers that make the waves of a component from those of the vorticity:
    // with the stream function psi, w = - Laplace psi, u = psi_y, v = - psi_x.
    Spectrum
    factors_of(const unsigned int component, const Waves &waves)
    {
      Spectrum factors(waves.size());
      for (unsigned int k = 0; k < waves.size(); ++k)
        {
          const int    k_x = waves.k_x(k), k_y = waves.k_y(k);
          const double k_square = square(k_x, k_y);
          if (k_square == 0.)
            continue;
          switch (component)
            {
              case u_component:
                factors[k] = {0., k_y / k_square};
                break;
              case v_component:
                factors[k] = {0., -k_x / k_square};
                break;
              case q_component:
                factors[k] = -k_square;
                break;
              default:
                factors[k] = 1.;
            }
        }
      return factors;
    }



    // A component. The mean velocity, u + i v, is kept where the vorticity has
    // no wave.
    Spectrum
    multiply(const unsigned int component,
             const Waves       &waves,
             const Spectrum    &factors,
             const Spectrum    &w)
    {
      // Written out, because products of complex numbers ask for infinities.
      Spectrum result(w.size());
      for (unsigned int k = 0; k < w.size(); ++k)
        result[k] = {
          factors[k].real() * w[k].real() - factors[k].imag() * w[k].imag(),
          factors[k].real() * w[k].imag() + factors[k].imag() * w[k].real()};
      const unsigned int mean = waves.number(0, 0);
      if (component == u_component)
        result[mean] = w[mean].real();
      if (component == v_component)
        result[mean] = w[mean].imag();
      return result;
    }



    // The products of the equation, at the points of a grid:
    // F = - lambda_0 (w (-v, u)) - beta |u|^2 u, which is all of them but the
    // gradient of lambda_0 |u|^2 / 2.
    class Products
    {
    public:
      Products(const ActiveTurbulenceOptions &options,
               const Waves                   &waves,
               const std::vector<Spectrum>   &factors)
        : options(options)
        , waves(waves)
        , factors(factors)
        , grid(waves.K, options.n_points)
      {
      }

      // The curl of F, and its mean where that has no wave.
      Spectrum
      curl(const Spectrum &w) const
      {
        Spectrum F_x, F_y;
        compute(w, F_x, F_y, nullptr);
        Spectrum result(w.size());
        for (unsigned int k = 0; k < w.size(); ++k)
          result[k] = Complex(0., waves.k_x(k)) * F_y[k] -
                      Complex(0., waves.k_y(k)) * F_x[k];
        const unsigned int mean = waves.number(0, 0);
        result[mean]            = {F_x[mean].real(), F_y[mean].real()};
        return result;
      }

      // Laplace p = div F - lambda_0 Laplace |u|^2 / 2.
      Spectrum
      pressure(const Spectrum &w) const
      {
        Spectrum F_x, F_y, speed_square;
        compute(w, F_x, F_y, &speed_square);
        Spectrum p(w.size());
        for (unsigned int k = 0; k < w.size(); ++k)
          {
            const int    k_x = waves.k_x(k), k_y = waves.k_y(k);
            const double k_square = square(k_x, k_y);
            if (k_square > 0.)
              p[k] = Complex(0., -k_x / k_square) * F_x[k] +
                     Complex(0., -k_y / k_square) * F_y[k] -
                     0.5 * options.advection * speed_square[k];
          }
        return p;
      }

    private:
      void
      compute(const Spectrum &w,
              Spectrum       &F_x,
              Spectrum       &F_y,
              Spectrum       *speed_square) const
      {
        const auto values = [&](const unsigned int component) {
          return grid.synthesize(
            multiply(component, waves, factors[component], w));
        };
        Values u = values(u_component), v = values(v_component),
               omega = values(w_component);
        for (std::size_t i = 0; i < u.size(); ++i)
          {
            const double s      = u[i] * u[i] + v[i] * v[i];
            const double spin   = options.advection * omega[i];
            const double brake  = options.cubic_friction * s;
            const double before = u[i];
            omega[i]            = s;
            u[i]                = spin * v[i] - brake * before;
            v[i]                = -spin * before - brake * v[i];
          }
        F_x = grid.analyze(u);
        F_y = grid.analyze(v);
        if (speed_square != nullptr)
          *speed_square = grid.analyze(omega);
      }

      const ActiveTurbulenceOptions &options;
      const Waves                    waves;
      const std::vector<Spectrum>   &factors;
      const internal::PeriodicGrid   grid;
    };



    // For Lagrange's polynomials through 0, 1, ..., 5: values, or derivatives,
    // at a place.
    std::array<double, n_nodes>
    lagrange_weights(const double place, const bool differentiate)
    {
      std::array<double, n_nodes> weights;
      for (unsigned int i = 0; i < n_nodes; ++i)
        {
          // The product of (place - m) / (i - m), and its derivative.
          double value = 1., slope = 0.;
          for (unsigned int m = 0; m < n_nodes; ++m)
            if (m != i)
              {
                const double scale =
                  1. / (static_cast<double>(i) - static_cast<double>(m));
                slope = (slope * (place - m) + value) * scale;
                value *= (place - m) * scale;
              }
          weights[i] = differentiate ? slope : value;
        }
      return weights;
    }
  } // namespace



  const std::vector<std::string> &
  ActiveTurbulence::component_names()
  {
    static const std::vector<std::string> names{"u", "v", "w", "p", "q"};
    return names;
  }



  ActiveTurbulence::Options::Initial
  ActiveTurbulence::random_waves(const std::uint64_t seed,
                                 const int           largest_wave)
  {
    const auto is_one = [=](const int k_x, const int k_y) {
      const double k_square = square(k_x, k_y);
      return k_square > 0. && k_square <= largest_wave * largest_wave;
    };
    unsigned int n = 0;
    for (int k_x = -largest_wave; k_x <= largest_wave; ++k_x)
      for (int k_y = -largest_wave; k_y <= largest_wave; ++k_y)
        n += is_one(k_x, k_y);
    const double speed = 1. / std::sqrt(static_cast<double>(n));

    return [=](const int k_x, const int k_y) {
      if (!is_one(k_x, k_y))
        return Complex(0.);
      const std::uint64_t stream = k_x + largest_wave;
      const double        phase  = 2. * dealii::numbers::PI *
                           CounterBasedRandom::uniform(seed, stream, k_y);
      return std::polar(speed * std::sqrt(square(k_x, k_y)), phase);
    };
  }



  ActiveTurbulence::ActiveTurbulence(const Options &options)
    : dealii::Function<3>(component_names().size())
    , options(options)
    , K((static_cast<int>(options.n_points) - 1) / 4)
  {
    Assert(options.n_points >= 8,
           dealii::ExcMessage("There must be at least eight grid points."));
    Assert(options.time_step > 0. && options.begin_time >= 0. &&
             options.begin_time < options.end_time,
           dealii::ExcMessage("The times must be an interval."));
    solve();
  }



  void
  ActiveTurbulence::solve()
  {
    // 1. What is linear in the velocity, for each wave.
    const Waves waves(K);
    for (unsigned int c = 0; c < n_components; ++c)
      factors.push_back(factors_of(c, waves));
    const Products                         products(options, waves, factors);
    std::vector<internal::ExponentialStep> steps;
    for (unsigned int k = 0; k < waves.size(); ++k)
      {
        const double k_square = square(waves.k_x(k), waves.k_y(k));
        const double growth =
          -options.friction -
          k_square * (options.diffusion + k_square * options.fourth_order);
        steps.emplace_back(options.time_step * growth, options.time_step);
      }

    // 2. The initial state.
    Spectrum w(waves.size());
    for (unsigned int k = 0; k < waves.size(); ++k)
      if (waves.k_y(k) > 0 || waves.k_x(k) >= 0)
        w[k] = options.initial(waves.k_x(k), waves.k_y(k));
    for (int k_x = 1; k_x <= K; ++k_x)
      w[waves.number(-k_x, 0)] = std::conj(w[waves.number(k_x, 0)]);

    // 3. Steps, some more of them than are asked for, so that polynomials have
    // as many on both sides.
    const double       begin  = options.begin_time / options.time_step;
    const double       end    = options.end_time / options.time_step;
    const unsigned int margin = n_nodes / 2 - 1;
    first_step = static_cast<unsigned int>(std::max(0., begin - margin));
    const unsigned int last_step = std::max(
      static_cast<unsigned int>(std::ceil(end)) + margin, first_step + n_nodes);
    const auto curl = [&](const Spectrum &state) {
      return products.curl(state);
    };
    for (unsigned int s = 0; s <= last_step; ++s)
      {
        if (s >= first_step)
          {
            vorticity.push_back(w);
            pressure.push_back(products.pressure(w));
          }
        internal::step_exponentially(steps, curl, curl(w), w);
      }
    if (!std::isfinite(std::abs(w[waves.number(1, 1)])))
      throw ComputationError(
        "The reference solution of active turbulence is not finite with steps "
        "of " +
        std::to_string(options.time_step) + ": they must be shorter.");
  }



  ActiveTurbulence::Spectrum
  ActiveTurbulence::interpolate(const double       time,
                                const unsigned int component,
                                const bool         differentiate) const
  {
    // The polynomial of the steps around the time.
    const double       place = time / options.time_step - first_step;
    const unsigned int last  = vorticity.size() - n_nodes;
    const unsigned int begin = std::min(
      last, static_cast<unsigned int>(std::max(0., place - (n_nodes / 2 - 1))));
    Assert(place > -1e-6 && place < vorticity.size() - 1 + 1e-6,
           dealii::ExcMessage("The solution is not kept for this time."));
    const auto   weights = lagrange_weights(place - begin, differentiate);
    const double scale   = differentiate ? 1. / options.time_step : 1.;

    const auto &steps = component == p_component ? pressure : vorticity;
    Spectrum    result(steps[0].size());
    for (unsigned int i = 0; i < n_nodes; ++i)
      {
        const double weight = scale * weights[i];
        for (unsigned int k = 0; k < result.size(); ++k)
          result[k] += weight * steps[begin + i][k];
      }
    return component == p_component
             ? result
             : multiply(component, Waves(K), factors[component], result);
  }



  double
  ActiveTurbulence::evaluate(const Spectrum         &spectrum,
                             const dealii::Point<3> &point,
                             const unsigned int      m,
                             const unsigned int      n) const
  {
    // For every wave along y, exp(i k_y y) with the factors that are common:
    // waves with negative k_y are the conjugates of others.
    static const std::array<Complex, 4> powers_of_i{
      {1., Complex(0., 1.), -1., Complex(0., -1.)}};
    std::vector<Complex> along_y(K + 1);
    for (int k_y = 0; k_y <= K; ++k_y)
      along_y[k_y] =
        std::polar((k_y == 0 ? 1. : 2.) * std::pow(k_y, n), k_y * point[1]);

    Complex sum = 0.;
    for (int k_x = -K; k_x <= K; ++k_x)
      {
        const Complex *const row = spectrum.data() + (k_x + K) * (K + 1);
        // Written out, because products of complex numbers ask for infinities.
        double real = 0., imaginary = 0.;
        for (int k_y = 0; k_y <= K; ++k_y)
          {
            const Complex a = row[k_y], b = along_y[k_y];
            real += a.real() * b.real() - a.imag() * b.imag();
            imaginary += a.real() * b.imag() + a.imag() * b.real();
          }
        sum += std::polar(1., k_x * point[0]) * std::pow(k_x, m) *
               Complex(real, imaginary);
      }
    return (powers_of_i[(m + n) % 4] * sum).real();
  }



  double
  ActiveTurbulence::derivative(const dealii::Point<3> &point,
                               const unsigned int      component,
                               const unsigned int      m,
                               const unsigned int      n) const
  {
    AssertIndexRange(component, n_components);
    return evaluate(interpolate(point[2], component), point, m, n);
  }



  double
  ActiveTurbulence::value(const dealii::Point<3> &point,
                          const unsigned int      component) const
  {
    return derivative(point, component, 0, 0);
  }



  dealii::Tensor<1, 3>
  ActiveTurbulence::gradient(const dealii::Point<3> &point,
                             const unsigned int      component) const
  {
    const Spectrum       now = interpolate(point[2], component);
    dealii::Tensor<1, 3> result;
    result[0] = evaluate(now, point, 1, 0);
    result[1] = evaluate(now, point, 0, 1);
    result[2] = evaluate(interpolate(point[2], component, true), point, 0, 0);
    return result;
  }
} // namespace sobolev
