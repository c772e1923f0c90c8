// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_equation_driver_h
#define sobolev_application_equation_driver_h

#include <sobolev/application/box_comparison.h>
#include <sobolev/application/coefficient_parameters.h>
#include <sobolev/application/command_line.h>
#include <sobolev/application/data_parameters.h>
#include <sobolev/application/equation_parameters.h>
#include <sobolev/application/identified_coefficients.h>
#include <sobolev/application/network_parameters.h>
#include <sobolev/application/run_parameters.h>
#include <sobolev/application/training_parameters.h>
#include <sobolev/application/training_run.h>

#include <deal.II/base/conditional_ostream.h>
#include <deal.II/base/timer.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The run for equations on a box, see EquationParameters: train a network,
   * and with it coefficients that are not known (CoefficientParameters), from
   * the equations and from data (DataParameters); compare with the solution
   * where that is known, leave a report.
   *
   * The inputs may be coordinates, time and parameters, in any number. The
   * results are those of a SurrogateDriver, see doc/output.md, but for the
   * mesh: `surrogate.h5`, `history.csv`, `summary.json`, `report.html`.
   */
  class EquationDriver
  {
  public:
    EquationDriver(const CommandLine &command_line,
                   const MPI_Comm     communicator);

    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for everything that does not fit together. */
    void parse_parameters(dealii::ParameterHandler &prm);

    /** Do everything. Collective. */
    void run();

    /** The unknown coefficients, after parse_parameters(). Local. */
    const CoefficientParameters &
    unknown_coefficients() const
    {
      return coefficient_parameters;
    }

  private:
    Architecture make_architecture() const;

    // The points, in mini-batches if they are used in training. Collective.
    PointDraw in_batches(const PointDraw &points) const;

    TrainingTask make_training_task() const;

    TrainingRun::Provenance make_provenance() const;

    void train();

    void compute_errors();

    void identify();

    void write_summary() const;

    void write_report_file() const;

    // Pictures of unknowns and fields, on one process.
    void add_pictures(Report &report) const;

    ReportTable make_error_table() const;

    void print(const ReportTable &table) const;

    const CommandLine                command_line;
    const MPI_Comm                   communicator;
    const dealii::ConditionalOStream pcout;
    /** For what differs from run to run: times, losses, errors. */
    dealii::ConditionalOStream  details;
    mutable dealii::TimerOutput timer;

    RunParameters         run_parameters;
    EquationParameters    equation_parameters;
    CoefficientParameters coefficient_parameters;
    DataParameters        data_parameters;
    NetworkParameters     network_parameters;
    TrainingParameters    training_parameters;

    /** Null if there are no data. */
    std::unique_ptr<const Observations> data;

    std::unique_ptr<TrainingRun> training_run;
    std::vector<double>          theta;

    EquationParameters::Solution solution;
    /** By unknown, then for all; empty without a known solution. */
    std::vector<BoxErrors> errors;
    /** Of a system of first order, as far as they are known. */
    std::vector<BoxErrors> flux_errors;
    /** Of the gradients in the coordinates; empty if these are not known. */
    std::vector<double> gradient_errors;
    /** Empty if there are none. */
    std::vector<IdentifiedCoefficient> coefficients;
  };
} // namespace sobolev

#endif
