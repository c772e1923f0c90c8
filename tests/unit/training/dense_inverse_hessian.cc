// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/dense_inverse_hessian.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "derivative_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Formula = DenseInverseHessian::Formula;
  using Long    = long double;

  const std::vector<Formula> formulas{Formula::bfgs,
                                      Formula::self_scaled_bfgs,
                                      Formula::self_scaled_broyden};

  // The formulas as they are printed, in long double and with full matrices.
  struct PlainInverse
  {
    explicit PlainInverse(const unsigned int n)
      : n(n)
      , H(n, std::vector<Long>(n, 0.L))
    {
      for (unsigned int i = 0; i < n; ++i)
        H[i][i] = 1.L;
    }

    std::vector<Long>
    times(const Vector &x) const
    {
      std::vector<Long> result(n, 0.L);
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int j = 0; j < n; ++j)
          result[i] += H[i][j] * x[j];
      return result;
    }

    void
    update(const Formula formula,
           const Vector &s,
           const Vector &y,
           const Vector &g,
           const double  alpha)
    {
      const auto Hy  = times(y);
      Long       y_s = 0, yHy = 0, s_g = 0;
      for (unsigned int i = 0; i < n; ++i)
        {
          y_s += Long(y[i]) * s[i];
          yHy += y[i] * Hy[i];
          s_g += Long(s[i]) * g[i];
        }
      const Long rho = 1 / y_s, hk = rho * yHy, bk = -alpha * rho * s_g,
                 ak = bk * hk - 1;
      Long tau = 1, phi = 1;
      if (formula == Formula::self_scaled_bfgs)
        tau = std::min<Long>(1, 1 / bk);
      if (formula == Formula::self_scaled_broyden)
        {
          const Long c       = std::sqrt(std::abs(ak) / (1 + ak));
          const Long rho_m   = std::min<Long>(1, hk * (1 - c));
          const Long theta_m = (rho_m - 1) / ak, theta_p = 1 / rho_m;
          const Long theta =
            std::max(theta_m, std::min(theta_p, (1 - bk) / bk));
          const Long sigma   = 1 + theta * ak;
          const Long sigma_n = std::pow(std::abs(sigma), 1 / (1 - Long(n)));
          const Long r       = std::min<Long>(1, 1 / bk);
          tau                = theta <= 0 ? std::min(r * sigma_n, sigma)
                                          : r * std::min(sigma_n, 1 / theta);
          phi                = (1 - theta) / (1 + ak * theta);
        }
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int j = 0; j < n; ++j)
          {
            const Long v_i = rho * s[i] - Hy[i] / yHy;
            const Long v_j = rho * s[j] - Hy[j] / yHy;
            H[i][j] =
              (H[i][j] - Hy[i] * Hy[j] / yHy + phi * yHy * v_i * v_j) / tau +
              rho * s[i] * s[j];
          }
    }

    const unsigned int             n;
    std::vector<std::vector<Long>> H;
  };

  double
  random(const unsigned int i, const unsigned int k)
  {
    return 2. * CounterBasedRandom::uniform(31, k, i) - 1.;
  }

  // sum_i 1.7^i cosh(x_i) + (sum_i x_i)^2 / 2, which is convex: its gradient.
  Vector
  gradient_of_function(const Vector &x)
  {
    const double sum = std::accumulate(x.begin(), x.end(), 0.);
    Vector       g(x.size());
    for (unsigned int i = 0; i < x.size(); ++i)
      g[i] = std::pow(1.7, i) * std::sinh(x[i]) + sum;
    return g;
  }

  // Take some steps with H, and call action(s, y, g, alpha) after each update.
  template <typename Action>
  void
  walk(DenseInverseHessian &H, const unsigned int n, const Action &action)
  {
    Vector x(n);
    for (unsigned int i = 0; i < n; ++i)
      x[i] = random(i, 0);
    for (unsigned int k = 0; k < 12; ++k)
      {
        const Vector g = gradient_of_function(x);
        Vector       p;
        H.multiply(g, p);
        // Step lengths on both sides of the best one, not too long.
        const double alpha =
          std::min(0.6 + 0.15 * (k % 5), 0.5 / std::sqrt(dot(p, p)));
        const Vector s    = moved(Vector(n, 0.), -alpha, p);
        const Vector next = moved(x, 1., s);
        const Vector y    = moved(gradient_of_function(next), -1., g);
        BOOST_TEST(H.update(s, y, g, alpha));
        x = next;
        action(s, y, g, alpha);
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(dense_inverse_hessian)

BOOST_AUTO_TEST_CASE(updates_are_those_of_the_formulas)
{
  const unsigned int n = 7;
  for (const Formula formula : formulas)
    {
      DenseInverseHessian H(n, formula);
      PlainInverse        plain(n);
      walk(H,
           n,
           [&](const Vector &s,
               const Vector &y,
               const Vector &g,
               const double  alpha) {
             plain.update(formula, s, y, g, alpha);
             for (unsigned int k = 0; k < n; ++k)
               {
                 Vector unit(n, 0.), column;
                 unit[k] = 1.;
                 H.multiply(unit, column);
                 Vector expected(n);
                 for (unsigned int i = 0; i < n; ++i)
                   expected[i] = plain.H[i][k];
                 BOOST_TEST(relative_error(column, expected) < 1e-10);
               }
           });
    }
}



BOOST_AUTO_TEST_CASE(the_secant_equation_holds)
{
  const unsigned int n = 9;
  for (const Formula formula : formulas)
    {
      DenseInverseHessian H(n, formula);
      walk(H, n, [&](const Vector &s, const Vector &y, const Vector &, double) {
        Vector H_y;
        H.multiply(y, H_y);
        BOOST_TEST(relative_error(H_y, s) < 1e-10);
      });
    }
}



BOOST_AUTO_TEST_CASE(stays_positive_definite)
{
  const unsigned int n = 9;
  for (const Formula formula : formulas)
    {
      DenseInverseHessian H(n, formula);
      walk(H, n, [&](const Vector &, const Vector &, const Vector &, double) {
        // A Cholesky factorisation without square roots that can fail.
        std::vector<Vector> L(n, Vector(n));
        for (unsigned int k = 0; k < n; ++k)
          {
            Vector unit(n, 0.);
            unit[k] = 1.;
            H.multiply(unit, L[k]);
          }
        for (unsigned int k = 0; k < n; ++k)
          {
            BOOST_TEST(L[k][k] > 0.);
            for (unsigned int i = k + 1; i < n; ++i)
              for (unsigned int j = k + 1; j < n; ++j)
                L[i][j] -= L[i][k] * L[k][j] / L[k][k];
          }
      });
    }
}



BOOST_AUTO_TEST_CASE(steps_of_negative_curvature_change_nothing)
{
  DenseInverseHessian H(2, Formula::self_scaled_broyden);

  BOOST_TEST(!H.update({1., 0.}, {-1., 0.}, {-1., 0.}, 1.));
  BOOST_TEST(!H.update({1., 0.}, {0., 1.}, {-1., 0.}, 1.));
  BOOST_TEST(!H.update({1., 0.}, {NAN, 1.}, {-1., 0.}, 1.));
  Vector result;
  H.multiply({3., 4.}, result);
  BOOST_TEST((result == Vector{3., 4.}));
}



BOOST_AUTO_TEST_CASE(one_variable_and_exact_curvature_are_no_exception)
{
  // In one variable and with H = 1 / y exactly, a = 0.
  for (const Formula formula : formulas)
    {
      DenseInverseHessian H(1, formula);
      BOOST_TEST(H.update({-0.5}, {-2.}, {0.5}, 1.));
      Vector result;
      H.multiply({4.}, result);
      BOOST_TEST(std::abs(result[0] - 1.) < 1e-14);
      BOOST_TEST(H.update({-0.25}, {-1.}, {1.}, 1.));
      H.multiply({4.}, result);
      BOOST_TEST(std::abs(result[0] - 1.) < 1e-14);
    }
}

BOOST_AUTO_TEST_SUITE_END()
