// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_energy_forces_driver_h
#define sobolev_application_energy_forces_driver_h

#include <sobolev/application/command_line.h>
#include <sobolev/application/energy_force_errors.h>
#include <sobolev/application/label_parameters.h>
#include <sobolev/application/network_parameters.h>
#include <sobolev/application/report.h>
#include <sobolev/application/run_parameters.h>
#include <sobolev/application/sample_parameters.h>
#include <sobolev/application/sample_task.h>
#include <sobolev/application/training_parameters.h>
#include <sobolev/application/training_run.h>

#include <deal.II/base/conditional_ostream.h>
#include <deal.II/base/timer.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The run for potential energies: train a network with energies and forces,
   * compare both at samples that were not used, leave a report.
   *
   * The results are those of an EquationDriver, see doc/output.md. The
   * surrogate of a surface is a function of its coordinates, that of a cluster
   * a function of its features, see ClusterEnergy::load().
   */
  class EnergyForcesDriver
  {
  public:
    EnergyForcesDriver(const CommandLine &command_line,
                       const MPI_Comm     communicator);

    void declare_parameters(dealii::ParameterHandler &prm);

    void parse_parameters(dealii::ParameterHandler &prm);

    /** Do everything. Collective. */
    void run();

  private:
    void make_samples();

    void train();

    void compute_errors();

    void write_summary() const;

    void write_report_file() const;

    void add_pictures(Report &report) const;

    const CommandLine                command_line;
    const MPI_Comm                   communicator;
    const dealii::ConditionalOStream pcout;
    /** For what differs from run to run: times, losses, errors. */
    dealii::ConditionalOStream  details;
    mutable dealii::TimerOutput timer;

    RunParameters      run_parameters;
    SampleParameters   sample_parameters;
    LabelParameters    label_parameters;
    NetworkParameters  network_parameters;
    TrainingParameters training_parameters;
    std::string        name;

    SampleSets samples;
    /** For clusters. */
    std::unique_ptr<ClusterFeatures>   features;
    std::unique_ptr<SampleTask>        task;
    std::unique_ptr<TrainingRun>       training_run;
    EnergyPrediction                   prediction;
    std::unique_ptr<EnergyForceErrors> errors;
  };
} // namespace sobolev

#endif
