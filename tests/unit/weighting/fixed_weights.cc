// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/weighting/fixed_weights.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "weighting/some_statistics.h"

using namespace sobolev;

BOOST_AUTO_TEST_SUITE(fixed_weights)

// Poisson's equation with the wavenumber 2 pi: the residual measures omega^4
// times what the boundary does.
BOOST_AUTO_TEST_CASE(epsilon_optimal_weights_of_waves)
{
  const double pi    = std::acos(-1.);
  const double omega = 2. * pi, of_residual = std::pow(omega, 4);
  const auto   weights = epsilon_optimal_weights({of_residual, 1.});

  BOOST_TEST(std::abs(weights[0] - 1. / (1. + of_residual)) < 1e-18);
  BOOST_TEST(std::abs(weights[0] - 6.412e-4) < 1e-7);
  BOOST_TEST(std::abs(weights[0] + weights[1] - 1.) < 1e-15);
}



BOOST_AUTO_TEST_CASE(all_weighted_integrals_are_equal)
{
  const Vector integrals{1., 33., 0.004, 2e7};
  const auto   weights = epsilon_optimal_weights(integrals);

  double sum = 0.;
  for (unsigned int k = 0; k < integrals.size(); ++k)
    {
      sum += weights[k];
      BOOST_TEST(
        std::abs(weights[k] * integrals[k] / (weights[0] * integrals[0]) - 1.) <
        1e-14);
    }
  BOOST_TEST(std::abs(sum - 1.) < 1e-14);
}



BOOST_AUTO_TEST_CASE(they_are_what_was_given)
{
  const Vector given{3., 4., 5.};
  BOOST_TEST(
    (FixedWeights(given).update({1., 1., 1.}, some_statistics()) == given));
}

BOOST_AUTO_TEST_SUITE_END()
