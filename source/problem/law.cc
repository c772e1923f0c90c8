// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/law.h>

namespace sobolev
{
  template <int dim>
  WeakForm<dim>::WeakForm(const unsigned int n_components)
    : flux(n_components)
    , source(n_components)
    , flux_value(n_components * n_components)
    , flux_gradient(n_components * n_components)
    , source_value(n_components * n_components)
    , source_gradient(n_components * n_components)
  {
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
