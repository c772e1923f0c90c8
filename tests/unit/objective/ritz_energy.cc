// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Energies: against a sum written out by hand, their gradients against
// differences, and that the minimum of an energy solves the law.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/boundary_energy.h>
#include <sobolev/objective/interior_energy.h>
#include <sobolev/objective/ritz_energy.h>
#include <sobolev/objective/sum_of_losses.h>

#include <deal.II/base/multithread_info.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "objective/test_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // -div((1 + 0.3 x y) grad u) + 2 u + (1 - x) u^3 = sin(3 x) y
  std::shared_ptr<const Law<2>>
  symmetric_law()
  {
    DiffusionAdvectionReactionOptions<2> options;
    options.diffusion       = {function<2>("1 + 0.3*x*y")};
    options.linear_reaction = function<2>("2");
    options.cubic_reaction  = function<2>("1 - x");
    options.source          = function<2>("sin(3*x)*y");
    return std::make_shared<DiffusionAdvectionReaction<2>>(options);
  }

  std::vector<std::unique_ptr<EnergyBlock>>
  energy_blocks(const unsigned int n)
  {
    using Kind = BoundaryCondition<2>::Kind;
    std::vector<std::unique_ptr<EnergyBlock>> blocks;
    blocks.push_back(
      std::make_unique<InteriorEnergy<2>>(symmetric_law(), interior_points(n)));
    blocks.push_back(std::make_unique<BoundaryEnergy<2>>(
      BoundaryCondition<2>{Kind::neumann, 0, function<2>("exp(y)"), nullptr},
      boundary_points(1, n / 3)));
    blocks.push_back(std::make_unique<BoundaryEnergy<2>>(
      BoundaryCondition<2>{
        Kind::robin, 0, function<2>("x - y"), function<2>("2 + x")},
      boundary_points(2, n / 4)));
    return blocks;
  }

  // The network as a function: value and gradient at a point.
  struct AtPoint
  {
    AtPoint(const Network          &network,
            const Vector           &theta,
            const dealii::Point<2> &x)
    {
      NetworkWeights weights(network);
      weights.assign(view(theta));
      JetTile tile(network, JetSpecification::gradient(2));
      tile.reinit(1);
      for (unsigned int d = 0; d < 2; ++d)
        tile.set_input(d, 0, x[d]);
      network.evaluate(weights, tile);
      u = tile.output(0, 0)[0];
      for (unsigned int d = 0; d < 2; ++d)
        gradient[d] = tile.output(0, 1 + d)[0];
    }

    double               u;
    dealii::Tensor<1, 2> gradient;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(ritz_energy)

BOOST_AUTO_TEST_CASE(equals_the_sum_written_out)
{
  const auto       law     = symmetric_law();
  const Network    network = make_network(*law);
  const Vector     theta   = network.initial_parameters(3);
  const RitzEnergy energy(network, energy_blocks(40));

  const auto interior = interior_points(40);
  Vector     expected(3, 0.);
  for (unsigned int i = 0; i < interior.size(); ++i)
    {
      const auto   &x = interior.points[i];
      const AtPoint at(network, theta, x);
      const double  e =
        0.5 * (1. + 0.3 * x[0] * x[1]) * at.gradient.norm_square() +
        at.u * at.u + 0.25 * (1. - x[0]) * std::pow(at.u, 4) -
        std::sin(3. * x[0]) * x[1] * at.u;
      expected[0] += interior.weights[i] * e;
    }
  const auto neumann = boundary_points(1, 13), robin = boundary_points(2, 10);
  for (unsigned int i = 0; i < neumann.size(); ++i)
    expected[1] += neumann.weights[i] * std::exp(neumann.points[i][1]) *
                   AtPoint(network, theta, neumann.points[i]).u;
  for (unsigned int i = 0; i < robin.size(); ++i)
    {
      const auto  &x    = robin.points[i];
      const double jump = AtPoint(network, theta, x).u - x[0] + x[1];
      expected[2] += robin.weights[i] * 0.5 * (2. + x[0]) * jump * jump;
    }

  BOOST_TEST(relative_error(energy.block_losses(view(theta)), expected) <
             1e-13);
  BOOST_TEST(energy.n_points() == 63u);
  BOOST_TEST(energy.block_names().size() == 3u);
  BOOST_TEST(energy.block_names()[2] == "energy of boundary 2");
}



BOOST_AUTO_TEST_CASE(gradient_matches_differences_for_any_number_of_threads)
{
  const Network network = make_network(*symmetric_law());
  const Vector  theta   = network.initial_parameters(5);
  Vector        first;
  for (const unsigned int n_threads : {1u, 3u})
    {
      dealii::MultithreadInfo::set_thread_limit(n_threads);
      // More points than a tile has.
      const RitzEnergy energy(network, energy_blocks(1500));
      const auto       value = [&](const Vector &parameters) {
        Vector unused(parameters.size(), 0.);
        return Vector{energy.add_gradient(view(parameters), view(unused))};
      };

      Vector computed(theta.size(), 1.);
      energy.add_gradient(view(theta), view(computed));
      computed = moved(computed, -1., Vector(theta.size(), 1.));
      BOOST_TEST(relative_error(computed, gradient(value, theta)) < 1e-8);
      if (first.empty())
        first = computed;
      BOOST_TEST(relative_error(computed, first) < 1e-13);
    }
  dealii::MultithreadInfo::set_thread_limit(1);
}



BOOST_AUTO_TEST_CASE(a_sum_of_losses_adds_values_and_gradients)
{
  const auto    law     = symmetric_law();
  const Network network = make_network(*law);
  const Vector  theta   = network.initial_parameters(7);
  const auto    squares = [&]() {
    return std::make_unique<NetworkObjective>(network, make_blocks(law, 30));
  };
  const auto energy = [&]() {
    return std::make_unique<RitzEnergy>(network, energy_blocks(30));
  };
  std::vector<std::unique_ptr<LocalLoss>> parts;
  parts.push_back(energy());
  parts.push_back(squares());
  const SumOfLosses sum(std::move(parts));

  Vector       expected(theta.size(), 0.), computed(theta.size(), 0.);
  const double value = energy()->add_gradient(view(theta), view(expected)) +
                       squares()->add_gradient(view(theta), view(expected));

  BOOST_TEST(std::abs(sum.add_gradient(view(theta), view(computed)) - value) <
             1e-13 * std::abs(value));
  BOOST_TEST(relative_error(computed, expected) < 1e-14);
  const auto losses = sum.block_losses(view(theta));
  BOOST_TEST(losses.size() == 7u);
  BOOST_TEST(sum.block_names().size() == 7u);
  BOOST_TEST(std::abs(std::accumulate(losses.begin(), losses.end(), -value)) <
             1e-12);
  BOOST_TEST(sum.parameter_groups().size() == 6u);
}



BOOST_AUTO_TEST_CASE(a_law_without_energy_is_refused)
{
  // With advection, and one that never offers any.
  for (const auto &law : test_laws())
    {
      if (law->n_components() > 1)
        continue;
      BOOST_CHECK_EXCEPTION(
        InteriorEnergy<2>(law, interior_points(3)),
        InputError,
        [&](const InputError &error) {
          return std::string(error.what()).find(law->name()) !=
                 std::string::npos;
        });
    }
}

BOOST_AUTO_TEST_SUITE_END()
