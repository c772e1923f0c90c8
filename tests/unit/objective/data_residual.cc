// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The mismatch to data, and the whole loss of an inverse problem against
// differences in every trainable.

#include <sobolev/network/activation.h>
#include <sobolev/objective/data_residual.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/objective/network_objective.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "network/network_setting.h"
#include "objective/block_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::network_setting;

namespace
{
  namespace data = boost::unit_test::data;

  // Of outputs 2 and 0, at points between -1 and 1.
  Observations
  make_observations(const unsigned int n_points)
  {
    Observations result{InputPoints(2, n_points), {2, 0}, {{}, {}}};
    for (unsigned int p = 0; p < n_points; ++p)
      {
        result.points.weights[p] = 1. / n_points;
        for (unsigned int i = 0; i < 2; ++i)
          result.points(i, p) = pseudo_random(60 + i, p);
        for (unsigned int e = 0; e < 2; ++e)
          result.values[e].push_back(pseudo_random(70 + e, p));
      }
    return result;
  }



  // An equation with derivatives up to an order and all coefficients, and data.
  std::vector<std::unique_ptr<ResidualBlock>>
  make_blocks(const unsigned int order, const unsigned int n_outputs)
  {
    FormulaNames names;
    names.inputs       = {"x", "y"};
    names.unknowns     = {"u", "v"};
    names.coefficients = {"a", "b", "c", "d", "p", "q", "r", "s"};

    const std::vector<std::string> equations[] = {
      {"a*u + b*c*v - d*x", "p*q*u^2 - r*s"},
      {"a*u_x + b*v_y - c*d_y", "p_y*q*u + r*s_y"},
      {"b*laplacian(u) + b_x*u_x + b_y*u_y - a*c", "p*v_xy + q*r*s_yy - d_yy"}};

    auto points = make_observations(11).points;
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::make_unique<FormulaResidual>(
      "interior", "test", equations[order], names, points, 0.7));
    blocks.push_back(std::make_unique<DataResidual>(
      "data", make_observations(9), n_outputs, 3.));
    return blocks;
  }



  // Errors of the gradient of the loss, and of that from rows of the Jacobian.
  void
  check_whole_loss(const std::string &activation,
                   const std::string &slopes,
                   const unsigned int order)
  {
    Architecture architecture =
      architecture_of(option_case, activation, slopes);
    add_coefficients(architecture);
    const Network          network(architecture);
    const NetworkObjective objective(network,
                                     make_blocks(order, network.n_outputs()));
    auto                   theta = network.initial_parameters(5);
    for (std::size_t k = 0; k < theta.size(); ++k)
      theta[k] += 0.1 * pseudo_random(2, k);

    Vector computed(theta.size(), 0.), by_rows(theta.size(), 0.);
    objective.add_gradient(view(theta), view(computed));
    objective.compute_jacobian(
      dealii::make_array_view(std::as_const(theta)),
      [&](const LocalObjective::JacobianPanel &panel) {
        for (std::size_t k = 0; k < theta.size(); ++k)
          for (std::size_t i = 0; i < panel.rows.size(); ++i)
            by_rows[k] +=
              2. * panel.rows[i] * panel.jacobian[k * panel.leading + i];
      });

    const auto loss = [&](const Vector &at) {
      double sum = 0.;
      for (const double value : objective.block_losses(view(at)))
        sum += value;
      return Vector{sum};
    };
    const auto expected =
      gradient(loss, theta, difference_step(architecture.activation));
    const double error = relative_error(computed, expected);
    BOOST_TEST_MESSAGE("error of the gradient: " << error);
    BOOST_TEST(error < 1e-6, error);
    BOOST_TEST(relative_error(by_rows, computed) < 1e-12);

    // Each coefficient on its own, as far as the loss is exact enough.
    const auto largest = [](const Vector &v) {
      double result = 0.;
      for (const double value : v)
        result = std::max(result, std::abs(value));
      return result;
    };
    const double round_off = 1e-8 * largest(expected);
    for (const auto &position : network.layout().coefficients())
      {
        const auto part = [&](const Vector &v) {
          return Vector(v.begin() + position.first,
                        v.begin() + position.first + position.n_parameters);
        };
        const double scale = largest(part(expected));
        BOOST_TEST(scale > 0.);
        BOOST_TEST(relative_error(part(computed), part(expected)) <
                   1e-5 + round_off / scale);
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(data_residual)

BOOST_AUTO_TEST_CASE(residuals_are_differences_to_the_data)
{
  const auto                     observations = make_observations(6);
  const DataResidual             block("data", observations, 3, 2.);
  const block_checks::Evaluation evaluation(block, 3);
  constexpr auto                 stride = block_checks::stride;

  BOOST_TEST(block.n_equations() == 2u);
  BOOST_TEST(block.jet_specification().n_channels() == 1u);
  const auto residuals = evaluation.residuals(evaluation.jets);
  for (unsigned int p = 0; p < block_checks::n_points; ++p)
    {
      const unsigned int point = block_checks::first + p;
      BOOST_TEST(residuals[p] == evaluation.jets[2 * stride + p] -
                                   observations.values[0][point]);
      BOOST_TEST(residuals[stride + p] ==
                 evaluation.jets[p] - observations.values[1][point]);
    }
  block_checks::check_linearisation(evaluation);
}



// Weights, biases, slopes, coefficients and fields, with derivatives of order 0,
// 1 and 2.
BOOST_DATA_TEST_CASE(the_whole_loss_matches_differences_in_every_trainable,
                     data::make({"tanh", "sin", "silu", "irelu"}) *
                       data::make({"slopes of layers", "slopes of neurons"}) *
                       data::make({0, 1, 2}),
                     activation,
                     slopes,
                     order)
{
  check_whole_loss(activation, slopes, order);
}

BOOST_AUTO_TEST_SUITE_END()
