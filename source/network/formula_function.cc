// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_function.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/utilities.h>

namespace sobolev
{
  FormulaFunction::FormulaFunction(const std::string              &expression,
                                   const std::vector<std::string> &variables,
                                   const Constants                &constants)
    : variables(variables)
    , formula(FormulaParser(variables, constants).parse(expression))
  {
  }



  FormulaFunction::FormulaFunction(const std::string &text)
  {
    const auto colon = text.find(':');
    AssertInput(colon != std::string::npos,
                "the formula '" << text
                                << "' does not begin with names of variables "
                                   "and a colon.");
    variables =
      dealii::Utilities::split_string_list(text.substr(0, colon), ',');
    formula = FormulaParser(variables, {}).parse(text.substr(colon + 1));
  }



  std::string
  FormulaFunction::name() const
  {
    return "formula";
  }



  std::vector<double>
  FormulaFunction::parameters() const
  {
    return {};
  }



  std::string
  FormulaFunction::text() const
  {
    std::string names;
    for (const std::string &variable : variables)
      names += (names.empty() ? "" : ", ") + variable;
    return names + ": " + formula.text();
  }



  Jet
  FormulaFunction::evaluate(const dealii::ArrayView<const Jet> &x) const
  {
    Assert(x.size() >= variables.size(),
           dealii::ExcDimensionMismatch(x.size(), variables.size()));
    return formula.evaluate(x);
  }
} // namespace sobolev
