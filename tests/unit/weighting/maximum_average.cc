// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/maximum_average.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "weighting/some_statistics.h"

using namespace sobolev;

namespace
{
  BlockStatistics
  two_blocks()
  {
    BlockStatistics statistics;
    statistics.losses = {1., 1.};
    // max 8; max 1, mean 0.5
    statistics.gradients = {{-8., 0., 2., 2.}, {1., -0.5, 0.5, 0.}};
    return statistics;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(maximum_average)

BOOST_AUTO_TEST_CASE(constant_gradients_lead_to_the_root_of_the_ratio)
{
  MaximumAverage rule;
  Vector         weights{1., 1.};
  for (unsigned int m = 0; m < 60; ++m)
    weights = rule.update(weights, two_blocks());
  BOOST_TEST(weights[0] == 1.);
  BOOST_TEST(std::abs(weights[1] - std::sqrt(8. / 0.5)) < 1e-12);
}



BOOST_AUTO_TEST_CASE(without_the_weight_in_the_mean_to_the_ratio_itself)
{
  MaximumAverage rule(0.5, false);
  Vector         weights{1., 1.};
  weights = rule.update(weights, two_blocks());
  BOOST_TEST(std::abs(weights[1] - 0.5 * (1. + 16.)) < 1e-14);
  for (unsigned int m = 0; m < 60; ++m)
    weights = rule.update(weights, two_blocks());
  BOOST_TEST(std::abs(weights[1] - 16.) < 1e-12);
}



BOOST_AUTO_TEST_CASE(the_reference_may_be_a_given_block)
{
  const auto weights =
    MaximumAverage(0., true, 1).update({1., 1.}, two_blocks());
  BOOST_TEST(weights[1] == 1.);
  BOOST_TEST(std::abs(weights[0] - 1. / 3.) < 1e-15);
}



BOOST_AUTO_TEST_CASE(blocks_without_a_gradient_keep_their_weight)
{
  auto statistics         = two_blocks();
  statistics.gradients[1] = Vector(4, 0.);
  BOOST_TEST((MaximumAverage().update({1., 3.}, statistics) == Vector{1., 3.}));
}

BOOST_AUTO_TEST_SUITE_END()
