// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/components/selected_components.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  template <int dim>
  SelectedComponents<dim>::SelectedComponents(
    const dealii::Function<dim> &function,
    const unsigned int           first,
    const unsigned int           n_components)
    : dealii::Function<dim>(n_components)
    , function(function)
    , first(first)
  {
    AssertIndexRange(first + n_components, function.n_components + 1);
  }



  template <int dim>
  double
  SelectedComponents<dim>::value(const dealii::Point<dim> &p,
                                 const unsigned int        component) const
  {
    AssertIndexRange(component, this->n_components);
    return function.value(p, first + component);
  }



  template <int dim>
  void
  SelectedComponents<dim>::value_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<double>                   &values,
    const unsigned int                     component) const
  {
    AssertIndexRange(component, this->n_components);
    function.value_list(points, values, first + component);
  }



  template <int dim>
  void
  SelectedComponents<dim>::vector_value_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<dealii::Vector<double>>   &values) const
  {
    AssertDimension(values.size(), points.size());
    std::vector<dealii::Vector<double>> all(
      points.size(), dealii::Vector<double>(function.n_components));
    function.vector_value_list(points, all);
    for (std::size_t i = 0; i < points.size(); ++i)
      for (unsigned int c = 0; c < this->n_components; ++c)
        values[i][c] = all[i][first + c];
  }



  template <int dim>
  dealii::Tensor<1, dim>
  SelectedComponents<dim>::gradient(const dealii::Point<dim> &p,
                                    const unsigned int        component) const
  {
    AssertIndexRange(component, this->n_components);
    return function.gradient(p, first + component);
  }



  template <int dim>
  void
  SelectedComponents<dim>::gradient_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<dealii::Tensor<1, dim>>   &gradients,
    const unsigned int                     component) const
  {
    AssertIndexRange(component, this->n_components);
    function.gradient_list(points, gradients, first + component);
  }



  template <int dim>
  void
  SelectedComponents<dim>::vector_gradient_list(
    const std::vector<dealii::Point<dim>>            &points,
    std::vector<std::vector<dealii::Tensor<1, dim>>> &gradients) const
  {
    AssertDimension(gradients.size(), points.size());
    std::vector<std::vector<dealii::Tensor<1, dim>>> all(
      points.size(),
      std::vector<dealii::Tensor<1, dim>>(function.n_components));
    function.vector_gradient_list(points, all);
    for (std::size_t i = 0; i < points.size(); ++i)
      std::copy_n(
        all[i].begin() + first, this->n_components, gradients[i].begin());
  }



  template class SelectedComponents<1>;
  template class SelectedComponents<2>;
  template class SelectedComponents<3>;
} // namespace sobolev
