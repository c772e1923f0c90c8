// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/cluster_features.h>

#include <deal.II/base/exceptions.h>

#include <cmath>

namespace sobolev
{
  namespace
  {
    // From one atom to another one: distance, unit vector.
    struct Neighbour
    {
      Neighbour(const dealii::ArrayView<const double> &q,
                const unsigned int                     i,
                const unsigned int                     j)
      {
        double square = 0.;
        for (unsigned int d = 0; d < 3; ++d)
          {
            direction[d] = q[3 * j + d] - q[3 * i + d];
            square += direction[d] * direction[d];
          }
        distance = std::sqrt(square);
        for (double &component : direction)
          component /= distance;
      }

      double distance, direction[3];
    };



    // 1, e, e x e.
    void
    fill_powers(const double (&e)[3], double *powers)
    {
      powers[0] = 1.;
      for (unsigned int d = 0; d < 3; ++d)
        {
          powers[1 + d] = e[d];
          for (unsigned int c = 0; c < 3; ++c)
            powers[4 + 3 * d + c] = e[d] * e[c];
        }
    }



    // The entries of M^l among all moments.
    constexpr unsigned int first_entry[] = {0, 1, 4, 13};
  } // namespace



  ClusterFeatures::ClusterFeatures(const unsigned int         n_atoms,
                                   const std::vector<double> &radii,
                                   const double               width)
    : n_atoms(n_atoms)
    , centres(radii)
    , radial_width(width)
  {
    AssertInput(n_atoms >= 2,
                "features of a cluster need at least two atoms, not " << n_atoms
                                                                      << ".");
    AssertInput(!radii.empty(),
                "features of a cluster need at least one radius.");
    for (const double radius : radii)
      AssertInput(radius > 0. && std::isfinite(radius),
                  "features of a cluster: the radius "
                    << radius << " is not a positive number.");
    AssertInput(width > 0. && std::isfinite(width),
                "features of a cluster: the width "
                  << width << " is not a positive number.");
  }



  unsigned int
  ClusterFeatures::n_features() const
  {
    const unsigned int n = centres.size();
    return n + 3 * n * (n + 1) / 2;
  }



  std::vector<double>
  ClusterFeatures::moments(const dealii::ArrayView<const double> &q) const
  {
    AssertDimension(q.size(), n_coordinates());
    const unsigned int  n = centres.size();
    std::vector<double> result(n_atoms * n * n_moments, 0.);
    double              powers[n_moments];
    for (unsigned int i = 0; i < n_atoms; ++i)
      for (unsigned int j = 0; j < n_atoms; ++j)
        {
          if (i == j)
            continue;
          const Neighbour neighbour(q, i, j);
          fill_powers(neighbour.direction, powers);
          for (unsigned int a = 0; a < n; ++a)
            {
              const double t = (neighbour.distance - centres[a]) / radial_width;
              const double radial = std::exp(-0.5 * t * t);
              for (unsigned int c = 0; c < n_moments; ++c)
                result[(i * n + a) * n_moments + c] += radial * powers[c];
            }
        }
    return result;
  }



  std::vector<double>
  ClusterFeatures::values(const dealii::ArrayView<const double> &q) const
  {
    const unsigned int  n = centres.size();
    const auto          M = moments(q);
    std::vector<double> result(n_features(), 0.);
    for (unsigned int i = 0; i < n_atoms; ++i)
      {
        const double *const of_atom = M.data() + i * n * n_moments;
        for (unsigned int a = 0; a < n; ++a)
          result[a] += of_atom[a * n_moments];
        unsigned int m = n;
        for (unsigned int l = 0; l < 3; ++l)
          for (unsigned int a = 0; a < n; ++a)
            for (unsigned int b = a; b < n; ++b, ++m)
              for (unsigned int c = first_entry[l]; c < first_entry[l + 1]; ++c)
                result[m] +=
                  of_atom[a * n_moments + c] * of_atom[b * n_moments + c];
      }
    return result;
  }



  std::vector<double>
  ClusterFeatures::moment_adjoints(
    const std::vector<double>             &M,
    const dealii::ArrayView<const double> &adjoints) const
  {
    const unsigned int  n = centres.size();
    std::vector<double> result(M.size(), 0.);
    for (unsigned int i = 0; i < n_atoms; ++i)
      {
        const double *const of_atom = M.data() + i * n * n_moments;
        double *const       bar     = result.data() + i * n * n_moments;
        for (unsigned int a = 0; a < n; ++a)
          bar[a * n_moments] += adjoints[a];
        unsigned int m = n;
        for (unsigned int l = 0; l < 3; ++l)
          for (unsigned int a = 0; a < n; ++a)
            for (unsigned int b = a; b < n; ++b, ++m)
              for (unsigned int c = first_entry[l]; c < first_entry[l + 1]; ++c)
                {
                  bar[a * n_moments + c] +=
                    adjoints[m] * of_atom[b * n_moments + c];
                  bar[b * n_moments + c] +=
                    adjoints[m] * of_atom[a * n_moments + c];
                }
      }
    return result;
  }



  void
  ClusterFeatures::add_gradient(const dealii::ArrayView<const double> &q,
                                const dealii::ArrayView<const double> &adjoints,
                                const dealii::ArrayView<double> &gradient) const
  {
    AssertDimension(adjoints.size(), n_features());
    AssertDimension(gradient.size(), n_coordinates());
    const unsigned int n   = centres.size();
    const auto         bar = moment_adjoints(moments(q), adjoints);
    double             powers[n_moments];
    for (unsigned int i = 0; i < n_atoms; ++i)
      for (unsigned int j = 0; j < n_atoms; ++j)
        {
          if (i == j)
            continue;
          const Neighbour neighbour(q, i, j);
          const auto     &e = neighbour.direction;
          fill_powers(e, powers);

          // The derivatives along the line and, before the projection, across.
          double along = 0., across[] = {0., 0., 0.};
          for (unsigned int a = 0; a < n; ++a)
            {
              const double t = (neighbour.distance - centres[a]) / radial_width;
              const double radial = std::exp(-0.5 * t * t);
              const double slope  = -t / radial_width * radial;

              const double *const of_atom = &bar[(i * n + a) * n_moments];
              for (unsigned int c = 0; c < n_moments; ++c)
                along += slope * of_atom[c] * powers[c];
              for (unsigned int d = 0; d < 3; ++d)
                {
                  double sum = of_atom[1 + d];
                  for (unsigned int c = 0; c < 3; ++c)
                    sum += 2. * of_atom[4 + 3 * d + c] * e[c];
                  across[d] += radial / neighbour.distance * sum;
                }
            }
          const double part =
            across[0] * e[0] + across[1] * e[1] + across[2] * e[2];
          for (unsigned int d = 0; d < 3; ++d)
            {
              const double force = (along - part) * e[d] + across[d];
              gradient[3 * j + d] += force;
              gradient[3 * i + d] -= force;
            }
        }
  }



  std::vector<double>
  ClusterFeatures::jacobian(const dealii::ArrayView<const double> &q) const
  {
    const unsigned int  n = n_features(), n_q = n_coordinates();
    std::vector<double> result(n_q * n), adjoints(n, 0.);
    for (unsigned int m = 0; m < n; ++m)
      {
        std::vector<double> gradient(n_q, 0.);
        adjoints[m] = 1.;
        add_gradient(q,
                     dealii::ArrayView<const double>(adjoints.data(), n),
                     dealii::make_array_view(gradient));
        adjoints[m] = 0.;
        for (unsigned int k = 0; k < n_q; ++k)
          result[k * n + m] = gradient[k];
      }
    return result;
  }
} // namespace sobolev
