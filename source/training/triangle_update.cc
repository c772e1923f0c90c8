// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/triangle_update.h>

#include <algorithm>
#include <cmath>

#include "blas.h"

namespace sobolev
{
  using namespace internal;

  namespace
  {
    // Euclidean norm, also where squares over- or underflow.
    double
    norm(const unsigned int n, const double *x)
    {
      double sum = 0.;
      for (unsigned int i = 0; i < n; ++i)
        sum += x[i] * x[i];
      if (sum > 1e-270 && sum < 1e270)
        return std::sqrt(sum);

      double largest = 0.;
      for (unsigned int i = 0; i < n; ++i)
        largest = std::max(largest, std::abs(x[i]));
      if (largest == 0. || !std::isfinite(largest))
        return std::isfinite(sum) ? largest : sum;
      sum = 0.;
      for (unsigned int i = 0; i < n; ++i)
        sum += (x[i] / largest) * (x[i] / largest);
      return largest * std::sqrt(sum);
    }
  } // namespace



  TriangleUpdate::TriangleUpdate(const unsigned int n_columns,
                                 const Options     &options)
    : options(options)
    , products(std::size_t(options.block_size) * n_columns)
  {
  }



  void
  TriangleUpdate::compute(const unsigned int n_factorised,
                          const unsigned int n_columns,
                          double            *r,
                          const unsigned int leading_r,
                          const unsigned int n_rows,
                          double            *a,
                          const unsigned int leading_a,
                          double            *t,
                          const Shape        shape)
  {
    for (unsigned int begin = 0; begin < n_factorised;)
      {
        const unsigned int end =
          std::min(begin + options.block_size, n_factorised);
        const unsigned int n_rows_here = n_rows_of_block(n_rows, end, shape);
        double *diagonal_block = r + std::size_t(begin) * leading_r + begin;
        double *columns        = a + std::size_t(begin) * leading_a;

        factorize_block(end - begin,
                        diagonal_block,
                        leading_r,
                        n_rows_here,
                        columns,
                        leading_a,
                        t);
        apply(end - begin,
              columns,
              leading_a,
              t,
              n_columns - end,
              r + std::size_t(end) * leading_r + begin,
              leading_r,
              n_rows_here,
              a + std::size_t(end) * leading_a,
              leading_a);
        begin = end;
        t += options.block_size * options.block_size;
      }
  }



  void
  TriangleUpdate::multiply_by_transpose(const unsigned int n_factorised,
                                        double            *x,
                                        const unsigned int n_rows,
                                        double            *y,
                                        const double      *a,
                                        const unsigned int leading_a,
                                        const double      *t,
                                        const Shape        shape)
  {
    for (unsigned int begin = 0; begin < n_factorised;)
      {
        const unsigned int end =
          std::min(begin + options.block_size, n_factorised);
        apply(end - begin,
              a + std::size_t(begin) * leading_a,
              leading_a,
              t,
              1,
              x + begin,
              n_factorised,
              n_rows_of_block(n_rows, end, shape),
              y,
              n_rows);
        begin = end;
        t += options.block_size * options.block_size;
      }
  }



  std::size_t
  TriangleUpdate::size_of_t(const unsigned int n_factorised) const
  {
    const std::size_t size = options.block_size;
    return (n_factorised + size - 1) / size * size * size;
  }



  void
  TriangleUpdate::factorize_block(const unsigned int n_columns,
                                  double            *r,
                                  const unsigned int leading_r,
                                  const unsigned int n_rows,
                                  double            *a,
                                  const unsigned int leading_a,
                                  double            *t)
  {
    if (n_columns <= options.smallest_block_size)
      {
        factorize_smallest_block(
          n_columns, r, leading_r, n_rows, a, leading_a, t);
        return;
      }

    const unsigned int leading_t = options.block_size;
    // Halves, the first a multiple of the smallest block.
    const unsigned int smallest = options.smallest_block_size;
    const unsigned int left =
                         (n_columns / 2 + smallest - 1) / smallest * smallest,
                       right     = n_columns - left;
    double *const        right_r = r + std::size_t(left) * leading_r,
                  *const right_a = a + std::size_t(left) * leading_a,
                  *const right_t = t + std::size_t(left) * leading_t;

    factorize_block(left, r, leading_r, n_rows, a, leading_a, t);
    apply(left,
          a,
          leading_a,
          t,
          right,
          right_r,
          leading_r,
          n_rows,
          right_a,
          leading_a);
    factorize_block(right,
                    right_r + left,
                    leading_r,
                    n_rows,
                    right_a,
                    leading_a,
                    right_t + left);

    // (I - V T V^T) (I - V' T' V'^T): -T V^T V' T' couples both. The unit
    // parts of V and V' are in different rows.
    multiply('T',
             'N',
             left,
             right,
             n_rows,
             -1.,
             a,
             leading_a,
             right_a,
             leading_a,
             0.,
             right_t,
             leading_t);
    multiply_triangle(
      'L', 'N', left, right, 1., t, leading_t, right_t, leading_t);
    multiply_triangle(
      'R', 'N', left, right, 1., right_t + left, leading_t, right_t, leading_t);
  }



  void
  TriangleUpdate::factorize_smallest_block(const unsigned int n_columns,
                                           double            *r,
                                           const unsigned int leading_r,
                                           const unsigned int n_rows,
                                           double            *a,
                                           const unsigned int leading_a,
                                           double            *t)
  {
    const unsigned int leading_t = options.block_size;
    double            *w         = products.data();

    for (unsigned int j = 0; j < n_columns; ++j)
      {
        // 1. The reflection I - tau (1; v) (1; v)^T that maps (alpha; x) to
        // (beta; 0).
        double      *v           = a + std::size_t(j) * leading_a;
        double      &alpha       = r[std::size_t(j) * leading_r + j];
        double      *t_j         = t + std::size_t(j) * leading_t;
        const double length_of_x = norm(n_rows, v);
        if (length_of_x == 0.)
          {
            // The identity.
            std::fill(t_j, t_j + j + 1, 0.);
            continue;
          }
        const double beta =
          -std::copysign(std::hypot(alpha, length_of_x), alpha);
        const double tau        = (beta - alpha) / beta;
        const double difference = alpha - beta;
        for (unsigned int i = 0; i < n_rows; ++i)
          v[i] /= difference;
        alpha = beta;

        // 2. Products with the columns before, for T, and behind.
        multiply_vector('T', n_rows, n_columns, 1., a, leading_a, v, 0., w);
        for (unsigned int k = 0; k < j; ++k)
          {
            double sum = 0.;
            for (unsigned int l = k; l < j; ++l)
              sum += t[std::size_t(l) * leading_t + k] * w[l];
            t_j[k] = -tau * sum;
          }
        t_j[j] = tau;

        // 3. Apply it to the columns behind.
        for (unsigned int k = j + 1; k < n_columns; ++k)
          {
            double &top = r[std::size_t(k) * leading_r + j];
            w[k]        = tau * (top + w[k]);
            top -= w[k];
          }
        add_outer_product(n_rows,
                          n_columns - j - 1,
                          -1.,
                          v,
                          w + j + 1,
                          v + leading_a,
                          leading_a);
      }
  }



  void
  TriangleUpdate::apply(const unsigned int n_reflections,
                        const double      *v,
                        const unsigned int leading_v,
                        const double      *t,
                        const unsigned int n_columns,
                        double            *r,
                        const unsigned int leading_r,
                        const unsigned int n_rows,
                        double            *a,
                        const unsigned int leading_a)
  {
    // W = T^T (R + V_2^T A), R -= W, A -= V_2 W
    double            *w         = products.data();
    const unsigned int leading_w = n_reflections;
    for (unsigned int k = 0; k < n_columns; ++k)
      std::copy_n(r + std::size_t(k) * leading_r,
                  n_reflections,
                  w + std::size_t(k) * leading_w);
    multiply('T',
             'N',
             n_reflections,
             n_columns,
             n_rows,
             1.,
             v,
             leading_v,
             a,
             leading_a,
             1.,
             w,
             leading_w);
    multiply_triangle('L',
                      'T',
                      n_reflections,
                      n_columns,
                      1.,
                      t,
                      options.block_size,
                      w,
                      leading_w);
    for (unsigned int k = 0; k < n_columns; ++k)
      for (unsigned int i = 0; i < n_reflections; ++i)
        r[std::size_t(k) * leading_r + i] -= w[std::size_t(k) * leading_w + i];
    multiply('N',
             'N',
             n_rows,
             n_columns,
             n_reflections,
             -1.,
             v,
             leading_v,
             w,
             leading_w,
             1.,
             a,
             leading_a);
  }
} // namespace sobolev
