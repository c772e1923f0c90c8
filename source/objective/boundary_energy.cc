// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/boundary_energy.h>

#include <deal.II/base/exceptions.h>

namespace sobolev
{
  template <int dim>
  BoundaryEnergy<dim>::BoundaryEnergy(const BoundaryCondition<dim> &condition,
                                      const CollocationPoints<dim> &points)
    : EnergyBlock("energy of boundary " + std::to_string(points.boundary_id),
                  InputPoints(points))
    , is_robin(condition.kind == BoundaryCondition<dim>::Kind::robin)
    , component(condition.component)
    , data(condition.data(), points.points, false)
  {
    Assert(condition.kind != BoundaryCondition<dim>::Kind::dirichlet,
           dealii::ExcMessage("Dirichlet conditions have no energy."));
  }



  template <int dim>
  JetSpecification
  BoundaryEnergy<dim>::jet_specification() const
  {
    return JetSpecification::value();
  }



  template <int dim>
  void
  BoundaryEnergy<dim>::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &densities,
    const dealii::ArrayView<double>       &derivatives) const
  {
    for (unsigned int p = 0; p < n_points; ++p)
      {
        const double u = jets[component * stride + p];
        const double g = data.value(0, first + p);
        const double h = is_robin ? data.value(1, first + p) : 0.;
        densities[p]   = is_robin ? 0.5 * h * (u - g) * (u - g) : g * u;
        if (derivatives.size() > 0)
          derivatives[component * stride + p] = is_robin ? h * (u - g) : g;
      }
  }



  template class BoundaryEnergy<1>;
  template class BoundaryEnergy<2>;
  template class BoundaryEnergy<3>;
} // namespace sobolev
