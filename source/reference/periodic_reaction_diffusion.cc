// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/periodic_reaction_diffusion.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/numbers.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "exponential_step.h"

namespace sobolev
{
  namespace
  {
    using Complex = std::complex<double>;
    using Vector  = std::vector<Complex>;

    // Coefficients below this are not kept.
    constexpr double negligible = 1e-18;



    /**
     * Fast Fourier transform for a power of two, and what it makes of
     * real functions.
     */
    class FourierTransform
    {
    public:
      explicit FourierTransform(const unsigned int n)
        : n(n)
      {
        for (unsigned int k = 0; k < n / 2; ++k)
          roots.push_back(std::polar(1., -2. * dealii::numbers::PI * k / n));
      }

      // Coefficients 0 to n/2 of a real function at n points.
      Vector
      analyze(const std::vector<double> &values) const
      {
        Vector all(values.begin(), values.end());
        transform(all);
        all.resize(n / 2 + 1);
        for (Complex &c : all)
          c /= n;
        // The wave that the grid cannot tell from its mirror image.
        all.back() = 0.;
        return all;
      }

      // The function from its coefficients.
      std::vector<double>
      synthesize(const Vector &coefficients) const
      {
        // With conjugates, the transform is its own inverse.
        Vector all(n);
        for (unsigned int k = 0; k < n / 2; ++k)
          {
            all[k]           = std::conj(coefficients[k]);
            all[(n - k) % n] = k == 0 ? all[0] : coefficients[k];
          }
        transform(all);
        std::vector<double> values;
        for (const Complex &c : all)
          values.push_back(c.real());
        return values;
      }

    private:
      void
      transform(Vector &x) const
      {
        for (unsigned int i = 1, j = 0; i < n; ++i)
          {
            unsigned int bit = n / 2;
            for (; j & bit; bit /= 2)
              j ^= bit;
            j ^= bit;
            if (i < j)
              std::swap(x[i], x[j]);
          }
        for (unsigned int size = 2; size <= n; size *= 2)
          for (unsigned int begin = 0; begin < n; begin += size)
            for (unsigned int k = 0; k < size / 2; ++k)
              {
                const Complex odd =
                  x[begin + size / 2 + k] * roots[k * (n / size)];
                x[begin + size / 2 + k] = x[begin + k] - odd;
                x[begin + k] += odd;
              }
      }

      const unsigned int n;
      Vector             roots;
    };
  } // namespace



  PeriodicReactionDiffusion::PeriodicReactionDiffusion(const Options &options)
    : options(options)
    , step(options.end_time / options.n_steps)
  {
    const unsigned int n = options.n_points;
    (void)n;
    Assert(n >= 4 && (n & (n - 1)) == 0,
           dealii::ExcMessage("The number of points must be a power of two."));
    Assert(options.n_steps >= 4,
           dealii::ExcMessage("There must be at least four steps."));
    solve();
  }



  double
  PeriodicReactionDiffusion::decay(const unsigned int wave) const
  {
    const double k =
      2. * dealii::numbers::PI * wave / (options.upper - options.lower);
    return -options.diffusion * k * k;
  }



  void
  PeriodicReactionDiffusion::solve()
  {
    // 1. What does not change.
    const unsigned int     n = options.n_points, n_waves = n / 2 + 1;
    const FourierTransform fourier(n);
    std::vector<internal::ExponentialStep> coefficients;
    for (unsigned int k = 0; k < n_waves; ++k)
      coefficients.emplace_back(step * decay(k), step);
    const auto compute_reaction = [&](const Vector &u) {
      auto values = fourier.synthesize(u);
      for (double &value : values)
        value = options.reaction(value);
      return fourier.analyze(values);
    };

    // Waves at the end that are nothing are left out.
    const auto keep = [](const Vector &all) {
      const auto last =
        std::find_if(all.rbegin(), all.rend(), [](const Complex &c) {
          return std::abs(c) > negligible;
        });
      return Spectrum(all.begin(), last.base());
    };

    // 2. The initial state, on a finer grid: its waves that are too short must
    // not be taken for longer ones.
    const unsigned int  n_fine = 64 * n;
    std::vector<double> values(n_fine);
    for (unsigned int i = 0; i < n_fine; ++i)
      values[i] = options.initial(options.lower +
                                  i * (options.upper - options.lower) / n_fine);
    Vector u = FourierTransform(n_fine).analyze(values);
    u.resize(n_waves);
    u.back() = 0.;

    // 3. Steps.
    for (unsigned int s = 0; s <= options.n_steps; ++s)
      {
        const Vector N_u = compute_reaction(u);
        solution.push_back(keep(u));
        reaction.push_back(keep(N_u));
        internal::step_exponentially(coefficients, compute_reaction, N_u, u);
      }
  }



  double
  PeriodicReactionDiffusion::value(const dealii::Point<2> &point,
                                   const unsigned int) const
  {
    const double x = point[0], t = point[1];
    Assert(t >= 0. && t <= options.end_time,
           dealii::ExcMessage("The time is not in the interval."));

    // 1. The step, and the four steps whose reactions are used.
    const unsigned int n_steps = options.n_steps;
    const unsigned int s =
      std::min<unsigned int>(static_cast<unsigned int>(t / step), n_steps - 1);
    const double       r     = t - s * step;
    const unsigned int begin = std::min(std::max(s, 1U) - 1, n_steps - 3);

    // 2. The cubic polynomial sum_j p_j tau^j, tau from 0 to r, through the
    // reactions: p_j = sum_i weights[j][i] N_i, with Lagrange's polynomials in
    // units of the step.
    std::array<std::array<double, 4>, 4> weights;
    for (unsigned int i = 0; i < 4; ++i)
      {
        std::array<double, 4> polynomial{{1., 0., 0., 0.}};
        for (unsigned int m = 0; m < 4; ++m)
          if (m != i)
            {
              // Times (tau - root) / (i - m).
              const double root = static_cast<double>(begin + m) - s;
              for (unsigned int j = 3; j > 0; --j)
                polynomial[j] = polynomial[j - 1] - root * polynomial[j];
              polynomial[0] *= -root;
              for (double &p : polynomial)
                p /= static_cast<double>(i) - m;
            }
        for (unsigned int j = 0; j < 4; ++j)
          weights[j][i] = polynomial[j];
      }

    // 3. Variation of constants for each wave:
    // u = phi_0 u_s + sum_j j! r^(j+1) phi_(j+1) p_j.
    std::size_t n_waves = solution[s].size();
    for (unsigned int i = 0; i < 4; ++i)
      n_waves = std::max(n_waves, reaction[begin + i].size());
    std::array<double, 4> scales;
    double                scale = r;
    for (unsigned int j = 0; j < 4; ++j)
      {
        scales[j] = scale;
        scale *= (j + 1.) * r / step;
      }
    const auto at = [](const Spectrum &spectrum, const std::size_t k) {
      return k < spectrum.size() ? spectrum[k] : Complex(0.);
    };
    const double angle = 2. * dealii::numbers::PI * (x - options.lower) /
                         (options.upper - options.lower);
    const Complex rotation = std::polar(1., angle);
    Complex       wave     = 1.;
    double        sum      = 0.;
    for (std::size_t k = 0; k < n_waves; ++k)
      {
        const auto phi = internal::phi_functions(r * decay(k));
        Complex    u   = phi[0] * at(solution[s], k);
        for (unsigned int i = 0; i < 4; ++i)
          {
            double weight = 0.;
            for (unsigned int j = 0; j < 4; ++j)
              weight += scales[j] * phi[j + 1] * weights[j][i];
            u += weight * at(reaction[begin + i], k);
          }
        sum += (k == 0 ? 1. : 2.) * (u * wave).real();
        // Afresh now and then, for the rounding errors.
        wave =
          k % 64 == 63 ? std::polar(1., angle * (k + 1.)) : wave * rotation;
      }
    return sum;
  }
} // namespace sobolev
