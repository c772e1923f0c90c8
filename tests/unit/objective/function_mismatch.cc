// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// FunctionMismatch: its labels against derivatives by hand, its rows against
// the same equations as text, its linearisation against differences, its errors.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/objective/function_mismatch.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "objective/block_checks.h"
#include "objective/test_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Names = std::vector<std::string>;

  InputPoints
  make_points(const unsigned int n_inputs, const unsigned int n_points = 20)
  {
    InputPoints points(n_inputs, n_points);
    for (unsigned int p = 0; p < n_points; ++p)
      {
        points.weights[p] = 1. / n_points;
        for (unsigned int i = 0; i < n_inputs; ++i)
          points(i, p) = 0.5 + 0.45 * pseudo_random(50 + i, p);
      }
    return points;
  }



  std::unique_ptr<FunctionMismatch>
  make(const Names                      &formulas,
       const std::vector<DerivativeSum> &sums,
       const Names                      &inputs = {"x", "y"})
  {
    std::vector<std::shared_ptr<const InputFunction>> functions;
    for (const std::string &formula : formulas)
      functions.push_back(std::make_shared<FormulaFunction>(formula, inputs));
    return std::make_unique<FunctionMismatch>(
      "test", functions, sums, make_points(inputs.size()), 1.);
  }



  // What the residuals are where the network is zero, with the other sign:
  // equation e at the point p of block_checks.
  double
  label(const ResidualBlock &block, const unsigned int e, const unsigned int p)
  {
    const block_checks::Evaluation evaluation(block, block.n_equations());
    return -evaluation.residuals(
      Vector(evaluation.n_jets * block_checks::stride,
             0.))[e * block_checks::stride + p];
  }



  // Rows of a network with one block.
  Vector
  rows_of(const Network &network, std::unique_ptr<ResidualBlock> block)
  {
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::move(block));
    const NetworkObjective objective(network, std::move(blocks));
    const Vector           theta = network.initial_parameters(4);
    Vector                 rows(objective.n_rows());
    objective.compute_rows(view(theta), view(rows));
    return rows;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(function_mismatch)

BOOST_AUTO_TEST_CASE(sums_and_lists_have_the_right_terms)
{
  BOOST_TEST(sum_of_derivatives(3, 0).size() == 1u);
  BOOST_TEST(sum_of_derivatives(3, 0)[0].along.empty());
  BOOST_TEST(sum_of_derivatives(3, 4).size() == 3u);
  BOOST_TEST((sum_of_derivatives(3, 4)[2].along ==
              JetSpecification::MultiIndex{2, 2, 2, 2}));

  // n + k - 1 over k.
  BOOST_TEST(all_derivatives(2, 0).size() == 1u);
  BOOST_TEST(all_derivatives(2, 1).size() == 2u);
  BOOST_TEST(all_derivatives(2, 3).size() == 4u);
  BOOST_TEST(all_derivatives(3, 4).size() == 15u);
  BOOST_TEST(
    (all_derivatives(2, 2)[1][0].along == JetSpecification::MultiIndex{0, 1}));
}



BOOST_AUTO_TEST_CASE(labels_are_the_derivatives_by_hand)
{
  const auto points = make_points(2);
  for (unsigned int order = 0; order <= 4; ++order)
    {
      const auto sums =
        make({"sin(2*x)*exp(y)", "x*y^3"}, {sum_of_derivatives(2, order)});
      const auto all = make({"sin(2*x)*exp(y)"}, all_derivatives(2, order));
      BOOST_TEST(sums->n_equations() == 2u);
      BOOST_TEST(all->n_equations() == order + 1u);
      for (unsigned int p = 0; p < block_checks::n_points; ++p)
        {
          const double x = points(0, block_checks::first + p);
          const double y = points(1, block_checks::first + p);
          // The k-th derivative of sin(2x) is 2^k sin(2x + k pi/2).
          const auto along_x = [&](const unsigned int k) {
            return std::pow(2., k) *
                   std::sin(2. * x + 0.5 * k * std::acos(-1.));
          };
          const double first_sum =
            order == 0 ? std::exp(y) * along_x(0)
                       : std::exp(y) * (along_x(order) + along_x(0));
          const double second_sum[] = {
            x * y * y * y, y * y * y + 3. * x * y * y, 6. * x * y, 6. * x, 0.};
          BOOST_TEST(std::abs(label(*sums, 0, p) - first_sum) < 1e-12);
          BOOST_TEST(std::abs(label(*sums, 1, p) - second_sum[order]) < 1e-12);

          // In the order xx, xy, yy.
          for (unsigned int e = 0; e <= order; ++e)
            BOOST_TEST(std::abs(label(*all, e, p) -
                                std::exp(y) * along_x(order - e)) < 1e-12);
        }
    }
}



BOOST_AUTO_TEST_CASE(rows_are_those_of_the_equation_as_text)
{
  const Names   texts{"u - x*y^4",
                    "u_x + u_y - y^4 - 4*x*y^3",
                    "u_xx + u_yy - 12*x*y^2",
                    "u_xxx + u_yyy - 24*x*y",
                    "u_xxxx + u_yyyy - 24*x"};
  const Network network(make_architecture(2, {6, 5}, 1, "sin"));
  FormulaNames  names;
  names.inputs = {"x", "y"};
  for (unsigned int order = 0; order <= 4; ++order)
    {
      const auto expected = rows_of(
        network,
        std::make_unique<FormulaResidual>(
          "test", "test", Names{texts[order]}, names, make_points(2), 1.));
      const auto rows =
        rows_of(network, make({"x*y^4"}, {sum_of_derivatives(2, order)}));
      const double error = relative_error(rows, expected);
      BOOST_TEST(error < 1e-13, error);
    }
}



BOOST_AUTO_TEST_CASE(linearisations_match_differences)
{
  for (unsigned int order = 0; order <= 4; ++order)
    for (const auto &sums :
         {std::vector<DerivativeSum>{sum_of_derivatives(2, order)},
          all_derivatives(2, order)})
      {
        const auto block = make({"cos(x)*y", "x^2"}, sums);
        block_checks::check_linearisation(block_checks::Evaluation(*block, 2));
      }
}



// Two unknowns, a coefficient that is not used, a multiplier.
BOOST_AUTO_TEST_CASE(derivatives_are_multiplied_by_an_output)
{
  const Names                                       texts{"cos(x)*y", "x^2"};
  std::vector<std::shared_ptr<const InputFunction>> functions;
  for (const std::string &text : texts)
    functions.push_back(
      std::make_shared<FormulaFunction>(text, Names{"x", "y"}));
  for (unsigned int order = 0; order <= 4; ++order)
    {
      const std::vector<DerivativeSum> sums{sum_of_derivatives(2, order)};
      const FunctionMismatch           block(
        "test", functions, sums, make_points(2), 1., 3);
      const block_checks::Evaluation multiplied(block, 4);
      block_checks::check_linearisation(multiplied);

      const auto                     plain_block = make(texts, sums);
      const block_checks::Evaluation plain(*plain_block, 4);
      const auto                     n_channels = multiplied.n_jets / 4;
      const auto                     r = multiplied.residuals(multiplied.jets);
      const auto                     s = plain.residuals(multiplied.jets);
      for (unsigned int e = 0; e < 2; ++e)
        for (unsigned int p = 0; p < block_checks::n_points; ++p)
          {
            const unsigned int i = e * block_checks::stride + p;
            const double       m =
              multiplied.jets[3 * n_channels * block_checks::stride + p];
            const double known = label(*plain_block, e, p);
            BOOST_TEST(std::abs(r[i] - (m * (s[i] + known) - known)) < 1e-12);
          }
    }
}



BOOST_AUTO_TEST_CASE(labels_have_to_be_finite_numbers)
{
  const auto mistake = [](const std::string &formula,
                          const unsigned int order,
                          const Names       &inputs) -> std::string {
    try
      {
        make({formula}, {sum_of_derivatives(inputs.size(), order)}, inputs);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  };
  const std::string not_finite = mistake("sqrt(x - 2)", 1, {"x", "y"});
  BOOST_TEST((not_finite.find("exact solution: the label of the block 'test' "
                              "is not a finite number at the point (") == 0),
             not_finite);

  Names inputs;
  for (unsigned int i = 0; i < 14; ++i)
    inputs.push_back("x" + std::to_string(i));
  const std::string too_many = mistake("x0", 4, inputs);
  BOOST_TEST((too_many.find("with 14 inputs; formulas have at most 40") !=
              std::string::npos),
             too_many);
}

BOOST_AUTO_TEST_SUITE_END()
