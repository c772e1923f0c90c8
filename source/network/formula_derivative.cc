// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/formula_derivative.h>
#include <sobolev/network/formula_parser.h>

#include <deal.II/base/exceptions.h>

#include <map>
#include <vector>

namespace sobolev
{
  namespace
  {
    using dealii::ExcInternalError;

    // The derivatives along the arguments a and b.
    const std::map<std::string, std::vector<std::string>> partial_derivatives =
      {{"+", {"1", "1"}},
       {"-", {"1", "-1"}},
       {"*", {"b", "a"}},
       {"/", {"1/b", "-a/b^2"}},
       {"neg", {"-1"}},
       {"<", {"0", "0"}},
       {">", {"0", "0"}},
       {"<=", {"0", "0"}},
       {">=", {"0", "0"}},
       {"==", {"0", "0"}},
       {"!=", {"0", "0"}},
       {"&&", {"0", "0"}},
       {"||", {"0", "0"}},
       {"sin", {"cos(a)"}},
       {"cos", {"-sin(a)"}},
       {"tan", {"1 + tan(a)^2"}},
       {"asin", {"1/sqrt(1 - a^2)"}},
       {"acos", {"-1/sqrt(1 - a^2)"}},
       {"atan", {"1/(1 + a^2)"}},
       {"atan2", {"b/(a^2 + b^2)", "-a/(a^2 + b^2)"}},
       {"sinh", {"cosh(a)"}},
       {"cosh", {"sinh(a)"}},
       {"tanh", {"1 - tanh(a)^2"}},
       {"exp", {"exp(a)"}},
       {"log", {"1/a"}},
       {"ln", {"1/a"}},
       {"log10", {"1/(a*log(10))"}},
       {"log2", {"1/(a*log(2))"}},
       {"sqrt", {"0.5/sqrt(a)"}},
       {"abs", {"sign(a)"}},
       {"sign", {"0"}},
       {"erfc", {"-2/sqrt(pi)*exp(-a^2)"}}};



    Formula
    apply(const std::string &name, const std::vector<Formula> &arguments)
    {
      return Formula::operation(*find_formula_operation(name), arguments);
    }



    Formula
    sum(const Formula &a, const Formula &b)
    {
      if (a.is_number(0.))
        return b;
      return b.is_number(0.) ? a : apply("+", {a, b});
    }



    Formula
    product(const Formula &a, const Formula &b)
    {
      if (a.is_number(0.) || b.is_number(0.))
        return Formula::number(0.);
      if (a.is_number(1.))
        return b;
      return b.is_number(1.) ? a : apply("*", {a, b});
    }



    Formula
    choice(const Formula &condition, const Formula &yes, const Formula &no)
    {
      return yes.is_number(0.) && no.is_number(0.)
               ? yes
               : apply("if", {condition, yes, no});
    }
  } // namespace



  FormulaDerivative::FormulaDerivative(const Formula::Substitution &of_variable)
    : of_variable(of_variable)
  {
  }



  Formula
  FormulaDerivative::operator()(const Formula &formula) const
  {
    if (formula.is_variable())
      return of_variable(formula.variable_number(), formula.variable_name());
    if (!formula.operation())
      return Formula::number(0.);

    const std::string &name     = formula.operation()->name;
    const auto        &operands = formula.operands();
    if (name == "^" || name == "pow")
      return of_power(operands[0], operands[1]);
    if (name == "min" || name == "max")
      return of_extreme(formula, 0);
    if (name == "if")
      return choice(operands[0], (*this)(operands[1]), (*this)(operands[2]));
    return chain_rule(formula);
  }



  Formula
  FormulaDerivative::chain_rule(const Formula &formula) const
  {
    const auto found = partial_derivatives.find(formula.operation()->name);
    Assert(found != partial_derivatives.end(), ExcInternalError());

    Formula     result   = Formula::number(0.);
    const auto &operands = formula.operands();
    for (unsigned int k = 0; k < operands.size(); ++k)
      {
        const Formula inner = (*this)(operands[k]);
        if (inner.is_number(0.))
          continue;
        const Formula outer =
          FormulaParser({"a", "b"}, {})
            .parse(found->second[k])
            .substitute([&](const unsigned int argument, const std::string &) {
              return operands[argument];
            });
        result = sum(result, product(outer, inner));
      }
    return result;
  }



  Formula
  FormulaDerivative::of_power(const Formula &base,
                              const Formula &exponent) const
  {
    const Formula of_base = (*this)(base), of_exponent = (*this)(exponent);
    const Formula one    = Formula::number(1.);
    Formula       result = Formula::number(0.);
    if (!of_base.is_number(0.))
      {
        // b a^(b-1) a', where a^1 and a^0 are not left to be computed.
        const Formula less   = apply("-", {exponent, one});
        const Formula factor = less.is_number(0.)   ? one
                               : less.is_number(1.) ? base
                                                    : apply("^", {base, less});
        result               = product(product(exponent, factor), of_base);
      }
    if (!of_exponent.is_number(0.))
      result =
        sum(result,
            product(product(apply("^", {base, exponent}), apply("log", {base})),
                    of_exponent));
    return result;
  }



  Formula
  FormulaDerivative::of_extreme(const Formula    &extreme,
                                const std::size_t first) const
  {
    const auto   &operands = extreme.operands();
    const Formula of_first = (*this)(operands[first]);
    if (first + 1 == operands.size())
      return of_first;

    const std::string &name = extreme.operation()->name;
    const Formula      others =
      apply(name, {operands.begin() + first + 1, operands.end()});
    const Formula is_first =
      apply(name == "min" ? "<=" : ">=", {operands[first], others});
    return choice(is_first, of_first, of_extreme(extreme, first + 1));
  }
} // namespace sobolev
