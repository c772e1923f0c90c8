// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_formula_residual_h
#define sobolev_objective_formula_residual_h

#include <sobolev/network/formula_program.h>
#include <sobolev/objective/formula_names.h>
#include <sobolev/objective/residual_block.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Residuals that are given as text, for instance `u_t + u*u_x -
   * 0.01/pi*u_xx` for inputs `x, t`.
   *
   * The text may contain the inputs, the unknowns, constants, everything else
   * that FormulaFunction knows, and
   *
   * | name              | meaning                                          |
   * | ----------------- | ------------------------------------------------ |
   * | `u_x`, `u_xt`, .. | derivatives of unknowns, up to order four, in any order; with an underscore before each input if their names have several letters, `u_x1_x1` |
   * | `laplacian(u)`    | $\sum_i \partial_{ii} u$ over all inputs but `t`, as one channel |
   * | `laplacian(u,x,y)`| the same over the inputs that are listed         |
   * | `bilaplacian(u)`  | $\Delta^2 u$ in the same way, with all channels that the fourth order needs |
   * | `diff(f, x)`      | the derivative of a formula of all these, by the rules of calculus |
   * | `reference(u)`    | a known function of the inputs; diff does not know its derivatives |
   *
   * Unknown coefficients are written as the unknowns are; the derivatives of
   * those that are numbers are zero.
   *
   * The jets contain exactly what is used. A sum of second derivatives that is
   * written with laplacian() is cheaper than the single derivatives. What
   * depends on the inputs only is computed once, in the constructor.
   */
  class FormulaResidual : public ResidualBlock
  {
  public:
    /**
     * @param entry     Where the texts are from, for errors.
     * @param equations One text per equation.
     *
     * @throws InputError if a text is not valid, with the entry, the text and
     * the position of the mistake; if a part of it that depends on the inputs
     * only is not a finite number at a point.
     */
    FormulaResidual(const std::string              &name,
                    const std::string              &entry,
                    const std::vector<std::string> &equations,
                    const FormulaNames             &names,
                    InputPoints                     points,
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
    void compute_known(const std::string             &entry,
                       const FormulaNames::Reference &reference,
                       const std::set<unsigned int>  &references);

    const unsigned int                    n_network_outputs;
    JetSpecification                      jet;
    std::unique_ptr<const FormulaProgram> program;

    // What depends on the inputs only: number k of point i at k * n + i.
    std::vector<double> known;
  };
} // namespace sobolev

#endif
