// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/reference_mesh.h>
#include <sobolev/reference/weak_residual.h>

#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/test/unit_test.hpp>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

BOOST_AUTO_TEST_SUITE(weak_residual)

// Nonlinear diffusion with advection, a Robin side and a hanging node.
BOOST_AUTO_TEST_CASE(tangent_matches_central_differences)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation, 0., 1., true);
  triangulation.refine_global(1);
  triangulation.begin_active()->set_refine_flag();
  triangulation.execute_coarsening_and_refinement();
  const MappingQ<2> mapping(1);
  const Wave<2>     wave;
  auto              problem = make_dirichlet_problem<2>(
    MPI_COMM_WORLD, triangulation, mapping, 2., 3., 4);
  problem.boundary_conditions[1] = {
    robin<2>(5., wave, normal_flux<2>(2., wave, [](const Point<2> &) {
               return Tensor<1, 2>({1., 0.});
             }))};

  const auto                     mesh = copy_mesh(problem);
  const FiniteElementSpace<2>    space(problem, *mesh, mapping, 2);
  const WeakResidual<2>          equations(problem, mapping, space);
  TrilinosWrappers::SparseMatrix tangent;
  FiniteElementVector            state     = space.create_vector();
  FiniteElementVector            direction = space.create_vector();
  for (const auto i : space.get_dof_handler().locally_owned_dofs())
    {
      state(i)     = std::sin(1. + i);
      direction(i) = std::cos(2. * i);
    }
  space.get_constraints().distribute(state);
  space.get_update_constraints().distribute(direction);
  const auto residual_at = [&](const double step) {
    FiniteElementVector moved    = space.create_vector();
    FiniteElementVector residual = space.create_vector();
    moved.add(1., state, step, direction);
    equations.assemble(residual, nullptr, moved);
    return residual;
  };

  FiniteElementVector residual = space.create_vector();
  equations.reinit(tangent);
  equations.assemble(residual, &tangent, state);
  state.zero_out_ghost_values();
  FiniteElementVector product = space.create_vector();
  tangent.vmult(product, direction);
  const double        h          = 1e-5;
  FiniteElementVector difference = residual_at(h);
  difference.add(-1., residual_at(-h));
  difference *= -1. / (2. * h);
  // Rows of constrained degrees of freedom hold no equation.
  for (const auto i : space.get_dof_handler().locally_owned_dofs())
    if (space.get_constraints().is_constrained(i))
      product(i) = difference(i) = 0.;

  const double norm = product.l2_norm();
  difference.add(-1., product);
  BOOST_TEST(norm > 1.);
  BOOST_TEST(difference.l2_norm() < 1e-8 * norm);
}



BOOST_AUTO_TEST_CASE(symmetric_laws_have_symmetric_positive_tangents)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(1);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);
  const auto                     mesh = copy_mesh(problem);
  const FiniteElementSpace<2>    space(problem, *mesh, mapping, 2);
  const WeakResidual<2>          equations(problem, mapping, space);
  TrilinosWrappers::SparseMatrix tangent;
  FiniteElementVector            u = space.create_vector();
  FiniteElementVector            a(u), b(u), tangent_a(u), tangent_b(u);

  equations.reinit(tangent);
  equations.assemble(a, &tangent, u);
  for (const auto i : space.get_dof_handler().locally_owned_dofs())
    {
      a(i) = std::sin(1. + i);
      b(i) = std::cos(2. * i);
    }
  tangent.vmult(tangent_a, a);
  tangent.vmult(tangent_b, b);

  const double ab = tangent_a * b;
  const double ba = tangent_b * a;
  const double aa = tangent_a * a;
  BOOST_TEST(ab == ba, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(aa > 0.);
}

BOOST_AUTO_TEST_SUITE_END()
