// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_formula_derivative_h
#define sobolev_network_formula_derivative_h

#include <sobolev/network/formula.h>

#include <string>

namespace sobolev
{
  /**
   * Differentiates a Formula as a formula, by the rules of calculus. Where
   * abs, min and max have kinks, it is one-sided; sign and comparisons have the
   * derivative zero, and `if(c, a, b)` that of the branch, also where it jumps.
   */
  class FormulaDerivative
  {
  public:
    /** What gives the derivatives of the variables. */
    explicit FormulaDerivative(const Formula::Substitution &of_variable);

    Formula operator()(const Formula &formula) const;

  private:
    // The chain rule over all arguments.
    Formula chain_rule(const Formula &formula) const;

    // a^b, whose derivatives are not needed where an argument is constant.
    Formula of_power(const Formula &base, const Formula &exponent) const;

    // Of min or max, of the arguments from one on.
    Formula of_extreme(const Formula &extreme, const std::size_t first) const;

    const Formula::Substitution of_variable;
  };
} // namespace sobolev

#endif
