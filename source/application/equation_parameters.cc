// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/equation_parameters.h>
#include <sobolev/application/formula_entry.h>
#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/network/random_modes.h>
#include <sobolev/objective/first_order_formulas.h>
#include <sobolev/objective/function_mismatch.h>
#include <sobolev/sampling/point_batches.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;

    // Names the points on surfaces.
    constexpr std::uint64_t surface_purpose = 0x737572;



    // Names the mini-batches of points, not of the same place in each block.
    constexpr std::uint64_t batch_purpose = 0x6261746368;



    // A number of points, at least one.
    std::uint64_t
    multiply(const double n, const double factor)
    {
      return static_cast<std::uint64_t>(std::max(1., std::round(n * factor)));
    }



    // A formula of the block with this name, which may be a new one.
    void
    add_to_block(
      std::vector<std::pair<std::string, std::vector<std::string>>> &blocks,
      const std::string                                             &name,
      const std::string                                             &formula)
    {
      for (auto &[other, formulas] : blocks)
        if (other == name)
          {
            formulas.push_back(formula);
            return;
          }
      blocks.push_back({name, {formula}});
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
                      "is known, for comparison and for Sobolev training; one "
                      "per unknown, separated by semicolons. 'random modes: "
                      "number, largest wavenumber, largest amplitude, seed' is "
                      "a random sum of products of sines and cosines [u].");

    domain.declare_parameters(prm);

    prm.enter_subsection("Equations");
    prm.add_parameter(
      "unknowns", unknowns, "Names of the unknowns, separated by commas [-].");
    prm.add_parameter("interior",
                      interior,
                      "What has to be zero in the domain, one formula per "
                      "equation, separated by semicolons; derivatives are "
                      "written 'u_x', 'u_xt', 'laplacian(u)'. With a name, "
                      "'flux: s - u_x', it is a block of its own [-].");
    prm.add_parameter("first-order system",
                      is_first_order,
                      "Replace derivatives of second and higher order by those "
                      "of further unknowns: 'u_xx' by 'ux_x' with ux = u_x, "
                      "'diff(k*u_x, x)' by 'flux1_x' with flux1 = k*u_x; these "
                      "definitions are a block that is called flux [-].");
    prm.add_parameter("interior weight",
                      interior_weight,
                      "Weight of these equations in the loss [-].",
                      Double(0.));
    prm.add_parameter("Sobolev order",
                      sobolev_order,
                      "Fit the network to the formulas of the exact solution "
                      "together with their derivatives up to this order, each "
                      "order a block of its own, with the weight of the "
                      "equations [-].",
                      Selection("none|0|1|2|3|4"));
    prm.add_parameter("Sobolev derivatives",
                      sobolev_derivatives,
                      "The derivatives of one order: the sum over the inputs "
                      "of those along one input, as the Laplacian, or all of "
                      "them, each a residual of its own [-].",
                      Selection("sums|all"));
    prm.add_parameter("Sobolev multipliers",
                      sobolev_multipliers,
                      "Unknown coefficients, one for each order from the first "
                      "one on, separated by commas: the derivatives of the "
                      "network are multiplied by them before they are compared "
                      "with those of the solution; empty: none [-].");
    prm.add_parameter("conditions",
                      condition_list,
                      "What has to be zero on faces of the domain, 'face: "
                      "formula; ...', for instance 't = 0: u - sin(pi*x); x = "
                      "0, x = 1: u_x; boundary: u, v', where boundary is all "
                      "faces of all inputs but t; a face may also be the name "
                      "of a surface [-].");
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

    reference.declare_parameters(prm);
  }



  void
  EquationParameters::parse_parameters(dealii::ParameterHandler &)
  {
    names.constants.clear();
    for (const std::string &item : split_formulas(constants))
      {
        const auto equals = item.find('=');
        AssertInput(equals != std::string::npos && equals > 0,
                    "constants: '" << item
                                   << "' is not of the form 'name = formula'.");
        const std::string constant = trim(item.substr(0, equals));
        names.constants[constant] =
          parse_number("constants", item.substr(equals + 1), names.constants);
      }
    names.inputs   = domain.input_names();
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
    domain.parse_parameters(names.constants);
    equations = split_formulas(interior);
    parse_exact_solution();
    AssertInput(!equations.empty() || !fitted_orders.empty(),
                "Equations/interior: the entry is empty; it must have a "
                "formula.");
    parse_interior();
    AssertInput(interior_weight > 0.,
                "Equations/interior weight: the value 0 leaves nothing of the "
                "equations; it must be positive.");
    parse_conditions();
    parse_densities();
    make_reference();
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
        add_to_block(
          interior_blocks, name, has_name ? item.substr(colon + 1) : item);
      }
  }



  void
  EquationParameters::reduce_order()
  {
    n_fluxes = 0;
    if (!is_first_order)
      return;
    AssertInput(fitted_orders.empty(),
                "Equations/first-order system: the value true and Sobolev "
                "training exclude each other.");

    // 1. Equations and conditions.
    FirstOrderFormulas reduction(names);
    const auto         reduce = [&](const std::string &entry,
                            const std::string &formula) {
      try
        {
          return reduction.reduce(formula);
        }
      catch (const InputError &error)
        {
          throw InputError("Equations/" + entry + ": " + error.what());
        }
    };
    for (auto &[name, formulas] : interior_blocks)
      for (std::string &formula : formulas)
        formula = reduce("interior", formula);
    for (Condition &condition : conditions)
      {
        std::string text;
        for (const std::string &formula : split_at_commas(condition.text))
          text += (text.empty() ? "" : ", ") + reduce("conditions", formula);
        condition.text = text;
      }

    // 2. Definitions of the fluxes.
    for (const auto &flux : reduction.fluxes())
      add_to_block(
        interior_blocks, "flux", flux.name + " - (" + flux.definition + ")");
    names.unknowns = reduction.extended_names().unknowns;
    n_fluxes       = reduction.fluxes().size();
    AssertInput(n_fluxes > 0,
                "Equations/first-order system: the value true has no effect, "
                "because no equation contains a derivative of second or higher "
                "order, or diff.");

    // 3. Their values, where those of the others are formulas.
    if (!solution_texts.empty())
      {
        for (const std::string &text : reduction.known_fluxes(solution_texts))
          solution_texts.push_back(text);
        make_exact_reference();
      }

    // 4. All that is said about them.
    equations.clear();
    for (const auto &[name, formulas] : interior_blocks)
      for (const std::string &formula : formulas)
        equations.push_back(name == "interior" ? formula
                                               : name + ": " + formula);
  }



  std::vector<unsigned int>
  EquationParameters::given_unknowns() const
  {
    std::vector<unsigned int> result(names.unknowns.size() - n_fluxes);
    std::iota(result.begin(), result.end(), 0);
    return result;
  }



  std::vector<unsigned int>
  EquationParameters::known_fluxes() const
  {
    std::vector<unsigned int> result;
    if (solution_texts.size() == names.unknowns.size())
      {
        result.resize(n_fluxes);
        std::iota(result.begin(), result.end(), given_unknowns().size());
      }
    return result;
  }



  void
  EquationParameters::parse_exact_solution()
  {
    solution_texts.clear();
    for (const std::string &text : split_formulas(exact_solution))
      solution_texts.push_back(expand_random_modes(text));
    const unsigned int n = solution_texts.size();
    AssertInput(n == 0 || n == names.unknowns.size(),
                "exact solution: there are "
                  << n << " formulas; there must be one for each of the "
                  << names.unknowns.size() << " unknowns.");
    for (const std::string &text : solution_texts)
      parse_formula("exact solution", text, names.inputs, names.constants);

    fitted_orders.clear();
    if (sobolev_order == "none")
      return;
    AssertInput(n > 0,
                "Equations/Sobolev order: the value "
                  << sobolev_order << " needs the function and its derivatives "
                  << "in the entry 'exact solution', which is empty.");
    for (int order = 0; order <= std::stoi(sobolev_order); ++order)
      fitted_orders.push_back(order);
  }



  std::string
  EquationParameters::expand_random_modes(const std::string &text) const
  {
    const std::string name = "random modes:";
    if (text.compare(0, name.size(), name) != 0)
      return text;
    const auto items = split_string_list(text.substr(name.size()), ',');
    AssertInput(items.size() == 4,
                "exact solution: '"
                  << text << "' has " << items.size() << " numbers; there must "
                  << "be four, number, largest wavenumber, largest amplitude, "
                  << "seed.");
    std::vector<double> numbers;
    for (const std::string &item : items)
      numbers.push_back(parse_number("exact solution", item, names.constants));
    for (const unsigned int i : {0, 1, 3})
      AssertInput(numbers[i] >= (i == 3 ? 0. : 1.) && numbers[i] < 1e9 &&
                    numbers[i] == std::floor(numbers[i]),
                  "exact solution: '"
                    << text << "' has the number " << numbers[i]
                    << ", which must be a whole number"
                    << (i == 3 ? " that is not negative." : " above zero."));
    return random_modes(names.inputs,
                        {static_cast<unsigned int>(numbers[0]),
                         static_cast<unsigned int>(numbers[1]),
                         numbers[2],
                         static_cast<std::uint64_t>(numbers[3])});
  }



  void
  EquationParameters::parse_conditions()
  {
    conditions.clear();
    for (const std::string &item : split_formulas(condition_list))
      {
        const auto colon = item.find(':');
        AssertInput(colon != std::string::npos,
                    "Equations/conditions: '"
                      << item << "' is not of the form 'face: formula'.");
        Condition condition;
        condition.name = trim(item.substr(0, colon));
        condition.text = trim(item.substr(colon + 1));
        condition.places =
          domain.parse_places("Equations/conditions", condition.name);
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



  void
  EquationParameters::parse_densities()
  {
    densities.clear();
    const auto items = split_formulas(density_list);
    AssertInput(items.empty() || items.size() == names.inputs.size(),
                "Sampling/densities: there are "
                  << items.size() << " formulas; allowed are none, or one for "
                  << "each of the " << names.inputs.size() << " inputs.");
    for (unsigned int i = 0; i < items.size(); ++i)
      {
        const Formula formula = parse_formula(
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
  EquationParameters::make_reference()
  {
    AssertInput(reference.name() == "none" || solution_texts.empty(),
                "Reference/equation: '"
                  << reference.name()
                  << "' and the entry 'exact solution' exclude each other.");
    names.reference =
      reference.make(names,
                     domain.box,
                     [this](const std::string &entry, const std::string &text) {
                       return domain.parse_faces(entry, text);
                     });
    if (!solution_texts.empty())
      make_exact_reference();
  }



  void
  EquationParameters::make_exact_reference()
  {
    std::vector<Formula> formulas;
    for (const std::string &text : solution_texts)
      formulas.push_back(
        parse_formula("exact solution", text, names.inputs, names.constants));
    names.reference = {
      {names.unknowns.begin(), names.unknowns.begin() + formulas.size()},
      [formulas](const std::vector<double> &x, const unsigned int c) {
        return evaluate(formulas[c], x);
      },
      [formulas](const std::vector<double> &x, const unsigned int c) {
        return evaluate_gradient(formulas[c], x);
      }};
  }



  std::vector<double>
  EquationParameters::parse_numbers(const std::string &entry,
                                    const std::string &text,
                                    const unsigned int n) const
  {
    std::vector<double> values;
    for (const std::string &item : split_formulas(text))
      {
        values.push_back(parse_number(entry, item, names.constants));
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



  std::uint64_t
  EquationParameters::largest_number_of_points(const PointDraw &draw) const
  {
    unsigned int largest = n_interior_points;
    for (const Condition &condition : conditions)
      largest = std::max(largest, condition.n_points);
    return multiply(largest, draw.factor);
  }



  InputPoints
  EquationParameters::interior_points(const std::uint64_t seed,
                                      const PointDraw    &draw,
                                      const MPI_Comm      communicator) const
  {
    const auto points =
      domain.restrict(sample_box(domain.box,
                                 {multiply(n_interior_points, draw.factor),
                                  seed,
                                  draw.stream,
                                  densities},
                                 communicator),
                      "interior points",
                      communicator);
    return in_batches(points,
                      draw.n_batches,
                      CounterBasedRandom::hash(seed, {batch_purpose}),
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
      for (unsigned int i = 0; i < domain.box.n_inputs(); ++i)
        if (i != face.input)
          product *= domain.box.length(i);
      return product;
    };
    double total = 0.;
    for (const BoxFace &face : condition.places.faces)
      total += area(face);
    for (const unsigned int s : condition.places.surfaces)
      total += domain.surfaces[s].area();

    // 1. Face by face, without those outside.
    std::vector<InputPoints> parts;
    bool                     is_empty = !condition.places.faces.empty();
    for (const BoxFace &face : condition.places.faces)
      {
        const double share = condition.n_points * area(face) / total;
        parts.push_back(domain.inside(sample_box_face(
          domain.box,
          face,
          {multiply(share, draw.factor), seed, draw.stream, densities},
          communicator)));
        is_empty = is_empty && parts.back().size() == 0;
      }
    AssertInput(dealii::Utilities::MPI::min(is_empty ? 1 : 0, communicator) ==
                  0,
                "Domain/inside: the formula is not positive at any of the "
                "condition points on '"
                  << condition.name << "'.");
    for (const unsigned int s : condition.places.surfaces)
      {
        const double share =
          condition.n_points * domain.surfaces[s].area() / total;
        parts.push_back(domain.surfaces[s].sample(
          {multiply(share, draw.factor),
           CounterBasedRandom::hash(seed, {surface_purpose, s}),
           draw.stream,
           {}},
          communicator));
      }

    // 2. Together.
    InputPoints points;
    for (unsigned int k = 0; k < parts.size(); ++k)
      {
        const auto part =
          in_batches(parts[k],
                     draw.n_batches,
                     CounterBasedRandom::hash(seed, {batch_purpose, k + 1}),
                     communicator);
        if (k == 0)
          points = part;
        else
          points.append(part);
      }
    return points;
  }



  InputPoints
  EquationParameters::test_points(const std::uint64_t seed,
                                  const MPI_Comm      communicator) const
  {
    return domain.restrict(
      sample_box(domain.box,
                 {n_test_points, seed, PointRule::test_stream, {}},
                 communicator),
      "test points",
      communicator);
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

    std::vector<std::shared_ptr<const InputFunction>> labels;
    if (!fitted_orders.empty())
      for (const std::string &text : solution_texts)
        labels.push_back(std::make_shared<FormulaFunction>(
          text, names.inputs, names.constants));
    const unsigned int n_inputs = domain.box.n_inputs();
    for (const unsigned int order : fitted_orders)
      blocks.push_back(std::make_unique<FunctionMismatch>(
        order == 0 ? "values" : "derivatives of order " + std::to_string(order),
        labels,
        sobolev_derivatives == "sums"
          ? std::vector<DerivativeSum>{sum_of_derivatives(n_inputs, order)}
          : all_derivatives(n_inputs, order),
        interior_points(seed, draw, communicator),
        interior_weight,
        multiplier_of(order)));

    for (const Condition &condition : conditions)
      blocks.push_back(std::make_unique<FormulaResidual>(
        condition.name,
        "Equations/conditions",
        split_at_commas(condition.text),
        names,
        condition_points(condition, seed, draw, communicator),
        condition.weight));
    return blocks;
  }



  unsigned int
  EquationParameters::multiplier_of(const unsigned int order) const
  {
    const auto multipliers = split_string_list(sobolev_multipliers, ',');
    if (multipliers.empty() || order == 0)
      return FunctionMismatch::no_multiplier;
    AssertInput(multipliers.size() + 1 == fitted_orders.size(),
                "Equations/Sobolev multipliers: there are "
                  << multipliers.size()
                  << " names; there must be one for each of the "
                  << fitted_orders.size() - 1 << " orders above zero.");
    const auto        outputs = names.outputs();
    const std::string name    = multipliers[order - 1];
    const auto        place =
      std::find(outputs.begin() + names.unknowns.size(), outputs.end(), name);
    AssertInput(place != outputs.end(),
                "Equations/Sobolev multipliers: '"
                  << name << "' is no unknown coefficient.");
    return place - outputs.begin();
  }



  EquationParameters::Solution
  EquationParameters::make_solution() const
  {
    if (!names.reference.value)
      return {};
    return [numbers = reference_numbers(), value = names.reference.value](
             const std::vector<double> &x, const unsigned int c) {
      return value(x, numbers[c]);
    };
  }



  EquationParameters::SolutionGradient
  EquationParameters::make_solution_gradient() const
  {
    if (!names.reference.gradient)
      return {};
    return [numbers = reference_numbers(), gradient = names.reference.gradient](
             const std::vector<double> &x, const unsigned int c) {
      return gradient(x, numbers[c]);
    };
  }



  std::vector<unsigned int>
  EquationParameters::reference_numbers() const
  {
    const auto               &known = names.reference.names;
    std::vector<unsigned int> numbers;
    for (const std::string &unknown : names.unknowns)
      numbers.push_back(std::find(known.begin(), known.end(), unknown) -
                        known.begin());
    return numbers;
  }
} // namespace sobolev
