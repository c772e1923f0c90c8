// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_run_application_h
#define sobolev_application_run_application_h

#include <sobolev/application/command_line.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/parameter_handler.h>

#include <functional>
#include <memory>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    /** An application of any dimension, as run_application() drives it. */
    class AnyApplication
    {
    public:
      virtual ~AnyApplication() = default;

      virtual void declare_parameters(dealii::ParameterHandler &prm) = 0;

      virtual void parse_parameters(dealii::ParameterHandler &prm) = 0;

      virtual void run() = 0;
    };

    /** Wraps an application class, which needs no base class for that. */
    template <typename Application>
    class ApplicationAdapter : public AnyApplication
    {
    public:
      ApplicationAdapter(const CommandLine &command_line,
                         const MPI_Comm     communicator)
        : application(command_line, communicator)
      {
      }

      void
      declare_parameters(dealii::ParameterHandler &prm) override
      {
        application.declare_parameters(prm);
      }

      void
      parse_parameters(dealii::ParameterHandler &prm) override
      {
        application.parse_parameters(prm);
      }

      void
      run() override
      {
        application.run();
      }

    private:
      Application application;
    };

    using ApplicationFactory =
      std::function<std::unique_ptr<AnyApplication>(const CommandLine &,
                                                    const MPI_Comm)>;

    /** A factory of `Application`. */
    template <typename Application>
    ApplicationFactory
    make_factory()
    {
      return [](const CommandLine &command_line, const MPI_Comm communicator) {
        return std::make_unique<ApplicationAdapter<Application>>(command_line,
                                                                 communicator);
      };
    }

    /**
     * run_application() for the factories of dimension 1, 2 and 3, or for a
     * single factory of an application without the entry `dimension`.
     */
    int run_application(const int                              argc,
                        char                                 **argv,
                        const std::vector<ApplicationFactory> &factories);
  } // namespace internal



  /**
   * The `main()` of an application:
   * @code
   * int
   * main(int argc, char *argv[])
   * {
   *   return sobolev::run_application<Diffusion>(argc, argv);
   * }
   * @endcode
   *
   * Starts MPI, reads the command line (see CommandLine) and the top-level
   * entry `dimension` of the parameter file, constructs `Application<dim>`,
   * assigns its parameters, and calls run(). `Application<dim>` has
   * @code
   * Application(const CommandLine &, const MPI_Comm);
   * void declare_parameters(dealii::ParameterHandler &prm);
   * void parse_parameters(dealii::ParameterHandler &prm);
   * void run();
   * @endcode
   *
   * **Errors.** An exception becomes one line on standard error, and the exit
   * code is 1 on all processes. Where all processes meet the same error, the
   * first of them prints it. A process that fails alone, while the others wait
   * for it in a collective call, ends the job with MPI_Abort() after a few
   * seconds: there is no hang.
   *
   * Exceptions must not leave behind unfinished collective operations that
   * others of the processes complete.
   */
  template <template <int> class Application>
  int
  run_application(const int argc, char **argv)
  {
    return internal::run_application(
      argc,
      argv,
      {internal::make_factory<Application<1>>(),
       internal::make_factory<Application<2>>(),
       internal::make_factory<Application<3>>()});
  }



  /** The same for a class that is no template; no entry `dimension`. */
  template <typename Application>
  int
  run_application(const int argc, char **argv)
  {
    return internal::run_application(
      argc, argv, {internal::make_factory<Application>()});
  }
} // namespace sobolev

#endif
