// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_first_order_formulas_h
#define sobolev_objective_first_order_formulas_h

#include <sobolev/network/formula.h>
#include <sobolev/objective/formula_names.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Equations given as text without derivatives above the first order, by
   * further unknowns (Basir, Commun. Comput. Phys. 33 (2023) 1240):
   *
   * | in an equation           | becomes         | with the definitions           |
   * | ------------------------ | --------------- | ------------------------------ |
   * | `diff(f, x)`             | `flux1_x`       | `flux1 = f`                    |
   * | `u_xx`                   | `ux_x`          | `ux = u_x`                     |
   * | `u_xyt`                  | `uxy_t`         | `ux = u_x`, `uxy = ux_y`       |
   * | `laplacian(u)`           | `ux_x + uy_y`   | `ux = u_x`, `uy = u_y`         |
   * | `bilaplacian(u)`         | the Laplacian of `ulaplacian` | `ulaplacian = ux_x + uy_y`, .. |
   *
   * where `f` contains derivatives; what it contains beside them is not
   * differentiated and may be discontinuous, as a conductivity that jumps.
   * Without derivatives, as in `diff(u^2/2, x)`, there is no further unknown.
   * Fields that are unknown coefficients keep their derivatives.
   */
  class FirstOrderFormulas
  {
  public:
    /** A further unknown, and the formula that it is equal to. */
    struct Flux
    {
      std::string name, definition;
    };

    explicit FirstOrderFormulas(const FormulaNames &names);

    /**
     * An equation without higher derivatives, whose fluxes are added; the text
     * as it is if it has none.
     *
     * @throws InputError if it is not valid, or if the name of a flux is used
     * for something else.
     */
    std::string reduce(const std::string &equation);

    const std::vector<Flux> &fluxes() const;

    /**
     * The fluxes of a known solution as formulas of the inputs, from such
     * formulas of the unknowns; none if a definition contains an unknown
     * coefficient or a function that is no formula.
     */
    std::vector<std::string>
    known_fluxes(const std::vector<std::string> &solution) const;

    /** The names, with the fluxes behind the other unknowns. */
    const FormulaNames &extended_names() const;

  private:
    // The formula of an equation without higher derivatives.
    Formula parse(const std::string &equation);

    // What takes the place of a variable.
    Formula reduce_variable(const std::string &name);

    // The derivative of a formula without higher derivatives.
    Formula differentiate(const Formula &formula, const unsigned int input);

    bool contains_derivatives(const Formula &formula) const;

    // The unknown with this definition, added if there is none.
    std::string add(const std::string &name, const std::string &definition);

    // The derivative of an unknown along all of some inputs, in text.
    std::string derivative(const std::string               &unknown,
                           const std::vector<unsigned int> &inputs);

    std::string laplacian(const std::string               &unknown,
                          const std::vector<unsigned int> &inputs);

    FormulaNames      names;
    std::vector<Flux> all_fluxes;
    unsigned int      n_numbered = 0;

    // Whether the present equation is another one than it was.
    bool is_changed = false;
  };
} // namespace sobolev

#endif
