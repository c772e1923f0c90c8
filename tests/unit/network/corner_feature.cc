// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/corner_feature.h>

#include <deal.II/base/numbers.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>
#include <vector>

#include "derivative_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  constexpr double pi = dealii::numbers::PI;

  struct Jet
  {
    double value;
    Vector gradient, hessian;
  };



  Jet
  evaluate(const InputFeature &feature, const Vector &x)
  {
    const std::size_t n = x.size();
    Jet               jet{0., Vector(n, 99.), Vector(n * n, 99.)};
    jet.value =
      feature.evaluate(dealii::ArrayView<const double>(x.data(), n),
                       dealii::ArrayView<double>(jet.gradient.data(), n),
                       dealii::ArrayView<double>(jet.hessian.data(), n * n));
    return jet;
  }



  // The corner of deal.II's hyper_L: the quadrant x > 0, y > 0 is missing.
  std::vector<CornerFeature>
  l_shape_features()
  {
    return {
      CornerFeature(CornerFeature::Part::sine, 0., 0., pi / 2, 1.5 * pi),
      CornerFeature(CornerFeature::Part::cosine, 0., 0., pi / 2, 1.5 * pi)};
  }

  // Points in this domain, some close to the sides of the corner.
  const std::vector<Vector> l_shape_points{{-0.5, 0.5},
                                           {-0.5, -0.5},
                                           {0.5, -0.5},
                                           {-1e-3, 0.7},
                                           {0.7, -1e-3},
                                           {-0.9, 1e-3},
                                           {-0.9, -1e-3},
                                           {0.01, -0.02}};
} // namespace

BOOST_AUTO_TEST_SUITE(corner_feature)

BOOST_AUTO_TEST_CASE(derivatives_match_differences)
{
  std::vector<CornerFeature> features = l_shape_features();
  features.emplace_back(CornerFeature::Part::sine, 0.3, -0.2, -1., 2. * pi);
  features.emplace_back(CornerFeature::Part::cosine, 2., 1., 0.4, 2.);
  const std::vector<Vector> points{
    {-0.5, 0.5, 0.1}, {-0.5, -0.6, 0.2}, {0.5, -0.5, 3.}};

  for (const auto &feature : features)
    for (const Vector &x : points)
      {
        const Jet  jet   = evaluate(feature, x);
        const auto value = [&](const Vector &y) {
          return Vector{evaluate(feature, y).value};
        };
        const auto slope = [&](const Vector &y) {
          return evaluate(feature, y).gradient;
        };

        BOOST_TEST(relative_error(jet.gradient, gradient(value, x)) < 1e-9);
        for (unsigned int i = 0; i < 3; ++i)
          BOOST_TEST(relative_error({jet.hessian.begin() + 3 * i,
                                     jet.hessian.begin() + 3 * (i + 1)},
                                    jacobian_column(slope, x, i)) < 1e-9);
      }
}



BOOST_AUTO_TEST_CASE(is_harmonic)
{
  for (const auto &feature : l_shape_features())
    for (const Vector &x : l_shape_points)
      {
        const Jet jet = evaluate(feature, x);
        BOOST_TEST(jet.hessian[0] + jet.hessian[3] == 0.);
        BOOST_TEST(jet.hessian[1] == jet.hessian[2]);
      }
}



BOOST_AUTO_TEST_CASE(equals_the_singular_function_of_the_l_shape)
{
  const auto features = l_shape_features();
  for (const Vector &x : l_shape_points)
    {
      // The angle from the side x = 0, y > 0, between 0 and 3 pi / 2.
      double theta = std::atan2(x[1], x[0]) - pi / 2;
      if (theta < 0.)
        theta += 2. * pi;
      const double r = std::cbrt(x[0] * x[0] + x[1] * x[1]);

      BOOST_TEST(std::abs(evaluate(features[0], x).value -
                          r * std::sin(2. / 3. * theta)) < 1e-14);
      BOOST_TEST(std::abs(evaluate(features[1], x).value -
                          r * std::cos(2. / 3. * theta)) < 1e-14);
    }
}



BOOST_AUTO_TEST_CASE(the_sine_vanishes_on_both_sides_of_the_corner)
{
  // The branch cut is in the missing quadrant: the sides are one smooth piece
  // with the domain, also if rounding puts a point just outside of it.
  const auto features = l_shape_features();
  for (const double outside : {-1e-13, 0., 1e-13})
    {
      const Jet first = evaluate(features[0], {outside, 0.6});
      const Jet last  = evaluate(features[0], {0.6, outside});

      BOOST_TEST(std::abs(first.value) < 1e-12);
      BOOST_TEST(std::abs(last.value) < 1e-12);
      BOOST_TEST(std::abs(evaluate(features[1], {outside, 0.6}).value -
                          std::pow(0.6, 2. / 3.)) < 1e-12);
      BOOST_TEST(std::abs(evaluate(features[1], {0.6, outside}).value +
                          std::pow(0.6, 2. / 3.)) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(is_continuous_across_the_negative_axis)
{
  // atan2 jumps there.
  for (const auto &feature : l_shape_features())
    {
      const Jet above = evaluate(feature, {-0.5, 1e-14});
      const Jet below = evaluate(feature, {-0.5, -1e-14});
      BOOST_TEST(std::abs(above.value - below.value) < 1e-13);
      BOOST_TEST(relative_error(above.gradient, below.gradient) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(is_finite_at_the_vertex)
{
  for (const auto &feature : l_shape_features())
    {
      const Jet jet = evaluate(feature, {0., 0.});
      BOOST_TEST(std::abs(jet.value) < 1e-7);
      for (const double g : jet.gradient)
        BOOST_TEST(std::isfinite(g));
      for (const double h : jet.hessian)
        BOOST_TEST(std::isfinite(h));
    }
}



BOOST_AUTO_TEST_CASE(name_and_parameters_make_an_equal_feature)
{
  for (const auto &feature : l_shape_features())
    {
      const auto copy =
        make_input_feature(feature.name(), feature.parameters());

      BOOST_TEST(copy->name() == feature.name());
      BOOST_TEST((copy->parameters() == feature.parameters()));
      for (const Vector &x : l_shape_points)
        BOOST_TEST(evaluate(*copy, x).value == evaluate(feature, x).value);
    }
}



BOOST_AUTO_TEST_CASE(bad_arguments_are_input_errors)
{
  const auto part = CornerFeature::Part::sine;
  for (const double angle : {0., -1., 6.4, std::nan("")})
    BOOST_CHECK_THROW(CornerFeature(part, 0., 0., 0., angle), InputError);
  BOOST_CHECK_THROW(make_input_feature("corner sine", {0., 0., 0.}),
                    InputError);
  BOOST_CHECK_THROW(make_input_feature("edge", {0., 0., 0., 1.}), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
