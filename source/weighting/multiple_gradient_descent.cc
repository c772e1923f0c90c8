// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/multiple_gradient_descent.h>

#include <algorithm>
#include <numeric>

namespace sobolev
{
  MultipleGradientDescent::MultipleGradientDescent(const double floor)
    : floor(floor)
  {
  }



  std::vector<double>
  MultipleGradientDescent::least_norm_point(const std::vector<double> &gram,
                                            const unsigned int         K)
  {
    constexpr unsigned int max_iterations = 1000;
    constexpr double       tolerance      = 1e-15;

    std::vector<double> c(K, 1. / K), products(K);
    for (unsigned int iteration = 0; iteration < max_iterations; ++iteration)
      {
        // 1. Products of all vectors with the present point.
        for (unsigned int k = 0; k < K; ++k)
          products[k] =
            std::inner_product(c.begin(), c.end(), gram.begin() + k * K, 0.);
        const double square =
          std::inner_product(c.begin(), c.end(), products.begin(), 0.);

        // 2. Towards the vertex that it helps least: with d = g_j - g(c), the
        //    squared norm at c + t d is least for t = -g(c).d / d.d. Or away
        //    from the vertex in use that it helps most, if that slope is
        //    steeper: without such steps, the method zigzags.
        const unsigned int towards =
          std::min_element(products.begin(), products.end()) - products.begin();
        unsigned int away = towards;
        for (unsigned int k = 0; k < K; ++k)
          if (c[k] > 0. && products[k] > products[away])
            away = k;
        const double       gain_towards = square - products[towards];
        const double       gain_away    = products[away] - square;
        const bool         is_away = gain_away > gain_towards && c[away] < 1.;
        const unsigned int vertex  = is_away ? away : towards;
        const double       sign    = is_away ? -1. : 1.;
        const double       gain    = is_away ? gain_away : gain_towards;
        const double       length =
          gram[vertex * K + vertex] - 2. * products[vertex] + square;
        if (!(gain > tolerance * square) || !(length > 0.))
          break;
        const double longest = is_away ? c[away] / (1. - c[away]) : 1.;
        const double step    = sign * std::min(gain / length, longest);
        for (double &entry : c)
          entry *= 1. - step;
        c[vertex] = std::max(c[vertex] + step, 0.);
      }
    return c;
  }



  std::vector<double>
  MultipleGradientDescent::update(const std::vector<double> &weights,
                                  const BlockStatistics     &statistics)
  {
    const auto product = [&](const unsigned int j, const unsigned int k) {
      const auto &a = statistics.gradients[j], &b = statistics.gradients[k];
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    };

    // 1. Least norm.
    std::vector<unsigned int> blocks;
    for (unsigned int k = 0; k < weights.size(); ++k)
      if (product(k, k) > 0.)
        blocks.push_back(k);
    std::vector<double> gram;
    for (const unsigned int j : blocks)
      for (const unsigned int k : blocks)
        gram.push_back(product(j, k));
    auto c = least_norm_point(gram, blocks.size());

    // 2. Floor.
    double       missing = 0.;
    unsigned int n_low   = 0;
    for (const double entry : c)
      if (entry < floor)
        {
          missing += floor - entry;
          ++n_low;
        }
    std::vector<double> next = weights;
    for (std::size_t i = 0; i < blocks.size(); ++i)
      next[blocks[i]] =
        c[i] < floor ? floor : c[i] - missing / (blocks.size() - n_low);
    return next;
  }
} // namespace sobolev
