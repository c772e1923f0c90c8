// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The triangle and the Q of small and of many blocks against what defines
// them: R'^T R' = R^T R + A^T A, and Q is orthogonal and maps (R; A) to (R'; 0).

#include <sobolev/training/triangle_update.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

#include "training/matrix_objective.h"

using namespace sobolev;

namespace
{
  using Shape = TriangleUpdate::Shape;

  // Blocks of six columns, and of two where the recursion ends: all paths are
  // taken with few columns.
  const TriangleUpdate::Options small_blocks{6, 2};



  DenseMatrix
  random_triangle(const unsigned int n,
                  const unsigned int n_columns,
                  const unsigned int seed)
  {
    auto matrix = random_matrix(n, n_columns, seed);
    for (unsigned int k = 0; k < n_columns; ++k)
      for (unsigned int i = k + 1; i < n; ++i)
        matrix(i, k) = 0.;
    return matrix;
  }



  // The largest entry of R'^T R' - R^T R - A^T A.
  double
  error_of_squares(const DenseMatrix &updated,
                   const DenseMatrix &r,
                   const DenseMatrix &a)
  {
    double largest = 0.;
    for (unsigned int k = 0; k < r.n_rows; ++k)
      for (unsigned int l = k; l < r.n_columns; ++l)
        {
          double error = 0.;
          for (unsigned int i = 0; i <= k; ++i)
            error += updated(i, k) * updated(i, l) - r(i, k) * r(i, l);
          for (unsigned int i = 0; i < a.n_rows; ++i)
            error -= a(i, k) * a(i, l);
          largest = std::max(largest, std::abs(error));
        }
    return largest;
  }



  // Compute, then check R' and Q with every column of (R; A).
  void
  check(const unsigned int             n,
        const unsigned int             n_columns,
        const DenseMatrix             &r,
        const DenseMatrix             &a,
        const Shape                    shape,
        const TriangleUpdate::Options &options)
  {
    TriangleUpdate update(n_columns, options);
    DenseMatrix    updated = r, v = a;
    Vector         t(update.size_of_t(n));
    update.compute(n,
                   n_columns,
                   updated.entries.data(),
                   n,
                   a.n_rows,
                   v.entries.data(),
                   a.n_rows,
                   t.data(),
                   shape);

    const double round_off = 1e-14 * (n + a.n_rows);
    BOOST_TEST(error_of_squares(updated, r, a) < round_off);

    double error = 0.;
    for (unsigned int k = 0; k < n_columns; ++k)
      {
        Vector x(n), y(a.n_rows);
        for (unsigned int i = 0; i < n; ++i)
          x[i] = r(i, k);
        for (unsigned int i = 0; i < a.n_rows; ++i)
          y[i] = a(i, k);
        const double before =
          derivative_checks::dot(x, x) + derivative_checks::dot(y, y);
        update.multiply_by_transpose(n,
                                     x.data(),
                                     a.n_rows,
                                     y.data(),
                                     v.entries.data(),
                                     a.n_rows,
                                     t.data(),
                                     shape);
        const double after =
          derivative_checks::dot(x, x) + derivative_checks::dot(y, y);
        error = std::max(error, std::abs(after - before));
        for (unsigned int i = 0; i < (k < n ? k + 1 : n); ++i)
          error = std::max(error, std::abs(x[i] - updated(i, k)));
        if (k < n)
          {
            for (unsigned int i = k + 1; i < n; ++i)
              error = std::max(error, std::abs(x[i]));
            for (const double entry : y)
              error = std::max(error, std::abs(entry));
          }
      }
    BOOST_TEST(error < round_off);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(triangle_update)

BOOST_DATA_TEST_CASE(dense_rows,
                     boost::unit_test::data::make({1u, 2u, 5u, 6u, 7u, 23u}) *
                       boost::unit_test::data::make({1u, 4u, 40u}),
                     n,
                     n_rows)
{
  check(n,
        n,
        random_triangle(n, n, 1),
        random_matrix(n_rows, n, 2),
        Shape::dense,
        small_blocks);
}



BOOST_DATA_TEST_CASE(rows_that_are_triangular_too,
                     boost::unit_test::data::make({1u, 6u, 7u, 23u}),
                     n)
{
  check(n,
        n,
        random_triangle(n, n, 1),
        random_triangle(n, n, 2),
        Shape::triangular,
        small_blocks);
}



BOOST_AUTO_TEST_CASE(columns_behind_are_carried_along)
{
  check(13,
        16,
        random_triangle(13, 16, 1),
        random_matrix(9, 16, 2),
        Shape::dense,
        small_blocks);
}



BOOST_AUTO_TEST_CASE(the_usual_sizes_of_blocks)
{
  check(217,
        218,
        random_triangle(217, 218, 1),
        random_matrix(150, 218, 2),
        Shape::dense,
        TriangleUpdate::Options());
}



BOOST_AUTO_TEST_CASE(zeros_stay_zeros)
{
  const DenseMatrix zero_triangle(9, 9), zero_rows(5, 9);
  check(9, 9, zero_triangle, zero_rows, Shape::dense, small_blocks);
  check(9, 9, random_triangle(9, 9, 1), zero_rows, Shape::dense, small_blocks);
  check(
    9, 9, zero_triangle, random_matrix(5, 9, 1), Shape::dense, small_blocks);
}



BOOST_AUTO_TEST_CASE(squares_that_under_or_overflow_do_no_harm)
{
  for (const double scale : {1e-200, 1e200})
    {
      TriangleUpdate update(3, small_blocks);
      Vector         r(9, 0.), a{3. * scale, 4. * scale, 0., 0., 0., 0.};
      Vector         t(update.size_of_t(3));

      update.compute(3, 3, r.data(), 3, 2, a.data(), 2, t.data(), Shape::dense);

      BOOST_TEST(std::abs(std::abs(r[0]) / (5. * scale) - 1.) < 1e-15);
      BOOST_TEST(r[3] == 0.);
    }
}

BOOST_AUTO_TEST_SUITE_END()
