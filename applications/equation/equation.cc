// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

/*
 * Equations on a box, in any number of coordinates, time and parameters, all
 * of them given as text in the parameter file:
 *
 *   subsection Domain
 *     set inputs = x, t
 *   ...
 *   subsection Equations
 *     set interior   = u_t + u*u_x - 0.01/pi*u_xx
 *     set conditions = t = 0: u + sin(pi*x); boundary: u
 *
 * Run it with one of parameter_files/equation/, alone or with mpirun:
 *   mpirun -np 2 ./equation burgers.prm --output results
 */

#include <sobolev/application/equation_driver.h>
#include <sobolev/application/run_application.h>



int
main(int argc, char *argv[])
{
  return sobolev::run_application<sobolev::EquationDriver>(argc, argv);
}
