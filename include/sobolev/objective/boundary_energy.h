// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_boundary_energy_h
#define sobolev_objective_boundary_energy_h

#include <sobolev/objective/energy_block.h>
#include <sobolev/problem/boundary_condition.h>
#include <sobolev/problem/coefficient_table.h>
#include <sobolev/sampling/collocation_points.h>

namespace sobolev
{
  /**
   * The energy of a natural boundary condition at quadrature points of one
   * boundary id: $g u_c$ for a Neumann condition $n \cdot F_c = g$, and
   * $\tfrac12 h (u_c - g)^2$ for a Robin condition $n \cdot F_c = h (u_c -
   * g)$. With it, the minimum of the energy fulfils the condition.
   */
  template <int dim>
  class BoundaryEnergy : public EnergyBlock
  {
  public:
    /**
     * Keeps the data at the points. The condition is not of the Dirichlet
     * kind.
     *
     * @throws InputError if the data are not finite at a point.
     */
    BoundaryEnergy(const BoundaryCondition<dim> &condition,
                   const CollocationPoints<dim> &points);

    JetSpecification jet_specification() const override;

    void evaluate(const std::size_t                      first,
                  const unsigned int                     n_points,
                  const dealii::ArrayView<const double> &jets,
                  const unsigned int                     stride,
                  const dealii::ArrayView<double>       &densities,
                  const dealii::ArrayView<double> &derivatives) const override;

  private:
    const bool                  is_robin;
    const unsigned int          component;
    const CoefficientTable<dim> data;
  };
} // namespace sobolev

#endif
