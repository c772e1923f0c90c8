// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/damped_triangle.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "blas.h"

namespace sobolev
{
  DampedTriangle::DampedTriangle(const unsigned int n)
    : n(n)
    , update(n + 1)
    , factor(std::size_t(n) * (n + 1))
    , below(std::size_t(n) * (n + 1))
    , t(update.size_of_t(n))
  {
  }



  bool
  DampedTriangle::compute(const double      *r,
                          const unsigned int leading,
                          const double       damping,
                          const double       smallest)
  {
    for (std::size_t k = 0; k < n + 1; ++k)
      std::copy_n(r + k * leading, n, factor.data() + k * n);
    std::fill(below.begin(), below.end(), 0.);
    for (std::size_t k = 0; k < n; ++k)
      below[k * n + k] = std::sqrt(damping);

    update.compute(n,
                   n + 1,
                   factor.data(),
                   n,
                   n,
                   below.data(),
                   n,
                   t.data(),
                   TriangleUpdate::Shape::triangular);

    for (std::size_t k = 0; k < n; ++k)
      if (!(std::abs(factor[k * n + k]) > smallest) ||
          !std::isfinite(factor[k * n + k]))
        return false;
    return true;
  }



  void
  DampedTriangle::multiply_by_transpose(double *x) const
  {
    std::vector<double> zeros(n, 0.);
    update.multiply_by_transpose(n,
                                 x,
                                 n,
                                 zeros.data(),
                                 below.data(),
                                 n,
                                 t.data(),
                                 TriangleUpdate::Shape::triangular);
  }



  void
  DampedTriangle::substitute(double *x) const
  {
    internal::solve_triangle('N', n, factor.data(), n, x);
  }



  void
  DampedTriangle::substitute_transposed(double *x) const
  {
    internal::solve_triangle('T', n, factor.data(), n, x);
  }
} // namespace sobolev
