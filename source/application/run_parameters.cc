// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/run_parameters.h>
#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/patterns.h>

#include <filesystem>
#include <sstream>

namespace sobolev
{
  void
  RunParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.add_parameter("seed",
                      seed,
                      "Seed of all random numbers: collocation points and "
                      "first parameters of the network [-].",
                      Integer(0));
    prm.add_parameter("verbosity",
                      verbosity,
                      "What is printed: everything, or only what is the same "
                      "in every run (for regression tests) [-].",
                      Selection("normal|terse"));
    prm.add_parameter("expected error",
                      expected_error,
                      "Relative L2 error that the run is to stay below; said "
                      "at the end, 0 for no such expectation [-].",
                      Double(0.));
  }



  void
  RunParameters::parse_parameters(dealii::ParameterHandler &prm,
                                  const CommandLine        &command_line)
  {
    stem = std::filesystem::path(command_line.parameter_file).stem().string();
    directory = command_line.output_directory.empty()
                  ? "results/" + stem
                  : command_line.output_directory;

    std::ostringstream text;
    prm.print_parameters(text, dealii::ParameterHandler::ShortPRM);
    all_parameters = text.str();
  }



  void
  RunParameters::prepare_output(const MPI_Comm communicator) const
  {
    // Whether it worked is known on the first process only.
    std::string message;
    if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
      {
        std::error_code error;
        std::filesystem::create_directories(directory, error);
        if (error)
          message = "the output folder '" + directory +
                    "' cannot be made: " + error.message() + ".";
        else
          try
            {
              write_text_atomically(directory + "/parameters.prm",
                                    all_parameters);
            }
          catch (const InputError &exception)
            {
              message = exception.what();
            }
      }
    message = dealii::Utilities::MPI::broadcast(communicator, message);
    if (!message.empty())
      throw InputError(message);
  }
} // namespace sobolev
