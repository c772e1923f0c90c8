// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/formula_entry.h>
#include <sobolev/application/reaction_diffusion_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_program.h>
#include <sobolev/reference/reaction_diffusion.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;

    const std::string section = "Reference/Reaction-diffusion/";



    // Formulas, one per unknown, of coordinates, time and unknowns, for many
    // points. What does not depend on time and unknowns is a number per point
    // for the program; the time is a symbol behind the unknowns.
    template <int dim>
    typename ReactionDiffusionOptions<dim>::Term
    make_term(const std::vector<Formula> &formulas)
    {
      const unsigned int        k = formulas.size();
      std::vector<unsigned int> rows(k + 1);
      rows[0] = k;
      std::iota(rows.begin() + 1, rows.end(), 0U);
      const auto program =
        std::make_shared<const FormulaProgram>(formulas, dim, rows);

      return [program, k](const std::vector<dealii::Point<dim>> &x,
                          const double                           t,
                          const dealii::ArrayView<const double> &u,
                          const dealii::ArrayView<double>       &values,
                          const dealii::ArrayView<double>       &derivatives) {
        const std::size_t   n = x.size(), n_known = program->n_known();
        std::vector<double> known(n_known * n), at_point(n_known), inputs(dim);
        if (n_known > 0)
          for (std::size_t p = 0; p < n; ++p)
            {
              for (unsigned int d = 0; d < dim; ++d)
                inputs[d] = x[p][d];
              program->compute_known(
                dealii::ArrayView<const double>(inputs.data(), dim),
                dealii::make_array_view(at_point));
              for (unsigned int i = 0; i < n_known; ++i)
                known[i * n + p] = at_point[i];
            }

        std::vector<double> symbols(u.begin(), u.end());
        symbols.resize((k + 1) * n, t);
        std::vector<double> all_derivatives(k * (k + 1) * n, 0.);
        program->evaluate(n,
                          known.data(),
                          n,
                          symbols.data(),
                          n,
                          values,
                          k + 1,
                          dealii::make_array_view(all_derivatives));
        for (unsigned int c = 0; c < k; ++c)
          std::copy_n(all_derivatives.begin() + c * (k + 1) * n,
                      k * n,
                      derivatives.begin() + c * k * n);
      };
    }
  } // namespace



  void
  ReactionDiffusionParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Reaction-diffusion");
    prm.add_parameter("storage",
                      storage_text,
                      "m of the equations m(u)_t = div(D grad u) + R, formulas "
                      "of inputs and unknowns, one per unknown, separated by "
                      "semicolons; empty for the unknowns themselves [u].");
    prm.add_parameter("diffusion",
                      diffusion_text,
                      "D, one number or formula of the constants per unknown "
                      "[x^2/t].");
    prm.add_parameter("reaction",
                      reaction_text,
                      "R, formulas of inputs and unknowns; empty for zero "
                      "[u/t].");
    prm.add_parameter(
      "initial values", initial_text, "Formulas of the coordinates [u].");
    prm.add_parameter("boundary values",
                      value_text,
                      "Known values on faces, 'face: unknown: formula of the "
                      "inputs; ...' [u].");
    prm.add_parameter("boundary fluxes",
                      flux_text,
                      "What D times the outward derivative is on faces, 'face: "
                      "unknown: formula of inputs and unknowns; ...'; zero on "
                      "the other ones [u x/t].");
    prm.add_parameter(
      "cells", n_cells, "Elements along each coordinate [-].", Integer(1));
    prm.add_parameter("degree", degree, "Their degree [-].", Integer(1, 12));
    prm.add_parameter("steps", n_steps, "Steps in time [-].", Integer(4));
    prm.add_parameter("grading",
                      grading,
                      "The steps end at T (k/N)^g with this g: above one if "
                      "the solution begins with a jump [-].",
                      Double(1.));
    prm.leave_subsection();
  }



  void
  ReactionDiffusionParameters::parse_parameters(const FormulaNames &names,
                                                const Box          &box,
                                                const FaceParser   &parse_faces)
  {
    this->names          = names;
    this->box            = box;
    const unsigned int n = names.inputs.size();
    AssertInput((n == 2 || n == 3) && box.lower.back() == 0.,
                "Reference/equation: 'reaction-diffusion' has one or two "
                "coordinates and then the time, which begins with 0, not the "
                  << n << " inputs with the last bound " << box.lower.back()
                  << '.');

    std::vector<std::string> coordinates = names.inputs, all = names.inputs;
    coordinates.pop_back();
    all.insert(all.end(), names.unknowns.begin(), names.unknowns.end());
    storage   = parse_formulas("storage", storage_text, all);
    diffusion = parse_formulas("diffusion", diffusion_text, {});
    reaction  = parse_formulas("reaction", reaction_text, all);
    initial   = parse_formulas("initial values", initial_text, coordinates);
    AssertInput(!diffusion.empty() && !initial.empty(),
                section << "diffusion, initial values: one of the entries is "
                           "empty; there must be one formula per unknown.");
    for (const Formula &D : diffusion)
      AssertInput(std::isfinite(evaluate(D, {})) && evaluate(D, {}) >= 0.,
                  section << "diffusion: the value " << evaluate(D, {})
                          << " must not be negative.");
    values = parse_conditions(
      "boundary values", value_text, names.inputs, parse_faces);
    fluxes = parse_conditions("boundary fluxes", flux_text, all, parse_faces);
  }



  std::vector<Formula>
  ReactionDiffusionParameters::parse_formulas(
    const std::string              &entry,
    const std::string              &text,
    const std::vector<std::string> &variables) const
  {
    std::vector<Formula> formulas;
    for (const std::string &item : split_formulas(text))
      formulas.push_back(
        parse_formula(section + entry, item, variables, names.constants));
    AssertInput(formulas.empty() || formulas.size() == names.unknowns.size(),
                section << entry << ": there are " << formulas.size()
                        << " formulas; there must be one for each of the "
                        << names.unknowns.size() << " unknowns.");
    return formulas;
  }



  std::vector<ReactionDiffusionParameters::FaceFormula>
  ReactionDiffusionParameters::parse_conditions(
    const std::string              &entry,
    const std::string              &text,
    const std::vector<std::string> &variables,
    const FaceParser               &parse_faces) const
  {
    std::vector<FaceFormula> result;
    for (const std::string &item : split_formulas(text))
      {
        const auto first  = item.find(':');
        const auto second = item.find(':', first + 1);
        AssertInput(first != std::string::npos && second != std::string::npos,
                    section << entry << ": '" << item << "' is not of the form "
                            << "'face: unknown: formula'.");
        const std::string unknown =
          trim(item.substr(first + 1, second - first - 1));
        const unsigned int c =
          std::find(names.unknowns.begin(), names.unknowns.end(), unknown) -
          names.unknowns.begin();
        AssertInput(c < names.unknowns.size(),
                    section << entry << ": '" << unknown << "' is no unknown.");
        const Formula formula = parse_formula(
          section + entry, item.substr(second + 1), variables, names.constants);
        for (const BoxFace &face :
             parse_faces(section + entry, trim(item.substr(0, first))))
          {
            AssertInput(face.input + 1 < names.inputs.size(),
                        section << entry << ": '" << trim(item)
                                << "' is at a bound of the time, not of a "
                                   "coordinate.");
            result.push_back(
              {2 * face.input + (face.is_upper ? 1 : 0), c, formula});
          }
      }
    return result;
  }



  template <int dim>
  ReactionDiffusionParameters::Solution
  ReactionDiffusionParameters::solve() const
  {
    ReactionDiffusionOptions<dim> options;
    const auto                    to_inputs = [](const dealii::Point<dim> &x) {
      std::vector<double> inputs;
      for (unsigned int d = 0; d < dim; ++d)
        inputs.push_back(x[d]);
      return inputs;
    };

    // 1. Equations.
    for (unsigned int d = 0; d < dim; ++d)
      {
        options.lower[d] = box.lower[d];
        options.upper[d] = box.upper[d];
      }
    for (const Formula &D : diffusion)
      options.diffusion.push_back(evaluate(D, {}));
    if (!storage.empty())
      options.storage = make_term<dim>(storage);
    if (!reaction.empty())
      options.reaction = make_term<dim>(reaction);
    options.initial = [&](const dealii::Point<dim> &x, const unsigned int c) {
      return evaluate(initial[c], to_inputs(x));
    };

    // 2. Conditions.
    for (const FaceFormula &flux : fluxes)
      {
        std::vector<Formula> formulas(names.unknowns.size(),
                                      Formula::number(0.));
        formulas[flux.unknown] = flux.formula;
        options.fluxes.push_back({flux.face, make_term<dim>(formulas)});
      }
    for (const FaceFormula &value : values)
      options.dirichlet.push_back(
        {value.face,
         value.unknown,
         [&](const dealii::Point<dim> &x, const double t) {
           auto inputs = to_inputs(x);
           inputs.push_back(t);
           return evaluate(value.formula, inputs);
         }});

    // 3. How finely.
    options.end_time = box.upper.back();
    options.n_cells  = n_cells;
    options.degree   = degree;
    options.n_steps  = n_steps;
    options.grading  = grading;

    const auto solution =
      std::make_shared<const ReactionDiffusion<dim>>(options);
    return [solution](const std::vector<double> &x, const unsigned int c) {
      dealii::Point<dim + 1> point;
      for (unsigned int d = 0; d <= dim; ++d)
        point[d] = x[d];
      return solution->value(point, c);
    };
  }



  ReactionDiffusionParameters::Solution
  ReactionDiffusionParameters::make_solution() const
  {
    return names.inputs.size() == 2 ? solve<1>() : solve<2>();
  }
} // namespace sobolev
