// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_exponential_step_h
#define sobolev_reference_exponential_step_h

#include <array>
#include <cmath>

namespace sobolev
{
  namespace internal
  {
    // phi_0 = exp, phi_{j+1}(z) = (phi_j(z) - 1/j!) / z for z < 2, j < 5.
    inline std::array<double, 5>
    phi_functions(const double z)
    {
      std::array<double, 5> phi;
      if (z < -1.)
        {
          phi[0]           = std::exp(z);
          double factorial = 1.;
          for (unsigned int j = 0; j < 4; ++j)
            {
              phi[j + 1] = (phi[j] - 1. / factorial) / z;
              factorial *= j + 1.;
            }
          return phi;
        }
      // The series sum_m z^m / (m + 4)!, then back.
      double term = 1. / 24., sum = 0.;
      for (unsigned int m = 0; m < 18; ++m)
        {
          sum += term;
          term *= z / (m + 5.);
        }
      phi[4] = sum;
      phi[3] = z * phi[4] + 1. / 6.;
      phi[2] = z * phi[3] + 0.5;
      phi[1] = z * phi[2] + 1.;
      phi[0] = z * phi[1] + 1.;
      return phi;
    }



    // The coefficients for u' = L u + N(u), a number L and the step h, z = h L,
    // of the exponential Runge-Kutta method of order four, ETDRK4, of Cox and
    // Matthews (2002), computed like those of Kassam and Trefethen (2005):
    // without cancellation.
    struct ExponentialStep
    {
      ExponentialStep(const double z, const double h)
      {
        const auto phi      = phi_functions(z);
        full                = phi[0];
        const auto half_phi = phi_functions(0.5 * z);
        half                = half_phi[0];
        stage               = 0.5 * h * half_phi[1];
        first               = h * (phi[1] - 3. * phi[2] + 4. * phi[3]);
        middle              = h * (2. * phi[2] - 4. * phi[3]);
        last                = h * (4. * phi[3] - phi[2]);
      }

      double full, half, stage, first, middle, last;
    };



    // One step: replaces the vector u by the one after the step; reaction(u) is
    // N(u), and N_u is N at the beginning.
    template <typename Vector, typename Steps, typename Reaction>
    void
    step_exponentially(const Steps    &steps,
                       const Reaction &reaction,
                       const Vector   &N_u,
                       Vector         &u)
    {
      const auto n = u.size();
      Vector     a(n), b(n), c(n);
      for (decltype(u.size()) k = 0; k < n; ++k)
        a[k] = steps[k].half * u[k] + steps[k].stage * N_u[k];
      const Vector N_a = reaction(a);
      for (decltype(u.size()) k = 0; k < n; ++k)
        b[k] = steps[k].half * u[k] + steps[k].stage * N_a[k];
      const Vector N_b = reaction(b);
      for (decltype(u.size()) k = 0; k < n; ++k)
        c[k] = steps[k].half * a[k] + steps[k].stage * (2. * N_b[k] - N_u[k]);
      const Vector N_c = reaction(c);
      for (decltype(u.size()) k = 0; k < n; ++k)
        u[k] = steps[k].full * u[k] + steps[k].first * N_u[k] +
               steps[k].middle * (N_a[k] + N_b[k]) + steps[k].last * N_c[k];
    }
  } // namespace internal
} // namespace sobolev

#endif
