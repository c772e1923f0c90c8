// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/hard_boundary.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/distance_function.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/problem/expression.h>
#include <sobolev/problem/flat_boundary.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace sobolev
{
  namespace
  {
    using FunctionPointer = std::shared_ptr<const InputFunction>;
    using Constants       = std::map<std::string, double>;
    using dealii::Utilities::trim;

    // The formula of one component from a list with one formula for all of
    // them, or one for each.
    std::string
    formula_of_component(const std::string &entry,
                         const std::string &text,
                         const unsigned int component,
                         const unsigned int n_components)
    {
      const auto items = dealii::Utilities::split_string_list(text, ';');
      AssertInput(items.size() == 1 || items.size() == n_components,
                  "Network/" << entry << ": there are " << items.size()
                             << " formulas; allowed are one, or one for each "
                             << "of the " << n_components << " component(s).");
      return items.size() == 1 ? items[0] : items[component];
    }



    // The boundary ids on which a component has a Dirichlet condition, with the
    // texts of the data.
    template <int dim>
    std::map<dealii::types::boundary_id, std::string>
    find_dirichlet_data(const Problem<dim> &problem,
                        const unsigned int  component)
    {
      std::map<dealii::types::boundary_id, std::string> data;
      for (const auto &[id, conditions] : problem.boundary_conditions)
        for (const auto &condition : conditions)
          if (condition.kind == BoundaryCondition<dim>::Kind::dirichlet &&
              condition.component == component)
            {
              const auto expression =
                dynamic_cast<const Expression<dim> *>(condition.value.get());
              data[id] = expression ? trim(expression->text()) : "";
            }
      return data;
    }



    template <int dim>
    FunctionPointer
    make_distance(const HardBoundaryOptions                  &options,
                  const Problem<dim>                         &problem,
                  const std::set<dealii::types::boundary_id> &ids)
    {
      std::vector<FlatFace> faces;
      try
        {
          for (const auto &piece :
               find_flat_boundary(problem.triangulation, ids))
            {
              FlatFace face;
              face.trimmed = !piece.is_supporting;
              for (unsigned int d = 0; d < dim; ++d)
                face.normal.push_back(piece.normal[d]);
              for (const auto &vertex : piece.vertices)
                {
                  face.vertices.emplace_back();
                  for (unsigned int d = 0; d < dim; ++d)
                    face.vertices.back().push_back(vertex[d]);
                }
              faces.push_back(face);
            }
        }
      catch (const InputError &error)
        {
          throw InputError("Network/hard boundary: 'mesh' is not possible, " +
                           std::string(error.what()));
        }
      return std::make_shared<DistanceFunction>(
        dim, faces, options.distance_order);
    }



    // The offset; null if it is zero.
    FunctionPointer
    make_offset(const HardBoundaryOptions &options,
                const std::map<dealii::types::boundary_id, std::string> &data,
                const unsigned int              component,
                const unsigned int              n_components,
                const std::vector<std::string> &variables,
                const Constants                &constants)
    {
      FunctionPointer offset;
      if (!trim(options.extension).empty())
        offset = make_formula(
          "boundary extension",
          formula_of_component(
            "boundary extension", options.extension, component, n_components),
          variables,
          constants);
      else
        {
          const auto &first = *data.begin();
          for (const auto &[id, text] : data)
            AssertInput(!text.empty() && text == first.second,
                        "Network/boundary extension: boundary ids "
                          << first.first << " and " << id
                          << " have different Dirichlet conditions for "
                             "component "
                          << component << ", '" << first.second << "' and '"
                          << text << "'; a formula is needed that is equal to "
                          << "all of them where they hold.");
          offset = make_formula(
            "boundary extension", first.second, variables, constants);
        }
      const std::string text = offset->text();
      return text.substr(text.find(':')) == ": 0" ? nullptr : offset;
    }



    template <int dim>
    double
    evaluate(const InputFunction &function, const dealii::Point<dim> &point)
    {
      const JetSpecification only_value;
      std::vector<Jet>       x;
      for (unsigned int d = 0; d < dim; ++d)
        x.emplace_back(only_value, point[d]);
      return function.evaluate(
        dealii::ArrayView<const Jet>(x.data(), x.size()))[0];
    }



    // The largest number of all, infinite if one is not a number.
    double
    add_maximum(const double maximum, const double value)
    {
      return std::isnan(value) ? std::numeric_limits<double>::infinity()
                               : std::max(maximum, value);
    }



    // That a factor is finite and keeps its sign in the domain; returns its
    // largest absolute value. Collective.
    template <int dim>
    double
    check_in_domain(const InputFunction          &factor,
                    const Problem<dim>           &problem,
                    const CollocationPoints<dim> &interior)
    {
      double highest      = std::numeric_limits<double>::lowest();
      double minus_lowest = highest;
      for (const auto &point : interior.points)
        {
          const double phi = evaluate(factor, point);
          highest          = add_maximum(highest, phi);
          minus_lowest     = add_maximum(minus_lowest, -phi);
        }
      highest = dealii::Utilities::MPI::max(highest, problem.communicator);
      minus_lowest =
        dealii::Utilities::MPI::max(minus_lowest, problem.communicator);

      AssertInput(std::isfinite(highest) && std::isfinite(minus_lowest),
                  "Network/distance: the function is not a finite number at a "
                  "point in the domain.");
      AssertInput(highest < 0. || minus_lowest < 0.,
                  "Network/distance: the function is zero or changes its sign "
                  "in the domain, between "
                    << -minus_lowest << " and " << highest
                    << "; it must be zero only where Dirichlet conditions "
                       "hold.");
      return std::max(std::abs(highest), std::abs(minus_lowest));
    }



    // That the factor vanishes on a part of the boundary, compared with its
    // size in the domain, and that the offset is the data. Collective.
    template <int dim>
    void
    check_condition(const Architecture           &architecture,
                    const Problem<dim>           &problem,
                    const BoundaryCondition<dim> &condition,
                    const CollocationPoints<dim> &points,
                    const double                  size)
    {
      // Formulas for curved boundaries are wrong by the error of the mapping.
      constexpr double tolerance = 1e-3;

      const unsigned int    c      = condition.component;
      const FunctionPointer offset = architecture.offsets[c];
      double                phi = 0., difference = 0., data_size = 0.;
      for (const auto &point : points.points)
        {
          const double data = condition.value->value(point);
          const double g    = offset ? evaluate(*offset, point) : 0.;
          phi               = add_maximum(
            phi, std::abs(evaluate(*architecture.factors[c], point)));
          difference = add_maximum(difference, std::abs(g - data));
          data_size  = add_maximum(data_size, std::abs(data));
        }
      phi = dealii::Utilities::MPI::max(phi, problem.communicator);
      difference =
        dealii::Utilities::MPI::max(difference, problem.communicator);
      data_size = dealii::Utilities::MPI::max(data_size, problem.communicator);
      if (data_size == 0.)
        data_size = architecture.output_scale[c];

      AssertInput(phi <= tolerance * size,
                  "Network/distance: the function is "
                    << phi << " at a point with boundary id "
                    << points.boundary_id
                    << ", where a Dirichlet condition holds; it must be zero "
                       "there.");
      AssertInput(difference <= tolerance * data_size,
                  "Network/boundary extension: the formula differs by "
                    << difference << " from the Dirichlet condition on "
                    << "boundary id " << points.boundary_id
                    << "; it must be equal to it there.");
    }
  } // namespace



  void
  HardBoundaryOptions::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;
    prm.add_parameter("hard boundary",
                      kind,
                      "Whether Dirichlet conditions are fulfilled exactly, by "
                      "u = g + phi N with the network N, instead of in the "
                      "loss; phi from a formula, or from the faces of the "
                      "mesh, which must be flat [-].",
                      Selection("none|mesh|formula"));
    prm.add_parameter("distance",
                      distance,
                      "For 'formula': phi, a formula of the coordinates that "
                      "is zero where Dirichlet conditions hold and nowhere "
                      "else; one, or one per component, separated by "
                      "semicolons [-].");
    prm.add_parameter("distance order",
                      distance_order,
                      "For 'mesh': 0 for the product of the distances to the "
                      "faces; m > 0 for R-equivalence of this order, with "
                      "normal derivative one, but unbounded second derivatives "
                      "at corners [-].",
                      Integer(0, 100));
    prm.add_parameter("boundary extension",
                      extension,
                      "g, a formula that is equal to the data where Dirichlet "
                      "conditions hold; one, or one per component, separated "
                      "by semicolons; empty if all conditions have the same "
                      "formula, which is then used [u].");
  }



  void
  HardBoundaryOptions::check() const
  {
    if (kind == "formula")
      AssertInput(!trim(distance).empty(),
                  "Network/distance: the entry is empty; Network/hard boundary "
                  "is 'formula' and needs one, for instance 'x*(1 - x)'.");
    else
      AssertInput(trim(distance).empty(),
                  "Network/distance: '"
                    << distance << "' has no effect, because Network/hard "
                    << "boundary is '" << kind
                    << "'; the entry is for 'formula'.");
    AssertInput(is_used() || trim(extension).empty(),
                "Network/boundary extension: '"
                  << extension << "' has no effect, because Network/hard "
                  << "boundary is 'none'.");
  }



  template <int dim>
  void
  add_hard_boundary(Architecture              &architecture,
                    const HardBoundaryOptions &options,
                    const Problem<dim>        &problem,
                    const Constants           &constants)
  {
    if (!options.is_used())
      return;

    const unsigned int n         = problem.law->n_components();
    const auto         variables = coordinate_names(dim);
    // Outputs behind the unknowns of the problem have no conditions.
    architecture.offsets.assign(architecture.n_outputs(), nullptr);
    architecture.factors.assign(architecture.n_outputs(), nullptr);
    for (unsigned int c = 0; c < n; ++c)
      {
        const auto data = find_dirichlet_data(problem, c);
        if (data.empty())
          continue;
        std::set<dealii::types::boundary_id> ids;
        for (const auto &entry : data)
          ids.insert(entry.first);

        architecture.factors[c] =
          options.kind == "mesh"
            ? make_distance(options, problem, ids)
            : make_formula(
                "distance",
                formula_of_component("distance", options.distance, c, n),
                variables,
                constants);
        architecture.offsets[c] =
          make_offset(options, data, c, n, variables, constants);
      }
  }



  template <int dim>
  void
  check_hard_boundary(const Architecture                     &architecture,
                      const Problem<dim>                     &problem,
                      const CollocationPoints<dim>           &interior,
                      const std::map<dealii::types::boundary_id,
                                     CollocationPoints<dim>> &boundary)
  {
    for (unsigned int c = 0; c < architecture.factors.size(); ++c)
      if (architecture.factors[c])
        {
          const double size =
            check_in_domain(*architecture.factors[c], problem, interior);
          for (const auto &[id, conditions] : problem.boundary_conditions)
            for (const auto &condition : conditions)
              if (condition.kind == BoundaryCondition<dim>::Kind::dirichlet &&
                  condition.component == c)
                check_condition(
                  architecture, problem, condition, boundary.at(id), size);
        }
  }



  void
  add_formula_boundary(Architecture                   &architecture,
                       const HardBoundaryOptions      &options,
                       const unsigned int              n_unknowns,
                       const std::vector<std::string> &variables,
                       const Constants                &constants)
  {
    if (!options.is_used())
      return;
    AssertInput(options.kind == "formula",
                "Network/hard boundary: '"
                  << options.kind << "' is not possible without a mesh; "
                  << "allowed are 'none' and 'formula'.");

    const auto make = [&](const std::string &entry,
                          const std::string &text,
                          const unsigned int c) {
      return make_formula(entry,
                          formula_of_component(entry, text, c, n_unknowns),
                          variables,
                          constants);
    };
    architecture.offsets.assign(architecture.n_outputs(), nullptr);
    architecture.factors.assign(architecture.n_outputs(), nullptr);
    for (unsigned int c = 0; c < n_unknowns; ++c)
      {
        architecture.factors[c] = make("distance", options.distance, c);
        if (!trim(options.extension).empty())
          architecture.offsets[c] =
            make("boundary extension", options.extension, c);
      }
  }



  std::vector<std::string>
  coordinate_names(const unsigned int dim)
  {
    const std::vector<std::string> names{"x", "y", "z"};
    return {names.begin(), names.begin() + dim};
  }



  FunctionPointer
  make_formula(const std::string              &entry,
               const std::string              &text,
               const std::vector<std::string> &variables,
               const Constants                &constants)
  {
    try
      {
        return std::make_shared<FormulaFunction>(text, variables, constants);
      }
    catch (const InputError &error)
      {
        throw InputError("Network/" + entry + ": " + error.what());
      }
  }



  template void add_hard_boundary(Architecture &,
                                  const HardBoundaryOptions &,
                                  const Problem<1> &,
                                  const Constants &);
  template void add_hard_boundary(Architecture &,
                                  const HardBoundaryOptions &,
                                  const Problem<2> &,
                                  const Constants &);
  template void add_hard_boundary(Architecture &,
                                  const HardBoundaryOptions &,
                                  const Problem<3> &,
                                  const Constants &);
  template void check_hard_boundary(
    const Architecture &,
    const Problem<1> &,
    const CollocationPoints<1> &,
    const std::map<dealii::types::boundary_id, CollocationPoints<1>> &);
  template void check_hard_boundary(
    const Architecture &,
    const Problem<2> &,
    const CollocationPoints<2> &,
    const std::map<dealii::types::boundary_id, CollocationPoints<2>> &);
  template void check_hard_boundary(
    const Architecture &,
    const Problem<3> &,
    const CollocationPoints<3> &,
    const std::map<dealii::types::boundary_id, CollocationPoints<3>> &);
} // namespace sobolev
