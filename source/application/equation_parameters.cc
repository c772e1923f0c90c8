// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/equation_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_parser.h>
#include <sobolev/reference/box_diffusion.h>
#include <sobolev/reference/cole_hopf.h>
#include <sobolev/reference/periodic_reaction_diffusion.h>

#include <deal.II/base/numbers.h>
#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;

    // A number of points, at least one.
    std::uint64_t
    multiply(const double n, const double factor)
    {
      return static_cast<std::uint64_t>(std::max(1., std::round(n * factor)));
    }



    // The items of a list with semicolons; none if it is blank.
    std::vector<std::string>
    split(const std::string &text)
    {
      return trim(text).empty() ? std::vector<std::string>()
                                : split_string_list(text, ';');
    }



    // The value of a formula.
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



    Formula
    parse(const std::string              &entry,
          const std::string              &text,
          const std::vector<std::string> &variables,
          const FormulaParser::Constants &constants)
    {
      try
        {
          return FormulaParser(variables, constants).parse(text);
        }
      catch (const InputError &error)
        {
          throw InputError(entry + ": " + error.what());
        }
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



    // A solution that is a function of two inputs.
    EquationParameters::Solution
    make_solution_of(const std::shared_ptr<const dealii::Function<2>> &function)
    {
      return [function](const std::vector<double> &x, const unsigned int) {
        return function->value({x[0], x[1]});
      };
    }
  } // namespace



  void
  EquationParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.add_parameter(
      "name", name, "Name of the problem in reports and files [-].");
    prm.add_parameter("constants",
                      constants,
                      "Constants for all formulas, which may use those before "
                      "them, for instance 'k = 4*pi; c = k^2' [-].");
    prm.add_parameter("exact solution",
                      exact_solution,
                      "Formula of the exact solution in the inputs, where it "
                      "is known, for comparison only; one per unknown, "
                      "separated by semicolons [u].");

    prm.enter_subsection("Domain");
    prm.add_parameter("inputs",
                      inputs,
                      "Names of the inputs of the network: coordinates, time, "
                      "parameters, separated by commas [-].");
    prm.add_parameter("lower",
                      lower,
                      "Lower bounds of the inputs, numbers or formulas, "
                      "separated by commas [x].");
    prm.add_parameter("upper", upper, "Upper bounds of the inputs [x].");
    prm.leave_subsection();

    prm.enter_subsection("Equations");
    prm.add_parameter(
      "unknowns", unknowns, "Names of the unknowns, separated by commas [-].");
    prm.add_parameter("interior",
                      interior,
                      "What has to be zero in the domain, one formula per "
                      "equation, separated by semicolons; derivatives are "
                      "written 'u_x', 'u_xt', 'laplacian(u)'. With a name, "
                      "'flux: s - u_x', it is a block of its own [-].");
    prm.add_parameter("interior weight",
                      interior_weight,
                      "Weight of these equations in the loss [-].",
                      Double(0.));
    prm.add_parameter("conditions",
                      condition_list,
                      "What has to be zero on faces of the domain, 'face: "
                      "formula; ...', for instance 't = 0: u - sin(pi*x); x = "
                      "0, x = 1: u_x; boundary: u', where boundary is all "
                      "faces of all inputs but t [-].");
    prm.add_parameter("condition weights",
                      condition_weights,
                      "Weights of the conditions in the loss: one, or one per "
                      "condition, separated by semicolons [-].");
    prm.leave_subsection();

    prm.enter_subsection("Sampling");
    prm.add_parameter("interior points",
                      n_interior_points,
                      "Collocation points in the domain [-].",
                      Integer(1));
    prm.add_parameter("condition points",
                      condition_sizes,
                      "Collocation points on the faces of a condition: one "
                      "number, or one per condition, separated by semicolons "
                      "[-].");
    prm.add_parameter("densities",
                      density_list,
                      "Formulas, one per input and of this input, separated by "
                      "semicolons, to which the numbers of points are "
                      "proportional; empty for equally many everywhere [-].");
    prm.add_parameter("test points",
                      n_test_points,
                      "Points at which the error is measured; no training uses "
                      "them [-].",
                      Integer(1));
    prm.leave_subsection();

    prm.enter_subsection("Reference");
    prm.add_parameter("equation",
                      reference,
                      "A solution that is computed, of the inputs x and t: of "
                      "Burgers' equation u_t + u u_x = nu u_xx, u = -sin(pi x) "
                      "at t = 0, or of the Allen-Cahn equation u_t = nu u_xx + "
                      "5 (u - u^3), u = x^2 cos(pi x) at t = 0, with the "
                      "period (-1, 1); or of the inputs x and y, of -div(nu "
                      "grad u) = source with boundary values, by finite "
                      "elements [-].",
                      Selection("none|Burgers|Allen-Cahn|diffusion"));
    prm.add_parameter("diffusion",
                      diffusion,
                      "nu of this equation, a number or formula, which may "
                      "contain x and y for 'diffusion' [x^2/t].");
    prm.add_parameter(
      "source", source, "Formula of the source of 'diffusion' [u/t].");
    prm.add_parameter("boundary values",
                      boundary_values,
                      "Formula of u on the boundary, for 'diffusion' [u].");
    prm.leave_subsection();
  }



  void
  EquationParameters::parse_parameters(dealii::ParameterHandler &)
  {
    names.constants.clear();
    for (const std::string &item : split(constants))
      {
        const auto equals = item.find('=');
        AssertInput(equals != std::string::npos && equals > 0,
                    "constants: '" << item
                                   << "' is not of the form 'name = formula'.");
        const std::string constant = trim(item.substr(0, equals));
        names.constants[constant] =
          parse_number("constants", item.substr(equals + 1));
      }
    parse_domain();
    equations = split(interior);
    AssertInput(!equations.empty(),
                "Equations/interior: the entry is empty; it must have a "
                "formula.");
    parse_interior();
    AssertInput(interior_weight > 0.,
                "Equations/interior weight: the value 0 leaves nothing of the "
                "equations; it must be positive.");
    parse_conditions();
    parse_densities();
    check_solution();
  }



  void
  EquationParameters::parse_domain()
  {
    names.inputs   = split_string_list(inputs, ',');
    names.unknowns = split_string_list(unknowns, ',');
    try
      {
        names.check();
      }
    catch (const InputError &error)
      {
        throw InputError("Domain/inputs, Equations/unknowns: " +
                         std::string(error.what()));
      }

    const auto parse_bounds = [&](const std::string &entry,
                                  const std::string &text) {
      const auto items = split_string_list(text, ',');
      AssertInput(items.size() == names.inputs.size(),
                  "Domain/" << entry << ": '" << text << "' are "
                            << items.size() << " numbers; there must be one "
                            << "for each of the " << names.inputs.size()
                            << " inputs.");
      std::vector<double> bounds;
      for (const std::string &item : items)
        bounds.push_back(parse_number("Domain/" + entry, item));
      return bounds;
    };
    box.lower = parse_bounds("lower", lower);
    box.upper = parse_bounds("upper", upper);
    for (unsigned int i = 0; i < box.n_inputs(); ++i)
      AssertInput(box.lower[i] < box.upper[i],
                  "Domain/upper: the bound "
                    << box.upper[i] << " of '" << names.inputs[i]
                    << "' must be larger than "
                    << "the lower bound " << box.lower[i] << ".");
  }



  void
  EquationParameters::parse_interior()
  {
    // "name: formula"; a colon behind a question mark belongs to a formula.
    interior_blocks.clear();
    for (const std::string &item : equations)
      {
        const auto  colon    = item.find(':');
        const bool  has_name = colon < item.find('?');
        std::string name     = "interior";
        if (has_name)
          {
            name = trim(item.substr(0, colon));
            AssertInput(!name.empty(),
                        "Equations/interior: '"
                          << item << "' has no name before the colon.");
          }
        const std::string formula = has_name ? item.substr(colon + 1) : item;
        const auto        block   = std::find_if(interior_blocks.begin(),
                                        interior_blocks.end(),
                                        [&](const auto &other) {
                                          return other.first == name;
                                        });
        if (block == interior_blocks.end())
          interior_blocks.push_back({name, {formula}});
        else
          block->second.push_back(formula);
      }
  }



  void
  EquationParameters::parse_conditions()
  {
    conditions.clear();
    for (const std::string &item : split(condition_list))
      {
        const auto colon = item.find(':');
        AssertInput(colon != std::string::npos,
                    "Equations/conditions: '"
                      << item << "' is not of the form 'face: formula'.");
        Condition condition;
        condition.name  = trim(item.substr(0, colon));
        condition.text  = trim(item.substr(colon + 1));
        condition.faces = parse_faces(condition.name);
        conditions.push_back(condition);
      }

    const unsigned int n = conditions.size();
    const auto         weights =
      parse_numbers("Equations/condition weights", condition_weights, n);
    const auto sizes =
      parse_numbers("Sampling/condition points", condition_sizes, n);
    for (unsigned int c = 0; c < n; ++c)
      {
        AssertInput(sizes[c] >= 1. && sizes[c] == std::floor(sizes[c]),
                    "Sampling/condition points: "
                      << sizes[c] << " must be a positive whole number.");
        conditions[c].weight   = weights[c];
        conditions[c].n_points = static_cast<unsigned int>(sizes[c]);
      }
  }



  std::vector<BoxFace>
  EquationParameters::parse_faces(const std::string &text) const
  {
    const std::string    entry = "Equations/conditions: '" + text + "' ";
    std::vector<BoxFace> faces;
    if (text == "boundary")
      {
        for (unsigned int i = 0; i < names.inputs.size(); ++i)
          if (names.inputs[i] != "t")
            for (const bool is_upper : {false, true})
              faces.push_back({i, is_upper});
        return faces;
      }
    for (const std::string &item : split_string_list(text, ','))
      {
        const auto equals = item.find('=');
        AssertInput(equals != std::string::npos,
                    entry << "is no face; allowed are 'boundary' and lists of "
                          << "faces such as '" << names.inputs[0] << " = "
                          << box.lower[0] << "'.");
        const std::string input = trim(item.substr(0, equals));
        BoxFace           face;
        face.input =
          std::find(names.inputs.begin(), names.inputs.end(), input) -
          names.inputs.begin();
        AssertInput(face.input < names.inputs.size(),
                    entry << "is no face, because '" << input
                          << "' is no input.");
        const double lower_bound = box.lower[face.input];
        const double upper_bound = box.upper[face.input];
        const double value =
          parse_number("Equations/conditions", item.substr(equals + 1));
        const double tolerance = 1e-12 * (upper_bound - lower_bound);
        face.is_upper          = std::abs(value - upper_bound) <= tolerance;
        AssertInput(face.is_upper || std::abs(value - lower_bound) <= tolerance,
                    entry << "is no face: the bounds of '" << input << "' are "
                          << lower_bound << " and " << upper_bound << ".");
        faces.push_back(face);
      }
    return faces;
  }



  void
  EquationParameters::parse_densities()
  {
    densities.clear();
    const auto items = split(density_list);
    AssertInput(items.empty() || items.size() == names.inputs.size(),
                "Sampling/densities: there are "
                  << items.size() << " formulas; allowed are none, or one for "
                  << "each of the " << names.inputs.size() << " inputs.");
    for (unsigned int i = 0; i < items.size(); ++i)
      {
        const Formula formula = parse(
          "Sampling/densities", items[i], {names.inputs[i]}, names.constants);
        densities.push_back([formula](const double x) {
          const double density = evaluate(formula, {x});
          AssertInput(density > 0. && std::isfinite(density),
                      "Sampling/densities: the formula is "
                        << density << " at " << x
                        << "; it must be a positive number everywhere.");
          return density;
        });
      }
  }



  void
  EquationParameters::check_solution() const
  {
    if (reference == "diffusion")
      check_diffusion();
    else if (reference != "none")
      {
        const bool is_burgers = reference == "Burgers";
        AssertInput(trim(exact_solution).empty(),
                    "Reference/equation: '"
                      << reference << "' and the entry 'exact solution' "
                      << "exclude each other.");
        AssertInput(
          box.n_inputs() == 2 && names.unknowns.size() == 1 &&
            box.lower[1] == 0. &&
            (is_burgers || (box.lower[0] == -1. && box.upper[0] == 1.)),
          "Reference/equation: '"
            << reference << "' has one unknown and two inputs, the "
            << "coordinate and the time, which begins with 0"
            << (is_burgers ? "." : "; the domain is (-1, 1)."));
        AssertInput(parse_number("Reference/diffusion", diffusion) > 0.,
                    "Reference/diffusion: '" << diffusion
                                             << "' must be positive.");
      }
    const unsigned int n = split(exact_solution).size();
    AssertInput(n == 0 || n == names.unknowns.size(),
                "exact solution: there are "
                  << n << " formulas; there must be one for each of the "
                  << names.unknowns.size() << " unknowns.");
    for (const std::string &text : split(exact_solution))
      parse("exact solution", text, names.inputs, names.constants);
  }



  void
  EquationParameters::check_diffusion() const
  {
    AssertInput(trim(exact_solution).empty(),
                "Reference/equation: 'diffusion' and the entry 'exact "
                "solution' exclude each other.");
    AssertInput(box.n_inputs() == 2 && names.unknowns.size() == 1,
                "Reference/equation: 'diffusion' has one unknown and two "
                "inputs, not "
                  << names.unknowns.size() << " and " << box.n_inputs() << '.');
    parse("Reference/diffusion", diffusion, names.inputs, names.constants);
    parse("Reference/source", source, names.inputs, names.constants);
    parse("Reference/boundary values",
          boundary_values,
          names.inputs,
          names.constants);
  }



  EquationParameters::Solution
  EquationParameters::make_diffusion_solution() const
  {
    const auto make = [&](const std::string &entry, const std::string &text) {
      const Formula formula =
        parse("Reference/" + entry, text, names.inputs, names.constants);
      return std::make_shared<PlaneFunction>(
        "Reference/" + entry, formula, entry == "diffusion");
    };
    return make_solution_of(std::make_shared<BoxDiffusion>(
      dealii::Point<2>(box.lower[0], box.lower[1]),
      dealii::Point<2>(box.upper[0], box.upper[1]),
      make("diffusion", diffusion),
      make("source", source),
      make("boundary values", boundary_values)));
  }



  double
  EquationParameters::parse_number(const std::string &entry,
                                   const std::string &text) const
  {
    const double value = evaluate(parse(entry, text, {}, names.constants), {});
    AssertInput(std::isfinite(value),
                entry << ": '" << trim(text) << "' is not a finite number.");
    return value;
  }



  std::vector<double>
  EquationParameters::parse_numbers(const std::string &entry,
                                    const std::string &text,
                                    const unsigned int n) const
  {
    std::vector<double> values;
    for (const std::string &item : split(text))
      {
        values.push_back(parse_number(entry, item));
        AssertInput(values.back() >= 0.,
                    entry << ": " << values.back() << " is negative.");
      }
    if (values.size() == 1)
      values.assign(n, values[0]);
    AssertInput(values.size() == n,
                entry << ": there are " << values.size()
                      << " numbers; allowed are one, or one for each of the "
                      << n << " conditions.");
    return values;
  }



  InputPoints
  EquationParameters::interior_points(const std::uint64_t seed,
                                      const PointDraw    &draw,
                                      const MPI_Comm      communicator) const
  {
    return sample_box(
      box,
      {multiply(n_interior_points, draw.factor), seed, draw.stream, densities},
      communicator);
  }



  InputPoints
  EquationParameters::condition_points(const Condition    &condition,
                                       const std::uint64_t seed,
                                       const PointDraw    &draw,
                                       const MPI_Comm      communicator) const
  {
    const auto area = [&](const BoxFace &face) {
      double product = 1.;
      for (unsigned int i = 0; i < box.n_inputs(); ++i)
        if (i != face.input)
          product *= box.length(i);
      return product;
    };
    double total = 0.;
    for (const BoxFace &face : condition.faces)
      total += area(face);

    InputPoints points(box.n_inputs());
    for (const BoxFace &face : condition.faces)
      {
        const double share = condition.n_points * area(face) / total;
        points.append(sample_box_face(
          box,
          face,
          {multiply(share, draw.factor), seed, draw.stream, densities},
          communicator));
      }
    return points;
  }



  InputPoints
  EquationParameters::test_points(const std::uint64_t seed,
                                  const MPI_Comm      communicator) const
  {
    return sample_box(
      box, {n_test_points, seed, PointRule::test_stream, {}}, communicator);
  }



  std::vector<std::unique_ptr<ResidualBlock>>
  EquationParameters::make_blocks(const std::uint64_t seed,
                                  const PointDraw    &draw,
                                  const MPI_Comm      communicator) const
  {
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    for (const auto &[name, formulas] : interior_blocks)
      blocks.push_back(std::make_unique<FormulaResidual>(
        name,
        "Equations/interior",
        formulas,
        names,
        interior_points(seed, draw, communicator),
        interior_weight));
    for (const Condition &condition : conditions)
      blocks.push_back(std::make_unique<FormulaResidual>(
        condition.name,
        "Equations/conditions",
        std::vector<std::string>{condition.text},
        names,
        condition_points(condition, seed, draw, communicator),
        condition.weight));
    return blocks;
  }



  EquationParameters::Solution
  EquationParameters::make_solution() const
  {
    if (reference == "diffusion")
      return make_diffusion_solution();

    const double nu = parse_number("Reference/diffusion", diffusion);
    if (reference == "Burgers")
      return make_solution_of(std::make_shared<ColeHopf>(nu));
    if (reference == "Allen-Cahn")
      {
        PeriodicReactionDiffusionOptions options;
        options.diffusion = nu;
        options.reaction  = [](const double u) {
          return 5. * (u - u * u * u);
        };
        options.initial = [](const double x) {
          return x * x * std::cos(dealii::numbers::PI * x);
        };
        options.end_time = box.upper[1];
        options.n_steps =
          std::max(4U, static_cast<unsigned int>(500. * options.end_time));
        return make_solution_of(
          std::make_shared<PeriodicReactionDiffusion>(options));
      }

    std::vector<Formula> formulas;
    for (const std::string &text : split(exact_solution))
      formulas.push_back(
        parse("exact solution", text, names.inputs, names.constants));
    if (formulas.empty())
      return {};
    return [formulas](const std::vector<double> &x, const unsigned int c) {
      return evaluate(formulas[c], x);
    };
  }
} // namespace sobolev
