// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_formula_h
#define sobolev_network_formula_h

#include <sobolev/network/formula_operation.h>

#include <deal.II/base/array_view.h>

#include <functional>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * An expression as a tree of numbers, variables and operations, which is
   * evaluated in Jet arithmetic. FormulaParser makes one from text.
   */
  class Formula
  {
  public:
    static Formula number(const double value);

    /** The input number @p input, which text() calls @p name. */
    static Formula variable(const unsigned int input, const std::string &name);

    /** An operation; it becomes a number if all arguments are numbers. */
    static Formula operation(const FormulaOperation     &operation,
                             const std::vector<Formula> &arguments);

    /** What takes the place of a variable, from its number and name. */
    using Substitution =
      std::function<Formula(const unsigned int input, const std::string &name)>;

    /** The formula with another one in the place of each variable. */
    Formula substitute(const Substitution &substitution) const;

    /** Whether it is this number. */
    bool is_number(const double number) const;

    /** Whether it is one of the inputs. */
    bool is_variable() const;

    /** Number and name of a variable. */
    unsigned int       variable_number() const;
    const std::string &variable_name() const;

    /** The last operation; null for numbers and variables. */
    const FormulaOperation *operation() const;

    /** What it is applied to. */
    const std::vector<Formula> &operands() const;

    /** The value for the inputs @p x, of which there is at least one. */
    Jet evaluate(const dealii::ArrayView<const Jet> &x) const;

    /**
     * The formula with all parentheses, constants as numbers to the last bit:
     * parsed again, it gives the same tree.
     */
    std::string text() const;

  private:
    friend class FormulaProgram;

    // What it does; null for numbers and variables, for numbers without name.
    const FormulaOperation *what = nullptr;
    std::vector<Formula>    arguments;
    std::string             name;
    unsigned int            input = 0;
    double                  value = 0.;
  };
} // namespace sobolev

#endif
