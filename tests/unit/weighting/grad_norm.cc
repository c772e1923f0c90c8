// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/grad_norm.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "weighting/some_statistics.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

BOOST_AUTO_TEST_SUITE(grad_norm)

BOOST_AUTO_TEST_CASE(one_step_by_hand)
{
  BlockStatistics statistics;
  statistics.losses    = {2., 3.};
  statistics.gradients = {{3., 4.}, {0., 1.}};
  GradNorm rule(1., 0.1);

  // Norms 5 and 1 with the mean 3, which is the target of both at first: the
  // slopes are 5/3 and -1/3.
  const auto weights = rule.update({1., 1.}, statistics);

  const double first = 1. - 0.5 / 3., second = 1. + 0.1 / 3.;
  BOOST_TEST(std::abs(weights[0] - 2. * first / (first + second)) < 1e-15);
  BOOST_TEST(std::abs(weights[1] - 2. * second / (first + second)) < 1e-15);

  // The second loss has fallen to a tenth: with parts 1 and 0.1, the targets
  // are 3 * 1 / 0.55 > 5 and 3 * 0.1 / 0.55 < 1.
  statistics.losses[1] = 0.3;
  const auto later     = rule.update({1., 1.}, statistics);
  BOOST_TEST(later[0] > 1.);
  BOOST_TEST(later[1] < 1.);
}



BOOST_AUTO_TEST_CASE(norms_become_equal_where_losses_fall_alike)
{
  const auto statistics = some_statistics({1., 2., 0.5});
  GradNorm   rule(1.5, 0.01);
  Vector     weights{1., 1., 1.};
  for (unsigned int m = 0; m < 2000; ++m)
    weights = rule.update(weights, statistics);

  const auto norm = [&](const unsigned int k) {
    return weights[k] *
           std::sqrt(dot(statistics.gradients[k], statistics.gradients[k]));
  };
  BOOST_TEST(std::abs(weights[0] + weights[1] + weights[2] - 3.) < 1e-12);
  BOOST_TEST(std::abs(norm(0) / norm(1) - 1.) < 0.2);
  BOOST_TEST(std::abs(norm(2) / norm(1) - 1.) < 0.2);
}



BOOST_AUTO_TEST_CASE(nothing_to_compare)
{
  BlockStatistics statistics;
  statistics.losses    = {0., 0.};
  statistics.gradients = {{0., 0.}, {0., 0.}};
  BOOST_TEST((GradNorm().update({2., 3.}, statistics) == Vector{2., 3.}));
}

BOOST_AUTO_TEST_SUITE_END()
