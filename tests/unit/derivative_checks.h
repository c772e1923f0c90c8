// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_derivative_checks_h
#define sobolev_tests_derivative_checks_h

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

namespace sobolev
{
  /**
   * The checks that every derivative in the library has to pass, written
   * once. Functions map vectors to vectors.
   */
  namespace derivative_checks
  {
    using Vector   = std::vector<double>;
    using Function = std::function<Vector(const Vector &)>;

    /** x + factor d. */
    inline Vector
    moved(const Vector &x, const double factor, const Vector &d)
    {
      Vector result(x.size());
      for (std::size_t i = 0; i < x.size(); ++i)
        result[i] = x[i] + factor * d[i];
      return result;
    }



    inline double
    dot(const Vector &a, const Vector &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }



    /**
     * The largest difference relative to the largest entry of @p expected;
     * infinite if a number is not finite or the sizes differ.
     */
    inline double
    relative_error(const Vector &computed, const Vector &expected)
    {
      if (computed.size() != expected.size())
        return std::numeric_limits<double>::infinity();
      double error = 0., scale = 0.;
      for (std::size_t i = 0; i < computed.size(); ++i)
        {
          if (!std::isfinite(computed[i]) || !std::isfinite(expected[i]))
            return std::numeric_limits<double>::infinity();
          error = std::max(error, std::abs(computed[i] - expected[i]));
          scale = std::max(scale, std::abs(expected[i]));
        }
      return scale > 0. ? error / scale : error;
    }



    /** $(f(x + h d) - f(x - h d)) / 2h$. */
    inline Vector
    central_difference(const Function &f,
                       const Vector   &x,
                       const Vector   &d,
                       const double    h)
    {
      Vector       result = f(moved(x, h, d));
      const Vector before = f(moved(x, -h, d));
      for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = (result[i] - before[i]) / (2. * h);
      return result;
    }



    /** As central_difference(), with an error of $h^4$. */
    inline Vector
    fourth_order_difference(const Function &f,
                            const Vector   &x,
                            const Vector   &d,
                            const double    h)
    {
      Vector       result = central_difference(f, x, d, h);
      const Vector coarse = central_difference(f, x, d, 2. * h);
      for (std::size_t i = 0; i < result.size(); ++i)
        result[i] += (result[i] - coarse[i]) / 3.;
      return result;
    }



    /** Column $k$ of the Jacobian of @p f by fourth-order differences. */
    inline Vector
    jacobian_column(const Function   &f,
                    const Vector     &x,
                    const std::size_t k,
                    const double      h = 1e-3)
    {
      Vector direction(x.size(), 0.);
      direction[k] = 1.;
      return fourth_order_difference(f, x, direction, h);
    }



    /** The gradient of the first entry of @p f by such differences. */
    inline Vector
    gradient(const Function &f, const Vector &x, const double h = 1e-3)
    {
      Vector result;
      for (std::size_t k = 0; k < x.size(); ++k)
        result.push_back(jacobian_column(f, x, k, h)[0]);
      return result;
    }



    /**
     * Check that $f(x + h d) - f(x) - h f'd [- h^2/2 f''(d,d)]$ drops by 4 [8]
     * when $h$ halves, for the first entry of @p f. Give @p second = NaN to
     * leave out the term in brackets.
     */
    inline void
    check_taylor_remainder(
      const Function &f,
      const Vector   &x,
      const Vector   &d,
      const double    first,
      const double    second = std::numeric_limits<double>::quiet_NaN(),
      const double    h      = 1e-2)
    {
      const bool has_second = !std::isnan(second);
      const auto remainder  = [&](const double step) {
        return std::abs(f(moved(x, step, d))[0] - f(x)[0] - step * first -
                        (has_second ? 0.5 * step * step * second : 0.));
      };

      const double ratio = remainder(h) / remainder(0.5 * h);
      BOOST_TEST(std::abs(ratio / (has_second ? 8. : 4.) - 1.) < 0.1,
                 "the remainder drops by " << ratio);
    }



    /** Check that $(Jv, w) = (v, J^T w)$. */
    inline void
    check_adjoint(const Vector &J_v,
                  const Vector &w,
                  const Vector &v,
                  const Vector &transpose_J_w,
                  const double  tolerance)
    {
      const double left = dot(J_v, w), right = dot(v, transpose_J_w);
      const double scale = std::sqrt(dot(J_v, J_v) * dot(w, w));
      BOOST_TEST(std::abs(left - right) <= tolerance * scale);
    }
  } // namespace derivative_checks
} // namespace sobolev

#endif
