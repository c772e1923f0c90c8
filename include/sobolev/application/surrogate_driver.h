// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_surrogate_driver_h
#define sobolev_application_surrogate_driver_h

#include <sobolev/application/coefficient_parameters.h>
#include <sobolev/application/command_line.h>
#include <sobolev/application/data_parameters.h>
#include <sobolev/application/identified_coefficients.h>
#include <sobolev/application/network_parameters.h>
#include <sobolev/application/problem_parameters.h>
#include <sobolev/application/run_parameters.h>
#include <sobolev/application/sampling_parameters.h>
#include <sobolev/application/training_parameters.h>
#include <sobolev/application/training_run.h>
#include <sobolev/components/network_function.h>
#include <sobolev/problem/problem.h>
#include <sobolev/reference/finite_element_options.h>
#include <sobolev/reference/finite_element_solution.h>

#include <deal.II/base/conditional_ostream.h>
#include <deal.II/base/timer.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  struct SurrogateErrors;

  /**
   * The run that all applications share: read a problem, train a network for
   * it, solve it with finite elements, compare the two, leave a report.
   *
   * An application derives from this class and adds its law:
   * @code
   * template <int dim>
   * class Diffusion : public SurrogateDriver<dim>
   * {
   *   using SurrogateDriver<dim>::SurrogateDriver;
   *   void declare_law_parameters(dealii::ParameterHandler &prm) override;
   *   std::shared_ptr<const Law<dim>>
   *   make_law(const ExpressionFactory<dim> &expressions) const override;
   * };
   * @endcode
   *
   * Coefficients that the law has names for may be unknown: they are trained
   * with the network, from data.
   *
   * The results are in the output folder, see doc/output.md: `surrogate.h5`
   * and `history.csv` as soon as training ends, then `solution.pvtu`,
   * `summary.json` and `report.html`. The folder also gets the parameters of
   * the run in `parameters.prm`.
   */
  template <int dim>
  class SurrogateDriver
  {
  public:
    SurrogateDriver(const CommandLine &command_line,
                    const MPI_Comm     communicator);

    virtual ~SurrogateDriver();

    void declare_parameters(dealii::ParameterHandler &prm);

    void parse_parameters(dealii::ParameterHandler &prm);

    /** Do everything. Collective. */
    void run();

  protected:
    /** Declare the entries of section Law, which has been entered. */
    virtual void declare_law_parameters(dealii::ParameterHandler &prm) = 0;

    /** The law, from the entries that were parsed. */
    virtual std::shared_ptr<const Law<dim>>
    make_law(const ExpressionFactory<dim> &expressions) const = 0;

  private:
    void make_problem();

    // What the network learns: the law of the problem with its coefficients
    // that are not known, and with its fluxes, if that is wanted.
    void make_trained_law();

    // Collective.
    void make_data();

    // Values of the finite element solution at about n points in the domain.
    Observations observe_reference(const unsigned int               n_points,
                                   const std::vector<unsigned int> &outputs);

    void train();

    void solve_reference();

    void print(const ReportTable &table) const;

    /** Whether the surrogate is as good as the parameter file expects. */
    bool is_as_expected() const;

    void write_summary() const;

    void write_report_file() const;

    const CommandLine                command_line;
    const MPI_Comm                   communicator;
    const dealii::ConditionalOStream pcout;
    /** For what differs from run to run: times, losses, errors. */
    dealii::ConditionalOStream  details;
    mutable dealii::TimerOutput timer;

    RunParameters         run_parameters;
    ProblemParameters     problem_parameters;
    NetworkParameters     network_parameters;
    SamplingParameters    sampling_parameters;
    TrainingParameters    training_parameters;
    CoefficientParameters coefficient_parameters;
    DataParameters        data_parameters;
    FiniteElementOptions  reference_options;
    double                reference_factor = 10.;
    std::string           indicator        = "kelly";
    bool                  with_reference   = true;
    bool                  has_fluxes       = false;

    std::unique_ptr<dealii::Triangulation<dim>> triangulation;
    std::unique_ptr<dealii::Mapping<dim>>       mapping;
    std::unique_ptr<Problem<dim>>               problem;
    std::shared_ptr<const Law<dim>>             trained_law;
    FormulaNames                                names;
    std::unique_ptr<Observations>               data;
    std::unique_ptr<NetworkFunction<dim>>       surrogate;

    // The unknowns of the problem in the surrogate, which may have more.
    std::unique_ptr<dealii::Function<dim>> solution;

    std::unique_ptr<TrainingRun>                training_run;
    std::unique_ptr<FiniteElementSolution<dim>> reference;
    std::unique_ptr<SurrogateErrors>            errors;
    std::vector<IdentifiedCoefficient>          coefficients;
  };
} // namespace sobolev

#endif
