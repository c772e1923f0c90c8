// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/collective_errors.h>
#include <sobolev/reference/reference_mesh.h>

#include <deal.II/distributed/fully_distributed_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/test/unit_test.hpp>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

namespace
{
  // 2 dim coarse cells around the hole, refined once.
  template <int dim>
  void
  make_shell(Triangulation<dim> &triangulation)
  {
    GridGenerator::hyper_shell(
      triangulation, Point<dim>(), 0.5, 1., 2 * dim, true);
    triangulation.refine_global(1);
  }



  template <int dim>
  std::pair<double, double>
  measure_boundaries(const Triangulation<dim> &triangulation)
  {
    double inner = 0., outer = 0.;
    for (const auto &cell : triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
            (face->boundary_id() == 0 ? inner : outer) +=
              face->center(/*respect_manifold=*/true).norm();
    return {Utilities::MPI::sum(inner, MPI_COMM_WORLD),
            Utilities::MPI::sum(outer, MPI_COMM_WORLD)};
  }
} // namespace



BOOST_AUTO_TEST_SUITE(reference_mesh)

BOOST_AUTO_TEST_CASE(copies_keep_refinement_boundaries_and_manifolds)
{
  const MappingQ<2>                       mapping(1);
  Triangulation<2>                        serial;
  parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);
  for (Triangulation<2> *original :
       {&serial, static_cast<Triangulation<2> *>(&distributed)})
    {
      make_shell(*original);
      const auto problem =
        make_dirichlet_problem<2>(MPI_COMM_WORLD, *original, mapping);

      const auto copy = copy_mesh(problem);
      copy->refine_global(1);

      // 4 coarse cells, refined twice: 16 faces on each circle.
      const auto [inner, outer] = measure_boundaries(*copy);
      BOOST_TEST(copy->n_global_active_cells() == 64u);
      BOOST_TEST(inner == 16 * 0.5, boost::test_tools::tolerance(1e-12));
      BOOST_TEST(outer == 16 * 1., boost::test_tools::tolerance(1e-12));
    }
}



BOOST_AUTO_TEST_CASE(fewest_cells_are_marked)
{
  Triangulation<2> serial;
  GridGenerator::hyper_cube(serial);
  serial.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, serial, mapping);
  const auto     mesh = copy_mesh(problem);
  Vector<double> indicators(mesh->n_active_cells());
  for (const auto &cell : mesh->active_cell_iterators())
    if (cell->is_locally_owned())
      indicators[cell->active_cell_index()] =
        cell->center()[0] < 0.25 && cell->center()[1] < 0.5 ? 10. : 1.;

  const auto n_marked = mark_cells(*mesh, indicators, 0.5, MPI_COMM_WORLD);

  // 2 cells have 20 of 34: half of it needs both, because they are equal.
  BOOST_TEST(n_marked == 2u);
  unsigned int n_flags = 0;
  for (const auto &cell : mesh->active_cell_iterators())
    n_flags += cell->refine_flag_set() ? 1 : 0;
  BOOST_TEST(n_flags == 2u);
}



BOOST_AUTO_TEST_CASE(all_cells_are_marked_if_most_are)
{
  parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);
  GridGenerator::hyper_cube(distributed);
  distributed.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, distributed, mapping);
  const auto     mesh = copy_mesh(problem);
  Vector<double> indicators(mesh->n_active_cells());
  for (const auto &cell : mesh->active_cell_iterators())
    indicators[cell->active_cell_index()] = 1. + 0.1 * cell->center()[0];

  BOOST_TEST(mark_cells(*mesh, indicators, 0.8, MPI_COMM_WORLD) == 16u);
}



BOOST_AUTO_TEST_CASE(fully_distributed_meshes_are_refused)
{
  const parallel::fullydistributed::Triangulation<2> triangulation(
    MPI_COMM_WORLD);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);

  BOOST_CHECK_THROW(copy_mesh(problem), InputError);
}



BOOST_AUTO_TEST_CASE(one_failing_process_makes_all_fail)
{
  const unsigned int rank = Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  const unsigned int last = Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD) - 1;

  BOOST_CHECK_EXCEPTION(fail_together(MPI_COMM_WORLD,
                                      [&]() {
                                        AssertInput(rank != last, "a sentence");
                                      }),
                        InputError,
                        [](const InputError &error) {
                          return std::string(error.what()) == "a sentence";
                        });
  BOOST_CHECK_THROW(fail_together(MPI_COMM_WORLD,
                                  [&]() {
                                    if (rank == last)
                                      throw ComputationError("a sentence");
                                  }),
                    ComputationError);
  BOOST_CHECK_NO_THROW(fail_together(MPI_COMM_WORLD, []() {}));
}

BOOST_AUTO_TEST_SUITE_END()
