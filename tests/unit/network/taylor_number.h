// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_network_taylor_number_h
#define sobolev_tests_network_taylor_number_h

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "network/exact_activation.h"
#include "network/input_function_checks.h"

namespace sobolev
{
  /**
   * A polynomial of degree four in up to four variables in extended precision:
   * the Taylor expansion of a function at a point. Products are products of
   * polynomials and functions are composed as power series, so that neither
   * the chain rule nor the product rule for derivatives occurs.
   */
  class TaylorNumber
  {
  public:
    static constexpr unsigned int n_variables = 4, max_degree = 4;
    static constexpr unsigned int n_monomials = 70;

    using Monomial = std::vector<unsigned int>;

    TaylorNumber(const long double value = 0.L)
      : coefficients{}
    {
      coefficients[0] = value;
    }

    /** The variable $x + \sum_d s_d h_d$. */
    TaylorNumber(const long double value, const std::vector<double> &slopes)
      : TaylorNumber(value)
    {
      for (unsigned int d = 0; d < slopes.size(); ++d)
        coefficients[table().numbers.at({d})] = slopes[d];
    }

    long double
    value() const
    {
      return coefficients[0];
    }

    long double
    derivative(Monomial along) const
    {
      std::sort(along.begin(), along.end());
      long double factorials = 1.L;
      for (unsigned int d = 0; d < n_variables; ++d)
        factorials *=
          std::tgamma(1.L + std::count(along.begin(), along.end(), d));
      return factorials * coefficients[table().numbers.at(along)];
    }

    /** A function of this, from its power series at value(). */
    TaylorNumber
    compose(const exact_activation::Series &series) const
    {
      TaylorNumber h    = *this, result(series[max_degree]);
      h.coefficients[0] = 0.L;
      for (unsigned int k = max_degree; k > 0; --k)
        {
          result = result * h;
          result.coefficients[0] += series[k - 1];
        }
      return result;
    }

    TaylorNumber &
    operator+=(const TaylorNumber &other)
    {
      for (unsigned int i = 0; i < n_monomials; ++i)
        coefficients[i] += other.coefficients[i];
      return *this;
    }

    friend TaylorNumber
    operator*(const TaylorNumber &one, const TaylorNumber &two)
    {
      TaylorNumber result;
      // Most factors are weights.
      if (std::all_of(one.coefficients.begin() + 1,
                      one.coefficients.end(),
                      [](const long double c) {
                        return c == 0.L;
                      }))
        {
          for (unsigned int i = 0; i < n_monomials; ++i)
            result.coefficients[i] = one.coefficients[0] * two.coefficients[i];
          return result;
        }
      for (const auto &product : table().products)
        result.coefficients[product[2]] +=
          one.coefficients[product[0]] * two.coefficients[product[1]];
      return result;
    }

  private:
    // Monomials as sorted lists of variables, and which product is which.
    struct Table
    {
      Table()
      {
        std::vector<Monomial> all;
        for (unsigned int degree = 0; degree <= max_degree; ++degree)
          for (const auto &monomial :
               input_function_checks::all_derivatives(n_variables, degree))
            {
              numbers[monomial] = all.size();
              all.push_back(monomial);
            }
        for (unsigned int i = 0; i < all.size(); ++i)
          for (unsigned int j = 0; j < all.size(); ++j)
            if (all[i].size() + all[j].size() <= max_degree)
              {
                Monomial both = all[i];
                both.insert(both.end(), all[j].begin(), all[j].end());
                std::sort(both.begin(), both.end());
                products.push_back({{i, j, numbers.at(both)}});
              }
      }

      std::map<Monomial, unsigned int>         numbers;
      std::vector<std::array<unsigned int, 3>> products;
    };

    static const Table &
    table()
    {
      static const Table result;
      return result;
    }

    std::array<long double, n_monomials> coefficients;
  };



  inline TaylorNumber
  operator+(TaylorNumber one, const TaylorNumber &two)
  {
    return one += two;
  }



  inline TaylorNumber
  operator-(const TaylorNumber &one, const TaylorNumber &two)
  {
    return one + TaylorNumber(-1.L) * two;
  }



  inline TaylorNumber
  sin(const TaylorNumber &z)
  {
    return z.compose(exact_activation::series("sin", z.value()));
  }



  inline TaylorNumber
  cos(const TaylorNumber &z)
  {
    const long double s = std::sin(z.value()), c = std::cos(z.value());
    return z.compose({{c, -s, -c / 2.L, s / 6.L, c / 24.L}});
  }



  inline TaylorNumber
  exp(const TaylorNumber &z)
  {
    return z.compose(
      exact_activation::exponential(std::exp(z.value()), 1.L, 0.L));
  }
} // namespace sobolev

#endif
