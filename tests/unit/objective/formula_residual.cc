// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// FormulaResidual against differences, against InteriorResidual for the same
// law, against formulas written out; its jets, its errors.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/formula_residual.h>

#include <boost/test/data/test_case.hpp>
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
  // Points in the unit box, equal weights.
  InputPoints
  make_points(const unsigned int n_inputs, const unsigned int n_points)
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



  std::unique_ptr<FormulaResidual>
  make(const std::vector<std::string> &equations,
       const std::vector<std::string> &inputs   = {"x", "t"},
       const std::vector<std::string> &unknowns = {"u"})
  {
    FormulaNames names;
    names.inputs         = inputs;
    names.unknowns       = unknowns;
    names.constants["a"] = 0.25;
    return std::make_unique<FormulaResidual>("test",
                                             "Equations/interior",
                                             equations,
                                             names,
                                             make_points(inputs.size(), 20),
                                             1.);
  }



  unsigned int
  n_channels(const std::string              &equation,
             const std::vector<std::string> &inputs = {"x", "y", "t"})
  {
    return make({equation}, inputs)->jet_specification().n_channels();
  }



  // The one sentence that a wrong text gives.
  std::string
  mistake(const std::string &equation)
  {
    try
      {
        make({equation}, {"x", "t"}, {"u", "v"});
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  }



  // Rows and gradient of a network with one block.
  std::pair<Vector, Vector>
  evaluate(const Network                 &network,
           std::unique_ptr<ResidualBlock> block,
           const Vector                  &theta)
  {
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::move(block));
    const NetworkObjective objective(network, std::move(blocks));
    Vector                 rows(objective.n_rows()), gradient(theta.size(), 0.);
    objective.compute_rows(view(theta), view(rows));
    objective.add_gradient(view(theta), view(gradient));
    return {rows, gradient};
  }
} // namespace

BOOST_AUTO_TEST_SUITE(formula_residual)

BOOST_AUTO_TEST_CASE(derivatives_match_differences)
{
  for (const std::string equation :
       {"u_t + u*u_x - 0.01/pi*u_xx",
        "u_tt - 4*u_xx",
        "u_t - 1e-4*u_xx - 5*(u - u^3)",
        "u_xt*exp(u) + x*t*u_xxx - sin(u_tt)/(2 + u^2)",
        "u_xxtt - u_tttt + a*u^2.5*x",
        "laplacian(u, x, t)*u - u_x",
        "bilaplacian(u, x, t)*u - laplacian(u, x, t)^2",
        "u - x^2*cos(pi*x)",
        "u_t - diff((1 + x*u^2)*u_x, x) + diff(laplacian(u, x), t)",
        "sin(x)"})
    {
      const auto block      = make({equation});
      auto       evaluation = block_checks::Evaluation(*block, 1);
      // Powers want positive numbers.
      for (double &jet : evaluation.jets)
        jet = 0.6 + 0.4 * jet;
      block_checks::check_linearisation(evaluation);
    }
  const auto system = make({"u_t + v*u_x", "v_t + u*v_xx - p_x", "u_x + v_t"},
                           {"x", "t"},
                           {"u", "v", "p"});
  block_checks::check_linearisation(block_checks::Evaluation(*system, 3));
}



BOOST_AUTO_TEST_CASE(residuals_equal_the_formula_written_out)
{
  const auto block =
    make({"u_t + u*u_x - 0.01/pi*u_xx + a*x*sin(pi*t)", "u - x^2"});
  const block_checks::Evaluation evaluation(*block, 1);
  const auto                     points = make_points(2, 20);

  const auto residuals = evaluation.residuals(evaluation.jets);

  // Channels in the order of the text: value, t, x, xx.
  const double pi = std::acos(-1.);
  BOOST_TEST(block->n_equations() == 2u);
  for (unsigned int p = 0; p < block_checks::n_points; ++p)
    {
      const auto jet = [&](const unsigned int channel) {
        return evaluation.jets[channel * block_checks::stride + p];
      };
      const double x = points(0, block_checks::first + p);
      const double t = points(1, block_checks::first + p);
      BOOST_TEST(
        std::abs(residuals[p] - (jet(1) + jet(0) * jet(2) - 0.01 / pi * jet(3) +
                                 0.25 * x * std::sin(pi * t))) < 1e-14);
      BOOST_TEST(std::abs(residuals[block_checks::stride + p] -
                          (jet(0) - x * x)) < 1e-15);
    }
}



BOOST_AUTO_TEST_CASE(jets_contain_what_is_used)
{
  BOOST_TEST(n_channels("u - x") == 1u);
  BOOST_TEST(n_channels("u_x + u_t*u_x") == 3u);
  BOOST_TEST(n_channels("u_xx") == 3u);
  BOOST_TEST(n_channels("u_t + u*u_x - u_xx") == 4u);
  BOOST_TEST(n_channels("u_tt - 4*u_xx") == 5u);
  BOOST_TEST(n_channels("u_xt + u_tx") == 4u);
  BOOST_TEST(n_channels("u_xxx") == 4u);
  // All inputs but t.
  BOOST_TEST(n_channels("laplacian(u)") == 4u);
  BOOST_TEST(n_channels("laplacian( u , x )") == 3u);
  BOOST_TEST(n_channels("laplacian(u)", {"x1", "x2", "x3", "x4", "x5"}) == 7u);
  BOOST_TEST(n_channels("u_x1_x2 + u_x1", {"x1", "x2"}) == 4u);

  // The kernels' own loops for Laplacians.
  for (const std::string equation :
       {"u_t + u*u_x - u_xx", "laplacian(u) - u_t", "u_t - laplacian(u)"})
    BOOST_TEST(make({equation}, {"x", "y", "t"})
                 ->jet_specification()
                 .laplacian_factors()
                 .size() > 0u);
}



BOOST_AUTO_TEST_CASE(the_text_of_a_law_gives_the_rows_of_the_law)
{
  // (law, text) in divergence form and written out.
  const std::vector<std::pair<std::shared_ptr<const Law<2>>, std::string>>
    cases{{std::make_shared<AnisotropicLaw>(),
           "-2*u*u_x^2 - (1 + u^2)*u_xx - 0.4*u_xy - exp(x)*u_yy - u^3 + x"},
          {isotropic_law(),
           "-(1 + 0.3*x*y)*laplacian(u) - 0.3*y*u_x - 0.3*x*u_y + y*u_x - "
           "x*u_y + 2*u + (1 - x)*u^3 - sin(3*x)*y"}};
  for (const auto &[law, text] : cases)
    {
      const Network network(make_network(*law));
      const auto    theta  = network.initial_parameters(2);
      const auto    points = interior_points(300);
      FormulaNames  names;
      names.inputs = {"x", "y"};

      const auto expected =
        evaluate(network,
                 std::make_unique<InteriorResidual<2>>(law, points, 0.7),
                 theta);
      const auto result = evaluate(
        network,
        std::make_unique<FormulaResidual>("interior",
                                          "test",
                                          std::vector<std::string>{text},
                                          names,
                                          InputPoints(points),
                                          0.7),
        theta);

      const double row_error = relative_error(result.first, expected.first);
      const double gradient_error =
        relative_error(result.second, expected.second);
      BOOST_TEST(row_error < 1e-13, row_error);
      BOOST_TEST(gradient_error < 1e-12, gradient_error);
    }
}



BOOST_AUTO_TEST_CASE(the_bilaplacian_is_the_sum_of_fourth_derivatives)
{
  const Network network(make_architecture(3, {6, 5}, 1, "tanh"));
  const auto    theta  = network.initial_parameters(2);
  const auto    result = [&](const std::string &text) {
    return evaluate(network, make({text}, {"x", "y", "t"}), theta);
  };
  const auto expected  = result("u_xxxx + 2*u_xxyy + u_yyyy + u_t");
  const auto collapsed = result("bilaplacian(u) + u_t");
  const auto listed    = result("bilaplacian(u, x, y) + u_t");

  const double row_error = relative_error(collapsed.first, expected.first);
  const double gradient_error =
    relative_error(collapsed.second, expected.second);
  BOOST_TEST(row_error < 1e-13, row_error);
  BOOST_TEST(gradient_error < 1e-12, gradient_error);
  BOOST_TEST((listed.first == collapsed.first));

  // Value, x, y, xx, xy, yy, two of third order, one of fourth.
  BOOST_TEST(n_channels("bilaplacian(u)") == 9u);
}



BOOST_AUTO_TEST_CASE(reference_values_are_numbers)
{
  FormulaNames names;
  names.inputs          = {"x", "t"};
  names.unknowns        = {"u", "v"};
  names.reference.names = {"w", "u"};
  names.reference.value = [](const std::vector<double> &x,
                             const unsigned int         k) {
    BOOST_TEST(k == 1u);
    return 3. * x[0] - x[1];
  };
  const auto make_block = [&](const std::string &text) {
    return FormulaResidual(
      "test", "Equations/conditions", {text}, names, make_points(2, 20), 1.);
  };
  const auto                     block = make_block("v - 2*reference( u )*u");
  const auto                     expected = make_block("v - 2*(3*x - t)*u");
  const block_checks::Evaluation one(block, 2), two(expected, 2);
  const auto                     rows          = one.residuals(one.jets);
  const auto                     expected_rows = two.residuals(one.jets);
  for (unsigned int p = 0; p < block_checks::n_points; ++p)
    BOOST_TEST(rows[p] == expected_rows[p]);
  block_checks::check_linearisation(one);

  BOOST_CHECK_EXCEPTION(
    make_block("u - reference(p)"), InputError, [](const InputError &error) {
      return std::string(error.what()).find("consists of 'w', 'u'") !=
             std::string::npos;
    });
}



BOOST_AUTO_TEST_CASE(all_inputs_reach_the_network)
{
  // Five inputs, tiles with several hundred points.
  const Network network(make_architecture(5, {6, 5}, 1, "tanh"));
  const auto    theta = network.initial_parameters(2);
  FormulaNames  names;
  names.inputs      = {"x1", "x2", "x3", "x4", "x5"};
  const auto points = make_points(5, 700);

  const auto rows = evaluate(network,
                             std::make_unique<FormulaResidual>(
                               "test",
                               "test",
                               std::vector<std::string>{"u - x5 + 2*x2"},
                               names,
                               points,
                               1.),
                             theta)
                      .first;

  NetworkWeights weights(network);
  weights.assign(view(theta));
  double sum = 0., expected = 0.;
  for (unsigned int p = 0; p < points.size(); ++p)
    {
      JetTile tile(network, JetSpecification::value(), 8);
      tile.reinit(1);
      for (unsigned int i = 0; i < 5; ++i)
        tile.set_input(i, 0, points(i, p));
      network.evaluate(weights, tile);
      expected +=
        std::pow(tile.output(0, 0)[0] - points(4, p) + 2. * points(1, p), 2) /
        700.;
    }
  for (const double row : rows)
    sum += row * row;
  BOOST_TEST(std::abs(sum / expected - 1.) < 1e-12);
}



BOOST_AUTO_TEST_CASE(derivatives_of_formulas_are_those_written_out)
{
  const Network network(make_architecture(2, {6, 5}, 1, "tanh"));
  const auto    theta        = network.initial_parameters(2);
  const auto    residuals_of = [&](const std::string &equation) {
    return evaluate(network, make({equation}), theta).first;
  };
  const auto agree = [&](const std::string &one, const std::string &two) {
    const Vector a = residuals_of(one), b = residuals_of(two);
    for (unsigned int row = 0; row < a.size(); ++row)
      BOOST_TEST(std::abs(a[row] - b[row]) < 1e-12 * (1. + std::abs(b[row])));
  };
  agree("diff(u, x)", "u_x");
  agree("diff(diff(u, x), t)", "u_xt");
  agree("diff(u^2/2, x)", "u*u_x");
  agree("diff((1 + x*t)*exp(u)*u_x, x)",
        "exp(u)*(t*u_x + (1 + x*t)*(u_x^2 + u_xx))");
  agree("diff(laplacian(u, x, t), t)", "u_xxt + u_ttt");
  agree("diff(if(x < 0.5, 1, 3)*u_x, x)", "if(x < 0.5, 1, 3)*u_xx");
}



BOOST_AUTO_TEST_CASE(mistakes_are_named_with_entry_and_position)
{
  const auto says = [](const std::string &equation, const std::string &words) {
    const std::string sentence = mistake(equation);
    BOOST_TEST((sentence.find(words) != std::string::npos), sentence);
    BOOST_TEST((sentence.find("Equations/interior: ") == 0), sentence);
  };
  says("u_t + w", "at character 7, 'w': 'w' is not known; inputs are x, t");
  says("u + u_xz",
       "at character 5, 'u_xz': the derivative 'u_xz' is along 'z'");
  says("u_xxxxx", "order 5; allowed are 1 to 4");
  says("u_", "the derivative 'u_' has the order 0; allowed are 1 to 4");
  says("u_t + sinn(x)",
       "at character 7, 'sinn(x)': there is no function 'sinn'");
  says("laplacian(w)", "laplacian needs an unknown; these are u, v");
  says("laplacian(u, y)", "'y' is not an input; these are x, t");
  says("laplacian(u, x, x)", "laplacian needs inputs, each of them once");
  says("bilaplacian(w)", "bilaplacian needs an unknown; these are u, v");
  says("u - reference(u)", "is not possible without a known solution");
  says("diff(u_xxxx, x)", "its derivative has the order 5; allowed are 1 to 4");
  says("diff(u, u)", "diff is along one of the inputs, x, t");
  says("diff(reference(u), x)", "is not possible without a known solution");
  says("u_t +", "at the end");
  says("", "is empty");
  says("u*log(x - 1)", "log((x-1)) is not a finite number at the point (");
}



BOOST_AUTO_TEST_CASE(names_must_be_clear)
{
  const auto is_wrong = [](const std::vector<std::string> &inputs,
                           const std::vector<std::string> &unknowns) {
    FormulaNames names;
    names.inputs         = inputs;
    names.unknowns       = unknowns;
    names.constants["a"] = 1.;
    BOOST_CHECK_THROW(names.check(), InputError);
  };
  is_wrong({}, {"u"});
  is_wrong({"x"}, {});
  is_wrong({"x", "x"}, {"u"});
  is_wrong({"x", "u"}, {"u"});
  is_wrong({"a"}, {"u"});
  is_wrong({"x_1"}, {"u"});
  is_wrong({"1x"}, {"u"});
  is_wrong({"sin"}, {"u"});
  is_wrong({"x"}, {"pi"});
  is_wrong({"x"}, {"reference"});
  is_wrong({"x"}, {"diff"});
  FormulaNames good;
  good.inputs = {"x1", "t"};
  BOOST_CHECK_NO_THROW(good.check());
}

BOOST_AUTO_TEST_SUITE_END()
