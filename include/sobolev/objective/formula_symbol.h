// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_formula_symbol_h
#define sobolev_objective_formula_symbol_h

#include <sobolev/network/formula_parser.h>
#include <sobolev/objective/formula_names.h>

#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * An unknown or one of its derivatives, as formulas name them: `u`, `u_xt`,
   * `laplacian(u)`, see FormulaResidual.
   */
  struct FormulaSymbol
  {
    /** The number among FormulaNames::outputs(). */
    unsigned int unknown = 0;

    /** Which power of the Laplacian it is, over these inputs. */
    unsigned int laplacians = 0;

    /** Without a Laplacian: all that it is differentiated along, in order. */
    std::vector<unsigned int> inputs;

    /** From its name. @throws InputError if it is none. */
    static FormulaSymbol
    parse(const std::string &name, const FormulaNames &names);

    /**
     * The derivative along an input, as a sum of symbols.
     *
     * @throws InputError if its order is above JetSpecification::max_order.
     */
    std::vector<FormulaSymbol> derivative(const unsigned int input) const;

    /** The order of differentiation. */
    unsigned int order() const;

    /** The name, which parse() reads. */
    std::string text(const FormulaNames &names) const;

    bool operator==(const FormulaSymbol &other) const;
  };

  /**
   * Whether a variable of a formula is one of these, and neither an input, nor a
   * constant, nor `reference(u)`.
   */
  bool is_formula_symbol(const std::string &name, const FormulaNames &names);

  /**
   * The derivative of a variable of a formula along an input, with symbols that
   * are numbered by @p number.
   *
   * @throws InputError if there is none.
   */
  Formula differentiate_formula_variable(const std::string             &name,
                                         const unsigned int             input,
                                         const FormulaNames            &names,
                                         const FormulaParser::Resolver &number);

  /**
   * For a parser whose variables are looked at by their names only: accepts
   * symbols and known functions, with no number that means something.
   */
  FormulaParser::Resolver check_formula_symbols(const FormulaNames &names);

  /** `f(a,b)` as `f` and `a,b`; empty if there are no parentheses. */
  std::pair<std::string, std::string> split_call(const std::string &name);
} // namespace sobolev

#endif
