// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_run_parameters_h
#define sobolev_application_run_parameters_h

#include <sobolev/application/command_line.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>

#include <string>

namespace sobolev
{
  /**
   * What every run has, whatever it solves: the entries at the top of a
   * parameter file, and the folder of the results.
   */
  class RunParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** Keeps the text of all parameters. */
    void parse_parameters(dealii::ParameterHandler &prm,
                          const CommandLine        &command_line);

    /**
     * Make the folder of the results and write the parameters of the run to
     * `parameters.prm` there. Collective.
     *
     * @throws InputError on all processes alike if that is not possible.
     */
    void prepare_output(const MPI_Comm communicator) const;

    bool
    is_terse() const
    {
      return verbosity == "terse";
    }

    unsigned int seed           = 1;
    double       expected_error = 0.;

    /** Folder of the results, and name of the parameter file without ending. */
    std::string directory, stem;

    /** The text of all parameters. */
    std::string all_parameters;

  private:
    std::string verbosity = "normal";
  };
} // namespace sobolev

#endif
