// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_derivative.h>
#include <sobolev/network/formula_parser.h>

#include <deal.II/base/numbers.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // Deeper nesting is no formula, but would overflow the stack.
    constexpr unsigned int max_depth = 500;

    // Operators with two sides by how loosely they bind. Of two of which one
    // begins like the other, the longer one comes first.
    struct Operator
    {
      std::string symbol;

      // What the tree calls it.
      std::string name;
    };

    const std::vector<std::vector<Operator>> binary_operators = {
      {{"||", "||"}, {"|", "||"}},
      {{"&&", "&&"}, {"&", "&&"}},
      {{"<=", "<="},
       {">=", ">="},
       {"==", "=="},
       {"!=", "!="},
       {"<", "<"},
       {">", ">"}},
      {{"+", "+"}, {"-", "-"}},
      {{"*", "*"}, {"/", "/"}}};



    bool
    is_digit(const char c)
    {
      return std::isdigit(static_cast<unsigned char>(c));
    }



    bool
    belongs_to_name(const char c)
    {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    }



    std::string
    join(const std::vector<std::string> &names)
    {
      std::string list;
      for (const std::string &name : names)
        list += (list.empty() ? "" : ", ") + name;
      return list;
    }



    // For formulas of inputs and constants.
    FormulaParser::Differentiator
    along_inputs(const unsigned int n_inputs)
    {
      return [=](const Formula &formula, const unsigned int input) {
        return FormulaDerivative(
          [=](const unsigned int variable, const std::string &name) {
            AssertInput(variable < n_inputs,
                        "'" << name << "' cannot be differentiated");
            return Formula::number(variable == input ? 1. : 0.);
          })(formula);
      };
    }



    // Counts how deeply the parser has descended while it lives.
    struct Level
    {
      explicit Level(unsigned int &depth)
        : depth(depth)
      {
        ++depth;
      }

      ~Level()
      {
        --depth;
      }

      unsigned int &depth;
    };
  } // namespace



  FormulaParser::FormulaParser(const std::vector<std::string> &variables,
                               const Constants                &constants,
                               const Resolver                 &resolver,
                               const Differentiator           &differentiator)
    : variables(variables)
    , constants(constants)
    , resolver(resolver)
    , differentiator(differentiator ? differentiator
                                    : along_inputs(variables.size()))
  {
    this->constants.emplace("pi", dealii::numbers::PI);
    this->constants.emplace("_pi", dealii::numbers::PI);
    this->constants.emplace("e", dealii::numbers::E);
    this->constants.emplace("_e", dealii::numbers::E);
  }



  Formula
  FormulaParser::parse(const std::string &expression)
  {
    text = expression;
    next = 0;
    skip_blanks();
    if (next == text.size())
      throw InputError("the formula '" + text + "' is empty.");

    const Formula formula = parse_choice();
    skip_blanks();
    if (next < text.size())
      {
        if (text[next] == ',')
          fail(next,
               "a comma may only separate the arguments of a function; the "
               "decimal sign is a point");
        if (text[next] == '=')
          fail(next, "an assignment is not allowed; the comparison is ==");
        fail(next, "an operator or the end was expected");
      }
    return formula;
  }



  Formula
  FormulaParser::parse_choice()
  {
    const Formula condition = parse_binary(0);
    if (!accept("?"))
      return condition;
    const Formula yes = parse_choice();
    if (!accept(":"))
      fail(next, "':' is missing");
    const Formula no = parse_choice();
    return Formula::operation(*find_formula_operation("if"),
                              {condition, yes, no});
  }



  Formula
  FormulaParser::parse_binary(const unsigned int level)
  {
    if (level == binary_operators.size())
      return parse_sign();

    Formula left = parse_binary(level + 1);
    while (true)
      {
        const auto &operators = binary_operators[level];
        const auto  found     = std::find_if(
          operators.begin(), operators.end(), [&](const Operator &op) {
            return accept(op.symbol);
          });
        if (found == operators.end())
          return left;
        left = Formula::operation(*find_formula_operation(found->name),
                                  {left, parse_binary(level + 1)});
      }
  }



  // Everything that nests comes through here.
  Formula
  FormulaParser::parse_sign()
  {
    const Level level(depth);
    if (depth > max_depth)
      fail(next, "it is nested too deeply");

    if (accept("+"))
      return parse_sign();
    if (accept("-"))
      return Formula::operation(*find_formula_operation("neg"), {parse_sign()});
    return parse_power();
  }



  Formula
  FormulaParser::parse_power()
  {
    const Formula base = parse_primary();
    if (!accept("^"))
      return base;
    return Formula::operation(*find_formula_operation("^"),
                              {base, parse_sign()});
  }



  Formula
  FormulaParser::parse_primary()
  {
    skip_blanks();
    if (accept("("))
      {
        const Formula inside = parse_choice();
        if (!accept(")"))
          fail(next, "')' is missing");
        return inside;
      }
    if (next < text.size() && (is_digit(text[next]) || text[next] == '.'))
      return parse_number();
    if (next < text.size() && belongs_to_name(text[next]))
      return parse_name();
    fail(next, "a number, a name or '(' was expected");
  }



  Formula
  FormulaParser::parse_number()
  {
    double      value = 0.;
    const char *begin = text.data() + next;
    const auto [end, error] =
      std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc())
      fail(next, "this is not a number that a computer can hold");
    next += end - begin;
    return Formula::number(value);
  }



  Formula
  FormulaParser::parse_name()
  {
    const std::size_t start = next;
    while (next < text.size() && belongs_to_name(text[next]))
      ++next;
    const std::string name = text.substr(start, next - start);

    if (accept("("))
      return parse_call(name, start);
    const auto variable = std::find(variables.begin(), variables.end(), name);
    if (variable != variables.end())
      return Formula::variable(variable - variables.begin(), name);
    const auto constant = constants.find(name);
    if (constant != constants.end())
      return Formula::number(constant->second);

    if (find_formula_operation(name) && name != "neg")
      fail(start, "the function " + name + " needs arguments in parentheses");
    if (resolver)
      return resolve(name, start);
    std::vector<std::string> names = variables;
    for (const auto &known : constants)
      names.push_back(known.first);
    fail(start,
         "'" + name + "' is not known; variables and constants are " +
           join(names));
  }



  Formula
  FormulaParser::parse_call(const std::string &name, const std::size_t start)
  {
    if (name == "diff")
      return parse_derivative(start);
    const FormulaOperation *const function = find_formula_operation(name);
    if (!function && resolver)
      return resolve_call(name, start);
    if (!function || name == "neg")
      fail(start,
           "there is no function '" + name + "'; known are diff, " +
             formula_function_names());

    std::vector<Formula> arguments{parse_choice()};
    while (accept(","))
      arguments.push_back(parse_choice());
    if (!accept(")"))
      fail(next, "')' is missing");
    if (arguments.size() < function->least_arguments ||
        arguments.size() > function->most_arguments)
      fail(start,
           name + " takes " + std::to_string(function->least_arguments) +
             " argument(s), not " + std::to_string(arguments.size()));
    return Formula::operation(*function, arguments);
  }



  Formula
  FormulaParser::parse_derivative(const std::size_t start)
  {
    const Formula formula = parse_choice();
    if (!accept(","))
      fail(next, "',' and an input are missing");
    skip_blanks();
    const std::size_t begin = next;
    while (next < text.size() && belongs_to_name(text[next]))
      ++next;
    const auto input = std::find(
      variables.begin(), variables.end(), text.substr(begin, next - begin));
    if (input == variables.end())
      fail(begin, "diff is along one of the inputs, " + join(variables));
    if (!accept(")"))
      fail(next, "')' is missing");
    try
      {
        return differentiator(formula, input - variables.begin());
      }
    catch (const InputError &error)
      {
        fail(start, error.what());
      }
  }



  Formula
  FormulaParser::resolve(const std::string &name, const std::size_t start)
  {
    try
      {
        return Formula::variable(resolver(name), name);
      }
    catch (const InputError &error)
      {
        fail(start, error.what());
      }
  }



  // The arguments are taken as they are written, up to the parenthesis.
  Formula
  FormulaParser::resolve_call(const std::string &name, const std::size_t start)
  {
    std::string call = name + "(";
    while (next < text.size() && text[next] != ')' && text[next] != '(')
      {
        if (!std::isspace(static_cast<unsigned char>(text[next])))
          call += text[next];
        ++next;
      }
    if (!accept(")"))
      fail(start,
           "there is no function '" + name + "'; known are diff, " +
             formula_function_names());
    return resolve(call + ")", start);
  }



  bool
  FormulaParser::accept(const std::string &symbol)
  {
    skip_blanks();
    if (text.compare(next, symbol.size(), symbol) != 0)
      return false;
    next += symbol.size();
    return true;
  }



  void
  FormulaParser::skip_blanks()
  {
    while (next < text.size() &&
           std::isspace(static_cast<unsigned char>(text[next])))
      ++next;
  }



  void
  FormulaParser::fail(const std::size_t position, const std::string &why)
  {
    std::ostringstream place;
    if (position < text.size())
      place << "at character " << position + 1 << ", '"
            << text.substr(position, 10) << "'";
    else
      place << "at the end";
    throw InputError("the formula '" + text + "' is not valid " + place.str() +
                     ": " + why + ".");
  }
} // namespace sobolev
