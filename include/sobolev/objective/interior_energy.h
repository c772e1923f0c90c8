// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_interior_energy_h
#define sobolev_objective_interior_energy_h

#include <sobolev/objective/energy_block.h>
#include <sobolev/problem/law.h>
#include <sobolev/sampling/collocation_points.h>

#include <memory>

namespace sobolev
{
  /**
   * The energy density of a law at quadrature points in the domain.
   */
  template <int dim>
  class InteriorEnergy : public EnergyBlock
  {
  public:
    /**
     * Shares the @p law, keeps a copy of the points.
     *
     * @throws InputError if the law offers no energy.
     */
    InteriorEnergy(std::shared_ptr<const Law<dim>> law,
                   const CollocationPoints<dim>   &points);

    JetSpecification jet_specification() const override;

    void evaluate(const std::size_t                      first,
                  const unsigned int                     n_points,
                  const dealii::ArrayView<const double> &jets,
                  const unsigned int                     stride,
                  const dealii::ArrayView<double>       &densities,
                  const dealii::ArrayView<double> &derivatives) const override;

  private:
    const std::shared_ptr<const Law<dim>> law;
    const CoefficientTable<dim>           table;
  };
} // namespace sobolev

#endif
