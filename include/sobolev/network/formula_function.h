// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_formula_function_h
#define sobolev_network_formula_function_h

#include <sobolev/network/formula_parser.h>
#include <sobolev/network/input_function.h>

namespace sobolev
{
  /**
   * A function of the inputs that is given as text, such as
   * `sin(pi*x)*exp(-y)`, with exact derivatives.
   *
   * The syntax is that of muparser, which reads all other expressions of a
   * parameter file (see Expression), but muparser can only evaluate. This class
   * has a parser of its own and works in Jet arithmetic, so that derivatives
   * of all orders of a jet have no more than rounding errors.
   *
   * | | |
   * | --------- | ----------------------------------------------------------- |
   * | operators | `+ - * / ^`, `< > <= >= == !=`, `&&` (also `&`), `\|\|` (also `\|`), `c ? a : b` |
   * | functions | sin cos tan asin acos atan atan2 sinh cosh tanh exp log ln log10 log2 sqrt abs sign erfc pow min max if |
   * | derivatives | `diff(f, x)` of a formula along a variable                 |
   * | constants | pi, e, and what the caller adds                             |
   *
   * `log` is the natural logarithm, as in dealii::FunctionParser, `^` binds to
   * the right and stronger than a sign: `-x^2` is $-(x^2)$. At the kinks of
   * abs, min, max and of choices, derivatives are one-sided, those of sign and
   * of comparisons are zero.
   *
   * In files: "formula" without parameters and with the text
   * `x, y: (sin((3.14*x))*y)`, the names of the inputs and the formula with
   * constants as numbers.
   */
  class FormulaFunction : public InputFunction
  {
  public:
    using Constants = FormulaParser::Constants;

    /**
     * @param expression The text.
     * @param variables  Names of the inputs, in their order.
     * @param constants  Further constants, by name.
     *
     * @throws InputError if the text is not valid, with one sentence that
     * names it and the place of the mistake.
     */
    FormulaFunction(const std::string              &expression,
                    const std::vector<std::string> &variables,
                    const Constants                &constants = {});

    /** From what text() gives. */
    explicit FormulaFunction(const std::string &text);

    std::string name() const override;

    std::vector<double> parameters() const override;

    std::string text() const override;

    Jet evaluate(const dealii::ArrayView<const Jet> &x) const override;

  private:
    std::vector<std::string> variables;
    Formula                  formula;
  };
} // namespace sobolev

#endif
