// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Weights that fall while training, and several changes of one loss.

#include <sobolev/objective/slope_recovery.h>
#include <sobolev/training/adaptation_sequence.h>
#include <sobolev/training/weight_annealing.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "training/small_networks.h"

using namespace sobolev;

BOOST_AUTO_TEST_SUITE(weight_annealing)

BOOST_AUTO_TEST_CASE(the_weight_falls_to_zero)
{
  Architecture architecture =
    SmallProblem::make_network({4, 4}, "tanh").architecture();
  architecture.slopes.kind  = Architecture::Slopes::Kind::layer;
  architecture.slopes.scale = 5.;
  const Network      network(architecture);
  const auto         theta = network.initial_parameters(1);
  SlopeRecovery      recovery(network, 3., true);
  WeightAnnealing    annealing(recovery, 0.5);
  AdaptationSequence sequence;
  BOOST_TEST(sequence.empty());
  sequence.add(annealing);

  const auto loss = [&]() {
    return recovery.block_losses(dealii::make_array_view(theta))[0] /
           recovery.value(dealii::make_array_view(theta));
  };
  BOOST_TEST(!sequence.update(theta, {0, 0.}));
  BOOST_TEST(std::abs(loss() - 3.) < 1e-14);
  BOOST_TEST(sequence.update(theta, {1, 0.25}));
  BOOST_TEST(std::abs(loss() - 1.5) < 1e-14);
  BOOST_TEST(!sequence.update(theta, {2, 0.26}));
  BOOST_TEST(sequence.update(theta, {3, 0.6}));
  BOOST_TEST(loss() == 0.);
  BOOST_TEST(!sequence.update(theta, {4, 1.}));
}

BOOST_AUTO_TEST_SUITE_END()
