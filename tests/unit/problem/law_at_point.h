// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_problem_law_at_point_h
#define sobolev_tests_problem_law_at_point_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/problem/law.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

namespace sobolev
{
  /** Any law at one point in the unit cube. */
  template <int dim>
  struct LawAtPoint
  {
    explicit LawAtPoint(const Law<dim> &law)
      : law(law)
      , jets(law.n_components() * law.n_channels())
    {
      for (unsigned int d = 0; d < dim; ++d)
        x[d] = 0.3 + 0.2 * d;
      for (unsigned int k = 0; k < jets.size(); ++k)
        jets[k] = 2. * CounterBasedRandom::uniform(3, 1, k) - 1.;
      table = CoefficientTable<dim>(law.coefficients(),
                                    {x},
                                    law.second_derivatives() !=
                                      SecondDerivatives::none);
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
      std::vector<double> result(law.n_equations());
      law.strong_residuals({dealii::ArrayView<const dealii::Point<dim>>(&x, 1),
                            table,
                            0,
                            dealii::make_array_view(jets),
                            1},
                           dealii::make_array_view(result),
                           dealii::make_array_view(linearisation));
      return result;
    }

    /** The value and the gradient of each unknown, one after the other. */
    WeakForm<dim>
    evaluate(const std::vector<double> &state) const
    {
      const unsigned int                  n = law.n_components();
      std::vector<double>                 values(n);
      std::vector<dealii::Tensor<1, dim>> gradients(n);
      for (unsigned int c = 0; c < n; ++c)
        {
          values[c] = state[c * (1 + dim)];
          for (unsigned int i = 0; i < dim; ++i)
            gradients[c][i] = state[c * (1 + dim) + 1 + i];
        }
      WeakForm<dim> form(law.n_equations(), n);
      law.evaluate(
        x,
        table,
        0,
        dealii::ArrayView<const double>(values.data(), n),
        dealii::ArrayView<const dealii::Tensor<1, dim>>(gradients.data(), n),
        form);
      return form;
    }

    /** Derivatives of the residuals against central differences. */
    void
    check_linearisation() const
    {
      std::vector<double> slopes(law.n_equations() * jets.size(), 1e300);
      residuals_and(jets, slopes);
      for (unsigned int k = 0; k < jets.size(); ++k)
        {
          const auto after  = residuals(moved(jets, k, h));
          const auto before = residuals(moved(jets, k, -h));
          for (unsigned int e = 0; e < law.n_equations(); ++e)
            BOOST_TEST(std::abs(slopes[e * jets.size() + k] -
                                (after[e] - before[e]) / (2. * h)) < 1e-8);
        }
    }

    /** Derivatives of fluxes and sources against central differences. */
    void
    check_weak_form() const
    {
      const unsigned int        n = law.n_components();
      const std::vector<double> state(jets.begin(),
                                      jets.begin() + n * (1 + dim));
      const auto                form = evaluate(state);
      for (unsigned int k = 0; k < state.size(); ++k)
        {
          const auto after  = evaluate(moved(state, k, h));
          const auto before = evaluate(moved(state, k, -h));
          for (unsigned int e = 0; e < law.n_equations(); ++e)
            {
              const unsigned int ec        = e * n + k / (1 + dim);
              const unsigned int direction = k % (1 + dim);
              const double       source    = direction == 0
                                               ? form.source_value[ec]
                                               : form.source_gradient[ec][direction - 1];
              BOOST_TEST(
                std::abs(source - (after.source[e] - before.source[e]) /
                                    (2. * h)) < 1e-8);
              for (unsigned int i = 0; i < dim; ++i)
                {
                  const double flux =
                    direction == 0 ? form.flux_value[ec][i]
                                   : form.flux_gradient[ec][i][direction - 1];
                  BOOST_TEST(
                    std::abs(flux - (after.flux[e][i] - before.flux[e][i]) /
                                      (2. * h)) < 1e-8);
                }
            }
        }
    }

    static std::vector<double>
    moved(std::vector<double> numbers, const unsigned int k, const double step)
    {
      numbers[k] += step;
      return numbers;
    }

    static constexpr double h = 1e-5;

    const Law<dim>       &law;
    std::vector<double>   jets;
    dealii::Point<dim>    x;
    CoefficientTable<dim> table;
  };
} // namespace sobolev

#endif
