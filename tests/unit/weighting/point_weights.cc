// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Weights of single points: each rule against its formula.

#include <sobolev/base/exceptions.h>
#include <sobolev/weighting/causal_weights.h>
#include <sobolev/weighting/residual_attention.h>
#include <sobolev/weighting/self_adaptive_weights.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace sobolev;

namespace
{
  using Vector = std::vector<double>;

  PointStatistics
  two_blocks()
  {
    PointStatistics statistics;
    statistics.squares     = {4., 1., 0.25, 9.};
    statistics.blocks      = {0, 0, 1, 1};
    statistics.largest     = {4., 9.};
    statistics.slices      = {0, 1, 2, 2};
    statistics.slice_means = {4., 1., 4.625};
    return statistics;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(point_weights)

// lambda <- lambda + eta d(lambda^2 r^2)/d lambda, by differences.
BOOST_AUTO_TEST_CASE(self_adaptive_weights_ascend)
{
  const double        rate = 0.03;
  SelfAdaptiveWeights rule(rate);
  const auto          statistics = two_blocks();
  Vector              weights(4, rule.first_weight());
  Vector              lambda(4, 1.);
  for (unsigned int step = 0; step < 3; ++step)
    {
      rule.update(weights, statistics);
      for (std::size_t i = 0; i < 4; ++i)
        {
          const auto loss = [&](const double l) {
            return l * l * statistics.squares[i];
          };
          lambda[i] +=
            rate * (loss(lambda[i] + 1e-4) - loss(lambda[i] - 1e-4)) / 2e-4;
          BOOST_TEST(std::abs(weights[i] / (lambda[i] * lambda[i]) - 1.) <
                     1e-10);
        }
    }
}



BOOST_AUTO_TEST_CASE(attention_tends_to_the_relative_residuals)
{
  const double      rate = 0.01, memory = 0.9;
  ResidualAttention rule(rate, memory);
  const auto        statistics = two_blocks();
  Vector            weights(4, rule.first_weight());
  BOOST_TEST(weights[0] == 0.);
  rule.update(weights, statistics);
  const Vector parts{1., 0.5, 0.5 / 3., 1.};
  for (std::size_t i = 0; i < 4; ++i)
    BOOST_TEST(std::abs(std::sqrt(weights[i]) - rate * parts[i]) < 1e-15);

  // The sum of the geometric series.
  for (unsigned int step = 0; step < 1000; ++step)
    rule.update(weights, statistics);
  for (std::size_t i = 0; i < 4; ++i)
    BOOST_TEST(std::abs(std::sqrt(weights[i]) -
                        rate / (1. - memory) * parts[i]) < 1e-14);
}



BOOST_AUTO_TEST_CASE(attention_to_nothing_fades)
{
  ResidualAttention rule(0.01, 0.5);
  PointStatistics   statistics;
  statistics.squares = {0., 0.};
  statistics.blocks  = {0, 0};
  statistics.largest = {0.};
  Vector weights(2, 1.);
  rule.update(weights, statistics);
  BOOST_TEST((weights == Vector{0.25, 0.25}));
}



BOOST_AUTO_TEST_CASE(later_slices_wait_for_earlier_ones)
{
  CausalWeights rule(3, {0.1, 2.}, 0.5);
  auto          statistics = two_blocks();
  Vector        weights(4, 1.);
  rule.update(weights, statistics);
  const Vector expected{1., std::exp(-0.4), std::exp(-0.5), std::exp(-0.5)};
  for (std::size_t i = 0; i < 4; ++i)
    BOOST_TEST(std::abs(weights[i] - expected[i]) < 1e-15);
  // exp(-0.5) = 0.61 exceeds the threshold: on to the next steepness.
  BOOST_TEST(rule.present_steepness() == 2.);
  rule.update(weights, statistics);
  BOOST_TEST(std::abs(weights[3] / std::exp(-10.) - 1.) < 1e-14);
  BOOST_TEST(rule.present_steepness() == 2.);
  statistics.slice_means = {1e-9, 1e-9, 1.};
  rule.update(weights, statistics);
  BOOST_TEST(weights[3] > 1. - 1e-8);

  BOOST_CHECK_THROW(CausalWeights(0, {1.}, 0.5), InputError);
  BOOST_CHECK_THROW(CausalWeights(3, {}, 0.5), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
