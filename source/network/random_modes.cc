// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/network/random_modes.h>

#include <deal.II/base/numbers.h>

#include <cmath>
#include <limits>
#include <sstream>

namespace sobolev
{
  std::string
  random_modes(const std::vector<std::string> &inputs,
               const RandomModes              &options)
  {
    enum Stream
    {
      amplitude,
      wavenumber,
      phase
    };
    std::ostringstream text;
    text.precision(std::numeric_limits<double>::max_digits10);
    for (unsigned int m = 0; m < options.n_modes; ++m)
      {
        text << (m > 0 ? " + " : "");
        for (unsigned int i = 0; i < inputs.size(); ++i)
          {
            const auto uniform = [&](const Stream stream) {
              return CounterBasedRandom::uniform(
                options.seed, stream, m * inputs.size() + i);
            };
            const double A =
              options.largest_amplitude * (2. * uniform(amplitude) - 1.);
            const double l =
              1. + std::floor(options.largest_wavenumber * uniform(wavenumber));
            const double phi = 2. * dealii::numbers::PI * uniform(phase);
            text << (i > 0 ? "*" : "") << '(' << A << ")*"
                 << (i % 2 == 0 ? "cos" : "sin") << '(' << l << '*' << inputs[i]
                 << " + " << phi << ')';
          }
      }
    return text.str();
  }
} // namespace sobolev
