// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_derivative.h>
#include <sobolev/network/formula_parser.h>
#include <sobolev/objective/first_order_formulas.h>
#include <sobolev/objective/formula_symbol.h>

#include <deal.II/base/utilities.h>

#include <algorithm>

namespace sobolev
{
  FirstOrderFormulas::FirstOrderFormulas(const FormulaNames &names)
    : names(names)
  {
  }



  std::string
  FirstOrderFormulas::reduce(const std::string &equation)
  {
    is_changed            = false;
    const Formula reduced = parse(equation);
    return is_changed ? reduced.text() : dealii::Utilities::trim(equation);
  }



  const std::vector<FirstOrderFormulas::Flux> &
  FirstOrderFormulas::fluxes() const
  {
    return all_fluxes;
  }



  std::vector<std::string>
  FirstOrderFormulas::known_fluxes(
    const std::vector<std::string> &solution) const
  {
    FormulaParser of_inputs(names.inputs, names.constants);
    FormulaParser of_symbols(
      names.inputs, names.constants, check_formula_symbols(names));
    auto       known     = solution;
    bool       are_known = true;
    const auto insert    = [&](const unsigned int, const std::string &name) {
      if (std::count(names.inputs.begin(), names.inputs.end(), name) > 0)
        return of_inputs.parse(name);
      const bool is_symbol = is_formula_symbol(name, names);
      const auto symbol =
        is_symbol ? FormulaSymbol::parse(name, names) : FormulaSymbol();
      if (!is_symbol || symbol.unknown >= known.size())
        {
          are_known = false;
          return Formula::number(0.);
        }
      std::string text = known[symbol.unknown];
      for (const unsigned int input : symbol.inputs)
        text = "diff(" + text + ", " + names.inputs[input] + ")";
      return of_inputs.parse(text);
    };
    for (const Flux &flux : all_fluxes)
      known.push_back(
        of_symbols.parse(flux.definition).substitute(insert).text());
    if (!are_known)
      return {};
    return {known.begin() + solution.size(), known.end()};
  }



  const FormulaNames &
  FirstOrderFormulas::extended_names() const
  {
    return names;
  }



  Formula
  FirstOrderFormulas::parse(const std::string &equation)
  {
    const Formula::Substitution to_first_order =
      [this](const unsigned int, const std::string &name) {
        return reduce_variable(name);
      };
    const auto to_flux = [&](const Formula &formula, const unsigned int input) {
      AssertInput(input < names.inputs.size(),
                  "diff is along one of the inputs, and not along a constant");
      return differentiate(formula.substitute(to_first_order), input);
    };

    // Constants keep their names in the text.
    auto variables = names.inputs;
    for (const auto &constant : names.constants)
      variables.push_back(constant.first);
    for (const std::string name : {"pi", "e"})
      if (names.constants.count(name) == 0)
        variables.push_back(name);
    return FormulaParser(variables, {}, check_formula_symbols(names), to_flux)
      .parse(equation)
      .substitute(to_first_order);
  }



  Formula
  FirstOrderFormulas::reduce_variable(const std::string &name)
  {
    if (!is_formula_symbol(name, names))
      return Formula::variable(0, name);
    const FormulaSymbol symbol = FormulaSymbol::parse(name, names);
    if (symbol.unknown >= names.unknowns.size() || symbol.order() < 2)
      return Formula::variable(0, name);
    is_changed = true;

    const std::string unknown = names.unknowns[symbol.unknown];
    std::string       text;
    if (symbol.laplacians == 0)
      text = derivative(unknown, symbol.inputs);
    else
      text = laplacian(unknown, symbol.inputs);
    if (symbol.laplacians == 2)
      text = laplacian(add(unknown + "laplacian", text), symbol.inputs);
    return parse(text);
  }



  Formula
  FirstOrderFormulas::differentiate(const Formula     &formula,
                                    const unsigned int input)
  {
    is_changed = true;
    if (formula.is_variable() || !contains_derivatives(formula))
      return FormulaDerivative(
        [&](const unsigned int, const std::string &name) {
          return differentiate_formula_variable(
            name, input, names, check_formula_symbols(names));
        })(formula);
    const std::string next = "flux" + std::to_string(n_numbered + 1);
    const std::string flux = add(next, formula.text());
    if (flux == next)
      ++n_numbered;
    return parse(derivative(flux, {input}));
  }



  bool
  FirstOrderFormulas::contains_derivatives(const Formula &formula) const
  {
    bool result = false;
    formula.substitute([&](const unsigned int, const std::string &name) {
      if (is_formula_symbol(name, names) &&
          FormulaSymbol::parse(name, names).order() > 0)
        result = true;
      return Formula::variable(0, name);
    });
    return result;
  }



  std::string
  FirstOrderFormulas::add(const std::string &name,
                          const std::string &definition)
  {
    for (const Flux &flux : all_fluxes)
      if (flux.definition == definition)
        return flux.name;
    names.unknowns.push_back(name);
    names.check();
    all_fluxes.push_back({name, definition});
    return name;
  }



  std::string
  FirstOrderFormulas::derivative(const std::string               &unknown,
                                 const std::vector<unsigned int> &inputs)
  {
    std::string flux = unknown;
    for (unsigned int k = 0; k + 1 < inputs.size(); ++k)
      {
        const std::string &input = names.inputs[inputs[k]];
        flux                     = add(flux + input, flux + "_" + input);
      }
    return flux + "_" + names.inputs[inputs.back()];
  }



  std::string
  FirstOrderFormulas::laplacian(const std::string               &unknown,
                                const std::vector<unsigned int> &inputs)
  {
    std::string sum;
    for (const unsigned int input : inputs)
      sum += (sum.empty() ? "" : " + ") + derivative(unknown, {input, input});
    return sum;
  }
} // namespace sobolev
