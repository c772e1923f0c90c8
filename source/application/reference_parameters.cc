// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/formula_entry.h>
#include <sobolev/application/reference_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/reference/active_turbulence.h>
#include <sobolev/reference/box_diffusion.h>
#include <sobolev/reference/cole_hopf.h>
#include <sobolev/reference/periodic_reaction_diffusion.h>

#include <deal.II/base/numbers.h>
#include <deal.II/base/patterns.h>
#include <deal.II/base/point.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace sobolev
{
  namespace
  {
    template <int dim>
    dealii::Point<dim>
    to_point(const std::vector<double> &x)
    {
      dealii::Point<dim> point;
      std::copy_n(x.begin(), dim, point.begin_raw());
      return point;
    }



    // The components of a solution that make(), which may take long, returns a
    // pointer to. It is called when the first value is asked for.
    template <int dim, typename Make>
    FormulaNames::Reference
    make_lazily(const std::vector<std::string> &names,
                const Make                     &make,
                const bool                      has_gradient = false)
    {
      using Function      = std::unique_ptr<const dealii::Function<dim>>;
      const auto solution = std::make_shared<Function>();
      const auto function = [=]() -> const dealii::Function<dim> & {
        if (!*solution)
          *solution = make();
        return **solution;
      };
      FormulaNames::Reference reference{
        names, [=](const std::vector<double> &x, const unsigned int k) {
          return function().value(to_point<dim>(x), k);
        }};
      if (has_gradient)
        reference.gradient = [=](const std::vector<double> &x,
                                 const unsigned int         k) {
          const auto slopes = function().gradient(to_point<dim>(x), k);
          return std::vector<double>(slopes.begin_raw(), slopes.end_raw());
        };
      return reference;
    }



    // A formula in two inputs, with its gradient.
    class PlaneFunction : public dealii::Function<2>
    {
    public:
      PlaneFunction(const std::string &entry,
                    const Formula     &formula,
                    const bool         is_positive)
        : entry(entry)
        , formula(formula)
        , is_positive(is_positive)
      {
      }

      double
      value(const dealii::Point<2> &p, const unsigned int = 0) const override
      {
        return jet(p)[0];
      }

      dealii::Tensor<1, 2>
      gradient(const dealii::Point<2> &p, const unsigned int = 0) const override
      {
        const Jet            result = jet(p);
        dealii::Tensor<1, 2> slopes;
        for (unsigned int d = 0; d < 2; ++d)
          slopes[d] = result[specification.first(d)];
        return slopes;
      }

    private:
      Jet
      jet(const dealii::Point<2> &p) const
      {
        const Jet x[]    = {Jet::input(specification, 0, p[0]),
                            Jet::input(specification, 1, p[1])};
        const Jet result = formula.evaluate(dealii::ArrayView<const Jet>(x, 2));
        AssertInput(std::isfinite(result[0]) &&
                      (!is_positive || result[0] > 0.),
                    entry << ": the formula is " << result[0] << " at (" << p
                          << "), which is not possible.");
        return result;
      }

      const std::string      entry;
      const Formula          formula;
      const bool             is_positive;
      const JetSpecification specification = JetSpecification::gradient(2);
    };
  } // namespace



  void
  ReferenceParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Reference");
    prm.add_parameter(
      "equation",
      equation,
      "A solution that is computed. Of the inputs x and t: of "
      "Burgers' equation u_t + u u_x = nu u_xx, u = -sin(pi x) "
      "at t = 0, or of the Allen-Cahn equation u_t = nu u_xx + "
      "5 (u - u^3), u = x^2 cos(pi x) at t = 0, with the "
      "period (-1, 1). Of the inputs x, y and t: active "
      "turbulence with the period 2 pi, whose unknowns are "
      "called u, v (velocity), w (vorticity), p (pressure), q "
      "(Laplacian of w). Of the inputs x and y: of -div(nu grad "
      "u) = source with boundary values, by finite elements. Or "
      "that of the equations in the section "
      "Reaction-diffusion [-].",
      Selection("none|Burgers|Allen-Cahn|active turbulence|"
                "diffusion|reaction-diffusion"));
    prm.add_parameter("diffusion",
                      diffusion,
                      "nu of this equation, a number or formula, which may "
                      "contain x and y for 'diffusion' [x^2/t].");
    prm.add_parameter(
      "source", source, "Formula of the source of 'diffusion' [u/t].");
    prm.add_parameter("boundary values",
                      boundary_values,
                      "Formula of u on the boundary, for 'diffusion' [u].");

    prm.enter_subsection("Active turbulence");
    prm.add_parameter("coefficients",
                      coefficients,
                      "lambda_0, alpha, beta, Gamma_0, Gamma_2 of u_t + "
                      "lambda_0 u.grad u = -grad p - alpha u - beta |u|^2 u + "
                      "Gamma_0 laplacian(u) - Gamma_2 bilaplacian(u), numbers "
                      "or formulas, separated by commas [-].");
    prm.add_parameter("grid points",
                      n_grid_points,
                      "Grid points per direction and period; a quarter of "
                      "them is the number of waves [-].",
                      Integer(8));
    prm.add_parameter(
      "time step", time_step, "Step of the solver [t].", Double(1e-12));
    prm.add_parameter("initial waves",
                      n_initial_waves,
                      "Largest wave number at t = 0 [-].",
                      Integer(1));
    prm.add_parameter("seed",
                      initial_seed,
                      "Of the random waves at t = 0; it does not change with "
                      "that of the training [-].",
                      Integer(0));
    prm.leave_subsection();

    reaction_diffusion.declare_parameters(prm);
    prm.leave_subsection();
  }



  FormulaNames::Reference
  ReferenceParameters::make(
    const FormulaNames                            &names,
    const Box                                     &box,
    const ReactionDiffusionParameters::FaceParser &parse_faces) const
  {
    if (equation == "reaction-diffusion")
      {
        using Solution = ReactionDiffusionParameters::Solution;

        auto parameters = reaction_diffusion;
        parameters.parse_parameters(names, box, parse_faces);
        const auto solution = std::make_shared<Solution>();
        return {names.unknowns,
                [=](const std::vector<double> &x, const unsigned int k) {
                  if (!*solution)
                    *solution = parameters.make_solution();
                  return (*solution)(x, k);
                }};
      }
    if (equation == "Burgers")
      return make_burgers(names, box);
    if (equation == "Allen-Cahn")
      return make_allen_cahn(names, box);
    if (equation == "diffusion")
      return make_diffusion(names, box);
    if (equation == "active turbulence")
      return make_active_turbulence(names, box);
    return {};
  }



  double
  ReferenceParameters::check_scalar_equation(const FormulaNames &names,
                                             const Box          &box) const
  {
    const bool is_burgers = equation == "Burgers";
    AssertInput(box.n_inputs() == 2 && names.unknowns.size() == 1 &&
                  box.lower[1] == 0. &&
                  (is_burgers || (box.lower[0] == -1. && box.upper[0] == 1.)),
                "Reference/equation: '"
                  << equation << "' has one unknown and two inputs, the "
                  << "coordinate and the time, which begins with 0"
                  << (is_burgers ? "." : "; the domain is (-1, 1)."));
    const double nu =
      parse_number("Reference/diffusion", diffusion, names.constants);
    AssertInput(nu > 0.,
                "Reference/diffusion: '" << diffusion << "' must be positive.");
    return nu;
  }



  FormulaNames::Reference
  ReferenceParameters::make_burgers(const FormulaNames &names,
                                    const Box          &box) const
  {
    const double nu = check_scalar_equation(names, box);
    return make_lazily<2>(names.unknowns, [=] {
      return std::make_unique<const ColeHopf>(nu);
    });
  }



  FormulaNames::Reference
  ReferenceParameters::make_allen_cahn(const FormulaNames &names,
                                       const Box          &box) const
  {
    PeriodicReactionDiffusionOptions options;
    options.diffusion = check_scalar_equation(names, box);
    options.reaction  = [](const double u) {
      return 5. * (u - u * u * u);
    };
    options.initial = [](const double x) {
      return x * x * std::cos(dealii::numbers::PI * x);
    };
    options.end_time = box.upper[1];
    options.n_steps =
      std::max(4U, static_cast<unsigned int>(500. * options.end_time));
    return make_lazily<2>(names.unknowns, [=] {
      return std::make_unique<const PeriodicReactionDiffusion>(options);
    });
  }



  FormulaNames::Reference
  ReferenceParameters::make_diffusion(const FormulaNames &names,
                                      const Box          &box) const
  {
    AssertInput(box.n_inputs() == 2 && names.unknowns.size() == 1,
                "Reference/equation: 'diffusion' has one unknown and two "
                "inputs, not "
                  << names.unknowns.size() << " and " << box.n_inputs() << '.');
    const auto make = [&](const std::string &entry, const std::string &text) {
      return std::make_shared<PlaneFunction>(
        "Reference/" + entry,
        parse_formula(
          "Reference/" + entry, text, names.inputs, names.constants),
        entry == "diffusion");
    };
    const dealii::Point<2> lower(box.lower[0], box.lower[1]),
      upper(box.upper[0], box.upper[1]);
    const auto coefficient = make("diffusion", diffusion);
    const auto right_side  = make("source", source);
    const auto boundary    = make("boundary values", boundary_values);
    return make_lazily<2>(names.unknowns, [=] {
      return std::make_unique<const BoxDiffusion>(
        lower, upper, coefficient, right_side, boundary);
    });
  }



  FormulaNames::Reference
  ReferenceParameters::make_active_turbulence(const FormulaNames &names,
                                              const Box          &box) const
  {
    // 1. The unknowns.
    const auto &components = ActiveTurbulence::component_names();
    AssertInput(box.n_inputs() == 3 && box.lower[2] >= 0.,
                "Reference/equation: 'active turbulence' has three inputs, two "
                "coordinates and the time, which is not negative.");
    for (const std::string &unknown : names.unknowns)
      AssertInput(std::find(components.begin(), components.end(), unknown) !=
                    components.end(),
                  "Reference/equation: the unknowns of 'active turbulence' are "
                  "called u, v, w, p, q, and not '"
                    << unknown << "'.");

    // 2. The equation.
    const std::string entry = "Reference/Active turbulence/coefficients";
    const auto        items = split_at_commas(coefficients);
    AssertInput(items.size() == 5,
                entry << ": there are " << items.size()
                      << " numbers; there must be five.");
    std::vector<double> numbers;
    for (const std::string &item : items)
      numbers.push_back(parse_number(entry, item, names.constants));
    AssertInput(numbers[4] > 0.,
                entry << ": the last one is " << numbers[4]
                      << "; it must be positive.");

    ActiveTurbulenceOptions options;
    options.advection      = numbers[0];
    options.friction       = numbers[1];
    options.cubic_friction = numbers[2];
    options.diffusion      = numbers[3];
    options.fourth_order   = numbers[4];
    options.initial =
      ActiveTurbulence::random_waves(initial_seed, n_initial_waves);
    options.begin_time = box.lower[2];
    options.end_time   = box.upper[2];
    options.time_step  = time_step;
    options.n_points   = n_grid_points;
    return make_lazily<3>(
      components,
      [=] {
        return std::make_unique<const ActiveTurbulence>(options);
      },
      true);
  }
} // namespace sobolev
