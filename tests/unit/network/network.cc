// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Jets of Network against the reference network with Sacado and in extended
// precision.

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

  // The values of the channel k of all outputs.
  std::vector<double>
  channel(const Setting             &setting,
          const std::vector<double> &jets,
          const unsigned int         k)
  {
    const std::size_t   n          = setting.points.size();
    const unsigned int  n_channels = setting.tile.specification().n_channels();
    std::vector<double> result;
    for (unsigned int o = 0; o < setting.network.n_outputs(); ++o)
      for (std::size_t p = 0; p < n; ++p)
        result.push_back(jets[(o * n_channels + k) * n + p]);
    return result;
  }



  template <typename Kind>
  void
  check_jets(Setting &setting, const double tolerance)
  {
    const double error =
      channel_error(setting,
                    setting.jets(setting.theta),
                    reference_jets<Kind>(
                      setting, {setting.theta.begin(), setting.theta.end()}));
    BOOST_TEST_MESSAGE("error of the jets: " << error);
    BOOST_TEST(error < tolerance, error);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(network)

BOOST_DATA_TEST_CASE(jets_equal_forward_mode_of_the_reference_network,
                     data::make(reference_network::elementary_activations) *
                       data::make(all_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : second_order_specifications(network_case))
    {
      Setting setting(architecture_of(network_case, activation), jet, 3);
      check_jets<reference_network::ForwardMode<double, 4, 2>>(setting, 1e-12);
    }
}



BOOST_DATA_TEST_CASE(jets_with_options_equal_forward_mode,
                     data::make(reference_network::elementary_activations) *
                       data::make(architecture_options),
                     activation,
                     option)
{
  for (const auto &jet : second_order_specifications(option_case))
    {
      Setting setting(architecture_of(option_case, activation, option), jet, 3);
      check_jets<reference_network::ForwardMode<double, 4, 2>>(setting, 1e-12);
    }
}



BOOST_DATA_TEST_CASE(high_derivatives_equal_nested_forward_mode,
                     data::make(reference_network::elementary_activations) *
                       data::make(architecture_options),
                     activation,
                     option)
{
  for (const auto &jet : higher_order_specifications(option_case))
    {
      Setting setting(architecture_of(option_case, activation, option), jet, 2);
      check_jets<reference_network::ForwardMode<double, 2, 4>>(setting, 1e-12);
    }
}



BOOST_DATA_TEST_CASE(accuracy_in_extended_precision,
                     data::make(activation_names()) *
                       data::make(architecture_options),
                     activation,
                     option)
{
  for (const auto &jet : specifications(option_case))
    {
      Setting setting(architecture_of(option_case, activation, option), jet, 8);
      check_jets<reference_network::ExtendedPrecision>(setting, 1e-13);
    }
}



BOOST_DATA_TEST_CASE(accuracy_of_all_shapes_in_extended_precision,
                     data::make(activation_names()) * data::make(all_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : specifications(network_case))
    {
      Setting setting(architecture_of(network_case, activation), jet, 9);
      check_jets<reference_network::ExtendedPrecision>(setting, 1e-13);
    }
}



BOOST_DATA_TEST_CASE(the_laplacian_is_the_trace_of_the_hessian,
                     data::make(activation_names()) * data::make(all_cases),
                     activation,
                     network_case)
{
  const unsigned int dim          = network_case.dim;
  const auto         architecture = architecture_of(network_case, activation);
  Setting laplacian(architecture, JetSpecification::laplacian(dim), 13);
  Setting hessian(architecture, JetSpecification::hessian(dim), 13);

  const auto collapsed = laplacian.jets(laplacian.theta);
  const auto full      = hessian.jets(hessian.theta);

  std::vector<double> trace(13 * network_case.n_outputs, 0.);
  unsigned int        k = 1 + dim;
  for (unsigned int a = 0; a < dim; k += dim - a, ++a)
    trace = moved(trace, 1., channel(hessian, full, k));
  BOOST_TEST(relative_error(channel(laplacian, collapsed, 1 + dim), trace) <
             1e-13);
}

BOOST_AUTO_TEST_SUITE_END()
