// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_periodic_grid_h
#define sobolev_reference_periodic_grid_h

#include <complex>
#include <functional>
#include <memory>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    // The waves exp(i (k_x x + k_y y)) with |k_x| <= K and 0 <= k_y <= K, which
    // are all there is of a real function with the period 2 pi whose other
    // waves are zero, in one list.
    struct Waves
    {
      explicit Waves(const int K)
        : K(K)
      {
      }

      unsigned int
      size() const
      {
        return (2 * K + 1) * (K + 1);
      }

      unsigned int
      number(const int k_x, const int k_y) const
      {
        return (k_x + K) * (K + 1) + k_y;
      }

      int
      k_x(const unsigned int number) const
      {
        return static_cast<int>(number) / (K + 1) - K;
      }

      int
      k_y(const unsigned int number) const
      {
        return static_cast<int>(number) % (K + 1);
      }

      const int K;
    };



    // Fourier transforms between the coefficients of the Waves and the values
    // at n x n points, x_i = 2 pi i / n, x first, by FFTW. Plans are made
    // without measuring, so that they are the same in every run and on every
    // process.
    class PeriodicGrid
    {
    public:
      using Spectrum = std::vector<std::complex<double>>;
      using Values   = std::vector<double>;

      // K < n / 2
      PeriodicGrid(const int K, const unsigned int n);

      Values synthesize(const Spectrum &coefficients) const;

      Spectrum analyze(const Values &values) const;

    private:
      // The number of a wave in the arrays of FFTW.
      unsigned int position(const unsigned int wave) const;

      const Waves        waves;
      const unsigned int n;

      // Memory and plans of FFTW, which belong together.
      struct Transform;
      std::shared_ptr<const Transform> transform;
    };
  } // namespace internal
} // namespace sobolev

#endif
