// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/corner_function.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/numbers.h>

#include <cmath>

namespace sobolev
{
  using dealii::numbers::PI;

  CornerFunction::CornerFunction(const Part   part,
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
                "corner function: the interior angle "
                  << interior_angle << " is not in (0, 2 pi].");
  }



  std::string
  CornerFunction::name() const
  {
    return part == Part::sine ? "corner sine" : "corner cosine";
  }



  std::vector<double>
  CornerFunction::parameters() const
  {
    return {vertex_x, vertex_y, first_angle, interior_angle};
  }



  Jet
  CornerFunction::evaluate(const dealii::ArrayView<const Jet> &x) const
  {
    AssertIndexRange(1, x.size());

    // 1. Coordinates along and across the middle of the domain: the branch cut
    // of the angle is then opposite to the domain.
    const double middle = first_angle + 0.5 * interior_angle;
    const double c = std::cos(middle), s = std::sin(middle);
    const Jet    dx = x[0] - vertex_x, dy = x[1] - vertex_y;
    Jet          along = c * dx + s * dy, across = c * dy - s * dx;

    constexpr double least_radius = 1e-12;
    if (std::hypot(along[0], across[0]) < least_radius)
      {
        along[0]  = least_radius;
        across[0] = 0.;
      }

    // 2. The power of the radius times the part.
    const double alpha = PI / interior_angle;
    const Jet    power = pow(along * along + across * across, 0.5 * alpha);
    const Jet    angle = alpha * atan2(across, along) + 0.5 * PI;
    return power * (part == Part::sine ? sin(angle) : cos(angle));
  }
} // namespace sobolev
