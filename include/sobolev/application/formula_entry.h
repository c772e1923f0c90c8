// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_formula_entry_h
#define sobolev_application_formula_entry_h

#include <sobolev/network/formula_parser.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The formula in an entry of a parameter file.
   *
   * @throws InputError that begins with the name of the entry.
   */
  Formula parse_formula(const std::string              &entry,
                        const std::string              &text,
                        const std::vector<std::string> &variables,
                        const FormulaParser::Constants &constants,
                        const FormulaParser::Resolver  &resolver = {});

  /** The value of a formula for its variables. */
  double evaluate(const Formula &formula, const std::vector<double> &x);

  /** Its derivatives in these variables, of which there is at least one. */
  std::vector<double>
  evaluate_gradient(const Formula &formula, const std::vector<double> &x);

  /**
   * The value of a formula without variables.
   *
   * @throws InputError if it is none or not finite.
   */
  double parse_number(const std::string              &entry,
                      const std::string              &text,
                      const FormulaParser::Constants &constants);

  /** The items of a list with semicolons; none if it is blank. */
  std::vector<std::string> split_formulas(const std::string &text);

  /** The same with commas, but for those inside of parentheses. */
  std::vector<std::string> split_at_commas(const std::string &text);
} // namespace sobolev

#endif
