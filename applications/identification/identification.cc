// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

/*
 * Inverse problems: equations on a box as in the application `equation`, with
 * coefficients that are not known and data that say what the solution is at
 * some points:
 *
 *   subsection Unknown coefficients
 *     set coefficients = c = 0; a(x) = 1 in (0, inf)
 *   end
 *   subsection Data
 *     set file = measured.csv
 *   end
 *
 * Coefficients are trained together with the network; a table has what is
 * found, with its uncertainty.
 *
 * Run it with one of parameter_files/identification/, alone or with mpirun:
 *   mpirun -np 2 ./identification wave_number.prm --output results
 */

#include <sobolev/application/equation_driver.h>
#include <sobolev/application/run_application.h>
#include <sobolev/base/exceptions.h>



namespace
{
  class Identification : public sobolev::EquationDriver
  {
  public:
    using EquationDriver::EquationDriver;

    void
    parse_parameters(dealii::ParameterHandler &prm)
    {
      EquationDriver::parse_parameters(prm);
      AssertInput(!unknown_coefficients().names().empty(),
                  "Unknown coefficients/coefficients: the entry is empty; "
                  "there must be something to identify.");
    }
  };
} // namespace



int
main(int argc, char *argv[])
{
  return sobolev::run_application<Identification>(argc, argv);
}
