// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/problem/mesh_description.h>
#include <sobolev/problem/problem.h>

#include <deal.II/base/function.h>

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace sobolev;

namespace
{
  /** Laplace's equation with Dirichlet conditions on @p ids. */
  template <int dim>
  Problem<dim>
  laplace_problem(const dealii::Triangulation<dim>              &triangulation,
                  const dealii::Mapping<dim>                    &mapping,
                  const std::vector<dealii::types::boundary_id> &ids)
  {
    Problem<dim> problem{
      "test", MPI_COMM_WORLD, triangulation, mapping, {}, {}, {}};
    problem.law = std::make_shared<DiffusionAdvectionReaction<dim>>(
      DiffusionAdvectionReactionOptions<dim>());
    for (const auto id : ids)
      {
        BoundaryCondition<dim> condition;
        condition.value =
          std::make_shared<dealii::Functions::ZeroFunction<dim>>();
        problem.boundary_conditions[id] = {condition};
      }
    return problem;
  }



  template <int dim>
  std::string
  message_for(const Problem<dim> &problem)
  {
    try
      {
        problem.check();
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "";
  }



  bool
  has(const std::string &message, const std::string &part)
  {
    return message.find(part) != std::string::npos;
  }



  struct Square
  {
    Square()
      : triangulation(MPI_COMM_WORLD)
      , mapping(1)
    {
      MeshDescription description;
      description.refinements = 3;
      create_mesh<2>(triangulation, description);
    }

    dealii::parallel::distributed::Triangulation<2> triangulation;
    const dealii::MappingQ<2>                       mapping;
  };



  template <int dim>
  unsigned int
  n_owned_cells(const Problem<dim> &problem)
  {
    unsigned int n = 0;
    for (const auto &cell : problem.triangulation.active_cell_iterators())
      n += problem.is_owned(cell);
    return n;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(problem)

BOOST_FIXTURE_TEST_CASE(a_complete_problem_passes_the_check, Square)
{
  const auto problem = laplace_problem(triangulation, mapping, {0, 1, 2, 3});
  BOOST_TEST(message_for(problem) == "");
}



BOOST_FIXTURE_TEST_CASE(a_missing_condition_is_an_error, Square)
{
  const auto problem = laplace_problem(triangulation, mapping, {0, 1, 3});
  const auto message = message_for(problem);
  BOOST_TEST_CONTEXT(message)
  {
    BOOST_TEST(has(message, "boundary id 2 has no condition for component 0"));
    BOOST_TEST(has(message, "0, 1, 2, 3"));
  }
}



BOOST_FIXTURE_TEST_CASE(a_condition_for_an_unknown_id_is_an_error, Square)
{
  const auto problem = laplace_problem(triangulation, mapping, {0, 1, 2, 3, 7});
  const auto message = message_for(problem);
  BOOST_TEST_CONTEXT(message)
  {
    BOOST_TEST(has(message, "boundary id 7"));
    BOOST_TEST(has(message, "0, 1, 2, 3"));
  }
}



BOOST_FIXTURE_TEST_CASE(conditions_that_make_no_sense_are_errors, Square)
{
  const auto good = laplace_problem(triangulation, mapping, {0, 1, 2, 3});

  auto twice = good;
  twice.boundary_conditions[1].push_back(twice.boundary_conditions[1][0]);
  BOOST_TEST(has(message_for(twice), "2 conditions for component 0"));

  auto component                                = good;
  component.boundary_conditions[1][0].component = 4;
  BOOST_TEST(has(message_for(component), "component 4"));

  auto value = good;
  value.boundary_conditions[1][0].value.reset();
  BOOST_TEST(has(message_for(value), "without a value"));

  auto robin                           = good;
  robin.boundary_conditions[1][0].kind = BoundaryCondition<2>::Kind::robin;
  BOOST_TEST(has(message_for(robin), "without a transfer coefficient"));

  auto  neumann                  = good;
  auto &condition                = neumann.boundary_conditions[1][0];
  condition.kind                 = BoundaryCondition<2>::Kind::neumann;
  condition.transfer_coefficient = condition.value;
  BOOST_TEST(has(message_for(neumann), "only Robin conditions"));

  auto law = good;
  law.law.reset();
  BOOST_TEST(has(message_for(law), "has no law"));

  auto exact = good;
  exact.exact_solution =
    std::make_shared<dealii::Functions::ZeroFunction<2>>(3);
  BOOST_TEST(has(message_for(exact), "exact solution has 3"));
}



BOOST_AUTO_TEST_CASE(every_cell_is_owned_by_exactly_one_process)
{
  MeshDescription description;
  description.refinements = 2;
  const dealii::MappingQ<2>                       mapping(1);
  dealii::Triangulation<2>                        serial;
  dealii::parallel::shared::Triangulation<2>      shared(MPI_COMM_WORLD);
  dealii::parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);
  for (dealii::Triangulation<2> *triangulation :
       {&serial,
        static_cast<dealii::Triangulation<2> *>(&shared),
        static_cast<dealii::Triangulation<2> *>(&distributed)})
    {
      create_mesh(*triangulation, description);
      const auto problem = laplace_problem(*triangulation, mapping, {});

      const unsigned int n = n_owned_cells(problem);

      BOOST_TEST(dealii::Utilities::MPI::sum(n, MPI_COMM_WORLD) == 16);
    }

  // Equal shares, up to one cell, of the serial mesh.
  const unsigned int n = n_owned_cells(laplace_problem(serial, mapping, {}));
  const unsigned int n_ranks =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  BOOST_TEST(n >= 16 / n_ranks);
  BOOST_TEST(n <= 16 / n_ranks + 1);
}



BOOST_AUTO_TEST_CASE(the_bounding_box_contains_curved_boundaries)
{
  dealii::parallel::distributed::Triangulation<2> triangulation(MPI_COMM_WORLD);
  MeshDescription                                 description;
  description.generator = "hyper_ball";
  create_mesh<2>(triangulation, description);
  const dealii::MappingQ<2> mapping(4);

  const auto box = laplace_problem(triangulation, mapping, {}).bounding_box();

  // The coarse mesh has no vertices on the axes: they are at 1/sqrt(2).
  for (unsigned int d = 0; d < 2; ++d)
    {
      BOOST_TEST(std::abs(box.lower_bound(d) + 1.) < 1e-2);
      BOOST_TEST(std::abs(box.upper_bound(d) - 1.) < 1e-2);
    }
}



BOOST_AUTO_TEST_CASE(the_bounding_box_works_in_1d_and_without_cells)
{
  // One cell: all processes but one have none.
  dealii::Triangulation<1> triangulation;
  MeshDescription          description;
  description.arguments = "-2 : 3 : true";
  create_mesh(triangulation, description);
  const dealii::MappingQ<1> mapping(1);

  const auto problem = laplace_problem(triangulation, mapping, {0, 1});
  const auto box     = problem.bounding_box();

  BOOST_TEST(message_for(problem) == "");
  BOOST_TEST(box.lower_bound(0) == -2.);
  BOOST_TEST(box.upper_bound(0) == 3.);
}

BOOST_AUTO_TEST_SUITE_END()
