// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/cole_hopf.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/numbers.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  ColeHopf::ColeHopf(const double viscosity)
    : viscosity(viscosity)
  {
    Assert(viscosity > 0.,
           dealii::ExcMessage("The viscosity must be positive."));
  }



  double
  ColeHopf::value(const dealii::Point<2> &point, const unsigned int) const
  {
    constexpr double pi = dealii::numbers::PI;
    const double     x = point[0], t = point[1];
    Assert(t >= 0., dealii::ExcMessage("The time must not be negative."));
    if (t == 0.)
      return -std::sin(pi * x);

    // 1. Where the exponent is less than the largest by more than 50, nothing
    // is left; the cosine changes it by 1/(pi nu) at most. The narrowest peak
    // has the deviation sigma; sine and cosine must be resolved, too.
    const double range =
      std::sqrt(4. * viscosity * t * (1. / (pi * viscosity) + 50.));
    const double sigma = std::sqrt(2. * viscosity / (1. / t + pi));
    const double step  = std::min(sigma / 3., 0.1);
    const int    n     = static_cast<int>(std::ceil(range / step));

    // 2. The largest exponent, then both sums.
    const auto exponent = [&](const double eta) {
      return -std::cos(pi * (x - eta)) / (2. * pi * viscosity) -
             eta * eta / (4. * viscosity * t);
    };
    double largest = exponent(0.);
    for (int i = -n; i <= n; ++i)
      largest = std::max(largest, exponent(i * step));
    double numerator = 0., denominator = 0.;
    for (int i = -n; i <= n; ++i)
      {
        const double w = std::exp(exponent(i * step) - largest);
        numerator += w * std::sin(pi * (x - i * step));
        denominator += w;
      }
    return -numerator / denominator;
  }
} // namespace sobolev
