// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/energy_force_pictures.h>
#include <sobolev/application/energy_forces_driver.h>
#include <sobolev/application/json_object.h>
#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/components/cluster_energy.h>

#include <deal.II/base/table_handler.h>

#include <filesystem>
#include <iostream>
#include <sstream>

namespace sobolev
{
  namespace
  {
    const std::vector<std::string> error_columns{"error",
                                                 "MAE",
                                                 "RMSE",
                                                 "RMSE / deviation"};



    std::vector<std::vector<std::string>>
    make_error_rows(const EnergyForceErrors &errors)
    {
      std::vector<std::vector<std::string>> rows{{"energy"}, {"forces"}};
      for (const double value :
           {errors.energy.mae, errors.energy.rmse, errors.energy.relative_rmse})
        rows[0].push_back(in_scientific_notation(value));
      for (const double value :
           {errors.forces.mae, errors.forces.rmse, errors.forces.relative_rmse})
        rows[1].push_back(in_scientific_notation(value));
      return rows;
    }



    JsonObject
    to_json(const LabelErrors &errors)
    {
      JsonObject object;
      object.set("MAE", errors.mae);
      object.set("RMSE", errors.rmse);
      object.set("relative_RMSE", errors.relative_rmse);
      return object;
    }



    std::string
    to_text(const double value)
    {
      std::ostringstream text;
      text << value;
      return text.str();
    }
  } // namespace



  EnergyForcesDriver::EnergyForcesDriver(const CommandLine &command_line,
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
  EnergyForcesDriver::declare_parameters(dealii::ParameterHandler &prm)
  {
    prm.add_parameter(
      "name", name, "Name of the data in reports and files [-].");
    run_parameters.declare_parameters(prm);
    sample_parameters.declare_parameters(prm);
    label_parameters.declare_parameters(prm);
    network_parameters.declare_parameters(prm);
    training_parameters.declare_parameters(prm);
  }



  void
  EnergyForcesDriver::parse_parameters(dealii::ParameterHandler &prm)
  {
    run_parameters.parse_parameters(prm, command_line);
    sample_parameters.parse_parameters();
    label_parameters.parse_parameters();
    network_parameters.parse_parameters(prm);
    training_parameters.parse_parameters();
    training_parameters.require_fixed_samples();
    details.set_condition(details.is_active() && !run_parameters.is_terse());
    if (name.empty())
      name = run_parameters.stem;
  }



  void
  EnergyForcesDriver::run()
  {
    run_parameters.prepare_output(communicator);
    make_samples();
    train();
    write_summary();
    compute_errors();
    write_summary();
    write_report_file();
    if (!run_parameters.is_terse())
      timer.print_summary();
    if (run_parameters.expected_error > 0.)
      pcout << "Expected relative error of the forces below "
            << run_parameters.expected_error << ": "
            << (errors->forces.relative_rmse < run_parameters.expected_error
                  ? "yes"
                  : "NO")
            << '.' << std::endl;
  }



  void
  EnergyForcesDriver::make_samples()
  {
    const dealii::TimerOutput::Scope section(timer, "samples");
    const std::string                folder =
      std::filesystem::path(command_line.parameter_file).parent_path().string();
    samples = sample_parameters.make_samples(
      run_parameters.seed, folder, run_parameters.directory, communicator);
    AssertInput(!training_parameters.has_hold_out() ||
                  samples.hold_out.size() > 0,
                "Data/hold-out samples: there are none, but Training/Hold-out/"
                "use is true.");
    if (samples.training.is_cluster())
      features = std::make_unique<ClusterFeatures>(
        sample_parameters.make_features(samples.training));
    task = std::make_unique<SampleTask>(samples,
                                        features.get(),
                                        network_parameters,
                                        label_parameters,
                                        training_parameters.batch_size,
                                        communicator);

    pcout << "Energies and forces '" << name << "' in "
          << samples.training.n_coordinates() << " coordinates";
    if (features)
      pcout << ", " << samples.training.species.size() << " atoms, "
            << features->n_features() << " features";
    pcout << ": " << samples.training.size() << " training, "
          << samples.hold_out.size() << " hold-out, " << samples.test.size()
          << " test samples, " << task->n_batches() << " batch(es)."
          << std::endl;
    details << "Labels: scale " << to_text(task->scaling().scale) << ", shift "
            << to_text(task->scaling().shift) << ". Running on "
            << dealii::Utilities::MPI::n_mpi_processes(communicator)
            << " processes." << std::endl;
  }



  void
  EnergyForcesDriver::train()
  {
    const dealii::TimerOutput::Scope section(timer, "training");
    TrainingRun::Provenance          provenance{{"problem", name}};
    auto                             network =
      std::make_unique<Network>(task->make_architecture(run_parameters.seed));
    if (features)
      {
        // A network that is not possible is noticed before it is trained.
        ClusterEnergy(*network,
                      network->initial_parameters(run_parameters.seed),
                      *features);
        provenance.merge(ClusterEnergy::provenance_of(*features));
      }
    training_run     = std::make_unique<TrainingRun>(std::move(network),
                                                 training_parameters,
                                                 run_parameters,
                                                 provenance,
                                                 pcout,
                                                 details,
                                                 communicator);
    const auto theta = training_run->minimize(task->training_task());
    prediction =
      make_prediction(training_run->network(), theta, features.get());
  }



  void
  EnergyForcesDriver::compute_errors()
  {
    const dealii::TimerOutput::Scope section(timer, "errors");
    errors = std::make_unique<EnergyForceErrors>(
      compute_energy_force_errors(prediction, samples.test, communicator));

    dealii::TableHandler table;
    for (const auto &row : make_error_rows(*errors))
      for (unsigned int c = 0; c < row.size(); ++c)
        table.add_value(error_columns[c], row[c]);
    if (details.is_active())
      {
        std::cout << '\n';
        table.write_text(std::cout, dealii::TableHandler::org_mode_table);
        std::cout << std::endl;
      }
  }



  void
  EnergyForcesDriver::write_summary() const
  {
    if (dealii::Utilities::MPI::this_mpi_process(communicator) != 0)
      return;

    JsonObject summary;
    summary.set("problem", name);
    summary.set("n_coordinates", samples.training.n_coordinates());
    if (features)
      summary.set("n_features", features->n_features());
    summary.set("label_scale", task->scaling().scale);
    summary.set("label_shift", task->scaling().shift);
    training_run->add_to(summary);
    if (errors)
      {
        summary.set("energy", to_json(errors->energy));
        summary.set("forces", to_json(errors->forces));
        if (run_parameters.expected_error > 0.)
          {
            summary.set("expected_relative_error",
                        run_parameters.expected_error);
            summary.set("as_expected",
                        errors->forces.relative_rmse <
                          run_parameters.expected_error);
          }
      }
    write_text_atomically(run_parameters.directory + "/summary.json",
                          summary.to_string() + "\n");
  }



  void
  EnergyForcesDriver::write_report_file() const
  {
    const dealii::TimerOutput::Scope section(timer, "report");
    if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
      {
        Report report;
        report.title = name;
        report.summary =
          "A neural surrogate of energies, trained with "
          "energies and forces by sobolev. Mean absolute error " +
          in_scientific_notation(errors->energy.mae) + " of energies and " +
          in_scientific_notation(errors->forces.mae) +
          " of components of forces.";
        report.facts = training_run->facts();
        report.facts.emplace_back("scale of the labels",
                                  to_text(task->scaling().scale));
        report.facts.emplace_back("shift of the energies",
                                  to_text(task->scaling().shift));
        report.history_file = run_parameters.directory + "/history.csv";
        report.tables.push_back(
          {"Errors",
           error_columns,
           make_error_rows(*errors),
           "At " + std::to_string(samples.test.size()) +
             " samples that were not used before, in the units of the data. "
             "The deviation is that of the labels."});
        add_pictures(report);
        write_report(report, run_parameters.directory + "/report.html");
      }
    details << "Report: " << run_parameters.directory << "/report.html"
            << std::endl;
  }



  void
  EnergyForcesDriver::add_pictures(Report &report) const
  {
    const double offset = sample_parameters.energy_offset;
    if (samples.potential && !features)
      add_surface_pictures(prediction,
                           *samples.potential,
                           offset,
                           sample_parameters.largest_energy,
                           samples.training,
                           report);
    if (!samples.minimum.empty())
      add_breathing_curves(
        prediction, *samples.potential, offset, samples.minimum, report);
    add_error_curves(prediction, samples.test, report);
  }
} // namespace sobolev
