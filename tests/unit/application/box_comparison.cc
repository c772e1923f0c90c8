// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Errors of gradients.

#include <sobolev/application/box_comparison.h>
#include <sobolev/application/identified_coefficients.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

BOOST_AUTO_TEST_SUITE(box_comparison)

// The known gradient is 0.8 times that of the network, by differences, but for
// the last input, which does not count.
BOOST_AUTO_TEST_CASE(errors_of_gradients_are_those_in_some_inputs)
{
  const Network network(make_architecture(3, {5, 4}, 2, "tanh"));
  const auto    theta = network.initial_parameters(1);
  const auto    value = [&](const Vector &x, const unsigned int output) {
    InputPoints point(3, 1);
    for (unsigned int i = 0; i < 3; ++i)
      point(i, 0) = x[i];
    return evaluate_outputs(network, theta, point)[output][0];
  };
  const auto gradient_of = [&](const Vector &x, const unsigned int output) {
    Vector       slopes{0., 0., 1e3};
    const double h = 1e-4;
    for (unsigned int i = 0; i < 2; ++i)
      {
        Vector left(x), right(x);
        left[i] -= h;
        right[i] += h;
        slopes[i] =
          0.8 * (value(right, output) - value(left, output)) / (2. * h);
      }
    return slopes;
  };
  const Box  box{{-1., -1., -1.}, {1., 1., 1.}};
  const auto points = sample_box(box, {20, 1, 0, {}}, MPI_COMM_WORLD);

  const auto errors = compute_box_gradient_errors(
    network, theta, gradient_of, {0, 1}, {0, 1}, points, MPI_COMM_WORLD);

  BOOST_TEST(errors.size() == 2u);
  for (const double error : errors)
    BOOST_TEST(std::abs(error - 0.25) < 1e-6);
}



BOOST_AUTO_TEST_CASE(the_mean_error_of_coefficients_needs_all_of_them)
{
  std::vector<IdentifiedCoefficient> coefficients(2);
  coefficients[0].relative_error = 0.5;
  BOOST_TEST(std::isnan(mean_relative_error(coefficients)));
  coefficients[1].relative_error = 0.1;
  BOOST_TEST(std::abs(mean_relative_error(coefficients) - 0.3) < 1e-15);
}

BOOST_AUTO_TEST_SUITE_END()
