// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Somebody else's program: headers of deal.II beside headers of sobolev, one
// template instantiated here and one compiled function from the library.

#include <sobolev/base/atomic_file.h>
#include <sobolev/problem/spatial_vector.h>

#include <deal.II/base/mpi.h>

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/tria.h>

#include <iostream>
#include <string>

int
main(int argc, char *argv[])
{
  const dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);

  dealii::Triangulation<2> triangulation;
  dealii::GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);

  sobolev::SpatialVector<2, double> ones;
  ones[0] = ones[1]         = 1.;
  const double squared_norm = dot(ones, ones);

  sobolev::write_text_atomically("consumer.txt",
                                 std::to_string(squared_norm) + '\n');
  std::cout << "consumer: " << triangulation.n_active_cells() << " cells"
            << std::endl;
  return (triangulation.n_active_cells() == 16 && squared_norm == 2.) ? 0 : 1;
}
