// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/maximum_average.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  MaximumAverage::MaximumAverage(const double memory,
                                 const bool   weight_in_mean,
                                 const int    reference)
    : memory(memory)
    , weight_in_mean(weight_in_mean)
    , reference(reference)
  {
  }



  std::vector<double>
  MaximumAverage::update(const std::vector<double> &weights,
                         const BlockStatistics     &statistics)
  {
    std::vector<double> maxima, means;
    for (const auto &gradient : statistics.gradients)
      {
        double maximum = 0., sum = 0.;
        for (const double g : gradient)
          {
            maximum = std::max(maximum, std::abs(g));
            sum += std::abs(g);
          }
        maxima.push_back(maximum);
        means.push_back(sum / gradient.size());
      }
    const std::size_t of_reference =
      reference >= 0
        ? reference
        : std::max_element(maxima.begin(), maxima.end()) - maxima.begin();

    std::vector<double> next = weights;
    for (std::size_t k = 0; k < next.size(); ++k)
      {
        const double mean = means[k] * (weight_in_mean ? weights[k] : 1.);
        if (k != of_reference && mean > 0. && maxima[of_reference] > 0.)
          next[k] =
            memory * next[k] + (1. - memory) * maxima[of_reference] / mean;
      }
    return next;
  }
} // namespace sobolev
