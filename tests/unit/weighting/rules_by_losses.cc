// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Rules that see losses only, and those with traces: by hand.

#include <sobolev/weighting/loss_balance.h>
#include <sobolev/weighting/neural_tangent_kernel.h>
#include <sobolev/weighting/relative_loss_balancing.h>
#include <sobolev/weighting/soft_adapt.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "weighting/some_statistics.h"

using namespace sobolev;

namespace
{
  BlockStatistics
  with_losses(const Vector &losses)
  {
    BlockStatistics statistics;
    statistics.losses = losses;
    return statistics;
  }



  Vector
  balanced(const Vector &weights, const Vector &losses, const double exponent)
  {
    return LossBalance(exponent).update(weights, with_losses(losses));
  }
} // namespace

BOOST_AUTO_TEST_SUITE(rules_by_losses)

BOOST_AUTO_TEST_CASE(soft_adapt_prefers_blocks_that_do_not_fall)
{
  // s = (-1, 3), divided by 4.
  const double beta = 0.7, first = std::exp(-0.25 * beta),
               second = std::exp(0.75 * beta);
  SoftAdapt plain(beta, false, false), normalised(beta, true, false),
    weighted(beta, true, true);
  for (SoftAdapt *const rule : {&plain, &normalised, &weighted})
    BOOST_TEST(
      (rule->update({1., 1.}, with_losses({3., 2.})) == Vector{1., 1.}));

  const auto next = with_losses({2., 5.});
  BOOST_TEST(std::abs(normalised.update({1., 1.}, next)[0] -
                      first / (first + second)) < 1e-15);
  BOOST_TEST(std::abs(weighted.update({1., 1.}, next)[1] -
                      5. * second / (2. * first + 5. * second)) < 1e-15);
  BOOST_TEST(std::abs(plain.update({1., 1.}, next)[0] -
                      1. / (1. + std::exp(4. * beta))) < 1e-15);
  // Compared with the last call, not with the first one.
  BOOST_TEST(std::abs(plain.update({1., 1.}, next)[0] - 0.5) < 1e-15);
  // Large changes do not overflow.
  const auto large = plain.update({1., 1.}, with_losses({1e300, 5.}));
  BOOST_TEST(large[0] == 1.);
  BOOST_TEST(large[1] == 0.);
}



BOOST_AUTO_TEST_CASE(relative_loss_balancing_by_hand)
{
  const double          T = 0.5, alpha = 0.9;
  RelativeLossBalancing rule(alpha, T, 1.);
  BOOST_TEST((rule.update({1., 1.}, with_losses({4., 1.})) == Vector{1., 1.}));

  const double first = std::exp(0.5 / T), second = std::exp(1. / T);
  const auto   weights = rule.update({1., 1.}, with_losses({2., 1.}));
  BOOST_TEST(std::abs(weights[0] - (alpha + (1. - alpha) * 2. * first /
                                              (first + second))) < 1e-14);
  BOOST_TEST(std::abs(weights[0] + weights[1] - 2.) < 1e-14);

  // Without memory, and always looking back to the first losses.
  RelativeLossBalancing from_first(1., T, 0.);
  from_first.update({1., 1.}, with_losses({4., 1.}));
  from_first.update({1., 1.}, with_losses({1., 1.}));
  const double quarter = std::exp(0.25 / T);
  BOOST_TEST(std::abs(from_first.update({9., 9.}, with_losses({1., 1.}))[0] -
                      2. * quarter / (quarter + second)) < 1e-14);
}



BOOST_AUTO_TEST_CASE(random_lookback_is_as_frequent_as_wanted)
{
  RelativeLossBalancing rule(1., 0.1, 0.8);
  rule.update({1., 1.}, with_losses({1., 1.}));
  unsigned int n_kept = 0;
  for (unsigned int m = 0; m < 1000; ++m)
    n_kept += rule.update({7., 7.}, with_losses({1., 1.}))[0] == 7.;
  BOOST_TEST(n_kept > 750u);
  BOOST_TEST(n_kept < 850u);
}



BOOST_AUTO_TEST_CASE(tangent_kernel_weights_equalise_traces)
{
  auto statistics   = with_losses({1., 1., 1.});
  statistics.traces = {2., 6., 0.};
  BOOST_TEST((NeuralTangentKernel().update({1., 1., 5.}, statistics) ==
              Vector{4., 8. / 6., 5.}));
  const auto half = NeuralTangentKernel(0.5).update({1., 1., 5.}, statistics);
  BOOST_TEST(half[0] == 2.5);
}



BOOST_AUTO_TEST_CASE(balance_follows_the_rule)
{
  // w L = (2, 6), their mean is 4: (1 * 2^a, 2 * (2/3)^a), then a mean of one.
  const double a       = 0.5;
  const auto   weights = balanced({1., 2.}, {2., 3.}, a);

  const double first = std::pow(2., a), second = 2. * std::pow(2. / 3., a);
  BOOST_TEST(std::abs(weights[0] - 2. * first / (first + second)) < 1e-15);
  BOOST_TEST(std::abs(weights[1] - 2. * second / (first + second)) < 1e-15);
}



BOOST_AUTO_TEST_CASE(balance_with_an_exponent_of_one_makes_blocks_equal)
{
  const Vector losses{3., 0.01, 70.};
  const auto   weights = balanced({1., 0.5, 1.5}, losses, 1.);

  for (unsigned int k = 1; k < 3; ++k)
    BOOST_TEST(
      std::abs(weights[0] * losses[0] / (weights[k] * losses[k]) - 1.) < 1e-14);
  BOOST_TEST(std::abs(weights[0] + weights[1] + weights[2] - 3.) < 1e-14);
}



BOOST_AUTO_TEST_CASE(balance_changes_nothing_where_there_is_nothing_to_balance)
{
  const auto unchanged = [](const Vector &weights, const Vector &losses) {
    return balanced(weights, losses, 0.3) == weights;
  };

  BOOST_TEST(unchanged({1.}, {5.}));
  BOOST_TEST(unchanged({}, {}));
  BOOST_TEST(unchanged({1., 1.}, {5., 0.}));
  BOOST_TEST(unchanged({1., 1.}, {0., 0.}));
  // Rounding errors.
  BOOST_TEST(unchanged({1., 1.}, {1., 1e-30}));
}



BOOST_AUTO_TEST_CASE(balance_does_not_count_blocks_without_loss)
{
  const auto weights = balanced({1., 1., 1.}, {2., 0., 8.}, 1.);

  // 2.5 and 0.625 but for the mean; the block without loss keeps 1.
  BOOST_TEST(std::abs(weights[0] / weights[1] - 2.5) < 1e-14);
  BOOST_TEST(std::abs(weights[2] / weights[1] - 0.625) < 1e-14);
}



BOOST_AUTO_TEST_CASE(balance_is_bounded)
{
  Vector weights{1., 1.};
  for (unsigned int k = 0; k < 100; ++k)
    weights = balanced(weights, {1., 1e-20}, 1.);

  BOOST_TEST(weights[0] == 1e-4);
  BOOST_TEST(weights[1] > 1.);
  BOOST_TEST(weights[1] <= 2.);
}

BOOST_AUTO_TEST_SUITE_END()
