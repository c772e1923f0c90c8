// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/jet_specification.h>
#include <sobolev/objective/formula_symbol.h>

#include <deal.II/base/utilities.h>

#include <algorithm>

namespace sobolev
{
  namespace
  {
    using Names  = std::vector<std::string>;
    using Inputs = std::vector<unsigned int>;

    // Powers of the Laplacian by their names.
    const Names laplacian_names = {"", "laplacian", "bilaplacian"};



    std::string
    join(const Names &names, const std::string &separator = ", ")
    {
      std::string list;
      for (const std::string &name : names)
        list += (list.empty() ? "" : separator) + name;
      return list;
    }



    // The position of a name, or the size of the list.
    unsigned int
    find(const Names &names, const std::string &name)
    {
      return std::find(names.begin(), names.end(), name) - names.begin();
    }



    bool
    is_constant(const std::string &name, const FormulaNames &names)
    {
      return names.constants.count(name) > 0 || name == "pi" || name == "e";
    }



    void
    check_order(const std::string &name, const unsigned int order)
    {
      AssertInput(0 < order && order <= JetSpecification::max_order,
                  name << " has the order " << order << "; allowed are 1 to "
                       << JetSpecification::max_order);
    }



    FormulaSymbol
    parse_laplacian(const unsigned int  power,
                    const std::string  &list,
                    const FormulaNames &names)
    {
      const Names   unknowns  = names.outputs();
      const Names   arguments = dealii::Utilities::split_string_list(list, ',');
      FormulaSymbol symbol;
      symbol.laplacians = power;
      symbol.unknown =
        arguments.empty() ? unknowns.size() : find(unknowns, arguments[0]);
      AssertInput(symbol.unknown < unknowns.size(),
                  laplacian_names[power] << " needs an unknown; these are "
                                         << join(unknowns));
      for (unsigned int a = 1; a < arguments.size(); ++a)
        {
          symbol.inputs.push_back(find(names.inputs, arguments[a]));
          AssertInput(symbol.inputs.back() < names.inputs.size(),
                      "'" << arguments[a] << "' is not an input; these are "
                          << join(names.inputs));
        }
      if (symbol.inputs.empty())
        for (unsigned int i = 0; i < names.inputs.size(); ++i)
          if (names.inputs[i] != "t")
            symbol.inputs.push_back(i);
      std::sort(symbol.inputs.begin(), symbol.inputs.end());
      AssertInput(
        !symbol.inputs.empty() &&
          std::adjacent_find(symbol.inputs.begin(), symbol.inputs.end()) ==
            symbol.inputs.end(),
        laplacian_names[power] << " needs inputs, each of them once");
      return symbol;
    }



    // What follows the first underscore: letters that are inputs, or inputs
    // with further underscores between them.
    Inputs
    parse_inputs(const std::string &name,
                 const std::size_t  underscore,
                 const Names       &known)
    {
      Inputs            inputs;
      const std::string rest = name.substr(underscore + 1);
      const auto        add  = [&](const std::string &input) {
        inputs.push_back(find(known, input));
        AssertInput(inputs.back() < known.size(),
                    "the derivative '" << name << "' is along '" << input
                                       << "', which is no input; these are "
                                       << join(known));
      };
      if (rest.find('_') != std::string::npos ||
          find(known, rest) < known.size())
        for (const std::string &input :
             dealii::Utilities::split_string_list(rest, '_'))
          add(input);
      else
        for (const char letter : rest)
          add(std::string(1, letter));
      check_order("the derivative '" + name + "'", inputs.size());
      std::sort(inputs.begin(), inputs.end());
      return inputs;
    }
  } // namespace



  std::pair<std::string, std::string>
  split_call(const std::string &name)
  {
    const std::size_t parenthesis = name.find('(');
    if (parenthesis == std::string::npos)
      return {};
    return {name.substr(0, parenthesis),
            name.substr(parenthesis + 1, name.size() - parenthesis - 2)};
  }



  FormulaSymbol
  FormulaSymbol::parse(const std::string &name, const FormulaNames &names)
  {
    const auto [function, arguments] = split_call(name);
    if (!function.empty())
      {
        const unsigned int power = find(laplacian_names, function);
        AssertInput(power < laplacian_names.size(),
                    "there is no function '"
                      << function
                      << "'; known are diff, laplacian, bilaplacian, reference "
                         "and those of all formulas");
        return parse_laplacian(power, arguments, names);
      }

    const Names       unknowns   = names.outputs();
    const std::size_t underscore = name.find('_');
    FormulaSymbol     symbol;
    symbol.unknown = find(unknowns, name.substr(0, underscore));
    AssertInput(symbol.unknown < unknowns.size(),
                "'" << name << "' is not known; inputs are "
                    << join(names.inputs) << ", unknowns " << join(unknowns)
                    << ", derivatives are written " << unknowns[0] << "_"
                    << names.inputs[0]);
    if (underscore != std::string::npos)
      symbol.inputs = parse_inputs(name, underscore, names.inputs);
    return symbol;
  }



  std::vector<FormulaSymbol>
  FormulaSymbol::derivative(const unsigned int input) const
  {
    check_order("its derivative", order() + 1);
    if (laplacians == 0)
      {
        FormulaSymbol symbol = *this;
        symbol.inputs.push_back(input);
        std::sort(symbol.inputs.begin(), symbol.inputs.end());
        return {symbol};
      }

    // Of the Laplacian, whose derivative has the order three.
    std::vector<FormulaSymbol> terms;
    for (const unsigned int along : inputs)
      {
        FormulaSymbol symbol{unknown, 0, {along, along, input}};
        std::sort(symbol.inputs.begin(), symbol.inputs.end());
        terms.push_back(symbol);
      }
    return terms;
  }



  unsigned int
  FormulaSymbol::order() const
  {
    return laplacians == 0 ? inputs.size() : 2 * laplacians;
  }



  std::string
  FormulaSymbol::text(const FormulaNames &names) const
  {
    const std::string unknown_name = names.outputs()[unknown];
    Names             along;
    bool              are_letters = true;
    for (const unsigned int input : inputs)
      {
        along.push_back(names.inputs[input]);
        are_letters = are_letters && along.back().size() == 1;
      }
    if (laplacians > 0)
      return laplacian_names[laplacians] + "(" + unknown_name + "," +
             join(along, ",") + ")";
    return unknown_name + (inputs.empty() ? "" : "_") +
           join(along, are_letters ? "" : "_");
  }



  bool
  FormulaSymbol::operator==(const FormulaSymbol &other) const
  {
    return unknown == other.unknown && laplacians == other.laplacians &&
           inputs == other.inputs;
  }



  bool
  is_formula_symbol(const std::string &name, const FormulaNames &names)
  {
    return find(names.inputs, name) == names.inputs.size() &&
           !is_constant(name, names) && split_call(name).first != "reference";
  }



  Formula
  differentiate_formula_variable(const std::string             &name,
                                 const unsigned int             input,
                                 const FormulaNames            &names,
                                 const FormulaParser::Resolver &number)
  {
    if (find(names.inputs, name) < names.inputs.size())
      return Formula::number(name == names.inputs[input] ? 1. : 0.);
    if (is_constant(name, names))
      return Formula::number(0.);
    AssertInput(is_formula_symbol(name, names),
                "'" << name << "' cannot be differentiated");

    Formula sum = Formula::number(0.);
    for (const FormulaSymbol &term :
         FormulaSymbol::parse(name, names).derivative(input))
      {
        const std::string text     = term.text(names);
        const Formula     variable = Formula::variable(number(text), text);
        sum =
          sum.is_number(0.)
            ? variable
            : Formula::operation(*find_formula_operation("+"), {sum, variable});
      }
    return sum;
  }



  FormulaParser::Resolver
  check_formula_symbols(const FormulaNames &names)
  {
    return [&names](const std::string &name) {
      if (is_formula_symbol(name, names))
        FormulaSymbol::parse(name, names);
      return static_cast<unsigned int>(names.inputs.size());
    };
  }
} // namespace sobolev
