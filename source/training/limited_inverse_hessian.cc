// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/limited_inverse_hessian.h>

#include <deal.II/base/exceptions.h>

#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    double
    dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }



    // x += factor * y
    void
    add(std::vector<double>       &x,
        const double               factor,
        const std::vector<double> &y)
    {
      for (std::size_t i = 0; i < x.size(); ++i)
        x[i] += factor * y[i];
    }
  } // namespace



  LimitedInverseHessian::LimitedInverseHessian(const unsigned int storage)
    : storage(storage)
    , gamma(1.)
  {
    Assert(storage > 0, dealii::ExcInternalError());
  }



  void
  LimitedInverseHessian::reset()
  {
    pairs.clear();
    gamma = 1.;
  }



  void
  LimitedInverseHessian::multiply(const std::vector<double> &x,
                                  std::vector<double>       &result) const
  {
    result = x;
    std::vector<double> alpha(pairs.size());
    for (std::size_t k = pairs.size(); k-- > 0;)
      {
        alpha[k] = pairs[k].rho * dot(pairs[k].s, result);
        add(result, -alpha[k], pairs[k].y);
      }
    for (double &value : result)
      value *= gamma;
    for (std::size_t k = 0; k < pairs.size(); ++k)
      {
        const double beta = pairs[k].rho * dot(pairs[k].y, result);
        add(result, alpha[k] - beta, pairs[k].s);
      }
  }



  bool
  LimitedInverseHessian::update(const std::vector<double> &s,
                                const std::vector<double> &y,
                                const std::vector<double> &,
                                const double)
  {
    const double y_s = dot(y, s), y_y = dot(y, y);
    const double rho = 1. / y_s, new_gamma = y_s / y_y;
    if (!(y_s > 0. && new_gamma > 0. && std::isfinite(rho) &&
          std::isfinite(new_gamma)))
      return false;

    gamma = new_gamma;
    if (pairs.size() == storage)
      pairs.pop_front();
    pairs.push_back({s, y, rho});
    return true;
  }
} // namespace sobolev
