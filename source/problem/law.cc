// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/law.h>

namespace sobolev
{
  template <int dim>
  WeakForm<dim>::WeakForm(const unsigned int n_components)
    : WeakForm(n_components, n_components)
  {
  }



  template <int dim>
  WeakForm<dim>::WeakForm(const unsigned int n_equations,
                          const unsigned int n_components)
    : flux(n_equations)
    , source(n_equations)
    , flux_value(n_equations * n_components)
    , flux_gradient(n_equations * n_components)
    , source_value(n_equations * n_components)
    , source_gradient(n_equations * n_components)
  {
  }



  template <int dim>
  std::vector<EquationBlock>
  Law<dim>::equation_blocks() const
  {
    return {{"interior", 0, n_equations()}};
  }



  template <int dim>
  unsigned int
  Law<dim>::n_channels() const
  {
    switch (second_derivatives())
      {
        case SecondDerivatives::none:
          return 1 + dim;
        case SecondDerivatives::laplacian:
          return 2 + dim;
        default:
          return 1 + dim + dim * (dim + 1) / 2;
      }
  }



  template <int dim>
  std::vector<std::string>
  Law<dim>::coefficient_names() const
  {
    return {};
  }



  template <int dim>
  std::shared_ptr<const Law<dim>>
  Law<dim>::with_unknown_coefficients(const std::vector<unsigned int> &) const
  {
    throw InputError("the law '" + name() +
                     "' has no coefficients that may be unknown.");
  }



  template <int dim>
  void
  Law<dim>::energy_densities(const JetBatch<dim> &,
                             const dealii::ArrayView<double> &,
                             const dealii::ArrayView<double> &) const
  {
    AssertThrow(
      false, dealii::ExcMessage("The law '" + name() + "' offers no energy."));
  }



  template struct WeakForm<1>;
  template struct WeakForm<2>;
  template struct WeakForm<3>;
  template class Law<1>;
  template class Law<2>;
  template class Law<3>;
} // namespace sobolev
