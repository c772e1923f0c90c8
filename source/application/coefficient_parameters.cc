// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/coefficient_parameters.h>
#include <sobolev/application/formula_entry.h>
#include <sobolev/application/selection_of.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;

    const std::string section = "Unknown coefficients/";



    // A formula of constants, or +-inf.
    double
    parse_bound(const std::string  &entry,
                const std::string  &text,
                const FormulaNames &names)
    {
      constexpr double infinity = std::numeric_limits<double>::infinity();
      if (trim(text) == "inf" || trim(text) == "-inf")
        return trim(text) == "inf" ? infinity : -infinity;
      return parse_number(section + entry, text, names.constants);
    }
  } // namespace



  void
  CoefficientParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Unknown coefficients");
    prm.add_parameter("coefficients",
                      list,
                      "What is trained beside the network: 'name = initial "
                      "value' or 'name = initial value in (lower, upper)' with "
                      "numbers, formulas of constants, or inf, separated by "
                      "semicolons; 'a(x, y) = 1 in (0, inf)' is a field of "
                      "these inputs [coefficient].");
    prm.add_parameter("half line",
                      half_line,
                      "How numbers become coefficients with one bound: by the "
                      "exponential function or by ln(1 + e^z) [-].",
                      Selection("exponential|softplus"));
    prm.add_parameter("scales",
                      scales,
                      "Sizes of the coefficients without bounds, for the steps "
                      "of optimizers: one, or one per coefficient, separated "
                      "by semicolons [coefficient].");
    prm.add_parameter("hidden layers",
                      hidden_layers,
                      "Neurons of each hidden layer of the network of a field "
                      "[-].",
                      List(Integer(1, 10000), 1, 100));
    prm.add_parameter("activation",
                      activation,
                      "Function of the hidden neurons of a field [-].",
                      selection_of(activation_names()));
    prm.add_parameter("first slope",
                      first_slope,
                      "Slope of the first hidden layer of a field [-].",
                      Double(1e-300));
    prm.add_parameter("exact values",
                      exact_values,
                      "Formulas of the true coefficients, where they are "
                      "known, for comparison only; one per coefficient, "
                      "separated by semicolons [coefficient].");
    prm.add_parameter("expected error",
                      expected_error,
                      "Say whether the relative error of every coefficient is "
                      "below this; 0 for saying nothing [-].",
                      Double(0.));
    prm.leave_subsection();
  }



  void
  CoefficientParameters::parse(FormulaNames &names)
  {
    all_names.clear();
    maps.clear();
    initial_values.clear();
    field_inputs.clear();
    exact_formulas.clear();

    for (const std::string &item : split_formulas(list))
      parse_coefficient(item, names);
    names.coefficients = all_names;
    try
      {
        names.check();
      }
    catch (const InputError &error)
      {
        throw InputError(section + "coefficients: " + error.what());
      }

    const auto sizes = split_formulas(scales);
    AssertInput(sizes.size() == 1 || sizes.size() == all_names.size(),
                section << "scales: there are " << sizes.size()
                        << " numbers; allowed are one, or one for each of the "
                        << all_names.size() << " coefficients.");
    for (unsigned int k = 0; k < all_names.size(); ++k)
      if (maps[k].kind == CoefficientMap::Kind::identity)
        {
          maps[k].factor =
            parse_bound("scales", sizes[sizes.size() == 1 ? 0 : k], names);
          AssertInput(maps[k].factor > 0. && std::isfinite(maps[k].factor),
                      section << "scales: " << maps[k].factor
                              << " must be a positive number.");
        }

    for (const std::string &text : split_formulas(exact_values))
      exact_formulas.push_back(parse_formula(
        section + "exact values", text, names.inputs, names.constants));
    AssertInput(exact_formulas.empty() ||
                  exact_formulas.size() == all_names.size(),
                section << "exact values: there are " << exact_formulas.size()
                        << " formulas; there must be one for each of the "
                        << all_names.size() << " coefficients.");
    AssertInput(expected_error == 0. || has_exact_values(),
                section << "expected error: " << expected_error
                        << " cannot be judged without 'exact values'.");
  }



  // name = initial, name(inputs) = initial in (lower, upper)
  void
  CoefficientParameters::parse_coefficient(const std::string  &item,
                                           const FormulaNames &names)
  {
    const std::string entry  = "coefficients";
    const auto        equals = item.find('=');
    AssertInput(equals != std::string::npos,
                section << entry << ": '" << item << "' is not of the form "
                        << "'name = initial value in (lower, upper)'.");

    // 1. The name, with inputs for a field.
    std::string               name = trim(item.substr(0, equals));
    std::vector<unsigned int> inputs;
    const auto                opening = name.find('(');
    if (opening != std::string::npos)
      {
        AssertInput(name.back() == ')',
                    section << entry << ": '" << name << "' lacks ')'.");
        const auto arguments = split_string_list(
          name.substr(opening + 1, name.size() - opening - 2), ',');
        for (const std::string &input : arguments)
          {
            inputs.push_back(
              std::find(names.inputs.begin(), names.inputs.end(), input) -
              names.inputs.begin());
            AssertInput(inputs.back() < names.inputs.size(),
                        section << entry << ": '" << name << "' depends on '"
                                << input << "', which is no input.");
          }
        AssertInput(!inputs.empty(),
                    section << entry << ": '" << name << "' has no inputs.");
        name = trim(name.substr(0, opening));
      }

    // 2. The bounds.
    constexpr double    infinity = std::numeric_limits<double>::infinity();
    std::vector<double> bounds{-infinity, infinity};
    std::string         value = trim(item.substr(equals + 1));
    const auto          in    = value.find(" in ");
    if (in != std::string::npos)
      {
        const std::string interval = trim(value.substr(in + 4));
        const auto        comma    = interval.find(',');
        AssertInput(interval.front() == '(' && interval.back() == ')' &&
                      comma != std::string::npos,
                    section << entry << ": '" << interval << "' is not of the "
                            << "form '(lower, upper)'.");
        bounds = {
          parse_bound(entry, interval.substr(1, comma - 1), names),
          parse_bound(entry,
                      interval.substr(comma + 1, interval.size() - comma - 2),
                      names)};
        AssertInput(bounds[0] < bounds[1],
                    section << entry << ": the lower bound " << bounds[0]
                            << " of '" << name << "' is not below the upper "
                            << "bound " << bounds[1] << ".");
        value = value.substr(0, in);
      }

    // 3. The initial value.
    const double initial = parse_bound(entry, value, names);
    AssertInput(std::isfinite(initial) && bounds[0] < initial &&
                  initial < bounds[1],
                section << entry << ": the initial value " << initial << " of '"
                        << name << "' is not between its bounds " << bounds[0]
                        << " and " << bounds[1] << ".");
    all_names.push_back(name);
    initial_values.push_back(initial);
    field_inputs.push_back(inputs);
    maps.push_back(make_map(initial, bounds));
  }



  CoefficientMap
  CoefficientParameters::make_map(const double               initial,
                                  const std::vector<double> &bounds) const
  {
    using Kind = CoefficientMap::Kind;

    const bool has_lower = std::isfinite(bounds[0]);
    const bool has_upper = std::isfinite(bounds[1]);
    if (has_lower && has_upper)
      return {Kind::sigmoid, bounds[0], bounds[1] - bounds[0]};
    if (!has_lower && !has_upper)
      return {Kind::identity, 0., 1.};
    const double bound = has_lower ? bounds[0] : bounds[1];
    return {half_line == "softplus" ? Kind::softplus : Kind::exponential,
            bound,
            initial - bound};
  }



  void
  CoefficientParameters::add_to(Architecture &architecture,
                                const Box    &box) const
  {
    for (unsigned int k = 0; k < all_names.size(); ++k)
      {
        Architecture::Coefficient coefficient;
        coefficient.map     = maps[k];
        coefficient.initial = initial_values[k];
        if (is_field(k))
          {
            Architecture field;
            field.lower = box.lower;
            field.upper = box.upper;
            for (unsigned int i = 0; i < box.n_inputs(); ++i)
              if (std::count(
                    field_inputs[k].begin(), field_inputs[k].end(), i) == 0)
                field.omitted_inputs.push_back(i);
            field.hidden_widths = hidden_layers;
            field.activation    = activation;
            field.slopes.first  = first_slope;
            field.output_shift  = {maps[k].inverse(initial_values[k])};
            coefficient.field   = std::make_shared<Architecture>(field);
          }
        architecture.coefficients.push_back(coefficient);
      }
  }



  double
  CoefficientParameters::exact_value(const std::vector<double> &x,
                                     const unsigned int         k) const
  {
    return evaluate(exact_formulas[k], x);
  }
} // namespace sobolev
