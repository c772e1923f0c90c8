// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/dense_inverse_hessian.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "blas.h"

namespace sobolev
{
  using internal::blas_int;

  namespace
  {
    double
    dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }
  } // namespace



  DenseInverseHessian::DenseInverseHessian(const unsigned int n,
                                           const Formula      formula)
    : n(n)
    , formula(formula)
    , scale(1.)
    , matrix(std::size_t(n) * n)
    , product(n)
  {
    reset();
  }



  void
  DenseInverseHessian::reset()
  {
    scale = 1.;
    std::fill(matrix.begin(), matrix.end(), 0.);
    for (unsigned int i = 0; i < n; ++i)
      matrix[std::size_t(i) * n + i] = 1.;
  }



  void
  DenseInverseHessian::multiply(const std::vector<double> &x,
                                std::vector<double>       &result) const
  {
    result.resize(n);
    const double   zero = 0.;
    const blas_int size = n, one = 1;
    dsymv_("L",
           &size,
           &scale,
           matrix.data(),
           &size,
           x.data(),
           &one,
           &zero,
           result.data(),
           &one);
  }



  DenseInverseHessian::Coefficients
  DenseInverseHessian::coefficients(const Formula      formula,
                                    const unsigned int n,
                                    const double       b,
                                    const double       h)
  {
    const double r = std::min(1., 1. / b);
    if (formula == Formula::bfgs)
      return {1., 1.};
    if (formula == Formula::self_scaled_bfgs)
      return {r, 1.};

    // Never negative but for round-off; zero where H is already right.
    const double a =
      std::max(b * h - 1., std::numeric_limits<double>::epsilon());
    const double c = std::sqrt(a / (1. + a));
    // 1 - c without cancellation
    const double rho_minus   = std::min(1., h / ((1. + a) * (1. + c)));
    const double theta_minus = (rho_minus - 1.) / a;
    const double theta =
      std::max(theta_minus, std::min(1. / rho_minus, (1. - b) / b));
    const double sigma = 1. + theta * a;
    // With a single variable, a is zero and sigma one.
    const double root =
      n > 1 ? std::pow(std::abs(sigma), 1. / (1. - double(n))) : 1.;
    const double tau =
      theta <= 0. ? std::min(r * root, sigma) : r * std::min(root, 1. / theta);
    return {tau, (1. - theta) / (1. + a * theta)};
  }



  bool
  DenseInverseHessian::update(const std::vector<double> &s,
                              const std::vector<double> &y,
                              const std::vector<double> &old_gradient,
                              const double               alpha)
  {
    // 1. Everything that is small.
    multiply(y, product);
    const double y_s = dot(y, s), y_H_y = dot(y, product);
    const double s_B_s = -alpha * dot(s, old_gradient);
    if (!(y_s > 0. && y_H_y > 0. && s_B_s > 0.))
      return false;
    const double rho      = 1. / y_s;
    const auto [tau, phi] = coefficients(formula, n, rho * s_B_s, rho * y_H_y);

    // 2. The update is of rank two in s and H y.
    const double of_products = (phi - 1.) / (y_H_y * tau);
    const double mixed       = -phi * rho / tau;
    const double of_steps    = rho + phi * y_H_y * rho * rho / tau;
    const double new_scale   = scale / tau;
    if (!(tau > 0. && std::isfinite(of_products) && std::isfinite(mixed) &&
          std::isfinite(of_steps) && std::isfinite(new_scale)))
      return false;
    scale = new_scale;

    const blas_int      size = n, one = 1;
    const double        one_over_scale = 1. / scale;
    const double        factor         = of_steps / scale;
    std::vector<double> second(n);
    for (unsigned int i = 0; i < n; ++i)
      second[i] = 0.5 * of_products * product[i] + mixed * s[i];
    dsyr2_("L",
           &size,
           &one_over_scale,
           product.data(),
           &one,
           second.data(),
           &one,
           matrix.data(),
           &size);
    dsyr_("L", &size, &factor, s.data(), &one, matrix.data(), &size);

    if (scale > 1e60 || scale < 1e-60)
      {
        for (double &entry : matrix)
          entry *= scale;
        scale = 1.;
      }
    return true;
  }
} // namespace sobolev
