// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/corner_feature.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/numbers.h>

#include <algorithm>
#include <cmath>
#include <complex>

namespace sobolev
{
  using dealii::numbers::PI;

  CornerFeature::CornerFeature(const Part   part,
                               const double vertex_x,
                               const double vertex_y,
                               const double first_angle,
                               const double interior_angle)
    : part(part)
    , vertex_x(vertex_x)
    , vertex_y(vertex_y)
    , first_angle(first_angle)
    , interior_angle(interior_angle)
  {
    AssertInput(interior_angle > 0. && interior_angle <= 2. * PI,
                "corner feature: the interior angle "
                  << interior_angle << " is not in (0, 2 pi].");
  }



  std::string
  CornerFeature::name() const
  {
    return part == Part::sine ? "corner sine" : "corner cosine";
  }



  std::vector<double>
  CornerFeature::parameters() const
  {
    return {vertex_x, vertex_y, first_angle, interior_angle};
  }



  double
  CornerFeature::evaluate(const dealii::ArrayView<const double> &x,
                          const dealii::ArrayView<double>       &gradient,
                          const dealii::ArrayView<double>       &hessian) const
  {
    // 1. Polar coordinates, with the branch cut opposite to the domain.
    const double dx = x[0] - vertex_x, dy = x[1] - vertex_y;
    const double radius = std::max(std::hypot(dx, dy), 1e-12);
    const double middle = first_angle + 0.5 * interior_angle;
    const double angle =
      middle + std::remainder(std::atan2(dy, dx) - middle, 2. * PI);

    // 2. w = (e^{-i theta_0} z)^alpha and its derivatives in z.
    const double alpha = PI / interior_angle;
    const auto   w =
      std::polar(std::pow(radius, alpha), alpha * (angle - first_angle));
    const auto z      = std::polar(radius, angle);
    const auto first  = alpha * w / z;
    const auto second = (alpha - 1.) * first / z;

    // 3. Chain rule: dz/dx = 1, dz/dy = i; then take the part.
    const std::complex<double> i(0., 1.);
    const auto                 take = [&](const std::complex<double> &c) {
      return part == Part::sine ? c.imag() : c.real();
    };
    const std::size_t n = x.size();
    std::fill(gradient.begin(), gradient.end(), 0.);
    std::fill(hessian.begin(), hessian.end(), 0.);
    gradient[0]    = take(first);
    gradient[1]    = take(i * first);
    hessian[0]     = take(second);
    hessian[1]     = take(i * second);
    hessian[n]     = hessian[1];
    hessian[n + 1] = -hessian[0];
    return take(w);
  }



  std::shared_ptr<const InputFeature>
  make_input_feature(const std::string         &name,
                     const std::vector<double> &parameters)
  {
    AssertInput(name == "corner sine" || name == "corner cosine",
                "there is no input feature '"
                  << name << "'; known are corner sine, corner cosine.");
    AssertInput(parameters.size() == 4,
                "input feature '" << name << "': expected 4 parameters, got "
                                  << parameters.size() << ".");
    return std::make_shared<CornerFeature>(name == "corner sine"
                                             ? CornerFeature::Part::sine
                                             : CornerFeature::Part::cosine,
                                           parameters[0],
                                           parameters[1],
                                           parameters[2],
                                           parameters[3]);
  }
} // namespace sobolev
