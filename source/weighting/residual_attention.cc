// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/residual_attention.h>

#include <cmath>

namespace sobolev
{
  ResidualAttention::ResidualAttention(const double rate, const double memory)
    : rate(rate)
    , memory(memory)
  {
  }



  void
  ResidualAttention::update(std::vector<double>   &weights,
                            const PointStatistics &statistics)
  {
    for (std::size_t i = 0; i < weights.size(); ++i)
      {
        const double largest = statistics.largest[statistics.blocks[i]];
        const double part =
          largest > 0. ? std::sqrt(statistics.squares[i] / largest) : 0.;
        weights[i] = std::pow(memory * std::sqrt(weights[i]) + rate * part, 2);
      }
  }
} // namespace sobolev
