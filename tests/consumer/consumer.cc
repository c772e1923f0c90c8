// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Somebody else's deal.II program: it saves and loads a surrogate and uses it
// as what it is, a dealii::Function, in interpolate() and in
// integrate_difference().

#include <sobolev/components/network_function.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/tria.h>
#include <deal.II/lac/vector.h>
#include <deal.II/numerics/vector_tools.h>

#include <iostream>

int
main(int argc, char *argv[])
{
  using namespace dealii;
  const Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);

  sobolev::Architecture architecture;
  architecture.lower         = {0., 0.};
  architecture.upper         = {1., 1.};
  architecture.hidden_widths = {8, 8};
  const sobolev::Network network(architecture);
  sobolev::NetworkFunction<2>(network, network.initial_parameters(1))
    .save("consumer.h5");
  const auto surrogate = sobolev::NetworkFunction<2>::load("consumer.h5");

  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(4);
  const FE_Q<2> fe(3);
  DoFHandler<2> dof_handler(triangulation);
  dof_handler.distribute_dofs(fe);
  Vector<double> interpolant(dof_handler.n_dofs());
  VectorTools::interpolate(dof_handler, *surrogate, interpolant);

  Vector<double> error(triangulation.n_active_cells());
  VectorTools::integrate_difference(dof_handler,
                                    interpolant,
                                    *surrogate,
                                    error,
                                    QGauss<2>(5),
                                    VectorTools::H1_norm);
  const bool good = error.l2_norm() < 1e-2 && error.l2_norm() > 0.;
  std::cout << "consumer: the interpolant is "
            << (good ? "close to the surrogate" : "wrong") << std::endl;
  return good ? 0 : 1;
}
