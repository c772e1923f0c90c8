// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_coefficient_table_h
#define sobolev_problem_coefficient_table_h

#include <deal.II/base/function.h>
#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The scalar coefficient functions of a law, in the order in which the law
   * numbers them. Shared with whoever else uses them.
   */
  template <int dim>
  using Coefficients =
    std::vector<std::shared_ptr<const dealii::Function<dim>>>;

  /**
   * Values and gradients of all coefficients of a law at a fixed set of
   * points.
   *
   * Collocation points stay where they are for many training steps, so each
   * coefficient (often a muparser expression) is evaluated once per point and
   * not once per step. Local to the process; the functions are not kept.
   */
  template <int dim>
  class CoefficientTable
  {
  public:
    CoefficientTable() = default;

    /**
     * Evaluate.
     *
     * @throws InputError if a coefficient is not finite at one of the points;
     * the sentence names the number of the coefficient and the point.
     */
    CoefficientTable(const Coefficients<dim>               &coefficients,
                     const std::vector<dealii::Point<dim>> &points,
                     const bool with_gradients = true);

    double
    value(const unsigned int coefficient, const std::size_t point) const
    {
      return values[coefficient][point];
    }

    const dealii::Tensor<1, dim> &
    gradient(const unsigned int coefficient, const std::size_t point) const
    {
      return gradients[coefficient][point];
    }

  private:
    std::vector<std::vector<double>>                 values;
    std::vector<std::vector<dealii::Tensor<1, dim>>> gradients;
  };
} // namespace sobolev

#endif
