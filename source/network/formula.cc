// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/formula.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // The shortest text that is read as the same number.
    std::string
    to_text(const double value)
    {
      std::array<char, 64> buffer;
      const auto           end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
      const std::string digits(buffer.data(), end);
      return digits[0] == '-' ? "(" + digits + ")" : digits;
    }
  } // namespace



  Formula
  Formula::number(const double value)
  {
    Formula formula;
    formula.value = value;
    return formula;
  }



  Formula
  Formula::variable(const unsigned int input, const std::string &name)
  {
    Formula formula;
    formula.input = input;
    formula.name  = name;
    return formula;
  }



  Formula
  Formula::operation(const FormulaOperation     &operation,
                     const std::vector<Formula> &arguments)
  {
    Formula formula;
    formula.what      = &operation;
    formula.arguments = arguments;

    // Infinities have no text, so they stay what they come from.
    const bool is_constant =
      std::all_of(arguments.begin(), arguments.end(), [](const Formula &a) {
        return a.what == nullptr && a.name.empty();
      });
    if (is_constant)
      {
        const JetSpecification only_value;
        const Jet              none(only_value, 0.);
        const double           result =
          formula.evaluate(dealii::ArrayView<const Jet>(&none, 1))[0];
        if (std::isfinite(result))
          return number(result);
      }
    return formula;
  }



  Formula
  Formula::substitute(const Substitution &substitution) const
  {
    if (is_variable())
      return substitution(input, name);
    if (!what)
      return *this;
    std::vector<Formula> substituted;
    substituted.reserve(arguments.size());
    for (const Formula &argument : arguments)
      substituted.push_back(argument.substitute(substitution));
    return operation(*what, substituted);
  }



  bool
  Formula::is_number(const double number) const
  {
    return !what && name.empty() && value == number;
  }



  bool
  Formula::is_variable() const
  {
    return !what && !name.empty();
  }



  unsigned int
  Formula::variable_number() const
  {
    Assert(is_variable(), dealii::ExcInternalError());
    return input;
  }



  const std::string &
  Formula::variable_name() const
  {
    Assert(is_variable(), dealii::ExcInternalError());
    return name;
  }



  const FormulaOperation *
  Formula::operation() const
  {
    return what;
  }



  const std::vector<Formula> &
  Formula::operands() const
  {
    return arguments;
  }



  Jet
  Formula::evaluate(const dealii::ArrayView<const Jet> &x) const
  {
    if (what)
      {
        std::vector<Jet> values;
        values.reserve(arguments.size());
        for (const Formula &argument : arguments)
          values.push_back(argument.evaluate(x));
        return what->evaluate(values);
      }
    if (name.empty())
      return Jet(x[0].specification(), value);
    AssertIndexRange(input, x.size());
    return x[input];
  }



  std::string
  Formula::text() const
  {
    if (!what)
      return name.empty() ? to_text(value) : name;
    if (what->name == "neg")
      return "(-" + arguments[0].text() + ")";
    if (what->is_operator())
      return "(" + arguments[0].text() + what->name + arguments[1].text() + ")";

    std::string list;
    for (const Formula &argument : arguments)
      list += (list.empty() ? "" : ",") + argument.text();
    return what->name + "(" + list + ")";
  }
} // namespace sobolev
