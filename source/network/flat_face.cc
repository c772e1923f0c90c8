// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/flat_face.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    using Vector = std::vector<double>;

    // Distances below this part of the face's size are rounding errors.
    constexpr double smallest = 1e-12;



    // (x - origin) . direction
    Jet
    coordinate(const dealii::ArrayView<const Jet> &x,
               const Vector                       &origin,
               const Vector                       &direction)
    {
      Jet result = direction[0] * (x[0] - origin[0]);
      for (unsigned int d = 1; d < origin.size(); ++d)
        result += direction[d] * (x[d] - origin[d]);
      return result;
    }



    double
    distance_between(const Vector &one, const Vector &two)
    {
      double sum = 0.;
      for (unsigned int d = 0; d < one.size(); ++d)
        sum += (one[d] - two[d]) * (one[d] - two[d]);
      return std::sqrt(sum);
    }



    Vector
    center(const std::vector<Vector> &vertices)
    {
      Vector result(vertices[0].size(), 0.);
      for (const Vector &vertex : vertices)
        for (unsigned int d = 0; d < vertex.size(); ++d)
          result[d] += vertex[d] / vertices.size();
      return result;
    }



    // The direction that is normal to the edge, in the plane of the polygon,
    // and points from the edge to the point inside.
    Vector
    inward_edge_normal(const Vector &from,
                       const Vector &to,
                       const Vector &face_normal,
                       const Vector &inside)
    {
      const auto e = [&](const unsigned int d) {
        return to[d] - from[d];
      };
      const auto n = [&](const unsigned int d) {
        return face_normal[d];
      };
      Vector cross{e(1) * n(2) - e(2) * n(1),
                   e(2) * n(0) - e(0) * n(2),
                   e(0) * n(1) - e(1) * n(0)};
      double scale = distance_between(cross, {0., 0., 0.});
      double side  = 0.;
      for (unsigned int d = 0; d < 3; ++d)
        side += cross[d] * (inside[d] - from[d]);
      for (double &component : cross)
        component /= side < 0. ? -scale : scale;
      return cross;
    }



    // Positive where both are; of class C^2.
    Jet
    conjunction(const Jet &one, const Jet &two, const double length)
    {
      const Jet square = one * one + two * two;
      // Like the third power of the distance: all is zero where both are.
      if (square[0] <= smallest * smallest * length * length)
        return Jet(square.specification(), 0.);
      return (one + two - sqrt(square)) * square /
             (square + 0.01 * length * length);
    }
  } // namespace



  double
  FlatFace::size() const
  {
    double result = 0.;
    for (const Vector &one : vertices)
      for (const Vector &two : vertices)
        result = std::max(result, distance_between(one, two));
    return result;
  }



  Jet
  FlatFace::distance(const dealii::ArrayView<const Jet> &x) const
  {
    Jet f = coordinate(x, vertices[0], normal);
    if (!trimmed || normal.size() == 1)
      return f;

    // 1. Behind the face is another part of the domain. On the face itself,
    // rounding does not decide: there is one smooth piece with the inside.
    const double length = size(), tiny = smallest * length;
    if (f[0] < -tiny)
      f *= -1.;
    Jet t = trimming(x);
    if (std::abs(f[0]) < tiny && std::abs(t[0]) < tiny)
      {
        f[0] = tiny;
        t[0] = 0.;
      }

    // 2. In a form without cancellation and, over the face, without a square
    // root of zero.
    const Jet f2   = f * f / length;
    const Jet root = sqrt(t * t + f2 * f2);
    if (t[0] > 0.)
      {
        const Jet ratio = 0.5 * f * f2 / (length * (root + t));
        return f * sqrt(1. + ratio * ratio);
      }
    const Jet g = 0.5 * (root - t);
    return sqrt(f * f + g * g);
  }



  Jet
  FlatFace::trimming(const dealii::ArrayView<const Jet> &x) const
  {
    const double length = size();
    const Vector middle = center(vertices);
    if (normal.size() == 2)
      {
        const Jet dx = x[0] - middle[0], dy = x[1] - middle[1];
        return 0.25 * length - (dx * dx + dy * dy) / length;
      }

    std::vector<Jet> edges;
    for (unsigned int v = 0; v < vertices.size(); ++v)
      {
        const Vector &from = vertices[v];
        const Vector &to   = vertices[(v + 1) % vertices.size()];
        edges.push_back(
          coordinate(x, from, inward_edge_normal(from, to, normal, middle)));
      }
    Jet t = edges[0];
    for (unsigned int v = 1; v < edges.size(); ++v)
      t = conjunction(t, edges[v], length);
    return t;
  }
} // namespace sobolev
