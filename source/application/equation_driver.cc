// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/equation_driver.h>
#include <sobolev/application/json_object.h>
#include <sobolev/application/report.h>
#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/objective/data_residual.h>
#include <sobolev/objective/network_objective.h>

#include <deal.II/base/table_handler.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <limits>

namespace sobolev
{
  namespace
  {
    // "1 equation", "2 equations".
    std::string
    count(const std::size_t n, const std::string &thing)
    {
      return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
    }



    // That a factor of a hard boundary is finite and keeps its sign in the
    // domain. Collective.
    void
    check_factor(const InputFunction &factor,
                 const InputPoints   &points,
                 const MPI_Comm       communicator)
    {
      const JetSpecification only_value;
      double least = std::numeric_limits<double>::max(), largest = -least;
      double n_not_finite = 0.;
      for (std::size_t p = 0; p < points.size(); ++p)
        {
          std::vector<Jet> x;
          for (const double value : points.point(p))
            x.emplace_back(only_value, value);
          const double phi =
            factor.evaluate(dealii::ArrayView<const Jet>(x))[0];
          if (!std::isfinite(phi))
            n_not_finite += 1.;
          least   = std::min(least, phi);
          largest = std::max(largest, phi);
        }
      n_not_finite = dealii::Utilities::MPI::sum(n_not_finite, communicator);
      least        = dealii::Utilities::MPI::min(least, communicator);
      largest      = dealii::Utilities::MPI::max(largest, communicator);
      AssertInput(n_not_finite == 0.,
                  "Network/distance: the function is not a finite number at a "
                  "point in the domain.");
      AssertInput(least > 0. || largest < 0.,
                  "Network/distance: the function is zero or changes its sign "
                  "in the domain, between "
                    << least << " and " << largest
                    << "; it must be zero only on faces with conditions.");
    }
  } // namespace



  EquationDriver::EquationDriver(const CommandLine &command_line,
                                 const MPI_Comm     communicator)
    : command_line(command_line)
    , communicator(communicator)
    , pcout(std::cout,
            dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
    , details(std::cout,
              dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
    , timer(details,
            dealii::TimerOutput::never,
            dealii::TimerOutput::wall_times)
  {
  }



  void
  EquationDriver::declare_parameters(dealii::ParameterHandler &prm)
  {
    run_parameters.declare_parameters(prm);
    equation_parameters.declare_parameters(prm);
    coefficient_parameters.declare_parameters(prm);
    data_parameters.declare_parameters(prm);
    network_parameters.declare_parameters(prm);
    training_parameters.declare_parameters(prm);
  }



  void
  EquationDriver::parse_parameters(dealii::ParameterHandler &prm)
  {
    run_parameters.parse_parameters(prm, command_line);
    equation_parameters.parse_parameters(prm);
    coefficient_parameters.parse(equation_parameters.names);
    equation_parameters.reduce_order();
    data_parameters.parse();
    network_parameters.parse_parameters(prm);
    training_parameters.parse_parameters();
    details.set_condition(details.is_active() && !run_parameters.is_terse());
    if (equation_parameters.name.empty())
      equation_parameters.name = run_parameters.stem;
    AssertInput(coefficient_parameters.names().empty() ||
                  training_parameters.stages.n_stages() == 1,
                "Training/stages: "
                  << training_parameters.stages.n_stages()
                  << " stages are not possible with unknown coefficients; "
                     "allowed is 1.");
  }



  void
  EquationDriver::run()
  {
    run_parameters.prepare_output(communicator);
    train();
    write_summary();
    compute_errors();
    identify();
    write_summary();
    write_report_file();
    if (!run_parameters.is_terse())
      timer.print_summary();
    if (run_parameters.expected_error > 0. && !errors.empty())
      pcout << "Expected relative L2 error below "
            << run_parameters.expected_error << ": "
            << (errors.back().relative_l2 < run_parameters.expected_error
                  ? "yes"
                  : "NO")
            << '.' << std::endl;
    if (coefficient_parameters.expected_error > 0.)
      pcout << "Expected relative errors of the coefficients below "
            << coefficient_parameters.expected_error << ": "
            << (all_errors_are_below(coefficients,
                                     coefficient_parameters.expected_error)
                  ? "yes"
                  : "NO")
            << '.' << std::endl;
  }



  Architecture
  EquationDriver::make_architecture() const
  {
    const auto &names = equation_parameters.names;
    auto        architecture =
      network_parameters.make_architecture(equation_parameters.domain.box,
                                           names.inputs,
                                           names.unknowns.size(),
                                           names.constants,
                                           run_parameters.seed);
    add_formula_boundary(architecture,
                         network_parameters.hard_boundary,
                         equation_parameters.given_unknowns().size(),
                         names.inputs,
                         names.constants);
    for (const auto &factor : architecture.factors)
      if (factor)
        check_factor(*factor,
                     equation_parameters.interior_points(
                       run_parameters.seed, {}, communicator),
                     communicator);
    coefficient_parameters.add_to(architecture, equation_parameters.domain.box);
    return architecture;
  }



  PointDraw
  EquationDriver::in_batches(const PointDraw &points) const
  {
    PointDraw draw = points;
    if (training_parameters.uses_batches() &&
        points.stream != PointRule::hold_out_stream)
      {
        const std::uint64_t n_data =
          data ? dealii::Utilities::MPI::sum(
                   static_cast<unsigned long long>(data->points.size()),
                   communicator)
               : 0;
        const std::uint64_t n = std::max<std::uint64_t>(
          n_data, equation_parameters.largest_number_of_points(points));
        draw.n_batches = (n + training_parameters.batch_size - 1) /
                         training_parameters.batch_size;
      }
    return draw;
  }



  TrainingTask
  EquationDriver::make_training_task() const
  {
    return {
      [this](const Network &network, const PointDraw &points) {
        const PointDraw draw   = in_batches(points);
        auto            blocks = equation_parameters.make_blocks(
          run_parameters.seed, draw, communicator);
        if (data_parameters.is_used())
          blocks.push_back(std::make_unique<DataResidual>(
            "data",
            data->in_batches(draw.n_batches, run_parameters.seed, communicator),
            network.n_outputs(),
            data_parameters.weight));
        auto objective = std::make_unique<NetworkObjective>(
          network, std::move(blocks), network_parameters.precision());
        const std::size_t n_points = objective->n_points();
        return TrainingTask::Loss{std::move(objective), n_points};
      },
      [this](const PointDraw &draw) {
        return equation_parameters.interior_points(
          run_parameters.seed, draw, communicator);
      }};
  }



  // Surrogates do not know what their outputs are called.
  TrainingRun::Provenance
  EquationDriver::make_provenance() const
  {
    TrainingRun::Provenance provenance{{"problem", equation_parameters.name}};
    const auto              add = [&](const std::string              &topic,
                         const std::vector<std::string> &names) {
      for (const std::string &name : names)
        provenance[topic] += (provenance[topic].empty() ? "" : ", ") + name;
    };
    add("unknowns", equation_parameters.names.unknowns);
    add("coefficients", equation_parameters.names.coefficients);
    return provenance;
  }



  void
  EquationDriver::train()
  {
    pcout << "Problem '" << equation_parameters.name << "' ("
          << count(equation_parameters.domain.box.n_inputs(), "input") << ", "
          << count(equation_parameters.names.unknowns.size(), "unknown")
          << "): " << count(equation_parameters.equations.size(), "equation")
          << ", " << count(equation_parameters.conditions.size(), "condition");
    if (!equation_parameters.fitted_orders.empty())
      pcout << ", derivatives of the orders 0 to "
            << equation_parameters.fitted_orders.back();
    pcout << '.' << std::endl;
    details << "Running on "
            << dealii::Utilities::MPI::n_mpi_processes(communicator)
            << " processes." << std::endl;
    const auto &unknown = equation_parameters.names.coefficients;
    if (!unknown.empty())
      {
        pcout << count(unknown.size(), "unknown coefficient") << ':';
        for (unsigned int k = 0; k < unknown.size(); ++k)
          pcout << (k > 0 ? ", " : " ") << unknown[k]
                << (coefficient_parameters.is_field(k) ? " (a field)" : "");
        pcout << '.' << std::endl;
      }
    if (data_parameters.is_used())
      {
        const std::filesystem::path file = command_line.parameter_file;
        data                             = std::make_unique<Observations>(
          data_parameters.make_observations(equation_parameters,
                                            file.parent_path().string(),
                                            run_parameters.seed,
                                            communicator));
        pcout << "Data: " << count(data->outputs.size(), "observed unknown")
              << " at "
              << count(dealii::Utilities::MPI::sum(
                         static_cast<unsigned long long>(data->points.size()),
                         communicator),
                       "point")
              << '.' << std::endl;
      }

    const dealii::TimerOutput::Scope section(timer, "training");
    training_run = std::make_unique<TrainingRun>(
      std::make_unique<Network>(make_architecture()),
      training_parameters,
      run_parameters,
      make_provenance(),
      pcout,
      details,
      communicator);
    theta = training_run->minimize(make_training_task());
  }



  void
  EquationDriver::compute_errors()
  {
    const dealii::TimerOutput::Scope section(timer, "errors");
    solution = equation_parameters.make_solution();
    if (!solution)
      return;
    const auto points =
      equation_parameters.test_points(run_parameters.seed, communicator);
    const auto errors_of = [&](const std::vector<unsigned int> &outputs) {
      return compute_box_errors(training_run->network(),
                                theta,
                                solution,
                                outputs,
                                points,
                                communicator);
    };
    const auto unknowns = equation_parameters.given_unknowns();
    errors              = errors_of(unknowns);
    const auto fluxes   = equation_parameters.known_fluxes();
    if (!fluxes.empty())
      {
        flux_errors = errors_of(fluxes);
        flux_errors.pop_back();
      }

    const auto gradient    = equation_parameters.make_solution_gradient();
    const auto coordinates = equation_parameters.domain.coordinates();
    if (gradient && !coordinates.empty())
      gradient_errors = compute_box_gradient_errors(training_run->network(),
                                                    theta,
                                                    gradient,
                                                    unknowns,
                                                    coordinates,
                                                    points,
                                                    communicator);
    print(make_error_table());
  }



  ReportTable
  EquationDriver::make_error_table() const
  {
    ReportTable table{"Errors",
                      {"error", "rel. L2", "rel. Linf", "L2", "RMS", "Linf"},
                      {},
                      "Measured at points that no training uses."};
    if (!gradient_errors.empty())
      table.header.push_back("rel. L2 of grad");

    const auto add = [&](const std::string &name,
                         const BoxErrors   &e,
                         const std::string &of_gradient) {
      std::vector<std::string> row{name};
      for (const double value :
           {e.relative_l2, e.relative_linf, e.l2, e.rms, e.linf})
        row.push_back(in_scientific_notation(value));
      if (!gradient_errors.empty())
        row.push_back(of_gradient);
      table.rows.push_back(row);
    };
    const auto        &names = equation_parameters.names.unknowns;
    const unsigned int n     = errors.size() - 1;
    for (unsigned int c = 0; c < n; ++c)
      add(names[c],
          errors[c],
          gradient_errors.empty() ? ""
                                  : in_scientific_notation(gradient_errors[c]));
    // One row is enough for one unknown.
    if (n > 1)
      add("all", errors[n], "-");
    for (unsigned int k = 0; k < flux_errors.size(); ++k)
      add(names[n + k], flux_errors[k], "-");
    return table;
  }



  void
  EquationDriver::identify()
  {
    if (coefficient_parameters.names().empty())
      return;
    const dealii::TimerOutput::Scope section(timer, "coefficients");
    const auto                      &network = training_run->network();
    const auto loss = make_training_task().make_loss(network, {});
    coefficients    = identify_coefficients(
      coefficient_parameters,
      network,
      theta,
      equation_parameters.test_points(run_parameters.seed, communicator),
      dynamic_cast<const LocalObjective *>(loss.local.get()),
      communicator);
    print(make_table(coefficients));
  }



  void
  EquationDriver::print(const ReportTable &table) const
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



  void
  EquationDriver::write_summary() const
  {
    if (dealii::Utilities::MPI::this_mpi_process(communicator) != 0)
      return;

    JsonObject summary;
    summary.set("problem", equation_parameters.name);
    summary.set("n_inputs", equation_parameters.domain.box.n_inputs());
    summary.set(
      "n_unknowns",
      static_cast<unsigned int>(equation_parameters.names.unknowns.size()));
    training_run->add_to(summary);
    if (!errors.empty())
      {
        const BoxErrors &all = errors.back();
        JsonObject       relative, absolute;
        relative.set("L2", all.relative_l2);
        relative.set("Linf", all.relative_linf);
        absolute.set("L2", all.l2);
        absolute.set("RMS", all.rms);
        absolute.set("Linf", all.linf);
        summary.set("relative_error", relative);
        summary.set("absolute_error", absolute);
        const auto        &unknowns = equation_parameters.names.unknowns;
        const unsigned int n        = errors.size() - 1;
        JsonObject         of_unknowns;
        for (unsigned int c = 0; c < n; ++c)
          of_unknowns.set(unknowns[c], errors[c].relative_l2);
        for (unsigned int k = 0; k < flux_errors.size(); ++k)
          of_unknowns.set(unknowns[n + k], flux_errors[k].relative_l2);
        summary.set("relative_L2_error", of_unknowns);
        if (!gradient_errors.empty())
          {
            JsonObject of_gradients;
            for (unsigned int c = 0; c < n; ++c)
              of_gradients.set(unknowns[c], gradient_errors[c]);
            summary.set("relative_L2_error_of_gradient", of_gradients);
          }
        if (run_parameters.expected_error > 0.)
          {
            summary.set("expected_relative_error",
                        run_parameters.expected_error);
            summary.set("as_expected",
                        all.relative_l2 < run_parameters.expected_error);
          }
      }
    if (!coefficients.empty())
      {
        summary.set("coefficients", to_json(coefficients));
        const double mean = mean_relative_error(coefficients);
        if (std::isfinite(mean))
          summary.set("mean_coefficient_error", mean);
      }
    write_text_atomically(run_parameters.directory + "/summary.json",
                          summary.to_string() + "\n");
  }



  void
  EquationDriver::write_report_file() const
  {
    const dealii::TimerOutput::Scope section(timer, "report");
    if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
      {
        Report report;
        report.title = equation_parameters.name;
        report.summary =
          "A neural surrogate of " +
          (equation_parameters.equations.empty()
             ? "a function"
             : count(equation_parameters.equations.size(), "equation")) +
          " in " + count(equation_parameters.domain.box.n_inputs(), "input") +
          ", trained with sobolev.";
        report.facts        = training_run->facts();
        report.history_file = run_parameters.directory + "/history.csv";
        report.weights_file = run_parameters.directory + "/weights.csv";
        for (const std::string &equation : equation_parameters.equations)
          report.facts.emplace_back("equation", equation + " = 0");
        if (!equation_parameters.fitted_orders.empty())
          report.facts.emplace_back(
            "fitted",
            "the exact solution with its derivatives up to the order " +
              std::to_string(equation_parameters.fitted_orders.back()));
        for (const auto &condition : equation_parameters.conditions)
          report.facts.emplace_back("condition on " + condition.name,
                                    condition.text + " = 0");
        if (!errors.empty())
          {
            report.summary +=
              " Relative L2 error " +
              in_scientific_notation(errors.back().relative_l2) +
              " against the known solution.";
            report.tables.push_back(make_error_table());
          }
        if (!coefficients.empty())
          report.tables.push_back(make_table(coefficients));
        add_pictures(report);
        write_report(report, run_parameters.directory + "/report.html");
      }
    details << "Report: " << run_parameters.directory << "/report.html"
            << std::endl;
  }


  void
  EquationDriver::add_pictures(Report &report) const
  {
    const auto        &names      = equation_parameters.names;
    const unsigned int n_unknowns = names.unknowns.size();
    const auto         add = [&](const std::vector<unsigned int>    &outputs,
                         const EquationParameters::Solution &exact) {
      add_box_pictures(training_run->network(),
                       theta,
                       exact,
                       equation_parameters.domain.box,
                       names,
                       outputs,
                       report);
    };

    auto unknowns = equation_parameters.given_unknowns();
    for (const unsigned int flux : equation_parameters.known_fluxes())
      unknowns.push_back(flux);
    std::vector<unsigned int> fields;
    for (unsigned int k = 0; k < names.coefficients.size(); ++k)
      if (coefficient_parameters.is_field(k))
        fields.push_back(n_unknowns + k);
    add(unknowns, solution);
    if (coefficient_parameters.has_exact_values())
      add(fields, [&](const std::vector<double> &x, const unsigned int c) {
        return coefficient_parameters.exact_value(x, c - n_unknowns);
      });
    else
      add(fields, {});
  }
} // namespace sobolev
