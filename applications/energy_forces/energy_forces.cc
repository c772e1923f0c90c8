// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

/*
 * Potential energies from energies and forces: of a surface or of a cluster of
 * equal atoms, from a file or made by the program.
 *
 *   subsection Data
 *     set file = cluster.xyz
 *   ...
 *   subsection Labels
 *     set centring     = mean
 *     set force weight = 30
 *
 * Run it with one of parameter_files/energy_forces/, alone or with mpirun:
 *   mpirun -np 2 ./energy_forces mueller_brown.prm --output results
 */

#include <sobolev/application/energy_forces_driver.h>
#include <sobolev/application/run_application.h>



int
main(int argc, char *argv[])
{
  return sobolev::run_application<sobolev::EnergyForcesDriver>(argc, argv);
}
