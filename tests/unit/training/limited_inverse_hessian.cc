// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/dense_inverse_hessian.h>
#include <sobolev/training/limited_inverse_hessian.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "derivative_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const unsigned int n = 6;

  Vector
  random_vector(const unsigned int k)
  {
    Vector result(n);
    for (unsigned int i = 0; i < n; ++i)
      result[i] = 2. * CounterBasedRandom::uniform(17, k, i) - 1.;
    return result;
  }

  Vector
  scaled(const double factor, Vector x)
  {
    for (double &value : x)
      value *= factor;
    return x;
  }

  // A step, and the change of the gradient for the Hessian diag(1, 2, 4, ...).
  std::pair<Vector, Vector>
  random_pair(const unsigned int k)
  {
    const Vector s = random_vector(k);
    Vector       y = s;
    for (unsigned int i = 0; i < n; ++i)
      y[i] *= std::pow(2., i);
    return {s, y};
  }
} // namespace

BOOST_AUTO_TEST_SUITE(limited_inverse_hessian)

BOOST_AUTO_TEST_CASE(is_bfgs_with_the_last_pairs_from_a_scaled_identity)
{
  const unsigned int    storage = 4;
  LimitedInverseHessian H(storage);
  for (unsigned int k = 0; k < 9; ++k)
    {
      const auto [s, y] = random_pair(k);
      BOOST_TEST(H.update(s, y, s, 1.));

      // With variables divided by the root of gamma, the matrix at the start is
      // the identity, and the result the gamma-th part.
      const double        gamma = dot(s, y) / dot(y, y);
      const double        root  = std::sqrt(gamma);
      DenseInverseHessian dense(n, DenseInverseHessian::Formula::bfgs);
      for (unsigned int i = k + 1 < storage ? 0 : k + 1 - storage; i <= k; ++i)
        {
          const auto [s_i, y_i] = random_pair(i);
          // Any gradient with which the step is one of descent.
          dense.update(
            scaled(1. / root, s_i), scaled(root, y_i), scaled(-1., s_i), 1.);
        }

      const Vector x = random_vector(100 + k);
      Vector       of_limited, of_dense;
      H.multiply(x, of_limited);
      dense.multiply(x, of_dense);
      BOOST_TEST(relative_error(of_limited, scaled(gamma, of_dense)) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(the_secant_equation_holds)
{
  LimitedInverseHessian H(3);
  for (unsigned int k = 0; k < 7; ++k)
    {
      const auto [s, y] = random_pair(k);
      H.update(s, y, s, 1.);
      Vector H_y;
      H.multiply(y, H_y);
      BOOST_TEST(relative_error(H_y, s) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(steps_without_positive_curvature_change_nothing)
{
  LimitedInverseHessian H(3);
  BOOST_TEST(!H.update({1., 0.}, {-1., 0.}, {-1., 0.}, 1.));
  BOOST_TEST(!H.update({1., 0.}, {0., 1.}, {-1., 0.}, 1.));
  BOOST_TEST(!H.update({1., 0.}, {NAN, 1.}, {-1., 0.}, 1.));
  BOOST_TEST(!H.update({1., 0.}, {1., INFINITY}, {-1., 0.}, 1.));
  Vector result;
  H.multiply({3., 4.}, result);
  BOOST_TEST((result == Vector{3., 4.}));
}



BOOST_AUTO_TEST_CASE(a_reset_leaves_the_identity)
{
  LimitedInverseHessian H(3);
  const auto [s, y] = random_pair(0);
  BOOST_TEST(H.update(s, y, s, 1.));
  H.reset();
  Vector result;
  H.multiply(s, result);
  BOOST_TEST((result == s));
}

BOOST_AUTO_TEST_SUITE_END()
