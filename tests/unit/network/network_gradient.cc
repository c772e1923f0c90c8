// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Parameter gradients and Jacobian rows of Network against the reference
// network with Sacado, against differences and against each other.

#include <deal.II/base/aligned_vector.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/network_setting.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::network_setting;

namespace
{
  namespace data = boost::unit_test::data;

  void
  check_gradient_against_sacado(Setting &setting)
  {
    using namespace reference_network;
    const auto adjoints = setting.adjoints();

    const auto computed = setting.gradient(adjoints);

    const auto jets = reference_jets<ForwardMode<ParameterNumber, 4, 2>>(
      setting, with_derivatives(setting.theta));
    std::vector<double> expected(setting.theta.size(), 0.);
    for (std::size_t i = 0; i < jets.size(); ++i)
      for (std::size_t k = 0; k < expected.size(); ++k)
        expected[k] += adjoints[i] * jets[i].dx(k);
    const double error = relative_error(computed, expected);
    BOOST_TEST(error < 1e-12, error);
  }



  void
  check_gradient_against_differences(Setting &setting, const double tolerance)
  {
    const auto adjoints = setting.adjoints();
    const auto computed = setting.gradient(adjoints);
    const auto expected =
      gradient(setting.weighted_sum(adjoints),
               setting.theta,
               difference_step(setting.network.architecture().activation));
    const double error = relative_error(computed, expected);
    BOOST_TEST_MESSAGE("error of the gradient: " << error);
    BOOST_TEST(error < tolerance, error);
  }



  void
  check_rows_of_points(Setting &setting)
  {
    const unsigned int n_points = setting.points.size();
    const auto         adjoints = setting.adjoints();

    const auto rows   = setting.jacobian_rows(adjoints);
    const auto stride = setting.tile.stride();

    for (unsigned int p = 0; p < n_points; ++p)
      {
        auto only_p = adjoints;
        for (std::size_t k = 0; k < only_p.size(); ++k)
          if (k % n_points != p)
            only_p[k] = 0.;
        Vector row;
        for (std::size_t k = 0; k < setting.theta.size(); ++k)
          row.push_back(rows[k * stride + p]);
        const double error = relative_error(row, setting.gradient(only_p));
        BOOST_TEST(error < 1e-13, error);
      }
  }



  // Row p with the factor v_p is the gradient with all adjoints of p scaled.
  void
  check_sum_of_rows(Setting &setting)
  {
    const unsigned int n_points = setting.points.size();
    const auto         adjoints = setting.adjoints();

    const auto rows   = setting.jacobian_rows(adjoints);
    auto       scaled = adjoints;
    for (std::size_t k = 0; k < scaled.size(); ++k)
      scaled[k] *= pseudo_random(6, k % n_points);
    Vector sum(setting.theta.size(), 0.);
    for (std::size_t k = 0; k < sum.size(); ++k)
      for (unsigned int p = 0; p < n_points; ++p)
        sum[k] += pseudo_random(6, p) * rows[k * setting.tile.stride() + p];

    const double error = relative_error(sum, setting.gradient(scaled));
    BOOST_TEST(error < 1e-13, error);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(network_gradient)

BOOST_DATA_TEST_CASE(parameter_gradient_equals_forward_mode,
                     data::make(reference_network::elementary_activations) *
                       data::make(small_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : second_order_specifications(network_case))
    {
      Setting setting(architecture_of(network_case, activation), jet, 2);
      check_gradient_against_sacado(setting);
    }
}



BOOST_DATA_TEST_CASE(parameter_gradient_with_options_equals_forward_mode,
                     data::make(architecture_options),
                     option)
{
  for (const auto &jet : {JetSpecification::hessian(2), mixed_specification(2)})
    {
      Setting setting(architecture_of(option_case, "tanh", option), jet, 2);
      check_gradient_against_sacado(setting);
    }
}



BOOST_DATA_TEST_CASE(parameter_gradient_matches_differences,
                     data::make(activation_names()) * data::make(small_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : specifications(network_case))
    {
      Setting setting(architecture_of(network_case, activation), jet, 9);
      check_gradient_against_differences(setting, 1e-7);
    }
}



// Weights, biases, slopes and factors, with 0, 1 and 2 derivatives and more.
BOOST_DATA_TEST_CASE(every_trainable_matches_differences,
                     data::make({"tanh", "sin", "silu", "irelu"}) *
                       data::make(architecture_options),
                     activation,
                     option)
{
  for (const auto &jet : {JetSpecification::value(),
                          JetSpecification::gradient(2),
                          JetSpecification::laplacian(2),
                          JetSpecification::hessian(2),
                          JetSpecification::bilaplacian(2)})
    {
      Setting setting(architecture_of(option_case, activation, option), jet, 5);
      check_gradient_against_differences(setting, 1e-6);
    }
}



BOOST_DATA_TEST_CASE(taylor_remainder_of_the_jets_is_of_second_order,
                     data::make(smooth_activations()) *
                       data::make({"plain", "everything"}),
                     activation,
                     option)
{
  for (const auto &jet :
       {JetSpecification::hessian(2), JetSpecification::bilaplacian(2)})
    {
      Setting setting(
        architecture_of({2, 3, {5, 9}, 2}, activation, option), jet, 9);
      const auto adjoints = setting.adjoints();
      Vector     direction;
      for (std::size_t k = 0; k < setting.theta.size(); ++k)
        direction.push_back(pseudo_random(4, k));

      const auto computed = setting.gradient(adjoints);

      check_taylor_remainder(setting.weighted_sum(adjoints),
                             setting.theta,
                             direction,
                             dot(computed, direction),
                             std::numeric_limits<double>::quiet_NaN(),
                             1e-4);
    }
}



BOOST_DATA_TEST_CASE(parameter_gradient_is_the_adjoint_of_the_jacobian,
                     data::make(smooth_activations()) *
                       data::make(architecture_options),
                     activation,
                     option)
{
  for (const auto &jet :
       {mixed_specification(3), JetSpecification::bilaplacian(3)})
    {
      Setting setting(
        architecture_of({3, 4, {6, 5, 5}, 2}, activation, option), jet, 11);
      const auto w = setting.adjoints();
      Vector     v;
      for (std::size_t k = 0; k < setting.theta.size(); ++k)
        v.push_back(pseudo_random(5, k));

      const auto J_v =
        fourth_order_difference(setting.all_jets(), setting.theta, v, 1e-4);

      check_adjoint(J_v, w, v, setting.gradient(w), 1e-9);
    }
}



BOOST_DATA_TEST_CASE(jacobian_rows_are_gradients_of_single_points,
                     data::make(activation_names()) * data::make(all_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : specifications(network_case))
    {
      Setting setting(architecture_of(network_case, activation), jet, 5);
      check_rows_of_points(setting);
    }
}



BOOST_DATA_TEST_CASE(jacobian_rows_with_options_are_gradients_of_points,
                     data::make(architecture_options),
                     option)
{
  for (const auto &jet : specifications(option_case))
    {
      Setting setting(architecture_of(option_case, "silu", option), jet, 5);
      check_rows_of_points(setting);
    }
}



BOOST_DATA_TEST_CASE(jacobian_rows_add_up_to_the_gradient,
                     data::make(activation_names()) * data::make(all_cases),
                     activation,
                     network_case)
{
  Setting setting(architecture_of(network_case, activation),
                  JetSpecification::hessian(network_case.dim),
                  21);
  check_sum_of_rows(setting);
}



BOOST_DATA_TEST_CASE(jacobian_rows_with_options_add_up_to_the_gradient,
                     data::make(architecture_options),
                     option)
{
  Setting setting(architecture_of(option_case, "tanh", option),
                  JetSpecification::bilaplacian(2),
                  21);
  check_sum_of_rows(setting);
}



// Jets, gradients and rows, every number relative to the largest of its kind.
BOOST_DATA_TEST_CASE(single_precision_is_close_to_double,
                     data::make(activation_names()) *
                       data::make(architecture_options),
                     activation,
                     option)
{
  // A normalisation divides by the small variance of a few neurons.
  const double scale = option == "layer normalisation" ? 10. : 1.;
  for (const auto &jet : specifications(option_case))
    {
      const auto architecture =
        architecture_of(option_case, activation, option);
      Setting    exact(architecture, jet, 37);
      Setting    single(architecture, jet, 37, Precision::single_precision);
      const auto adjoints = exact.adjoints();

      const double jets = channel_error(
        exact, single.jets(single.theta), exact.jets(exact.theta));
      BOOST_TEST(jets < scale * 2e-5, "jets: " << jets);

      const double gradient =
        relative_error(single.gradient(adjoints), exact.gradient(adjoints));
      BOOST_TEST(gradient < scale * 1e-5, "gradient: " << gradient);

      const auto single_rows = single.jacobian_rows(adjoints);
      const auto exact_rows  = exact.jacobian_rows(adjoints);
      Vector     computed, expected;
      for (std::size_t k = 0; k < exact.theta.size(); ++k)
        for (unsigned int p = 0; p < 37; ++p)
          {
            computed.push_back(single_rows[k * single.tile.stride() + p]);
            expected.push_back(exact_rows[k * exact.tile.stride() + p]);
          }
      const double rows = relative_error(computed, expected);
      BOOST_TEST_MESSAGE("single precision: " << jets << ' ' << gradient << ' '
                                              << rows);
      BOOST_TEST(rows < scale * 1e-5, "rows: " << rows);
    }
}



// A gradient of single precision is added in double precision: what is small
// is not lost beside what is there.
BOOST_AUTO_TEST_CASE(gradients_are_accumulated_in_double_precision)
{
  Setting    setting(architecture_of(option_case, "tanh"),
                  JetSpecification::laplacian(2),
                  16,
                  Precision::single_precision);
  const auto adjoints = setting.adjoints();
  const auto once     = setting.gradient(adjoints);

  Vector total(setting.theta.size(), 1e6);
  setting.set_adjoints(adjoints);
  setting.network.add_parameter_gradient(
    setting.weights, setting.tile, view(total));

  for (double &entry : total)
    entry -= 1e6;
  BOOST_TEST(relative_error(total, once) < 1e-9);
}



BOOST_DATA_TEST_CASE(gradients_are_added_to_what_is_there,
                     data::make(architecture_options),
                     option)
{
  Setting    setting(architecture_of(option_case, "tanh", option),
                  JetSpecification::laplacian(2),
                  9);
  const auto adjoints = setting.adjoints();
  const auto once     = setting.gradient(adjoints);

  auto twice = once;
  setting.set_adjoints(adjoints);
  setting.network.add_parameter_gradient(
    setting.weights, setting.tile, view(twice));

  BOOST_TEST(relative_error(twice, moved(once, 1., once)) < 1e-15);
}

BOOST_AUTO_TEST_SUITE_END()
