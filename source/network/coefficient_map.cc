// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/coefficient_map.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // The sigmoid function s and its derivatives, polynomials in s and s'.
    void
    sigmoid_derivatives(const double z, double *const f)
    {
      const double e     = std::exp(-std::abs(z));
      const double s     = (z < 0. ? e : 1.) / (1. + e);
      const double slope = e / ((1. + e) * (1. + e));
      f[0]               = s;
      f[1]               = slope;
      f[2]               = slope * (1. - 2. * s);
      f[3]               = slope * (1. - 6. * slope);
      f[4]               = slope * (1. - 2. * s) * (1. - 12. * slope);
      f[5]               = slope * (1. + slope * (120. * slope - 30.));
    }
  } // namespace



  void
  CoefficientMap::derivatives(const double       z,
                              const unsigned int order,
                              double *const      results) const
  {
    AssertIndexRange(order, max_order + 1);
    double f[max_order + 1] = {};
    switch (kind)
      {
        case Kind::identity:
          f[0] = z;
          f[1] = 1.;
          break;
        case Kind::exponential:
          std::fill_n(f, max_order + 1, std::exp(z));
          break;
        case Kind::softplus:
          {
            double s[max_order + 1];
            sigmoid_derivatives(z, s);
            f[0] = std::max(z, 0.) + std::log1p(std::exp(-std::abs(z)));
            std::copy_n(s, max_order, f + 1);
            break;
          }
        case Kind::sigmoid:
          sigmoid_derivatives(z, f);
          break;
      }
    for (unsigned int k = 0; k <= order; ++k)
      results[k] = factor * f[k];
    results[0] += offset;
  }



  double
  CoefficientMap::value(const double z) const
  {
    double result;
    derivatives(z, 0, &result);
    return result;
  }



  double
  CoefficientMap::derivative(const double z) const
  {
    double results[2];
    derivatives(z, 1, results);
    return results[1];
  }



  double
  CoefficientMap::inverse(const double value) const
  {
    const double f = (value - offset) / factor;
    AssertInput(std::isfinite(f) && (kind == Kind::identity || f > 0.) &&
                  (kind != Kind::sigmoid || f < 1.),
                "the value " << value << " of a coefficient is not within its "
                             << "bounds.");
    switch (kind)
      {
        case Kind::exponential:
          return std::log(f);
        case Kind::softplus:
          return f + std::log(-std::expm1(-f));
        case Kind::sigmoid:
          return std::log(f) - std::log1p(-f);
        default:
          return f;
      }
  }



  void
  CoefficientMap::check() const
  {
    AssertInput(std::isfinite(offset) && std::isfinite(factor) && factor != 0.,
                "network: offset " << offset << " and factor " << factor
                                   << " of a coefficient are not possible; "
                                      "both must be finite, the factor not "
                                      "zero.");
  }



  const std::vector<std::pair<CoefficientMap::Kind, std::string>> &
  CoefficientMap::kind_names()
  {
    static const std::vector<std::pair<Kind, std::string>> names = {
      {Kind::identity, "identity"},
      {Kind::exponential, "exponential"},
      {Kind::softplus, "softplus"},
      {Kind::sigmoid, "sigmoid"}};
    return names;
  }
} // namespace sobolev
