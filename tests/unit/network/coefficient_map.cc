// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Maps to the values of unknown coefficients: derivatives, bounds, inverse.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/coefficient_map.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "derivative_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  namespace data = boost::unit_test::data;

  CoefficientMap
  make_map(const std::string &name)
  {
    CoefficientMap map;
    for (const auto &entry : CoefficientMap::kind_names())
      if (entry.second == name)
        map.kind = entry.first;
    map.offset = -0.7;
    map.factor = 2.5;
    return map;
  }

  const std::vector<std::string> kinds{"identity",
                                       "exponential",
                                       "softplus",
                                       "sigmoid"};
} // namespace

BOOST_AUTO_TEST_SUITE(coefficient_map)

BOOST_DATA_TEST_CASE(every_derivative_is_that_of_the_one_before,
                     data::make(kinds),
                     kind)
{
  const auto map   = make_map(kind);
  const auto order = CoefficientMap::max_order;
  const auto all   = [&](const Vector &z) {
    Vector result(order + 1);
    map.derivatives(z[0], order, result.data());
    return result;
  };
  for (const double z : {-30., -3., -0.4, 0., 0.9, 2.5, 30.})
    {
      const Vector derivatives = all({z});
      const Vector differences = jacobian_column(all, {z}, 0);
      BOOST_TEST(derivatives[0] == map.value(z));
      BOOST_TEST(derivatives[1] == map.derivative(z));
      for (unsigned int k = 0; k < order; ++k)
        BOOST_TEST(std::abs(derivatives[k + 1] - differences[k]) <
                   1e-9 * (1. + std::abs(derivatives[k])));
    }
}



BOOST_DATA_TEST_CASE(the_inverse_gives_the_value_back, data::make(kinds), kind)
{
  const auto map = make_map(kind);
  for (const double z : {-20., -1., 0., 0.5, 15.})
    BOOST_TEST(std::abs(map.inverse(map.value(z)) - z) < 1e-6);
}



BOOST_AUTO_TEST_CASE(values_are_within_the_bounds)
{
  const double m = -0.7, s = 2.5;
  for (const double z : {-1e3, -5., 0., 5., 1e2})
    {
      BOOST_TEST(make_map("exponential").value(z) >= m);
      BOOST_TEST(make_map("softplus").value(z) >= m);
      BOOST_TEST(make_map("sigmoid").value(z) >= m);
      BOOST_TEST(make_map("sigmoid").value(z) <= m + s);
    }
  CoefficientMap from_above = make_map("exponential");
  from_above.factor         = -s;
  BOOST_TEST(from_above.value(3.) < m);
  BOOST_TEST(std::abs(make_map("softplus").value(-40.) - m) < 1e-15);
  BOOST_TEST(make_map("softplus").value(800.) == m + s * 800.);
}



BOOST_AUTO_TEST_CASE(values_beyond_the_bounds_have_no_inverse)
{
  BOOST_CHECK_NO_THROW(make_map("identity").inverse(-1e10));
  for (const std::string kind : {"exponential", "softplus", "sigmoid"})
    for (const double value : {-0.7, -1.})
      BOOST_CHECK_THROW(make_map(kind).inverse(value), InputError);
  for (const double value : {1.8, 2.})
    BOOST_CHECK_THROW(make_map("sigmoid").inverse(value), InputError);
  BOOST_CHECK_THROW(
    make_map("identity").inverse(std::numeric_limits<double>::quiet_NaN()),
    InputError);
}



BOOST_AUTO_TEST_CASE(maps_to_one_value_are_refused)
{
  CoefficientMap map;
  BOOST_CHECK_NO_THROW(map.check());
  for (const double factor : {0., std::numeric_limits<double>::infinity()})
    {
      map.factor = factor;
      BOOST_CHECK_THROW(map.check(), InputError);
    }
}

BOOST_AUTO_TEST_SUITE_END()
