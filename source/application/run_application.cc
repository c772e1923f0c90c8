// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/parameter_errors.h>
#include <sobolev/application/parameter_file.h>
#include <sobolev/application/run_application.h>
#include <sobolev/application/threads.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/patterns.h>

#include <chrono>
#include <exception>
#include <iostream>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace sobolev
{
  namespace
  {
    // How long a process that failed waits for the others to fail, too.
    constexpr std::chrono::seconds patience(3);



    // "message (in function f)", without the box that deal.II prints.
    std::string
    describe(const dealii::ExceptionBase &error)
    {
      std::ostringstream message, data;
      error.print_info(message);
      error.print_exc_data(data);

      // The second line of print_exc_data() is the function.
      std::istringstream lines(data.str());
      std::string        function;
      std::getline(lines, function);
      std::getline(lines, function);

      std::string result = on_one_line(message.str());
      if (result.empty())
        result = "an exception of deal.II without a message";
      return result + " (in the function " + on_one_line(function) + ")";
    }



    // One sentence about the exception that is being handled.
    std::string
    describe_current_exception()
    {
      try
        {
          throw;
        }
      catch (const InputError &error)
        {
          return on_one_line(error.what());
        }
      catch (const dealii::ExceptionBase &error)
        {
          return describe(error);
        }
      catch (const std::bad_alloc &)
        {
          return "there is not enough memory.";
        }
      catch (const std::exception &error)
        {
          return on_one_line(error.what());
        }
      catch (...)
        {
          return "an exception of unknown type.";
        }
    }



    /**
     * Ends the job on all processes with the same exit code.
     *
     * Its communicator is its own, so that what a process calls here cannot be
     * mistaken for a collective operation that the others still wait in.
     */
    class Agreement
    {
    public:
      explicit Agreement(const MPI_Comm communicator)
      {
        MPI_Comm_dup(communicator, &this->communicator);
        MPI_Comm_rank(this->communicator, &rank);
        MPI_Comm_size(this->communicator, &n_ranks);
      }

      ~Agreement()
      {
        MPI_Comm_free(&communicator);
      }

      /**
       * The exit code. @p error is empty on processes that succeeded; the first
       * of the others prints. Collective, but ends the job if it is called on
       * failed processes only.
       */
      int
      compute_exit_code(const std::optional<std::string> &error)
      {
        const int   mine = error ? rank : n_ranks;
        int         first;
        MPI_Request request;
        MPI_Iallreduce(
          &mine, &first, 1, MPI_INT, MPI_MIN, communicator, &request);
        if (error)
          wait_or_abort(*error, request);
        else
          MPI_Wait(&request, MPI_STATUS_IGNORE);

        if (rank == first)
          std::cerr << "error: " << *error << std::endl;
        return first == n_ranks ? 0 : 1;
      }

    private:
      void
      wait_or_abort(const std::string &error, MPI_Request &request)
      {
        const auto start = std::chrono::steady_clock::now();
        int        done  = 0;
        while (true)
          {
            MPI_Test(&request, &done, MPI_STATUS_IGNORE);
            if (done)
              return;
            if (std::chrono::steady_clock::now() - start > patience)
              {
                std::cerr << "error (rank " << rank << "): " << error
                          << std::endl;
                MPI_Abort(communicator, 1);
              }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
          }
      }

      MPI_Comm communicator;
      int      rank    = 0;
      int      n_ranks = 1;
    };



    // The statements of the parameter file, then those of the command line.
    std::vector<ParameterAssignment>
    read_assignments(const CommandLine &command_line)
    {
      std::vector<ParameterAssignment> assignments;
      if (!command_line.parameter_file.empty())
        assignments = read_parameter_file(command_line.parameter_file);
      for (const std::string &text : command_line.overrides)
        assignments.push_back(parse_override(text));
      return assignments;
    }



    void
    declare_dimension(dealii::ParameterHandler &prm)
    {
      prm.declare_entry("dimension",
                        "2",
                        dealii::Patterns::Integer(1, 3),
                        "Number of space dimensions [-].");
    }



    // The dimension has to be known before the application can declare the
    // other entries.
    unsigned int
    read_dimension(const std::vector<ParameterAssignment> &assignments)
    {
      std::vector<ParameterAssignment> of_dimension;
      for (const ParameterAssignment &assignment : assignments)
        if (assignment.path() == "dimension")
          of_dimension.push_back(assignment);

      dealii::ParameterHandler prm;
      declare_dimension(prm);
      assign_parameters(of_dimension, prm);
      return static_cast<unsigned int>(prm.get_integer("dimension"));
    }



    void
    parse_and_run(const CommandLine                               &command_line,
                  const MPI_Comm                                   communicator,
                  const std::vector<internal::ApplicationFactory> &factories)
    {
      const bool print =
        dealii::Utilities::MPI::this_mpi_process(communicator) == 0;
      if (command_line.help)
        {
          if (print)
            std::cout << usage(command_line.program) << std::flush;
          return;
        }

      const std::vector<ParameterAssignment> assignments =
        read_assignments(command_line);
      const bool         has_dimension = factories.size() > 1;
      const unsigned int dim = has_dimension ? read_dimension(assignments) : 1;
      const std::unique_ptr<internal::AnyApplication> application =
        factories[dim - 1](command_line, communicator);

      dealii::ParameterHandler prm;
      if (has_dimension)
        declare_dimension(prm);
      application->declare_parameters(prm);
      assign_parameters(assignments, prm);
      if (command_line.print_parameters)
        {
          if (print)
            prm.print_parameters(std::cout, dealii::ParameterHandler::Text);
          return;
        }
      application->parse_parameters(prm);
      application->run();
    }
  } // namespace



  namespace internal
  {
    int
    run_application(const int                              argc,
                    char                                 **argv,
                    const std::vector<ApplicationFactory> &factories)
    {
      // Only the program's name: what initialises its libraries together with
      // MPI, such as PETSc, must not interpret the options.
      int    n_arguments    = argc > 0 ? 1 : 0;
      char  *first_only[]   = {argc > 0 ? argv[0] : nullptr, nullptr};
      char **only_arguments = first_only;
      const dealii::Utilities::MPI::MPI_InitFinalize mpi(
        n_arguments, only_arguments, 1);

      Agreement                  agreement(MPI_COMM_WORLD);
      std::optional<std::string> error;
      try
        {
          distribute_threads(MPI_COMM_WORLD);
          parse_and_run(
            parse_command_line(argc, argv), MPI_COMM_WORLD, factories);
        }
      catch (...)
        {
          error = describe_current_exception();
        }
      return agreement.compute_exit_code(error);
    }
  } // namespace internal
} // namespace sobolev
