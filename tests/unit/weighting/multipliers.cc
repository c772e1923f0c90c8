// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The exact checks of the three ways to change multipliers and penalties.

#include <sobolev/weighting/adaptive_penalties.h>
#include <sobolev/weighting/augmented_multipliers.h>
#include <sobolev/weighting/pointwise_multipliers.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

#include "derivative_checks.h"

using namespace sobolev;
using derivative_checks::Vector;

BOOST_AUTO_TEST_SUITE(multipliers)

// A violation far above the root of epsilon: v = 0.1 C^2, so the first step is
// eta times the root of ten.
BOOST_AUTO_TEST_CASE(the_first_dual_step)
{
  for (const double rate : {1., 0.01})
    {
      PointwiseMultipliers::Options options;
      options.rate = rate;
      PointwiseMultipliers pointwise(3, options);
      BOOST_TEST((pointwise.multipliers() == Vector{1., 1., 1.}));

      pointwise.update({5., 1e3, 0.});

      BOOST_TEST(std::abs(pointwise.multipliers()[0] -
                          (1. + rate * std::sqrt(10.))) < 1e-8);
      BOOST_TEST(std::abs(pointwise.multipliers()[1] -
                          (1. + rate * std::sqrt(10.))) < 1e-12);
      BOOST_TEST(pointwise.multipliers()[2] == 1.);
    }
}



BOOST_AUTO_TEST_CASE(constant_violations_lead_to_steps_of_eta)
{
  PointwiseMultipliers pointwise(1, {});
  double               last = 1., step = 0.;
  for (unsigned int m = 0; m < 300; ++m)
    {
      pointwise.update({0.7});
      step = pointwise.multipliers()[0] - last;
      last = pointwise.multipliers()[0];
      BOOST_TEST(step > 0.);
    }
  BOOST_TEST(std::abs(step - 1.) < 1e-7);
  // Never back, even if the violation vanishes.
  pointwise.update({0.});
  BOOST_TEST(pointwise.multipliers()[0] == last);
}



// Half of the last violation is more than a quarter: the penalty doubles up to
// its limit, and multipliers take steps of it.
BOOST_AUTO_TEST_CASE(penalties_double_while_violations_halve)
{
  AugmentedMultipliers augmented(1, {});
  double               C = 1., mu = 1., lambda = 0.;
  for (unsigned int m = 0; m < 20; ++m, C /= 2.)
    {
      BOOST_TEST(augmented.update({C}, C));
      mu = std::min(2. * mu, 1e4);
      lambda += mu * C;
      BOOST_TEST(augmented.penalty() == mu);
      BOOST_TEST(std::abs(augmented.multipliers()[0] - lambda) <
                 1e-14 * lambda);
    }
  BOOST_TEST(augmented.penalty() == 1e4);
}



BOOST_AUTO_TEST_CASE(nothing_happens_while_violations_fall_fast)
{
  AugmentedMultipliers augmented(2, {});
  BOOST_TEST(augmented.update({3., 4.}, 5.));
  const auto lambda = augmented.multipliers();
  BOOST_TEST(!augmented.update({3. / 5., 4. / 5.}, 1.));
  BOOST_TEST(!augmented.update({3. / 25., 4. / 25.}, 0.2));
  BOOST_TEST((augmented.multipliers() == lambda));
  BOOST_TEST(augmented.penalty() == 2.);
  BOOST_TEST(augmented.update({0.1, 0.}, 0.1));
  // Nor where there is no violation worth mentioning.
  BOOST_TEST(!augmented.update({1e-9, 0.}, 1e-9));
  BOOST_TEST(!augmented.update({1e-9, 0.}, 1e-9));
}



BOOST_AUTO_TEST_CASE(conditional_updates_wait_for_stagnation)
{
  AdaptivePenalties::Options options;
  options.rates = {1., 0.01};
  AdaptivePenalties penalties(options);

  // 1. Never in the first call.
  BOOST_TEST(!penalties.update({2., 3.}, 1.));
  BOOST_TEST((penalties.multipliers() == Vector{1., 1.}));
  BOOST_TEST((penalties.penalties() == Vector{1., 1.}));

  // 2. L = 1 + 2 + 2 + 3 + 4.5 = 12.5; a smaller one is progress.
  BOOST_TEST(!penalties.update({1., 1.}, 1.));

  // 3. The same again is not: old penalties for the multipliers, then the new
  //    ones, which are not smaller than before.
  BOOST_TEST(penalties.update({1., 1.}, 1.));
  BOOST_TEST((penalties.multipliers() == Vector{2., 2.}));
  const double v0 = 0.99 * (0.99 * 0.04 + 0.01) + 0.01;
  BOOST_TEST(std::abs(penalties.penalties()[0] - 1. / std::sqrt(v0)) < 1e-12);
  const double v1 = 0.99 * (0.99 * 0.09 + 0.01) + 0.01;
  BOOST_TEST(std::abs(penalties.penalties()[1] -
                      std::max(0.01 / std::sqrt(v1), 1.)) < 1e-12);

  // 4. The loss that was remembered has the old multipliers, L = 4: with the
  //    new ones it is larger, which is stagnation.
  const auto mu = penalties.penalties();
  BOOST_TEST(penalties.update({1., 1.}, 1.));
  BOOST_TEST((penalties.multipliers() == Vector{2. + mu[0], 2. + mu[1]}));

  // 5. A larger violation does not make a penalty smaller.
  const auto before = penalties.penalties();
  BOOST_TEST(penalties.update({1e3, 1e3}, 1.));
  BOOST_TEST(penalties.penalties()[0] >= before[0]);
  BOOST_TEST(penalties.penalties()[1] >= before[1]);
}

BOOST_AUTO_TEST_SUITE_END()
