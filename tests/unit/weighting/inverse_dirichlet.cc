// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The exact checks of inverse-Dirichlet weights: ratios, invariance, the
// exponential average, and that the mean of a gradient does not count.

#include <sobolev/weighting/inverse_dirichlet.h>
#include <sobolev/weighting/maximum_average.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

#include "weighting/some_statistics.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

BOOST_AUTO_TEST_SUITE(inverse_dirichlet)

BOOST_AUTO_TEST_CASE(a_gradient_c_times_as_large_gets_one_part_in_c)
{
  BlockStatistics statistics = some_statistics({1., 1.});
  statistics.gradients[1]    = times(37., statistics.gradients[0]);
  InverseDirichlet rule(0.);

  const auto weights = rule.update({1., 1.}, statistics);

  BOOST_TEST(std::abs(37. * weights[1] / weights[0] - 1.) < 1e-14);
  // The largest one is the reference.
  BOOST_TEST(weights[1] == 1.);
}



BOOST_AUTO_TEST_CASE(the_scale_of_a_loss_does_not_matter)
{
  const auto      statistics = some_statistics();
  BlockStatistics scaled     = statistics;
  scaled.gradients[2]        = times(1e-3, scaled.gradients[2]);
  InverseDirichlet rule(0.);

  const auto weights        = rule.update({1., 1., 1.}, statistics);
  const auto scaled_weights = rule.update({1., 1., 1.}, scaled);

  // lambda_k L_k stays, lambda_k itself does not.
  BOOST_TEST(std::abs(1e-3 * scaled_weights[2] / weights[2] - 1.) < 1e-13);
  for (unsigned int k = 0; k < 2; ++k)
    BOOST_TEST(std::abs(scaled_weights[k] / weights[k] - 1.) < 1e-13);
}



BOOST_AUTO_TEST_CASE(weights_are_an_exponential_average)
{
  const auto statistics = some_statistics();
  const auto target     = InverseDirichlet(0.).update({1., 1., 1.}, statistics);
  InverseDirichlet rule;
  Vector           weights{1., 1., 1.};
  for (unsigned int m = 1; m <= 10; ++m)
    {
      weights = rule.update(weights, statistics);
      for (unsigned int k = 0; k < 3; ++k)
        BOOST_TEST(std::abs(weights[k] -
                            (target[k] + (1. - target[k]) * std::pow(0.5, m))) <
                   1e-13 * target[k]);
    }
}



BOOST_AUTO_TEST_CASE(all_weighted_gradients_have_the_same_sample_deviation)
{
  BlockStatistics statistics;
  statistics.losses    = {1., 1.};
  statistics.gradients = {{1., 2., 3., 6.}, {0., 0., 4., 0.}};
  // Squares of deviations from the means 3 and 1: 14 / 3 and 12 / 3.
  const auto weights = InverseDirichlet(0.).update({1., 1.}, statistics);
  BOOST_TEST(weights[0] == 1.);
  BOOST_TEST(std::abs(weights[1] - std::sqrt(14. / 12.)) < 1e-15);
}



BOOST_AUTO_TEST_CASE(a_constant_added_to_a_gradient_changes_only_max_avg)
{
  const auto      statistics = some_statistics();
  BlockStatistics moved      = statistics;
  for (double &g : moved.gradients[0])
    g += 5.;

  const auto weights = InverseDirichlet(0.).update({1., 1., 1.}, statistics);
  const auto moved_weights = InverseDirichlet(0.).update({1., 1., 1.}, moved);
  for (unsigned int k = 0; k < 3; ++k)
    BOOST_TEST(std::abs(moved_weights[k] / weights[k] - 1.) < 1e-13);
  BOOST_TEST(MaximumAverage(0.).update({1., 1., 1.}, moved)[0] <
             0.5 * MaximumAverage(0.).update({1., 1., 1.}, statistics)[0]);
}



BOOST_AUTO_TEST_CASE(the_reference_may_be_a_given_block)
{
  const auto statistics = some_statistics();
  const auto weights = InverseDirichlet(0., 2).update({1., 1., 1.}, statistics);
  const auto others  = InverseDirichlet(0.).update({1., 1., 1.}, statistics);
  BOOST_TEST(weights[2] == 1.);
  for (unsigned int k = 0; k < 3; ++k)
    BOOST_TEST(std::abs(weights[k] * others[2] / others[k] - 1.) < 1e-14);
}



BOOST_AUTO_TEST_CASE(blocks_without_a_gradient_keep_their_weight)
{
  BlockStatistics statistics = some_statistics();
  statistics.gradients[0]    = Vector(50, 0.);
  const auto weights = InverseDirichlet().update({7., 1., 1.}, statistics);
  BOOST_TEST(weights[0] == 7.);
  for (Vector &gradient : statistics.gradients)
    gradient = Vector(50, 0.);
  BOOST_TEST((InverseDirichlet().update({7., 2., 3.}, statistics) ==
              Vector{7., 2., 3.}));
}

BOOST_AUTO_TEST_SUITE_END()
