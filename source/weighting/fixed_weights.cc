// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/fixed_weights.h>

namespace sobolev
{
  FixedWeights::FixedWeights(const std::vector<double> &weights)
    : weights(weights)
  {
  }



  std::vector<double>
  FixedWeights::update(const std::vector<double> &, const BlockStatistics &)
  {
    return weights;
  }



  std::vector<double>
  epsilon_optimal_weights(const std::vector<double> &integrals)
  {
    std::vector<double> weights;
    double              sum = 0.;
    for (const double integral : integrals)
      {
        weights.push_back(1. / integral);
        sum += weights.back();
      }
    for (double &weight : weights)
      weight /= sum;
    return weights;
  }
} // namespace sobolev
