// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_boundary_residual_h
#define sobolev_objective_boundary_residual_h

#include <sobolev/objective/residual_block.h>
#include <sobolev/problem/boundary_condition.h>
#include <sobolev/problem/law.h>
#include <sobolev/sampling/collocation_points.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The residual of one BoundaryCondition at collocation points of one
   * boundary id: $u_c - g$ (Dirichlet), $n\cdot F_c - g$ (Neumann), or
   * $n\cdot F_c - h(u_c - g)$ (Robin).
   *
   * Dirichlet conditions need the value of the network only, the others the
   * gradient as well.
   */
  template <int dim>
  class BoundaryResidual : public ResidualBlock
  {
  public:
    /**
     * Shares the @p law, keeps the points and the data at the points.
     *
     * @throws InputError if the data are not finite at a point.
     */
    BoundaryResidual(std::shared_ptr<const Law<dim>> law,
                     const BoundaryCondition<dim>   &condition,
                     const CollocationPoints<dim>   &points,
                     const double                    weight);

    JetSpecification jet_specification() const override;

    unsigned int n_outputs() const override;

    unsigned int n_equations() const override;

    void
    evaluate(const std::size_t                      first,
             const unsigned int                     n_points,
             const dealii::ArrayView<const double> &jets,
             const unsigned int                     stride,
             const dealii::ArrayView<double>       &residuals,
             const dealii::ArrayView<double> &linearisation) const override;

  private:
    using Kind = typename BoundaryCondition<dim>::Kind;

    void evaluate_flux(const std::size_t                      first,
                       const unsigned int                     n_points,
                       const dealii::ArrayView<const double> &jets,
                       const unsigned int                     stride,
                       const dealii::ArrayView<double>       &residuals,
                       const dealii::ArrayView<double> &linearisation) const;

    const std::shared_ptr<const Law<dim>> law;
    const Kind                            kind;
    const unsigned int                    component;

    // At the points; empty for Dirichlet conditions.
    const std::vector<dealii::Tensor<1, dim>> normals;

    // g and, for Robin conditions, h at the points.
    const CoefficientTable<dim> data;
    // The law's coefficients, for conditions on the flux.
    const CoefficientTable<dim> table;
  };
} // namespace sobolev

#endif
