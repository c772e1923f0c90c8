// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Outputs of a network as known functions of another one.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/frozen_output.h>
#include <sobolev/network/point_tile.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "derivative_checks.h"
#include "network/input_function_checks.h"
#include "network/network_setting.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::network_setting;

namespace
{
  namespace data = boost::unit_test::data;

  using Functions = std::vector<std::shared_ptr<const InputFunction>>;
  using Extended  = reference_network::ExtendedPrecision;

  // All outputs of one frozen network.
  Functions
  outputs_of(const Network &network, const Vector &theta)
  {
    const auto frozen = std::make_shared<FrozenNetwork>(network, theta);
    Functions  result;
    for (unsigned int o = 0; o < network.n_outputs(); ++o)
      result.push_back(std::make_shared<FrozenOutput>(frozen, o));
    return result;
  }



  // Two networks that have nothing in common but their inputs, and the second
  // one with the outputs of the first one as offsets.
  struct Sum
  {
    explicit Sum(const JetSpecification &jet,
                 const unsigned int      n_points = 9,
                 const Precision precision        = Precision::double_precision)
      : first(architecture_of(option_case, "tanh", "everything"), jet, n_points)
      , second(second_architecture(), jet, n_points, precision)
      , sum(sum_architecture(first), jet, n_points, precision)
    {
    }

    static Architecture
    second_architecture()
    {
      auto result = architecture_of({2, 2, {4, 7}, 2}, "sin", "factors");
      for (double &scale : result.output_scale)
        scale *= 0.03;
      return result;
    }

    static Architecture
    sum_architecture(const Setting &first)
    {
      auto result    = second_architecture();
      result.offsets = outputs_of(first.network, first.theta);
      return result;
    }

    Setting first, second, sum;
  };



  template <typename Scalar>
  std::vector<Scalar>
  add(std::vector<Scalar> one, const std::vector<Scalar> &two)
  {
    BOOST_REQUIRE(one.size() == two.size());
    for (std::size_t i = 0; i < one.size(); ++i)
      one[i] += two[i];
    return one;
  }



  template <typename Kind>
  std::vector<typename Kind::Scalar>
  reference(const Setting &setting)
  {
    return reference_jets<Kind>(setting,
                                {setting.theta.begin(), setting.theta.end()});
  }
} // namespace

BOOST_AUTO_TEST_SUITE(frozen_output)

BOOST_AUTO_TEST_CASE(as_offset_it_adds_the_jets_of_the_other_network)
{
  for (const auto &jet : specifications(option_case))
    for (const unsigned int n_points : {1u, 7u, 64u, 100u})
      {
        Sum        setting(jet, n_points);
        const auto expected = add(setting.first.jets(setting.first.theta),
                                  setting.second.jets(setting.second.theta));

        const double error = channel_error(
          setting.sum, setting.sum.jets(setting.second.theta), expected);
        BOOST_TEST(error < 1e-15, error);
      }
}



BOOST_AUTO_TEST_CASE(jets_equal_forward_mode_and_extended_precision)
{
  using reference_network::ForwardMode;
  for (const auto &jet : second_order_specifications(option_case))
    {
      using Sacado = ForwardMode<double, 4, 2>;
      Sum        setting(jet, 3);
      const auto expected = add(reference<Sacado>(setting.first),
                                reference<Sacado>(setting.second));

      const double error = channel_error(
        setting.sum, setting.sum.jets(setting.second.theta), expected);
      BOOST_TEST(error < 1e-12, error);
    }

  for (const auto &jet : higher_order_specifications(option_case))
    {
      Sum        setting(jet, 3);
      const auto expected = add(reference<Extended>(setting.first),
                                reference<Extended>(setting.second));

      const double error = channel_error(
        setting.sum, setting.sum.jets(setting.second.theta), expected);
      BOOST_TEST(error < 1e-13, error);
    }
}



BOOST_AUTO_TEST_CASE(three_networks_within_each_other_add_up)
{
  for (const auto &jet :
       {JetSpecification::hessian(2), JetSpecification::bilaplacian(2)})
    {
      Sum  two(jet);
      auto architecture    = architecture_of(option_case, "silu", "factors");
      architecture.offsets = outputs_of(two.sum.network, two.second.theta);
      Setting three(architecture, jet, 9);
      architecture.offsets.clear();
      Setting    third(architecture, jet, 9);
      const auto expected = add(
        add(two.first.jets(two.first.theta), two.second.jets(two.second.theta)),
        third.jets(third.theta));

      const double error =
        channel_error(three, three.jets(third.theta), expected);
      BOOST_TEST(error < 1e-15, error);
    }
}



BOOST_AUTO_TEST_CASE(single_precision_concerns_the_outer_network_only)
{
  // The jets of the inner one are added in double precision.
  Sum setting(JetSpecification::laplacian(2), 9, Precision::single_precision);
  const auto outer = setting.second.jets(setting.second.theta);
  const auto both  = setting.sum.jets(setting.second.theta);
  const auto inner = setting.first.jets(setting.first.theta);

  BOOST_TEST(channel_error(setting.sum, both, add(inner, outer)) < 1e-15);
}



BOOST_DATA_TEST_CASE(derivatives_match_differences,
                     data::make({0u, 1u}),
                     output)
{
  const Setting setting(architecture_of(option_case, "tanh", "everything"),
                        JetSpecification::value(),
                        1);
  const auto    functions = outputs_of(setting.network, setting.theta);

  for (const Vector &x : {Vector{0.3, -0.2}, Vector{-0.7, 0.4}})
    input_function_checks::check_derivatives(*functions[output], x, 4, 1e-7);
}



BOOST_AUTO_TEST_CASE(it_can_be_a_feature_and_a_factor)
{
  // The same function written down: one hidden neuron, sin(w x + b).
  const auto   jet          = JetSpecification::hessian(2);
  auto         architecture = make_architecture(2, {1}, 1, "sin");
  const Vector theta{0.7, -0.4, 0.2, 1.5, 0.1};
  const auto   function = outputs_of(Network(architecture), theta)[0];
  auto         outer    = make_architecture(2, {3}, 1, "tanh");
  outer.features        = {function};
  outer.factors         = {function};
  Setting setting(outer, jet, 5);

  const auto computed = setting.jets(setting.theta);

  Vector expected(computed.size());
  for (unsigned int p = 0; p < 5; ++p)
    {
      std::vector<Jet> x, a;
      for (unsigned int i = 0; i < 2; ++i)
        {
          x.push_back(Jet::input(jet, i, setting.points[p][i]));
          a.push_back(2. / (outer.upper[i] - outer.lower[i]) *
                        (x[i] - outer.lower[i]) -
                      1.);
        }
      const Jet known =
        architecture.output_scale[0] *
          (theta[3] * sin(theta[0] * a[0] + theta[1] * a[1] + theta[2]) +
           theta[4]) +
        architecture.output_shift[0];
      a.push_back(known);
      const auto &t = setting.theta;
      Jet         N(jet, t[15]);
      for (unsigned int j = 0; j < 3; ++j)
        N += t[12 + j] * tanh(t[3 * j] * a[0] + t[3 * j + 1] * a[1] +
                              t[3 * j + 2] * a[2] + t[9 + j]);
      const Jet u = known * (outer.output_scale[0] * N + outer.output_shift[0]);
      for (unsigned int c = 0; c < jet.n_channels(); ++c)
        expected[c * 5 + p] = u[c];
    }
  BOOST_TEST(relative_error(computed, expected) < 1e-14);
}



BOOST_AUTO_TEST_CASE(adjoints_are_those_of_the_outer_network)
{
  Sum        setting(JetSpecification::laplacian(2));
  const auto adjoints = setting.second.adjoints();
  BOOST_TEST((setting.sum.theta == setting.second.theta));

  BOOST_TEST(
    (setting.sum.gradient(adjoints) == setting.second.gradient(adjoints)));
}



BOOST_AUTO_TEST_CASE(all_outputs_share_one_evaluation)
{
  const Setting setting(
    architecture_of(option_case, "tanh"), JetSpecification::value(), 1);
  const auto frozen =
    std::make_shared<FrozenNetwork>(setting.network, setting.theta);
  const auto   jet = JetSpecification::gradient(2);
  const Vector x{0.1, 0.2, 0.3, 0.4}, y{0.5, 0.6, 0.7, 0.8};

  PointTile points(jet, 2, 2);
  points.reinit(x.data(), 2, 2);
  const JetTile &tile = points.network_jets(frozen);
  const double   at_x = tile.output(1, 0)[0];

  BOOST_TEST(&points.network_jets(frozen) == &tile);
  points.reinit(y.data(), 2, 2);
  BOOST_TEST(points.network_jets(frozen).output(1, 0)[0] != at_x);
  points.reinit(x.data(), 2, 2);
  BOOST_TEST(points.network_jets(frozen).output(1, 0)[0] == at_x);
}



BOOST_AUTO_TEST_CASE(bad_parameters_are_input_errors)
{
  const Network network(architecture_of(option_case, "tanh"));
  auto          theta = network.initial_parameters(1);
  theta[3]            = std::numeric_limits<double>::quiet_NaN();
  BOOST_CHECK_THROW(FrozenNetwork(network, theta), InputError);
  theta.pop_back();
  theta[3] = 0.;
  BOOST_CHECK_THROW(FrozenNetwork(network, theta), InputError);
  BOOST_CHECK_THROW(make_input_function("network output", {0.}), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
