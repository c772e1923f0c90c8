// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/interior_energy.h>

#include <vector>

namespace sobolev
{
  template <int dim>
  InteriorEnergy<dim>::InteriorEnergy(std::shared_ptr<const Law<dim>> law,
                                      const CollocationPoints<dim>   &points)
    : EnergyBlock("energy", InputPoints(points))
    , law(std::move(law))
    , table(this->law->coefficients(), points.points, false)
  {
    AssertInput(this->law->has_energy(),
                "Training/objective: 'energy' is not possible, since the law '"
                  << this->law->name()
                  << "' with these coefficients has no energy; allowed is "
                     "'residual'.");
  }



  template <int dim>
  JetSpecification
  InteriorEnergy<dim>::jet_specification() const
  {
    return JetSpecification::gradient(dim);
  }



  template <int dim>
  void
  InteriorEnergy<dim>::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &densities,
    const dealii::ArrayView<double>       &derivatives) const
  {
    // Kept by the thread, so that nothing is allocated in the long run.
    thread_local std::vector<dealii::Point<dim>> x;
    x.resize(n_points);
    for (unsigned int p = 0; p < n_points; ++p)
      x[p] = points().position<dim>(first + p);
    law->energy_densities(
      {dealii::ArrayView<const dealii::Point<dim>>(x.data(), n_points),
       table,
       first,
       jets,
       stride},
      densities,
      derivatives);
  }



  template class InteriorEnergy<1>;
  template class InteriorEnergy<2>;
  template class InteriorEnergy<3>;
} // namespace sobolev
