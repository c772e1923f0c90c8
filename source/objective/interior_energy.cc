// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/interior_energy.h>

namespace sobolev
{
  template <int dim>
  InteriorEnergy<dim>::InteriorEnergy(std::shared_ptr<const Law<dim>> law,
                                      const CollocationPoints<dim>   &points)
    : EnergyBlock("energy", coordinates_of(points.points), points.weights)
    , law(std::move(law))
    , points(points.points)
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
    law->energy_densities(dealii::ArrayView<const dealii::Point<dim>>(
                            points.data() + first, n_points),
                          table,
                          first,
                          jets,
                          stride,
                          densities,
                          derivatives);
  }



  template class InteriorEnergy<1>;
  template class InteriorEnergy<2>;
  template class InteriorEnergy<3>;
} // namespace sobolev
