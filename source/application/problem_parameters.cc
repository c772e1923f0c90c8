// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/problem_parameters.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <utility>
#include <vector>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::trim;

    // One `id[.component]: expression`.
    struct BoundaryEntry
    {
      dealii::types::boundary_id id;
      unsigned int               component;
      std::string                expression;
    };



    std::vector<BoundaryEntry>
    parse_boundary_entries(const std::string &entry, const std::string &text)
    {
      std::vector<BoundaryEntry> entries;
      if (trim(text).empty())
        return entries;
      for (const std::string &item :
           dealii::Utilities::split_string_list(text, ';'))
        {
          const std::string what =
            "Boundary conditions/" + entry + ": '" + item +
            "' is not of the form 'id: expression', for instance '0: sin(x)'";
          const auto colon = item.find(':');
          AssertInput(colon != std::string::npos, what << ".");

          const std::string key = trim(item.substr(0, colon));
          const auto        dot = key.find('.');
          const std::string id  = key.substr(0, dot);
          const std::string component =
            dot == std::string::npos ? "0" : key.substr(dot + 1);
          const dealii::Patterns::Integer natural(0, 65534);
          AssertInput(natural.match(id) && natural.match(component),
                      what << "; the id must be a natural number.");
          entries.push_back({static_cast<dealii::types::boundary_id>(
                               dealii::Utilities::string_to_int(id)),
                             static_cast<unsigned int>(
                               dealii::Utilities::string_to_int(component)),
                             item.substr(colon + 1)});
        }
      return entries;
    }
  } // namespace



  void
  ProblemParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii;

    prm.add_parameter(
      "name", name, "Name of the problem in reports and files [-].");
    prm.add_parameter("constants",
                      constants,
                      "Constants for all expressions, for instance 'a = 1; "
                      "k = 4*pi' is written 'a = 1; k = 12.566' [-].");
    prm.add_parameter("exact solution",
                      exact_solution,
                      "Expression of the exact solution, where it is known, "
                      "for comparison only [u].");

    prm.enter_subsection("Mesh");
    prm.add_parameter("generator",
                      mesh.generator,
                      "Function of deal.II's GridGenerator; not used if there "
                      "is a file [-].");
    prm.add_parameter("arguments",
                      mesh.arguments,
                      "All arguments of the generator after the mesh, "
                      "separated by colons, coordinates by commas [x].");
    prm.add_parameter("file",
                      mesh.file_name,
                      "A mesh file (.msh, .vtk, .unv, ...), relative to the "
                      "parameter file [-].");
    prm.add_parameter("refinements",
                      mesh.refinements,
                      "Global refinements [-].",
                      Patterns::Integer(0, 20));
    prm.add_parameter("mapping degree",
                      mesh.mapping_degree,
                      "Polynomial degree of curved cells [-].",
                      Patterns::Integer(1, 20));
    prm.leave_subsection();

    prm.enter_subsection("Boundary conditions");
    prm.add_parameter("dirichlet", dirichlet, "'id: g; ...' for u = g [u].");
    prm.add_parameter("neumann",
                      neumann,
                      "'id: g; ...' for n.F = g, where F is the flux of the "
                      "law: what leaves the domain [F].");
    prm.add_parameter("robin", robin, "'id: g; ...' for n.F = h (u - g) [u].");
    prm.add_parameter("robin transfer coefficient",
                      transfer_coefficient,
                      "'id: h; ...' for the same ids as robin [F/u].");
    prm.leave_subsection();
  }



  void
  ProblemParameters::parse_parameters(dealii::ParameterHandler &)
  {
    // Entries are written to the members by add_parameter(). Constants can be
    // checked before there is a mesh.
    parse_constants();
  }



  std::map<std::string, double>
  ProblemParameters::parse_constants() const
  {
    std::map<std::string, double> values;
    if (trim(constants).empty())
      return values;
    for (const std::string &item :
         dealii::Utilities::split_string_list(constants, ';'))
      {
        const auto equals = item.find('=');
        const bool is_assignment =
          equals != std::string::npos && equals > 0 &&
          dealii::Patterns::Double().match(trim(item.substr(equals + 1)));
        AssertInput(is_assignment,
                    "constants: '" << item
                                   << "' is not of the form 'name = number'.");
        values[trim(item.substr(0, equals))] =
          dealii::Utilities::string_to_double(trim(item.substr(equals + 1)));
      }
    return values;
  }



  template <int dim>
  BoundaryConditions<dim>
  ProblemParameters::make_boundary_conditions(
    const ExpressionFactory<dim> &expressions) const
  {
    using Kind = typename BoundaryCondition<dim>::Kind;

    BoundaryConditions<dim> conditions;
    const auto              add =
      [&](const std::string &entry, const Kind kind, const std::string &text) {
        for (const auto &item : parse_boundary_entries(entry, text))
          conditions[item.id].push_back(
            {kind,
             item.component,
             expressions.make("Boundary conditions/" + entry, item.expression),
             nullptr});
      };
    add("dirichlet", Kind::dirichlet, dirichlet);
    add("neumann", Kind::neumann, neumann);
    add("robin", Kind::robin, robin);

    for (const auto &item : parse_boundary_entries("robin transfer coefficient",
                                                   transfer_coefficient))
      {
        bool found = false;
        for (auto &condition : conditions[item.id])
          if (condition.kind == Kind::robin &&
              condition.component == item.component)
            {
              condition.transfer_coefficient =
                expressions.make("Boundary conditions/robin transfer "
                                 "coefficient",
                                 item.expression);
              found = true;
            }
        AssertInput(found,
                    "Boundary conditions/robin transfer coefficient: there is "
                    "no entry for boundary id "
                      << item.id << " in Boundary conditions/robin.");
      }
    for (const auto &entry : conditions)
      for (const auto &condition : entry.second)
        AssertInput(condition.kind != Kind::robin ||
                      condition.transfer_coefficient,
                    "Boundary conditions/robin: boundary id "
                      << entry.first
                      << " has no entry in Boundary conditions/robin "
                         "transfer coefficient.");
    return conditions;
  }



  template BoundaryConditions<1> ProblemParameters::make_boundary_conditions<1>(
    const ExpressionFactory<1> &) const;
  template BoundaryConditions<2> ProblemParameters::make_boundary_conditions<2>(
    const ExpressionFactory<2> &) const;
  template BoundaryConditions<3> ProblemParameters::make_boundary_conditions<3>(
    const ExpressionFactory<3> &) const;
} // namespace sobolev
