// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/distance_function.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "network/input_function_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::input_function_checks;

namespace
{
  FlatFace
  segment(const Vector &from,
          const Vector &to,
          const Vector &normal,
          const bool    trimmed = true)
  {
    return {normal, {from, to}, trimmed};
  }



  std::vector<FlatFace>
  unit_square(const bool trimmed)
  {
    return {segment({0., 0.}, {1., 0.}, {0., 1.}, trimmed),
            segment({1., 0.}, {1., 1.}, {-1., 0.}, trimmed),
            segment({1., 1.}, {0., 1.}, {0., -1.}, trimmed),
            segment({0., 1.}, {0., 0.}, {1., 0.}, trimmed)};
  }



  // [-1,1]^2 without the quadrant x > 0, y > 0: two sides can be seen from
  // both sides of their lines.
  std::vector<FlatFace>
  l_shape()
  {
    return {segment({-1., -1.}, {1., -1.}, {0., 1.}, false),
            segment({1., -1.}, {1., 0.}, {-1., 0.}, false),
            segment({1., 0.}, {0., 0.}, {0., -1.}),
            segment({0., 0.}, {0., 1.}, {-1., 0.}),
            segment({0., 1.}, {-1., 1.}, {0., -1.}, false),
            segment({-1., 1.}, {-1., -1.}, {1., 0.}, false)};
  }



  // A square in the plane z = 0 of a domain on both sides of the plane.
  FlatFace
  square_in_space()
  {
    return {{0., 0., 1.},
            {{0., 0., 0.}, {1., 0., 0.}, {1., 1., 0.}, {0., 1., 0.}},
            true};
  }



  // Zero value, unit slope along the normal and none along the face.
  void
  check_on_the_face(const DistanceFunction &distance,
                    const Vector           &x,
                    const Vector           &normal)
  {
    const auto jet = JetSpecification::gradient(x.size());
    const Jet  at  = evaluate(distance, jet, x);
    BOOST_TEST(std::abs(at[0]) < 1e-15);
    for (unsigned int d = 0; d < x.size(); ++d)
      BOOST_TEST(std::abs(at[1 + d] - normal[d]) < 1e-13);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(distance_function)

BOOST_AUTO_TEST_CASE(an_interval_has_a_parabola)
{
  const DistanceFunction distance(
    1, {{{1.}, {{-1.}}, true}, {{-1.}, {{3.}}, true}});
  for (const double x : {-1., -0.5, 0.3, 2.9, 3.})
    BOOST_TEST(std::abs(value(distance, {x}) - (x + 1.) * (3. - x) / 4.) <
               1e-15);
  check_on_the_face(distance, {-1.}, {1.});
  check_on_the_face(distance, {3.}, {-1.});
  check_derivatives(distance, {0.4}, 2);
}



BOOST_AUTO_TEST_CASE(zero_with_unit_slope_on_the_sides)
{
  for (const unsigned int order : {1, 2, 3})
    for (const bool trimmed : {false, true})
      {
        const DistanceFunction distance(2, unit_square(trimmed), order);
        for (const double s : {1e-3, 0.2, 0.5, 0.9})
          {
            check_on_the_face(distance, {s, 0.}, {0., 1.});
            check_on_the_face(distance, {1., s}, {-1., 0.});
            check_on_the_face(distance, {s, 1.}, {0., -1.});
            check_on_the_face(distance, {0., s}, {1., 0.});
          }
      }
  const DistanceFunction distance(2, l_shape());
  check_on_the_face(distance, {0.3, 0.}, {0., -1.});
  check_on_the_face(distance, {0., 0.9}, {-1., 0.});
  check_on_the_face(distance, {-0.2, -1.}, {0., 1.});
}



BOOST_AUTO_TEST_CASE(positive_inside)
{
  for (const unsigned int order : {1, 2})
    {
      const DistanceFunction distance(2, l_shape(), order);
      for (int i = -19; i < 20; ++i)
        for (int j = -19; j < 20; ++j)
          if (i < 0 || j < 0)
            {
              const double x = 0.05 * i, y = 0.05 * j;
              const double exact =
                std::min({1. - std::abs(x),
                          1. - std::abs(y),
                          std::hypot(std::max(x, 0.), std::max(y, 0.)) +
                            (x > 0.   ? -y
                             : y > 0. ? -x
                                      : std::hypot(x, y))});
              BOOST_TEST(value(distance, {x, y}) > 0.1 * std::min(exact, 0.05));
            }
    }
}



BOOST_AUTO_TEST_CASE(derivatives_match_differences)
{
  for (const unsigned int order : {1, 2})
    {
      for (const bool trimmed : {false, true})
        for (const Vector &x :
             {Vector{0.45, 0.58}, {0.31, 0.82}, {0.05, 0.46}, {0.9, 0.93}})
          check_derivatives(
            DistanceFunction(2, unit_square(trimmed), order), x, 4, 1e-6, 3e-4);
      // Also on the extensions of the two trimmed sides.
      for (const Vector &x :
           {Vector{-0.5, 0.}, {0., -0.5}, {-0.3, -0.4}, {0.5, -0.2}})
        check_derivatives(
          DistanceFunction(2, l_shape(), order), x, 4, 1e-6, 3e-4);
    }
}



BOOST_AUTO_TEST_CASE(a_polygon_in_space)
{
  const FlatFace         face = square_in_space();
  const DistanceFunction distance(3, {face});
  for (const Vector &x :
       {Vector{0.5, 0.5, 0.}, {0.1, 0.7, 0.}, {0.99, 0.3, 0.}})
    check_on_the_face(distance, x, {0., 0., 1.});

  // Elsewhere in its plane it is not zero.
  for (const Vector &x : {Vector{1.1, 0.5, 0.}, {-0.2, 0.9, 0.}, {2., 2., 0.}})
    BOOST_TEST(value(distance, x) > 0.05);
  // And it is the same on both sides.
  BOOST_TEST(value(distance, {0.3, 0.2, 0.4}) ==
             value(distance, {0.3, 0.2, -0.4}));

  for (const Vector &x : {Vector{0.5, 0.5, 0.5},
                          {1.3, 0.2, 0.},
                          {0.2, 0.3, -0.2},
                          {1.2, 1.4, 0.3}})
    check_derivatives(distance, x, 2, 1e-7);

  // Above a vertex, second derivatives are continuous.
  const auto jet   = JetSpecification::hessian(3);
  const Jet  above = evaluate(distance, jet, {1., 1., 0.5});
  for (const Vector &x : {Vector{1. + 1e-7, 1., 0.5},
                          {1. - 1e-7, 1. - 1e-7, 0.5},
                          {1., 1. + 1e-7, 0.5}})
    {
      const Jet near = evaluate(distance, jet, x);
      for (unsigned int c = 0; c < jet.n_channels(); ++c)
        BOOST_TEST(std::abs(above[c] - near[c]) < 1e-4);
    }
}



BOOST_AUTO_TEST_CASE(finite_where_two_faces_meet)
{
  const JetSpecification jet = full_jet(2, 4);
  for (const auto &faces : {unit_square(true), unit_square(false), l_shape()})
    {
      const DistanceFunction distance(2, faces);
      for (const FlatFace &face : faces)
        for (const Vector &vertex : face.vertices)
          {
            const Jet at = evaluate(distance, jet, vertex);
            BOOST_TEST(std::abs(at[0]) < 1e-11);
            for (unsigned int c = 0; c < jet.n_channels(); ++c)
              BOOST_TEST(std::isfinite(at[c]));
          }
    }
}



BOOST_AUTO_TEST_CASE(order_zero_is_the_product)
{
  // L x (1-x) y (1-y) / (1/2)^4 on the unit square, at corners, too.
  const DistanceFunction distance(2, unit_square(false), 0);
  const JetSpecification jet = JetSpecification::bilaplacian(2);
  const double           s   = 16. * std::sqrt(2.);
  for (const Vector &x : {Vector{0.3, 0.6}, {0., 0.}, {1., 0.2}, {0.9, 1.}})
    {
      const Jet    at = evaluate(distance, jet, x);
      const double u = x[0] * (1. - x[0]), v = x[1] * (1. - x[1]);
      BOOST_TEST(std::abs(at[0] - s * u * v) < 1e-14);
      BOOST_TEST(std::abs(at[1] - s * (1. - 2. * x[0]) * v) < 1e-13);
      BOOST_TEST(std::abs(at[jet.n_channels() - 1] - s * 8.) < 1e-11);
    }

  // Zero on the boundary, positive inside, also with a re-entrant corner.
  const DistanceFunction of_l(2, l_shape(), 0);
  BOOST_TEST(std::abs(value(of_l, {0.3, 0.})) < 1e-15);
  BOOST_TEST(std::abs(value(of_l, {-1., 0.4})) < 1e-15);
  for (const Vector &x : {Vector{-0.5, 0.5}, {0.5, -0.01}, {-0.001, -0.001}})
    BOOST_TEST(value(of_l, x) > 0.);
  check_copy(of_l, {{-0.3, 0.1}, {0.2, -0.9}});
}



BOOST_AUTO_TEST_CASE(the_unit_of_length_does_not_matter)
{
  auto scaled = l_shape();
  for (FlatFace &face : scaled)
    for (Vector &vertex : face.vertices)
      for (double &coordinate : vertex)
        coordinate *= 1000.;
  const DistanceFunction in_km(2, l_shape(), 2), in_m(2, scaled, 2);
  for (const Vector &x : {Vector{-0.5, 0.1}, {0.3, -0.4}, {-0.2, -0.7}})
    BOOST_TEST(std::abs(1000. * value(in_km, x) -
                        value(in_m, {1000. * x[0], 1000. * x[1]})) < 1e-11);
}



BOOST_AUTO_TEST_CASE(parameters_make_an_equal_one)
{
  check_copy(DistanceFunction(2, l_shape(), 2), {{-0.3, 0.1}, {0.2, -0.9}});
  check_copy(DistanceFunction(3, {square_in_space()}), {{0.1, 0.2, 0.3}});
  check_copy(DistanceFunction(1, {{{1.}, {{0.}}, false}}), {{0.4}});
}



BOOST_AUTO_TEST_CASE(bad_arguments_are_input_errors)
{
  for (const std::vector<double> &parameters :
       {std::vector<double>{},
        {2., 1.},
        {4., 1., 0., 1., 1., 0., 0., 0.},
        {1., -1., 0., 1., 1., 0.},
        {1., 1., 0., 1., 2., 0.},
        {1., 1., 0., 1.5, 1., 0.},
        {1., 1., 0., 1., 1.},
        {2., 1., 1., 1., 0., 1., 0., 0.},
        {1., std::nan(""), 0., 1., 1., 0.}})
    BOOST_CHECK_THROW(make_input_function("distance", parameters), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
