// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/formula_entry.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/utilities.h>

#include <cmath>

namespace sobolev
{
  using dealii::Utilities::trim;



  Formula
  parse_formula(const std::string              &entry,
                const std::string              &text,
                const std::vector<std::string> &variables,
                const FormulaParser::Constants &constants,
                const FormulaParser::Resolver  &resolver)
  {
    try
      {
        return FormulaParser(variables, constants, resolver).parse(text);
      }
    catch (const InputError &error)
      {
        throw InputError(entry + ": " + error.what());
      }
  }



  double
  evaluate(const Formula &formula, const std::vector<double> &x)
  {
    static const JetSpecification only_value;
    std::vector<Jet>              jets;
    for (const double value : x)
      jets.emplace_back(only_value, value);
    if (jets.empty())
      jets.emplace_back(only_value, 0.);
    return formula.evaluate(dealii::ArrayView<const Jet>(jets))[0];
  }



  std::vector<double>
  evaluate_gradient(const Formula &formula, const std::vector<double> &x)
  {
    const auto       specification = JetSpecification::gradient(x.size());
    std::vector<Jet> jets;
    for (unsigned int i = 0; i < x.size(); ++i)
      jets.push_back(Jet::input(specification, i, x[i]));
    const Jet result = formula.evaluate(dealii::ArrayView<const Jet>(jets));
    std::vector<double> gradient;
    for (unsigned int i = 0; i < x.size(); ++i)
      gradient.push_back(result[specification.first(i)]);
    return gradient;
  }



  double
  parse_number(const std::string              &entry,
               const std::string              &text,
               const FormulaParser::Constants &constants)
  {
    const double value =
      evaluate(parse_formula(entry, text, {}, constants), {});
    AssertInput(std::isfinite(value),
                entry << ": '" << trim(text) << "' is not a finite number.");
    return value;
  }



  std::vector<std::string>
  split_formulas(const std::string &text)
  {
    return trim(text).empty() ? std::vector<std::string>()
                              : dealii::Utilities::split_string_list(text, ';');
  }



  std::vector<std::string>
  split_at_commas(const std::string &text)
  {
    std::vector<std::string> items(1);
    int                      depth = 0;
    for (const char c : text)
      {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && depth == 0)
          items.emplace_back();
        else
          items.back() += c;
      }
    for (std::string &item : items)
      item = trim(item);
    return items;
  }
} // namespace sobolev
