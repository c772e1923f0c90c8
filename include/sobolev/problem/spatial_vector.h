// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_spatial_vector_h
#define sobolev_problem_spatial_vector_h

#include <array>

namespace sobolev
{
  /**
   * A vector with @p dim entries of any number type, among them nested Sacado
   * types, for which dealii::Tensor offers no arithmetic.
   *
   * The operators are non-template friends, so that expression templates such
   * as `1. + u.value() * u.value()` convert to @p Number on their own.
   */
  template <int dim, typename Number>
  class SpatialVector
  {
  public:
    SpatialVector()
    {
      entries.fill(Number(0.));
    }

    Number &
    operator[](const unsigned int i)
    {
      return entries[i];
    }

    const Number &
    operator[](const unsigned int i) const
    {
      return entries[i];
    }

    friend SpatialVector
    operator*(const Number &factor, const SpatialVector &v)
    {
      SpatialVector result;
      for (unsigned int d = 0; d < dim; ++d)
        result[d] = factor * v[d];
      return result;
    }

    friend SpatialVector
    operator*(const SpatialVector &v, const Number &factor)
    {
      return factor * v;
    }

    friend SpatialVector
    operator+(const SpatialVector &a, const SpatialVector &b)
    {
      SpatialVector result;
      for (unsigned int d = 0; d < dim; ++d)
        result[d] = a[d] + b[d];
      return result;
    }

    friend SpatialVector
    operator-(const SpatialVector &a, const SpatialVector &b)
    {
      SpatialVector result;
      for (unsigned int d = 0; d < dim; ++d)
        result[d] = a[d] - b[d];
      return result;
    }

    friend SpatialVector
    operator-(const SpatialVector &v)
    {
      return Number(-1.) * v;
    }

    /** Scalar product $\sum_d a_d b_d$. */
    friend Number
    dot(const SpatialVector &a, const SpatialVector &b)
    {
      Number result(0.);
      for (unsigned int d = 0; d < dim; ++d)
        result += a[d] * b[d];
      return result;
    }

  private:
    std::array<Number, dim> entries;
  };
} // namespace sobolev

#endif
