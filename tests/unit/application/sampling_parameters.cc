// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/sampling_parameters.h>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace sobolev;

namespace
{
  SamplingParameters
  parse(const std::string &rule)
  {
    dealii::ParameterHandler prm;
    SamplingParameters       parameters;
    parameters.declare_parameters(prm);
    prm.parse_input_from_string("subsection Sampling\n set rule = " + rule +
                                "\n set interior points = 100"
                                "\n set boundary points = 10"
                                "\n set quadrature points = 4\nend");
    parameters.parse_parameters(prm);
    return parameters;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(sampling_parameters)

BOOST_AUTO_TEST_CASE(a_factor_multiplies_numbers_of_points)
{
  const auto p = parse("low discrepancy");

  BOOST_TEST(p.interior_rule(7, {}, 2).n_points == 100u);
  BOOST_TEST(p.interior_rule(7, {0, 2.5}, 2).n_points == 250u);
  BOOST_TEST(p.boundary_rule(7, {0, 2.5}, 2).n_points == 25u);
  BOOST_TEST(p.boundary_rule(7, {0, 1e-6}, 2).n_points == 1u);
}



BOOST_AUTO_TEST_CASE(a_draw_keeps_the_seed_and_has_its_stream)
{
  const auto p    = parse("low discrepancy");
  const auto rule = p.boundary_rule(7, {20, 1.}, 2);

  BOOST_TEST(rule.seed == 7u);
  BOOST_TEST(rule.stream == 20u);
}



BOOST_AUTO_TEST_CASE(quadrature_for_hold_out_is_never_that_of_training)
{
  const auto p        = parse("quadrature");
  const auto hold_out = p.interior_rule(7, {PointRule::hold_out_stream}, 2);
  BOOST_TEST(hold_out.n_quadrature_points == 5u);

  BOOST_TEST(p.interior_rule(7, {}, 2).n_quadrature_points == 4u);
  // Four times the points of a square are twice those per direction, eight
  // times those of a cube.
  BOOST_TEST(p.interior_rule(7, {0, 4.}, 2).n_quadrature_points == 8u);
  BOOST_TEST(p.boundary_rule(7, {0, 8.}, 3).n_quadrature_points == 8u);
  for (const double factor : {1.01, 1.5, 2.})
    BOOST_TEST(p.interior_rule(7, {0, factor}, 2).n_quadrature_points == 6u);
}

BOOST_AUTO_TEST_SUITE_END()
