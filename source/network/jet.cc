// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/jet.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace sobolev
{
  Jet::Jet(const JetSpecification &specification, const double value)
    : jet(&specification)
    , channels{}
  {
    AssertThrow(jet->n_channels() <= max_channels,
                dealii::ExcMessage("A jet has at most " +
                                   std::to_string(max_channels) +
                                   " channels."));
    channels[0] = value;
  }



  Jet
  Jet::input(const JetSpecification &specification,
             const unsigned int      input,
             const double            value)
  {
    Jet         result(specification, value);
    const auto &directions = specification.directions();
    for (unsigned int d = 0; d < directions.size(); ++d)
      if (input < directions[d].size())
        result[specification.first(d)] = directions[d][input];
    return result;
  }



  Jet &
  Jet::operator+=(const Jet &other)
  {
    AssertDimension(jet->n_channels(), other.jet->n_channels());
    for (unsigned int c = 0; c < jet->n_channels(); ++c)
      channels[c] += other.channels[c];
    return *this;
  }



  Jet &
  Jet::operator-=(const Jet &other)
  {
    AssertDimension(jet->n_channels(), other.jet->n_channels());
    for (unsigned int c = 0; c < jet->n_channels(); ++c)
      channels[c] -= other.channels[c];
    return *this;
  }



  Jet &
  Jet::operator*=(const double factor)
  {
    for (unsigned int c = 0; c < jet->n_channels(); ++c)
      channels[c] *= factor;
    return *this;
  }



  Jet
  Jet::compose(const double f0,
               const double f1,
               const double f2,
               const double f3,
               const double f4) const
  {
    const double f[] = {f0, f1, f2, f3, f4};
    Jet          result(*jet, f[0]);
    for (unsigned int c = 1; c < jet->n_channels(); ++c)
      result[c] = f[1] * channels[c];
    for (const auto &term : jet->composition())
      {
        double product = term.factor * f[term.n];
        for (unsigned int i = 0; i < term.n; ++i)
          product *= channels[term.factors[i]];
        result[term.channel] += product;
      }
    return result;
  }



  Jet
  operator*(const Jet &one, const Jet &two)
  {
    AssertDimension(one.jet->n_channels(), two.jet->n_channels());
    Jet result(*one.jet, 0.);
    for (const auto &term : one.jet->product())
      result[term.channel] += term.factor * one[term.left] * two[term.right];
    return result;
  }



  Jet
  operator+(Jet one, const Jet &two)
  {
    one += two;
    return one;
  }



  Jet
  operator-(Jet one, const Jet &two)
  {
    one -= two;
    return one;
  }



  Jet
  operator/(const Jet &one, const Jet &two)
  {
    return one * (1. / two);
  }



  Jet
  operator-(Jet one)
  {
    one *= -1.;
    return one;
  }



  Jet
  operator+(Jet one, const double two)
  {
    one[0] += two;
    return one;
  }



  Jet
  operator+(const double one, Jet two)
  {
    two[0] += one;
    return two;
  }



  Jet
  operator-(Jet one, const double two)
  {
    one[0] -= two;
    return one;
  }



  Jet
  operator-(const double one, Jet two)
  {
    two *= -1.;
    two[0] += one;
    return two;
  }



  Jet
  operator*(Jet one, const double two)
  {
    one *= two;
    return one;
  }



  Jet
  operator*(const double one, Jet two)
  {
    two *= one;
    return two;
  }



  Jet
  operator/(Jet one, const double two)
  {
    one *= 1. / two;
    return one;
  }



  Jet
  operator/(const double one, const Jet &two)
  {
    Jet result = pow(two, -1.);
    result *= one;
    return result;
  }



  Jet
  sin(const Jet &z)
  {
    const double s = std::sin(z[0]), c = std::cos(z[0]);
    return z.compose(s, c, -s, -c, s);
  }



  Jet
  cos(const Jet &z)
  {
    const double s = std::sin(z[0]), c = std::cos(z[0]);
    return z.compose(c, -s, -c, s, c);
  }



  Jet
  tan(const Jet &z)
  {
    const double t = std::tan(z[0]), d = 1. + t * t;
    return z.compose(
      t, d, 2. * t * d, (2. + 6. * t * t) * d, (16. + 24. * t * t) * t * d);
  }



  Jet
  asin(const Jet &z)
  {
    const double v = z[0], w = 1. / std::sqrt(1. - v * v), w2 = w * w;
    return z.compose(std::asin(v),
                     w,
                     v * w * w2,
                     (1. + 2. * v * v) * w * w2 * w2,
                     (9. + 6. * v * v) * v * w * w2 * w2 * w2);
  }



  Jet
  acos(const Jet &z)
  {
    return std::acos(0.) - asin(z);
  }



  Jet
  atan(const Jet &z)
  {
    const double v = z[0], w = 1. / (1. + v * v), w2 = w * w;
    return z.compose(std::atan(v),
                     w,
                     -2. * v * w2,
                     (6. * v * v - 2.) * w * w2,
                     24. * v * (1. - v * v) * w2 * w2);
  }



  Jet
  sinh(const Jet &z)
  {
    const double s = std::sinh(z[0]), c = std::cosh(z[0]);
    return z.compose(s, c, s, c, s);
  }



  Jet
  cosh(const Jet &z)
  {
    const double s = std::sinh(z[0]), c = std::cosh(z[0]);
    return z.compose(c, s, c, s, c);
  }



  Jet
  tanh(const Jet &z)
  {
    const double t = std::tanh(z[0]), d = 1. - t * t;
    return z.compose(
      t, d, -2. * t * d, (6. * t * t - 2.) * d, (16. - 24. * t * t) * t * d);
  }



  Jet
  exp(const Jet &z)
  {
    const double e = std::exp(z[0]);
    return z.compose(e, e, e, e, e);
  }



  Jet
  log(const Jet &z)
  {
    const double w = 1. / z[0];
    return z.compose(
      std::log(z[0]), w, -w * w, 2. * w * w * w, -6. * w * w * w * w);
  }



  Jet
  sqrt(const Jet &z)
  {
    return pow(z, 0.5);
  }



  Jet
  abs(const Jet &z)
  {
    return z[0] < 0. ? -z : z;
  }



  Jet
  pow(const Jet &z, const double a)
  {
    double f[JetSpecification::max_order + 1];
    double factor = 1.;
    for (double &derivative : f)
      {
        const double exponent = a - (&derivative - f);
        derivative = factor == 0. ? 0. : factor * std::pow(z[0], exponent);
        factor *= exponent;
      }
    return z.compose(f[0], f[1], f[2], f[3], f[4]);
  }



  // Where |x| < |y|, from the angle to the other axis.
  Jet
  atan2(const Jet &y, const Jet &x)
  {
    Jet result = std::abs(x[0]) > std::abs(y[0]) ? atan(y / x) : -atan(x / y);
    result[0]  = std::atan2(y[0], x[0]);
    return result;
  }
} // namespace sobolev
