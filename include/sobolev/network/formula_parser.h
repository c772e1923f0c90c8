// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_formula_parser_h
#define sobolev_network_formula_parser_h

#include <sobolev/network/formula.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Turns text into a Formula, by recursive descent. The grammar, loosest
   * binding first, is that of muparser:
   *
   *     choice     = or [ "?" choice ":" choice ]
   *     or         = and { ("||" | "|") and }
   *     and        = comparison { ("&&" | "&") comparison }
   *     comparison = sum { ("<" | ">" | "<=" | ">=" | "==" | "!=") sum }
   *     sum        = product { ("+" | "-") product }
   *     product    = sign { ("*" | "/") sign }
   *     sign       = ("-" | "+") sign | power
   *     power      = primary [ "^" sign ]
   *     primary    = number | name | name "(" list ")" | "(" choice ")"
   *                | "diff" "(" choice "," name ")"
   *
   * where `diff(f, x)` is the derivative of a formula along one of the inputs.
   */
  class FormulaParser
  {
  public:
    using Constants = std::map<std::string, double>;

    /**
     * Gives numbers to names that are neither variables nor constants, for
     * instance derivatives of unknowns. A name may be a call, `name(a,b)`,
     * without blanks. What throws an InputError is no name, and the parser adds
     * the place to the sentence.
     */
    using Resolver = std::function<unsigned int(const std::string &)>;

    /**
     * The derivative of a formula along an input, given by its number. What
     * throws an InputError is not differentiable, as with Resolver.
     */
    using Differentiator =
      std::function<Formula(const Formula &, const unsigned int input)>;

    /**
     * @param variables Names of the inputs, in their order.
     * @param constants Further constants; pi and e are known.
     * @param resolver  For other names; may be empty.
     * @param differentiator For `diff`; if it is empty, formulas of the inputs
     *                  and constants only are differentiated, by
     *                  FormulaDerivative.
     */
    FormulaParser(const std::vector<std::string> &variables,
                  const Constants                &constants,
                  const Resolver                 &resolver       = {},
                  const Differentiator           &differentiator = {});

    /**
     * @throws InputError with one sentence that names the text, the position
     * of the mistake, counted in characters from 1, and what is allowed.
     */
    Formula parse(const std::string &expression);

  private:
    Formula parse_choice();
    Formula parse_binary(const unsigned int level);
    Formula parse_sign();
    Formula parse_power();
    Formula parse_primary();
    Formula parse_number();
    Formula parse_name();
    Formula parse_call(const std::string &name, const std::size_t start);
    Formula parse_derivative(const std::size_t start);
    Formula resolve(const std::string &name, const std::size_t start);
    Formula resolve_call(const std::string &name, const std::size_t start);

    // Whether the given characters come next, after blanks; they are passed.
    bool accept(const std::string &symbol);

    void skip_blanks();

    [[noreturn]] void fail(const std::size_t position, const std::string &why);

    const std::vector<std::string> variables;
    Constants                      constants;
    const Resolver                 resolver;
    const Differentiator           differentiator;
    std::string                    text;
    std::size_t                    next  = 0;
    unsigned int                   depth = 0;
  };
} // namespace sobolev

#endif
