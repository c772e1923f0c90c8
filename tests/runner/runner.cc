// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// An application that does nothing but fail in the ways that the entry "fail"
// names. The tests beside it check messages, exit codes and run times.

#include <sobolev/application/run_application.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>
#include <deal.II/base/patterns.h>

#include <iostream>
#include <stdexcept>
#include <string>

namespace
{
  template <int dim>
  class Runner
  {
  public:
    Runner(const sobolev::CommandLine &command_line,
           const MPI_Comm              communicator)
      : output_directory(command_line.output_directory)
      , communicator(communicator)
      , rank(dealii::Utilities::MPI::this_mpi_process(communicator))
      , n_ranks(dealii::Utilities::MPI::n_mpi_processes(communicator))
    {
    }

    void
    declare_parameters(dealii::ParameterHandler &prm)
    {
      prm.add_parameter(
        "seed", seed, "The seed [-].", dealii::Patterns::Integer(0));
      prm.add_parameter("fail",
                        fail,
                        "How to fail.",
                        dealii::Patterns::Selection(
                          "never|input|deal.II|last rank alone|after run"));
    }

    void
    parse_parameters(dealii::ParameterHandler &)
    {
      AssertInput(fail != "input", "seed: " << seed << " does not please.");
    }

    void
    run()
    {
      const bool is_last = rank + 1 == n_ranks;
      AssertThrow(fail != "deal.II",
                  dealii::ExcMessage("Two\nlines of deal.II."));
      if (fail == "last rank alone" && is_last)
        throw std::runtime_error("the last rank gives up.");

      MPI_Barrier(communicator);
      if (fail == "after run" && is_last)
        throw std::runtime_error("too late for the others.");
      if (rank == 0)
        std::cout << "dim " << dim << ", seed " << seed << ", output '"
                  << output_directory << "'" << std::endl;
    }

  private:
    const std::string  output_directory;
    const MPI_Comm     communicator;
    const unsigned int rank;
    const unsigned int n_ranks;

    unsigned int seed = 1;
    std::string  fail = "never";
  };
} // namespace



int
main(int argc, char *argv[])
{
  return sobolev::run_application<Runner>(argc, argv);
}
