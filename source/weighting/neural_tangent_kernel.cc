// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/neural_tangent_kernel.h>

#include <numeric>

namespace sobolev
{
  NeuralTangentKernel::NeuralTangentKernel(const double memory)
    : memory(memory)
  {
  }



  std::vector<double>
  NeuralTangentKernel::update(const std::vector<double> &weights,
                              const BlockStatistics     &statistics)
  {
    const auto  &traces = statistics.traces;
    const double sum    = std::accumulate(traces.begin(), traces.end(), 0.);

    std::vector<double> next = weights;
    for (std::size_t k = 0; k < next.size(); ++k)
      if (traces[k] > 0.)
        next[k] = memory * next[k] + (1. - memory) * sum / traces[k];
    return next;
  }
} // namespace sobolev
