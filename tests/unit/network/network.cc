// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Jets, parameter gradients and Jacobian rows of Network against the
// reference network with Sacado, against differences and against each other.

#include <sobolev/network/corner_feature.h>
#include <sobolev/network/network.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <numeric>
#include <ostream>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // One network to test.
  struct Case
  {
    unsigned int              dim, n_inputs;
    std::vector<unsigned int> widths;
    unsigned int              n_outputs;
  };

  std::ostream &
  operator<<(std::ostream &out, const Case &c)
  {
    out << "dim " << c.dim << ", " << c.n_inputs << " inputs, widths";
    for (const unsigned int width : c.widths)
      out << ' ' << width;
    return out << ", " << c.n_outputs << " outputs";
  }

  // All of these have extra inputs, several outputs, widths that are no
  // multiple of 8 somewhere.
  const std::vector<Case> all_cases{{1, 1, {3}, 1},
                                    {1, 2, {7, 5}, 2},
                                    {2, 2, {11}, 3},
                                    {2, 3, {5, 9}, 1},
                                    {2, 4, {6, 5, 4, 7}, 2},
                                    {3, 3, {9, 3}, 2},
                                    {3, 4, {4, 5, 6, 3}, 1}};

  const std::vector<Case> small_cases{{1, 1, {3}, 1},
                                      {2, 3, {3, 5}, 2},
                                      {3, 3, {3, 2, 4, 3}, 1}};



  // A channel that mixes all second derivatives, and one that repeats a term.
  JetSpecification
  mixed_specification(const unsigned int dim)
  {
    auto result = JetSpecification::gradient(dim);
    std::vector<JetSpecification::Term> terms;
    for (unsigned int a = 0; a < dim; ++a)
      for (unsigned int b = 0; b < dim; ++b)
        terms.push_back({a, b, 0.3 + a - 0.7 * b});
    result.add_second(terms);
    result.add_second({{0, dim - 1, 1.5}, {0, dim - 1, -0.25}});
    return result;
  }



  // Derivatives along the last input only, which may be an extra one.
  JetSpecification
  subset_specification(const unsigned int n_inputs)
  {
    JetSpecification   result;
    const unsigned int last = result.add_first(n_inputs - 1);
    result.add_second({{last, last, -2.}});
    return result;
  }



  std::vector<JetSpecification>
  specifications(const Case &c)
  {
    return {JetSpecification::value(),
            JetSpecification::gradient(c.dim),
            JetSpecification::laplacian(c.dim),
            JetSpecification::hessian(c.dim),
            JetSpecification::hessian(c.n_inputs),
            mixed_specification(c.dim),
            subset_specification(c.n_inputs)};
  }



  // A network, parameters, points and a tile with them.
  struct Setting
  {
    Setting(const Architecture     &architecture,
            const JetSpecification &jet,
            const unsigned int      n_points)
      : network(architecture)
      , theta(network.initial_parameters(5))
      , points(make_points(architecture, n_points))
      , tile(network, jet)
      , n_jets(network.n_outputs() * jet.n_channels())
    {
      // The last biases are zero initially; move them.
      for (std::size_t k = 0; k < theta.size(); ++k)
        theta[k] += 0.1 * pseudo_random(2, k);
      fill_tile(tile, points);
    }

    Setting(const Case             &c,
            const std::string      &activation,
            const JetSpecification &jet,
            const unsigned int      n_points)
      : Setting(
          make_architecture(c.n_inputs, c.widths, c.n_outputs, activation),
          jet,
          n_points)
    {
    }

    // Jets without the padding: (output, channel) major, then points.
    std::vector<double>
    jets(const std::vector<double> &parameters)
    {
      network.evaluate(view(parameters), tile);
      std::vector<double> result;
      for (unsigned int k = 0; k < n_jets; ++k)
        for (unsigned int p = 0; p < points.size(); ++p)
          result.push_back(tile.all_outputs()[k * tile.stride() + p]);
      return result;
    }

    // The sum of adjoint times jet.
    Function
    weighted_sum(const Vector &adjoints)
    {
      return [this, adjoints](const Vector &parameters) {
        return Vector{dot(adjoints, jets(parameters))};
      };
    }

    // jets() as a function.
    Function
    all_jets()
    {
      return [this](const Vector &parameters) {
        return jets(parameters);
      };
    }

    // From an adjoint of jets() to the padded one of the tile.
    void
    set_adjoints(const std::vector<double> &adjoints)
    {
      const auto all = tile.all_output_adjoints();
      std::fill(all.begin(), all.end(), 0.);
      for (unsigned int k = 0; k < n_jets; ++k)
        for (unsigned int p = 0; p < points.size(); ++p)
          all[k * tile.stride() + p] = adjoints[k * points.size() + p];
    }

    std::vector<double>
    adjoints() const
    {
      std::vector<double> result;
      for (unsigned int k = 0; k < n_jets * points.size(); ++k)
        result.push_back(pseudo_random(3, k));
      return result;
    }

    // The gradient of the sum of adjoint times jet.
    std::vector<double>
    gradient(const std::vector<double> &adjoints)
    {
      network.evaluate(view(theta), tile);
      set_adjoints(adjoints);
      std::vector<double> result(theta.size(), 0.);
      network.add_parameter_gradient(view(theta), tile, view(result));
      return result;
    }

    // Its rows, point by point, column-major with leading dimension stride.
    std::vector<double>
    jacobian_rows(const std::vector<double> &adjoints)
    {
      network.evaluate(view(theta), tile);
      set_adjoints(adjoints);
      std::vector<double> result(theta.size() * tile.stride(), 1e300);
      network.compute_jacobian_rows(
        view(theta), tile, result.data(), tile.stride());
      return result;
    }

    Network                          network;
    std::vector<double>              theta;
    std::vector<std::vector<double>> points;
    JetTile                          tile;
    unsigned int                     n_jets;
  };



  // Setting::jets() by the reference network.
  template <typename Scalar>
  std::vector<Scalar>
  reference_jets(const Setting &setting, const std::vector<Scalar> &theta)
  {
    const auto         &jet    = setting.tile.specification();
    const std::size_t   stride = setting.points.size();
    std::vector<Scalar> result(setting.n_jets * stride);
    for (std::size_t p = 0; p < stride; ++p)
      {
        const auto u = reference_network::evaluate(
          setting.network.architecture(), theta, setting.points[p]);
        for (unsigned int o = 0; o < u.size(); ++o)
          {
            const auto channels = reference_network::channels(jet, u[o]);
            for (unsigned int k = 0; k < channels.size(); ++k)
              result[(o * jet.n_channels() + k) * stride + p] = channels[k];
          }
      }
    return result;
  }



  // The values of the channel k of all outputs, for errors by channel.
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



  void
  check_jets(Setting &setting)
  {
    const auto computed = setting.jets(setting.theta);
    const auto expected = reference_jets(setting, setting.theta);

    for (unsigned int k = 0; k < setting.tile.specification().n_channels(); ++k)
      {
        const double error = relative_error(channel(setting, computed, k),
                                            channel(setting, expected, k));
        BOOST_TEST(error < 1e-12, "channel " << k << ": " << error);
      }
  }



  void
  check_gradient_against_sacado(Setting &setting)
  {
    const auto adjoints = setting.adjoints();

    const auto computed = setting.gradient(adjoints);

    const auto jets = reference_jets(
      setting, reference_network::with_derivatives(setting.theta));
    std::vector<double> expected(setting.theta.size(), 0.);
    for (std::size_t i = 0; i < jets.size(); ++i)
      for (std::size_t k = 0; k < expected.size(); ++k)
        expected[k] += adjoints[i] * jets[i].dx(k);
    const double error = relative_error(computed, expected);
    BOOST_TEST(error < 1e-12, error);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(network)

BOOST_DATA_TEST_CASE(jets_equal_forward_mode_of_the_reference_network,
                     boost::unit_test::data::make(activation_names()) *
                       boost::unit_test::data::make(all_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : specifications(network_case))
    {
      Setting setting(network_case, activation, jet, 3);
      check_jets(setting);
    }
}



BOOST_DATA_TEST_CASE(
  the_laplacian_is_the_trace_of_the_hessian,
  boost::unit_test::data::make(reference_network::smooth_activation_names()) *
    boost::unit_test::data::make(all_cases),
  activation,
  network_case)
{
  const unsigned int dim = network_case.dim;
  Setting            laplacian(
    network_case, activation, JetSpecification::laplacian(dim), 13);
  Setting hessian(network_case, activation, JetSpecification::hessian(dim), 13);

  const auto collapsed = laplacian.jets(laplacian.theta);
  const auto full      = hessian.jets(hessian.theta);

  std::vector<double> trace(13 * network_case.n_outputs, 0.);
  unsigned int        k = 1 + dim;
  for (unsigned int a = 0; a < dim; k += dim - a, ++a)
    trace = moved(trace, 1., channel(hessian, full, k));
  BOOST_TEST(relative_error(channel(laplacian, collapsed, 1 + dim), trace) <
             1e-13);
}



BOOST_DATA_TEST_CASE(parameter_gradient_equals_forward_mode,
                     boost::unit_test::data::make(activation_names()) *
                       boost::unit_test::data::make(small_cases),
                     activation,
                     network_case)
{
  for (const auto &jet : specifications(network_case))
    {
      Setting setting(network_case, activation, jet, 2);
      check_gradient_against_sacado(setting);
    }
}



BOOST_DATA_TEST_CASE(
  parameter_gradient_matches_differences,
  boost::unit_test::data::make(reference_network::smooth_activation_names()) *
    boost::unit_test::data::make(all_cases),
  activation,
  network_case)
{
  for (const auto &jet : specifications(network_case))
    {
      Setting    setting(network_case, activation, jet, 9);
      const auto adjoints = setting.adjoints();

      const auto computed = setting.gradient(adjoints);
      const auto difference =
        gradient(setting.weighted_sum(adjoints), setting.theta);
      const double error = relative_error(computed, difference);

      BOOST_TEST(error < 1e-7, error);
    }
}



BOOST_DATA_TEST_CASE(
  taylor_remainder_of_the_jets_is_of_second_order,
  boost::unit_test::data::make(reference_network::smooth_activation_names()),
  activation)
{
  Setting setting(
    {2, 3, {5, 9}, 2}, activation, JetSpecification::hessian(2), 9);
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



BOOST_DATA_TEST_CASE(
  parameter_gradient_is_the_adjoint_of_the_jacobian,
  boost::unit_test::data::make(reference_network::smooth_activation_names()),
  activation)
{
  Setting setting({3, 4, {6, 5, 7}, 2}, activation, mixed_specification(3), 11);
  const auto w = setting.adjoints();
  Vector     v;
  for (std::size_t k = 0; k < setting.theta.size(); ++k)
    v.push_back(pseudo_random(5, k));

  const auto J_v =
    fourth_order_difference(setting.all_jets(), setting.theta, v, 1e-4);

  check_adjoint(J_v, w, v, setting.gradient(w), 1e-9);
}



BOOST_DATA_TEST_CASE(
  jacobian_rows_are_gradients_of_single_points,
  boost::unit_test::data::make(reference_network::smooth_activation_names()) *
    boost::unit_test::data::make(all_cases),
  activation,
  network_case)
{
  const unsigned int n_points = 5;
  for (const auto &jet : specifications(network_case))
    {
      Setting    setting(network_case, activation, jet, n_points);
      const auto adjoints = setting.adjoints();

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
          BOOST_TEST(relative_error(row, setting.gradient(only_p)) < 1e-13);
        }
    }
}



BOOST_DATA_TEST_CASE(
  jacobian_rows_add_up_to_the_gradient,
  boost::unit_test::data::make(reference_network::smooth_activation_names()) *
    boost::unit_test::data::make(all_cases),
  activation,
  network_case)
{
  const unsigned int n_points = 21;
  const auto         jet      = JetSpecification::hessian(network_case.dim);
  Setting            setting(network_case, activation, jet, n_points);
  const auto         adjoints = setting.adjoints();

  // Row p with the factor v_p is the gradient with all adjoints of p scaled.
  const auto rows   = setting.jacobian_rows(adjoints);
  auto       scaled = adjoints;
  for (std::size_t k = 0; k < scaled.size(); ++k)
    scaled[k] *= pseudo_random(6, k % n_points);
  Vector sum(setting.theta.size(), 0.);
  for (std::size_t k = 0; k < sum.size(); ++k)
    for (unsigned int p = 0; p < n_points; ++p)
      sum[k] += pseudo_random(6, p) * rows[k * setting.tile.stride() + p];

  BOOST_TEST(relative_error(sum, setting.gradient(scaled)) < 1e-13);
}



BOOST_AUTO_TEST_CASE(features_enter_jets_and_gradients_exactly)
{
  auto architecture = make_architecture(3, {5, 4}, 2, "tanh");
  for (const auto part :
       {CornerFeature::Part::sine, CornerFeature::Part::cosine})
    architecture.features.push_back(
      std::make_shared<CornerFeature>(part, 0.1, -0.2, 0.3, 4.7));

  for (const auto &jet : specifications({2, 3, {5, 4}, 2}))
    {
      Setting setting(architecture, jet, 3);
      check_jets(setting);
      check_gradient_against_sacado(setting);
    }
}



BOOST_AUTO_TEST_CASE(gradients_are_added_to_what_is_there)
{
  Setting    setting({2, 2, {5}, 1}, "tanh", JetSpecification::laplacian(2), 9);
  const auto adjoints = setting.adjoints();
  const auto once     = setting.gradient(adjoints);

  auto twice = once;
  setting.set_adjoints(adjoints);
  setting.network.add_parameter_gradient(
    view(setting.theta), setting.tile, view(twice));

  BOOST_TEST(relative_error(twice, moved(once, 1., once)) < 1e-15);
}



BOOST_AUTO_TEST_CASE(parameters_are_counted_and_ordered_as_documented)
{
  const Network network(make_architecture(3, {5, 4}, 2, "tanh"));

  BOOST_TEST(network.n_parameters() == 3u * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2);
  BOOST_TEST(network.n_inputs() == 3u);
  BOOST_TEST(network.n_outputs() == 2u);
}



BOOST_AUTO_TEST_CASE(initial_parameters_depend_on_the_seed_only)
{
  const auto    architecture = make_architecture(2, {20, 30}, 1, "tanh");
  const Network network(architecture), other(architecture);

  const auto theta = network.initial_parameters(3);

  BOOST_TEST((theta == other.initial_parameters(3)));
  BOOST_TEST((theta == network.initial_parameters(3)));
  BOOST_TEST((theta != network.initial_parameters(4)));
}



BOOST_DATA_TEST_CASE(
  initial_parameters_have_the_documented_distribution,
  boost::unit_test::data::make(reference_network::smooth_activation_names()),
  activation)
{
  const std::vector<unsigned int> sizes{100, 300, 200, 50};
  const Network network(make_architecture(100, {300, 200}, 50, activation));
  const auto    theta = network.initial_parameters(1);
  const double  gain  = make_activation(activation)->gain();

  std::size_t position = 0;
  for (unsigned int l = 0; l < 3; ++l)
    {
      const unsigned int n_in = sizes[l], n_out = sizes[l + 1];
      double             mean = 0., variance = 0.;
      for (unsigned int k = 0; k < n_in * n_out; ++k, ++position)
        {
          mean += theta[position] / (n_in * n_out);
          variance += theta[position] * theta[position] / (n_in * n_out);
        }
      const double expected =
        (l == 1 ? gain * gain : 1.) / (0.5 * (n_in + n_out));
      BOOST_TEST(std::abs(variance / expected - 1.) < 0.05);
      BOOST_TEST(std::abs(mean) < 0.05 * std::sqrt(expected));

      // Biases: uniform in a range, zero in the last layer.
      const double range    = l == 0 ? 1. : l == 1 ? 0.1 : 0.;
      double       smallest = 1e9, largest = -1e9;
      for (unsigned int j = 0; j < n_out; ++j, ++position)
        {
          smallest = std::min(smallest, theta[position]);
          largest  = std::max(largest, theta[position]);
        }
      BOOST_TEST(smallest >= -range);
      BOOST_TEST(largest <= range);
      BOOST_TEST(largest - smallest >= 1.9 * range);
    }
  BOOST_TEST(position == theta.size());
}

BOOST_AUTO_TEST_SUITE_END()
