// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_interior_residual_h
#define sobolev_objective_interior_residual_h

#include <sobolev/objective/residual_block.h>
#include <sobolev/problem/law.h>
#include <sobolev/sampling/collocation_points.h>

#include <memory>

namespace sobolev
{
  /**
   * The strong residuals $r_c = \nabla\cdot F_c - S_c$ of a Law at interior
   * collocation points, of all equations or of a block of them.
   *
   * Where the law is linear, $r_c = b_c + \sum_k A_{ck} j_k$ for the jets
   * $j_k$, with $b$ and $A$ that depend on the point only. They are computed
   * once and kept: one number per equation and jet, point by point.
   */
  template <int dim>
  class InteriorResidual : public ResidualBlock
  {
  public:
    /** All equations. Shares the @p law, keeps a copy of the points. */
    InteriorResidual(std::shared_ptr<const Law<dim>> law,
                     const CollocationPoints<dim>   &points,
                     const double                    weight);

    /** The equations of one of the law's blocks, with the block's name. */
    InteriorResidual(std::shared_ptr<const Law<dim>> law,
                     const EquationBlock            &equations,
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
    // Compute b and A of a linear law.
    void tabulate(const std::vector<dealii::Point<dim>> &points);

    // As the law's function, for the equations of this block.
    void evaluate_law(const JetBatch<dim>             &batch,
                      const dealii::ArrayView<double> &residuals,
                      const dealii::ArrayView<double> &linearisation) const;

    const std::shared_ptr<const Law<dim>> law;
    const EquationBlock                   equations;
    const CoefficientTable<dim>           table;

    // b of equation e, point i at e * n + i, A of equation e, jet k at
    // (e * n_jets + k) * n + i, for n points. Empty unless the law is linear.
    std::vector<double> constants, slopes;
  };
} // namespace sobolev

#endif
