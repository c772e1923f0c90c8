// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_problem_laws_h
#define sobolev_tests_problem_laws_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/problem/expression.h>
#include <sobolev/problem/law.h>

#include <deal.II/base/symmetric_tensor.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /** Checks that apply to any scalar law, at three points in the unit cube. */
  template <int dim>
  struct LawAtPoints
  {
    explicit LawAtPoints(const Law<dim> &law)
      : law(law)
      , n_channels(law.n_channels())
      , jets(n_channels * stride)
    {
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int d = 0; d < dim; ++d)
          points[i][d] = CounterBasedRandom::uniform(1, 0, i * dim + d);
      for (unsigned int k = 0; k < jets.size(); ++k)
        jets[k] = 2. * CounterBasedRandom::uniform(1, 1, k) - 1.;
      table = CoefficientTable<dim>(law.coefficients(), points);
    }

    /** The number of points, and a stride that is not the same. */
    static constexpr unsigned int n      = 3;
    static constexpr unsigned int stride = 5;

    double
    u(const unsigned int i) const
    {
      return jets[i];
    }

    dealii::Tensor<1, dim>
    gradient(const unsigned int i) const
    {
      dealii::Tensor<1, dim> result;
      for (unsigned int d = 0; d < dim; ++d)
        result[d] = jets[(1 + d) * stride + i];
      return result;
    }

    /** For laws with the Laplacian, a multiple of the identity. */
    dealii::SymmetricTensor<2, dim>
    hessian(const unsigned int i) const
    {
      dealii::SymmetricTensor<2, dim> result;
      unsigned int                    channel = 1 + dim;
      for (unsigned int a = 0; a < dim; ++a)
        for (unsigned int b = a; b < dim; ++b)
          if (law.second_derivatives() == SecondDerivatives::hessian)
            result[a][b] = jets[channel++ * stride + i];
          else if (a == b)
            result[a][b] = jets[channel * stride + i] / dim;
      return result;
    }

    std::vector<double>
    residuals(const std::vector<double> &jets,
              std::vector<double>        linearisation = {}) const
    {
      return residuals_and(jets, linearisation);
    }

    std::vector<double>
    residuals_and(const std::vector<double> &jets,
                  std::vector<double>       &linearisation) const
    {
      std::vector<double> result(stride);
      law.strong_residuals(
        {dealii::ArrayView<const dealii::Point<dim>>(points.data(), n),
         table,
         0,
         dealii::ArrayView<const double>(jets.data(), jets.size()),
         stride},
        dealii::ArrayView<double>(result.data(), result.size()),
        dealii::ArrayView<double>(linearisation.data(), linearisation.size()));
      return result;
    }

    /** Derivatives with respect to the jets against central differences. */
    void
    check_linearisation() const
    {
      std::vector<double> linearisation(n_channels * stride);
      residuals_and(jets, linearisation);

      constexpr double h = 1e-5;
      for (unsigned int k = 0; k < n_channels; ++k)
        {
          auto right = jets, left = jets;
          for (unsigned int i = 0; i < n; ++i)
            {
              right[k * stride + i] += h;
              left[k * stride + i] -= h;
            }
          const auto after = residuals(right), before = residuals(left);
          for (unsigned int i = 0; i < n; ++i)
            BOOST_TEST(std::abs(linearisation[k * stride + i] -
                                (after[i] - before[i]) / (2. * h)) < 1e-8);
        }
    }

    WeakForm<dim>
    evaluate(const unsigned int            i,
             const double                  u,
             const dealii::Tensor<1, dim> &gradient) const
    {
      WeakForm<dim> weak_form(1);
      law.evaluate(
        points[i],
        table,
        i,
        dealii::ArrayView<const double>(&u, 1),
        dealii::ArrayView<const dealii::Tensor<1, dim>>(&gradient, 1),
        weak_form);
      return weak_form;
    }

    /** Derivatives of flux and source against central differences. */
    void
    check_weak_form() const
    {
      constexpr double h = 1e-5;
      for (unsigned int i = 0; i < n; ++i)
        {
          const auto form = evaluate(i, u(i), gradient(i));

          const auto after  = evaluate(i, u(i) + h, gradient(i));
          const auto before = evaluate(i, u(i) - h, gradient(i));
          BOOST_TEST(
            (form.flux_value[0] - (after.flux[0] - before.flux[0]) / (2. * h))
              .norm() < 1e-8);
          BOOST_TEST(std::abs(form.source_value[0] -
                              (after.source[0] - before.source[0]) / (2. * h)) <
                     1e-8);

          for (unsigned int j = 0; j < dim; ++j)
            {
              dealii::Tensor<1, dim> step;
              step[j]           = h;
              const auto after  = evaluate(i, u(i), gradient(i) + step);
              const auto before = evaluate(i, u(i), gradient(i) - step);
              for (unsigned int d = 0; d < dim; ++d)
                BOOST_TEST(std::abs(form.flux_gradient[0][d][j] -
                                    (after.flux[0][d] - before.flux[0][d]) /
                                      (2. * h)) < 1e-8);
              BOOST_TEST(std::abs(form.source_gradient[0][j] -
                                  (after.source[0] - before.source[0]) /
                                    (2. * h)) < 1e-8);
            }
        }
    }

    const Law<dim>                 &law;
    const unsigned int              n_channels;
    std::vector<dealii::Point<dim>> points = std::vector<dealii::Point<dim>>(n);
    std::vector<double>             jets;
    CoefficientTable<dim>           table;
  };



  template <int dim>
  std::shared_ptr<Expression<dim>>
  expression(const std::string &text)
  {
    return std::make_shared<Expression<dim>>("test", text);
  }
} // namespace sobolev

#endif
