// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include "periodic_grid.h"

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <fftw3.h>

namespace sobolev
{
  namespace internal
  {
    struct PeriodicGrid::Transform
    {
      explicit Transform(const unsigned int n)
        : n_waves(n * (n / 2 + 1))
        , n_values(n * n)
        , waves(fftw_alloc_complex(n_waves))
        , values(fftw_alloc_real(n_values))
        , forwards(fftw_plan_dft_r2c_2d(n, n, values, waves, FFTW_ESTIMATE))
        , backwards(fftw_plan_dft_c2r_2d(n, n, waves, values, FFTW_ESTIMATE))
      {
      }

      Transform(const Transform &)            = delete;
      Transform &operator=(const Transform &) = delete;

      ~Transform()
      {
        fftw_destroy_plan(forwards);
        fftw_destroy_plan(backwards);
        fftw_free(waves);
        fftw_free(values);
      }

      const std::size_t   n_waves, n_values;
      fftw_complex *const waves;
      double *const       values;
      const fftw_plan     forwards, backwards;
    };



    PeriodicGrid::PeriodicGrid(const int K, const unsigned int n)
      : waves(K)
      , n(n)
      , transform(std::make_shared<const Transform>(n))
    {
      Assert(2 * K < static_cast<int>(n),
             dealii::ExcMessage("The grid is too coarse for the waves."));
    }



    unsigned int
    PeriodicGrid::position(const unsigned int wave) const
    {
      const int k_x = waves.k_x(wave);
      return (k_x < 0 ? k_x + n : k_x) * (n / 2 + 1) + waves.k_y(wave);
    }



    PeriodicGrid::Values
    PeriodicGrid::synthesize(const Spectrum &coefficients) const
    {
      AssertDimension(coefficients.size(), waves.size());
      std::fill_n(&transform->waves[0][0], 2 * transform->n_waves, 0.);
      for (unsigned int k = 0; k < waves.size(); ++k)
        {
          fftw_complex &wave = transform->waves[position(k)];
          wave[0]            = coefficients[k].real();
          wave[1]            = coefficients[k].imag();
        }
      fftw_execute(transform->backwards);
      return {transform->values, transform->values + transform->n_values};
    }



    PeriodicGrid::Spectrum
    PeriodicGrid::analyze(const Values &values) const
    {
      AssertDimension(values.size(), transform->n_values);
      std::copy(values.begin(), values.end(), transform->values);
      fftw_execute(transform->forwards);
      Spectrum coefficients(waves.size());
      for (unsigned int k = 0; k < waves.size(); ++k)
        {
          const fftw_complex &wave = transform->waves[position(k)];
          coefficients[k]          = std::complex<double>(wave[0], wave[1]) /
                            static_cast<double>(transform->n_values);
        }
      // Waves with k_y = 0 are there twice. Rounding errors that differ would
      // be no part of the function, and could grow unseen.
      for (int k_x = 0; k_x <= waves.K; ++k_x)
        coefficients[waves.number(-k_x, 0)] =
          std::conj(coefficients[waves.number(k_x, 0)]);
      return coefficients;
    }
  } // namespace internal
} // namespace sobolev
