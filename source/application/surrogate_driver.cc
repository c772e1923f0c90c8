// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/comparison_output.h>
#include <sobolev/application/json_object.h>
#include <sobolev/application/mesh_task.h>
#include <sobolev/application/report.h>
#include <sobolev/application/surrogate_driver.h>
#include <sobolev/application/surrogate_errors.h>
#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/base/quoted_list.h>
#include <sobolev/components/selected_components.h>
#include <sobolev/objective/residual_function.h>
#include <sobolev/problem/first_order_system.h>
#include <sobolev/reference/error_norms.h>
#include <sobolev/reference/finite_element_solver.h>
#include <sobolev/reference/point_values.h>
#include <sobolev/sampling/sample_interior.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/table_handler.h>

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace sobolev
{
  using dealii::Utilities::MPI::n_mpi_processes;
  using dealii::Utilities::MPI::this_mpi_process;

  namespace
  {
    template <int dim>
    std::unique_ptr<dealii::Triangulation<dim>>
    make_empty_triangulation(const MPI_Comm communicator)
    {
      if constexpr (dim == 1)
        return std::make_unique<dealii::parallel::shared::Triangulation<1>>(
          communicator,
          dealii::Triangulation<1>::none,
          false,
          dealii::parallel::shared::Triangulation<1>::partition_zorder);
      else
        return std::make_unique<
          dealii::parallel::distributed::Triangulation<dim>>(communicator);
    }



    SurrogateErrors::Comparison
    compare(const Norms &error, const Norms &scale)
    {
      return {error, relative_norms(error, scale)};
    }



    // The rows of the table of errors: what, then absolute and relative norms.
    std::vector<std::vector<std::string>>
    make_error_rows(const SurrogateErrors &errors)
    {
      std::vector<std::vector<std::string>> rows;
      const auto                            add = [&](const std::string                 &what,
                           const SurrogateErrors::Comparison &comparison) {
        const Norms &a = comparison.absolute, &r = comparison.relative;
        std::vector<std::string> row{what};
        for (const double value :
             {a.l2, r.l2, a.h1, r.h1, a.linf, r.linf, a.energy, r.energy})
          row.push_back(in_scientific_notation(value));
        rows.push_back(row);
      };
      add("surrogate - reference", errors.to_reference);
      add("reference (estimate)", errors.of_reference);
      if (errors.to_exact)
        {
          add("surrogate - exact", *errors.to_exact);
          add("reference - exact", *errors.reference_to_exact);
        }
      if (errors.flux_to_reference)
        rows.push_back(
          {"flux: surrogate - reference",
           in_scientific_notation(errors.flux_to_reference->first),
           in_scientific_notation(errors.flux_to_reference->second),
           "-",
           "-",
           "-",
           "-",
           "-",
           "-"});
      return rows;
    }



    const std::vector<std::string> error_columns{"error",
                                                 "L2",
                                                 "rel. L2",
                                                 "H1",
                                                 "rel. H1",
                                                 "Linf",
                                                 "rel. Linf",
                                                 "energy",
                                                 "rel. energy"};



    JsonObject
    to_json(const Norms &norms)
    {
      JsonObject object;
      object.set("L2", norms.l2);
      object.set("H1", norms.h1);
      object.set("Linf", norms.linf);
      object.set("energy", norms.energy);
      return object;
    }
  } // namespace



  template <int dim>
  SurrogateDriver<dim>::SurrogateDriver(const CommandLine &command_line,
                                        const MPI_Comm     communicator)
    : command_line(command_line)
    , communicator(communicator)
    , pcout(std::cout, this_mpi_process(communicator) == 0)
    , details(std::cout, this_mpi_process(communicator) == 0)
    , timer(details,
            dealii::TimerOutput::never,
            dealii::TimerOutput::wall_times)
  {
  }



  template <int dim>
  SurrogateDriver<dim>::~SurrogateDriver() = default;



  template <int dim>
  void
  SurrogateDriver<dim>::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    run_parameters.declare_parameters(prm);
    problem_parameters.declare_parameters(prm);
    network_parameters.declare_parameters(prm);
    sampling_parameters.declare_parameters(prm);
    training_parameters.declare_parameters(prm);
    coefficient_parameters.declare_parameters(prm);
    data_parameters.declare_parameters(prm);

    prm.enter_subsection("Law");
    prm.add_parameter("first-order system",
                      has_fluxes,
                      "Whether the surrogate has the fluxes sigma of the law "
                      "as outputs behind its unknowns, so that div sigma = S "
                      "and sigma = F have first derivatives only; coefficients "
                      "may then be discontinuous [-].");
    declare_law_parameters(prm);
    prm.leave_subsection();

    prm.enter_subsection("Reference");
    prm.add_parameter("compute",
                      with_reference,
                      "Whether to solve with finite elements and compare [-].");
    prm.add_parameter("degree",
                      reference_options.degree,
                      "Polynomial degree of the elements [-].",
                      Integer(1, 10));
    prm.add_parameter("factor",
                      reference_factor,
                      "The mesh is refined until the estimated error of the "
                      "reference is this many times smaller than the error "
                      "of the surrogate [-].",
                      Double(1.));
    prm.add_parameter("indicator",
                      indicator,
                      "Which cells are refined: by the jumps of the normal "
                      "derivative, or by the difference between the degrees "
                      "[-].",
                      Selection("kelly|difference"));
    prm.add_parameter(
      "max dofs", reference_options.max_dofs, "Unknowns, at most [-].");
    prm.add_parameter("max cycles",
                      reference_options.max_cycles,
                      "Meshes, at most [-].",
                      Integer(1));
    prm.leave_subsection();
  }



  template <int dim>
  void
  SurrogateDriver<dim>::parse_parameters(dealii::ParameterHandler &prm)
  {
    problem_parameters.parse_parameters(prm);
    network_parameters.parse_parameters(prm);
    sampling_parameters.parse_parameters(prm);
    training_parameters.parse_parameters();
    training_parameters.require_all_points();
    data_parameters.parse();
    run_parameters.parse_parameters(prm, command_line);
    AssertInput(!training_parameters.uses_energy() ||
                  sampling_parameters.uses_quadrature(),
                "Sampling/rule: the value 'low discrepancy' is too inaccurate "
                "for Training/objective = energy; allowed is 'quadrature'.");
    AssertInput(!has_fluxes || !training_parameters.uses_energy(),
                "Law/first-order system: 'true' has no effect on the energy of "
                "Training/objective = energy; allowed is 'false'.");
    AssertInput(!training_parameters.redraws_points() ||
                  !sampling_parameters.uses_quadrature(),
                "Training/Hold-out/action: 'redraw' has no other points for "
                "Sampling/rule = quadrature; allowed are 'none' and 'add'.");

    reference_options.indicator =
      indicator == "kelly" ? FiniteElementOptions::Indicator::kelly
                           : FiniteElementOptions::Indicator::difference;

    details.set_condition(details.is_active() && !run_parameters.is_terse());
    if (problem_parameters.name.empty())
      problem_parameters.name = run_parameters.stem;
  }



  template <int dim>
  void
  SurrogateDriver<dim>::run()
  {
    run_parameters.prepare_output(communicator);
    make_problem();
    make_data();
    train();
    write_summary();
    if (with_reference)
      {
        solve_reference();
        print({"Errors", error_columns, make_error_rows(*errors), ""});
        write_summary();
      }
    write_report_file();
    if (!run_parameters.is_terse())
      timer.print_summary();
    if (run_parameters.expected_error > 0. && with_reference)
      pcout << "Expected relative L2 error below "
            << run_parameters.expected_error << ": "
            << (is_as_expected() ? "yes" : "NO") << '.' << std::endl;
    if (coefficient_parameters.expected_error > 0.)
      pcout << "Expected relative errors of the coefficients below "
            << coefficient_parameters.expected_error << ": "
            << (all_errors_are_below(coefficients,
                                     coefficient_parameters.expected_error)
                  ? "yes"
                  : "NO")
            << '.' << std::endl;
  }



  template <int dim>
  void
  SurrogateDriver<dim>::make_problem()
  {
    const std::string folder =
      std::filesystem::path(command_line.parameter_file).parent_path().string();
    triangulation = make_empty_triangulation<dim>(communicator);
    create_mesh(*triangulation, problem_parameters.mesh, folder);
    mapping = create_mapping<dim>(problem_parameters.mesh);

    problem.reset(new Problem<dim>{problem_parameters.name,
                                   communicator,
                                   *triangulation,
                                   *mapping,
                                   nullptr,
                                   {},
                                   nullptr});
    const auto   corners = problem->bounding_box().get_boundary_points();
    const double length  = corners.first.distance(corners.second);
    const ExpressionFactory<dim> expressions(
      problem_parameters.parse_constants(), length);
    problem->law = make_law(expressions);
    problem->boundary_conditions =
      problem_parameters.make_boundary_conditions(expressions);
    problem->exact_solution = expressions.make_optional(
      "exact solution", problem_parameters.exact_solution);
    problem->check();
    make_trained_law();

    pcout << "Problem '" << problem->name << "' (" << problem->law->name()
          << ", " << dim << "D): " << triangulation->n_global_active_cells()
          << " cells." << std::endl;
    if (has_fluxes)
      pcout << "First-order system: " << trained_law->n_components()
            << " unknowns, " << problem->law->n_equations() * dim
            << " of them fluxes." << std::endl;
    const auto &unknown = coefficient_parameters.names();
    for (unsigned int k = 0; k < unknown.size(); ++k)
      pcout << (k == 0 ? "Unknown coefficients: " : ", ") << unknown[k]
            << (coefficient_parameters.is_field(k) ? " (a field)" : "")
            << (k + 1 == unknown.size() ? ".\n" : "");
    details << "Running on " << n_mpi_processes(communicator) << " processes."
            << std::endl;
  }



  template <int dim>
  void
  SurrogateDriver<dim>::make_trained_law()
  {
    // 1. Names, for coefficients and data.
    const unsigned int n = problem->law->n_components();
    names                = {};
    names.inputs         = coordinate_names(dim);
    names.unknowns.clear();
    for (unsigned int c = 0; c < n; ++c)
      names.unknowns.push_back(n == 1 ? "u" : "u" + std::to_string(c));
    names.constants = problem_parameters.parse_constants();
    coefficient_parameters.parse(names);

    // 2. Which coefficients of the law they are.
    trained_law                     = problem->law;
    const auto                known = problem->law->coefficient_names();
    std::vector<unsigned int> which;
    for (const std::string &name : names.coefficients)
      {
        const auto position = std::find(known.begin(), known.end(), name);
        AssertInput(
          position != known.end(),
          "Unknown coefficients/coefficients: '"
            << name << "' is no coefficient of this law; it has "
            << (known.empty() ? "none with a name" : quoted_list(known))
            << ".");
        which.push_back(position - known.begin());
      }
    if (!which.empty())
      {
        AssertInput(data_parameters.is_used(),
                    "Unknown coefficients/coefficients: '"
                      << names.coefficients[0] << "' cannot be found without "
                      << "data; section Data needs 'file' or 'points'.");
        AssertInput(!training_parameters.uses_energy(),
                    "Training/objective: 'energy' is not possible with unknown "
                    "coefficients; allowed is 'residual'.");
        AssertInput(training_parameters.stages.n_stages() == 1,
                    "Training/stages: "
                      << training_parameters.stages.n_stages()
                      << " stages are not possible with unknown coefficients; "
                         "allowed is 1.");
        trained_law = problem->law->with_unknown_coefficients(which);
      }

    // 3. Fluxes come between the unknowns and the coefficients.
    if (has_fluxes)
      trained_law = std::make_shared<FirstOrderSystem<dim>>(trained_law);
  }



  template <int dim>
  void
  SurrogateDriver<dim>::make_data()
  {
    if (!data_parameters.is_used())
      return;
    const dealii::TimerOutput::Scope section(timer, "data");
    const auto corners = problem->bounding_box().get_boundary_points();
    const std::filesystem::path file = command_line.parameter_file;
    data = std::make_unique<Observations>(data_parameters.make_observations(
      DataSource{names,
                 Box{{corners.first.begin_raw(), corners.first.end_raw()},
                     {corners.second.begin_raw(), corners.second.end_raw()}},
                 [this](const unsigned int               n_points,
                        const std::vector<unsigned int> &outputs) {
                   return observe_reference(n_points, outputs);
                 }},
      file.parent_path().string(),
      run_parameters.seed,
      communicator));
    // Data of coefficients are behind the fluxes, too.
    if (has_fluxes)
      for (unsigned int &output : data->outputs)
        if (output >= problem->law->n_components())
          output += problem->law->n_equations() * dim;
    pcout << "Data: " << data->outputs.size() << " observed unknown"
          << (data->outputs.size() == 1 ? "" : "s") << " at "
          << dealii::Utilities::MPI::sum(
               static_cast<unsigned long long>(data->points.size()),
               communicator)
          << " points." << std::endl;
  }



  template <int dim>
  Observations
  SurrogateDriver<dim>::observe_reference(
    const unsigned int               n_points,
    const std::vector<unsigned int> &outputs)
  {
    // 1. The points of all processes, in an order that does not depend on them.
    PointRule rule;
    rule.kind     = PointRule::Kind::low_discrepancy;
    rule.n_points = n_points;
    rule.seed     = run_parameters.seed;
    rule.stream   = PointRule::data_stream;
    std::vector<std::array<double, dim>> all;
    for (const auto &points : dealii::Utilities::MPI::all_gather(
           communicator, sample_interior(*problem, rule).points))
      for (const auto &x : points)
        {
          all.emplace_back();
          std::copy_n(x.begin_raw(), dim, all.back().begin());
        }
    std::sort(all.begin(), all.end());

    // 2. The solution there; the first process asks for all.
    reference_options.target_relative_l2_error = 1e-4;
    const auto solution =
      FiniteElementSolver<dim>(*problem, reference_options).solve();
    std::vector<dealii::Point<dim>> points;
    if (this_mpi_process(communicator) == 0)
      for (const auto &x : all)
        {
          points.emplace_back();
          std::copy_n(x.begin(), dim, points.back().begin_raw());
        }
    std::vector<std::vector<double>> values;
    for (const unsigned int output : outputs)
      values.push_back(dealii::Utilities::MPI::broadcast(
        communicator, evaluate_at_points(*solution, points, output)));

    // 3. At a curved boundary, a point may be outside of the refined mesh.
    std::vector<std::size_t> inside;
    for (std::size_t p = 0; p < all.size(); ++p)
      if (!std::isnan(values[0][p]))
        inside.push_back(p);
    Observations result{InputPoints(dim, inside.size()), outputs, {}};
    for (std::size_t p = 0; p < inside.size(); ++p)
      for (unsigned int d = 0; d < dim; ++d)
        result.points(d, p) = all[inside[p]][d];
    for (const auto &of_output : values)
      {
        result.values.emplace_back();
        for (const std::size_t p : inside)
          result.values.back().push_back(of_output[p]);
      }
    return result;
  }



  template <int dim>
  void
  SurrogateDriver<dim>::train()
  {
    MeshTask<dim>                    task(*problem,
                       trained_law,
                       network_parameters,
                       sampling_parameters,
                       training_parameters.uses_energy(),
                       run_parameters.seed);
    const dealii::TimerOutput::Scope section(timer, "training");
    if (!names.coefficients.empty())
      task.set_unknown_coefficients(coefficient_parameters);
    if (data)
      task.set_data(*data, data_parameters.weight);
    TrainingRun::Provenance provenance{{"problem", problem->name},
                                       {"law", trained_law->name()}};
    for (const std::string &name : names.coefficients)
      provenance["coefficients"] +=
        (provenance["coefficients"].empty() ? "" : ", ") + name;
    training_run = std::make_unique<TrainingRun>(
      std::make_unique<Network>(
        task.make_architecture(problem_parameters.parse_constants())),
      training_parameters,
      run_parameters,
      provenance,
      pcout,
      details,
      communicator);
    const auto theta = training_run->minimize(task.training_task());
    surrogate        = std::make_unique<NetworkFunction<dim>>(
      training_run->network(), theta, false, training_run->provenance());
    solution = std::make_unique<SelectedComponents<dim>>(
      *surrogate, 0, problem->law->n_components());

    if (names.coefficients.empty())
      return;
    const auto loss = task.make_loss(training_run->network(), {});
    coefficients    = identify_coefficients(
      coefficient_parameters,
      training_run->network(),
      theta,
      InputPoints(task.interior_points({})),
      dynamic_cast<const LocalObjective *>(loss.local.get()),
      communicator);
    print(make_table(coefficients));
  }



  template <int dim>
  void
  SurrogateDriver<dim>::solve_reference()
  {
    errors = std::make_unique<SurrogateErrors>();

    // Begin with a modest target; whether it will do is known afterwards.
    timer.enter_subsection("reference");
    reference_options.target_relative_l2_error = 1e-4;
    while (true)
      {
        reference =
          FiniteElementSolver<dim>(*problem, reference_options).solve();
        errors->to_reference = compare(
          compute_error_norms(*reference, *solution), reference->norms());
        errors->of_reference =
          compare(reference->estimated_error(), reference->norms());

        const double error               = errors->to_reference.relative.l2;
        const double estimate            = errors->of_reference.relative.l2;
        errors->reference_is_good_enough = reference_factor * estimate <= error;
        if (errors->reference_is_good_enough || !reference->reached_target)
          break;
        reference_options.target_relative_l2_error =
          std::min(0.5 * reference_options.target_relative_l2_error,
                   0.8 * error / reference_factor);
      }

    if (problem->exact_solution)
      {
        const auto &exact = *problem->exact_solution;
        const Norms scale = compute_difference_norms(
          *reference,
          exact,
          dealii::Functions::ZeroFunction<dim>(exact.n_components));
        errors->to_exact = compare(
          compute_difference_norms(*reference, *solution, exact), scale);
        errors->reference_to_exact =
          compare(compute_error_norms(*reference, exact), scale);
      }
    if (has_fluxes)
      {
        const unsigned int n     = problem->law->n_components();
        const auto [error, norm] = compute_flux_error(
          *reference, SelectedComponents<dim>(*surrogate, n, n * dim));
        errors->flux_to_reference = {error, error / norm};
      }
    timer.leave_subsection();

    details << "Reference: degree " << reference_options.degree + 1 << ", "
            << reference->history.back().n_dofs << " unknowns, "
            << reference->history.size() << " meshes." << std::endl;
    if (errors->reference_is_good_enough)
      pcout << "The reference is at least " << reference_factor
            << " times as accurate as the surrogate." << std::endl;
    else
      pcout << "The reference is not " << reference_factor
            << " times as accurate as the surrogate: raise Reference/max "
               "dofs, max cycles or degree."
            << std::endl;

    const dealii::TimerOutput::Scope section(timer, "output");
    write_comparison_vtu(*reference,
                         *solution,
                         ResidualFunction<dim>(trained_law,
                                               surrogate->network(),
                                               surrogate->theta()),
                         run_parameters.directory);
  }



  template <int dim>
  void
  SurrogateDriver<dim>::print(const ReportTable &table) const
  {
    dealii::TableHandler text;
    for (const auto &row : table.rows)
      for (unsigned int c = 0; c < row.size(); ++c)
        text.add_value(table.header[c], row[c]);
    if (details.is_active())
      {
        std::cout << '\n';
        text.write_text(std::cout, dealii::TableHandler::org_mode_table);
        std::cout << std::endl;
      }
  }



  template <int dim>
  bool
  SurrogateDriver<dim>::is_as_expected() const
  {
    return errors->to_reference.relative.l2 < run_parameters.expected_error;
  }



  template <int dim>
  void
  SurrogateDriver<dim>::write_summary() const
  {
    if (this_mpi_process(communicator) != 0)
      return;

    JsonObject summary;
    summary.set("problem", problem->name);
    summary.set("law", problem->law->name());
    summary.set("dimension", static_cast<unsigned int>(dim));
    training_run->add_to(summary);
    if (!coefficients.empty())
      summary.set("coefficients", to_json(coefficients));
    if (errors)
      {
        summary.set("relative_error", to_json(errors->to_reference.relative));
        summary.set("absolute_error", to_json(errors->to_reference.absolute));

        if (errors->flux_to_reference)
          summary.set("relative_flux_error", errors->flux_to_reference->second);

        JsonObject object;
        object.set(
          "n_dofs",
          static_cast<unsigned long long>(reference->history.back().n_dofs));
        object.set("estimated_relative_error",
                   errors->of_reference.relative.l2);
        object.set("estimated_relative_errors",
                   to_json(errors->of_reference.relative));
        object.set("good_enough", errors->reference_is_good_enough);
        object.set("seconds", reference->seconds);
        summary.set("reference", object);

        if (run_parameters.expected_error > 0.)
          {
            summary.set("expected_relative_error",
                        run_parameters.expected_error);
            summary.set("as_expected", is_as_expected());
          }
        if (errors->to_exact)
          {
            JsonObject exact;
            exact.set("surrogate_relative_error",
                      to_json(errors->to_exact->relative));
            exact.set("reference_relative_error",
                      to_json(errors->reference_to_exact->relative));
            summary.set("exact_solution", exact);
          }
      }
    write_text_atomically(run_parameters.directory + "/summary.json",
                          summary.to_string() + "\n");
  }



  template <int dim>
  void
  SurrogateDriver<dim>::write_report_file() const
  {
    const dealii::TimerOutput::Scope section(timer, "report");
    Report                           report;
    report.title   = problem->name;
    report.summary = "A neural surrogate of a " + problem->law->name() +
                     " problem in " + std::to_string(dim) +
                     "D, trained with sobolev.";
    if (errors)
      report.summary +=
        " Relative L2 error " +
        in_scientific_notation(errors->to_reference.relative.l2) +
        " against a finite element solution.";
    report.history_file = run_parameters.directory + "/history.csv";
    report.weights_file = run_parameters.directory + "/weights.csv";

    report.facts = training_run->facts();
    report.facts.insert(
      report.facts.begin() + 1,
      {"Dirichlet conditions",
       network_parameters.hard_boundary.is_used() ? "exact" : "in the loss"});

    if (!coefficients.empty())
      report.tables.push_back(make_table(coefficients));
    if (errors)
      {
        report.tables.push_back(
          {"Errors",
           error_columns,
           make_error_rows(*errors),
           errors->reference_is_good_enough
             ? "The estimated error of the reference is small enough for the "
               "comparison to count."
             : "The estimated error of the reference is NOT small enough for "
               "the comparison to count."});

        ReportTable meshes{"Finite element reference",
                           {"cells",
                            "unknowns",
                            "est. rel. L2 error",
                            "est. rel. H1 error",
                            "seconds"},
                           {},
                           "Degree " +
                             std::to_string(reference_options.degree + 1) +
                             "; the estimate is the difference to degree " +
                             std::to_string(reference_options.degree) + "."};
        for (const RefinementCycle &cycle : reference->history)
          {
            const Norms estimate =
              relative_norms(cycle.estimated_error, cycle.solution);
            meshes.rows.push_back({std::to_string(cycle.n_cells),
                                   std::to_string(cycle.n_dofs),
                                   in_scientific_notation(estimate.l2),
                                   in_scientific_notation(estimate.h1),
                                   in_scientific_notation(cycle.seconds)});
          }
        report.tables.push_back(meshes);
        add_field_pictures(*reference, *solution, report);
      }

    if (this_mpi_process(communicator) == 0)
      write_report(report, run_parameters.directory + "/report.html");
    details << "Report: " << run_parameters.directory << "/report.html"
            << std::endl;
  }



  template class SurrogateDriver<1>;
  template class SurrogateDriver<2>;
  template class SurrogateDriver<3>;
} // namespace sobolev
