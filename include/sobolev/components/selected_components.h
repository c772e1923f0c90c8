// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_components_selected_components_h
#define sobolev_components_selected_components_h

#include <deal.II/base/function.h>

#include <deal.II/lac/vector.h>

#include <vector>

namespace sobolev
{
  /**
   * Consecutive components of a function, values and gradients: the solution or
   * the fluxes of a surrogate that has both.
   *
   * References the function, which must outlive it. Local to the process, and
   * as thread-safe as the function.
   */
  template <int dim>
  class SelectedComponents : public dealii::Function<dim>
  {
  public:
    /** The components @p first to `first + n_components - 1`. */
    SelectedComponents(const dealii::Function<dim> &function,
                       const unsigned int           first,
                       const unsigned int           n_components);

    double value(const dealii::Point<dim> &p,
                 const unsigned int        component = 0) const override;

    void value_list(const std::vector<dealii::Point<dim>> &points,
                    std::vector<double>                   &values,
                    const unsigned int component = 0) const override;

    void vector_value_list(
      const std::vector<dealii::Point<dim>> &points,
      std::vector<dealii::Vector<double>>   &values) const override;

    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim> &p,
             const unsigned int        component = 0) const override;

    void gradient_list(const std::vector<dealii::Point<dim>> &points,
                       std::vector<dealii::Tensor<1, dim>>   &gradients,
                       const unsigned int component = 0) const override;

    void vector_gradient_list(const std::vector<dealii::Point<dim>> &points,
                              std::vector<std::vector<dealii::Tensor<1, dim>>>
                                &gradients) const override;

  private:
    const dealii::Function<dim> &function;
    const unsigned int           first;
  };
} // namespace sobolev

#endif
