// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/error_norms.h>
#include <sobolev/reference/finite_element_solver.h>

#include <deal.II/base/quadrature_lib.h>

#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/numerics/vector_tools.h>

#include <boost/test/unit_test.hpp>

#include <limits>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

namespace
{
  const auto to_round_off = boost::test_tools::tolerance(1e-10);

  struct SolvedWave
  {
    SolvedWave()
      : triangulation(MPI_COMM_WORLD)
      , mapping(2)
    {
      GridGenerator::hyper_ball(triangulation);
      triangulation.refine_global(1);
      problem = std::make_unique<Problem<2>>(
        make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping));
      FiniteElementOptions options;
      options.degree     = 1;
      options.max_cycles = 1;
      solution           = FiniteElementSolver<2>(*problem, options).solve();
    }

    parallel::distributed::Triangulation<2>   triangulation;
    MappingQ<2>                               mapping;
    std::unique_ptr<Problem<2>>               problem;
    std::unique_ptr<FiniteElementSolution<2>> solution;
  };
} // namespace



BOOST_AUTO_TEST_SUITE(error_norms)

BOOST_AUTO_TEST_CASE(norms_of_deal_ii_agree_with_integrals_cell_by_cell)
{
  const SolvedWave wave;
  const auto      &solution = *wave.solution;
  const Wave<2>    other(0.8);

  const Norms norms     = compute_error_norms(solution, other);
  const Norms integrals = integrate_norms<2>(
    solution, [&](const FEValues<2> &fe_values, CellValues<2> &e) {
      for (const unsigned int q : fe_values.quadrature_point_indices())
        {
          const auto &x = fe_values.quadrature_point(q);
          e.values[q] -= other.value(x);
          e.gradients[q] -= other.gradient(x);
        }
    });

  BOOST_TEST(norms.l2 == integrals.l2, to_round_off);
  BOOST_TEST(norms.h1 == integrals.h1, to_round_off);
  BOOST_TEST(norms.linf == integrals.linf, to_round_off);
  // F = -grad u and S = f - u: the energy norm is the H1 norm.
  BOOST_TEST(norms.energy == norms.h1, to_round_off);
}



BOOST_AUTO_TEST_CASE(differences_of_functions_need_no_interpolation)
{
  const SolvedWave                 wave;
  const Wave<2>                    a(0.8);
  const Functions::ZeroFunction<2> zero;

  const Norms forward  = compute_difference_norms(*wave.solution, a, zero);
  const Norms backward = compute_difference_norms(*wave.solution, zero, a);
  const Norms nothing  = compute_difference_norms(*wave.solution, a, a);

  BOOST_TEST(forward.h1 > 1.);
  BOOST_TEST(forward.l2 == backward.l2, to_round_off);
  BOOST_TEST(forward.h1 == backward.h1, to_round_off);
  BOOST_TEST(nothing.h1 == 0.);
  BOOST_TEST(nothing.linf == 0.);
}



BOOST_AUTO_TEST_CASE(norms_of_the_solution_make_errors_relative)
{
  const SolvedWave wave;

  const Norms norms = compute_norms(*wave.solution);
  const Norms exact = compute_difference_norms(
    *wave.solution, Wave<2>(), Functions::ZeroFunction<2>());

  BOOST_TEST(relative_norms(norms, exact).l2 == 1.,
             boost::test_tools::tolerance(1e-2));
  BOOST_TEST(relative_norms(Norms(), Norms()).l2 == 0.);
  BOOST_TEST(std::isinf(relative_norms(norms, Norms()).l2));
}



BOOST_AUTO_TEST_CASE(nan_is_not_hidden)
{
  const SolvedWave wave;
  const Scalar<2>  broken([](const Point<2> &x) {
    return x[0] > 0.5 ? std::numeric_limits<double>::quiet_NaN() : 0.;
  });

  const Norms norms = compute_error_norms(*wave.solution, broken);

  BOOST_TEST(std::isnan(norms.l2));
  BOOST_TEST(std::isnan(norms.h1));
  BOOST_TEST(std::isnan(norms.linf));
  BOOST_TEST(std::isnan(norms.energy));
}


// F = -grad u: its difference to zero is the H1 seminorm, and to -grad u of
// another function the seminorm of the difference.
BOOST_AUTO_TEST_CASE(errors_of_fluxes_are_those_of_gradients)
{
  const SolvedWave wave;
  const auto      &solution = *wave.solution;

  struct Flux : Function<2>
  {
    Flux()
      : Function<2>(2)
    {
    }

    double
    value(const Point<2> &x, const unsigned int i) const override
    {
      return -other.gradient(x)[i];
    }

    void
    vector_value(const Point<2> &x, Vector<double> &values) const override
    {
      for (unsigned int i = 0; i < 2; ++i)
        values[i] = value(x, i);
    }

    const Wave<2> other{0.8};
  } flux;
  const auto seminorm = [](const Norms &norms) {
    return std::sqrt(norms.h1 * norms.h1 - norms.l2 * norms.l2);
  };
  const auto [error, norm] = compute_flux_error(solution, flux);
  const auto [all, same] =
    compute_flux_error(solution, Functions::ZeroFunction<2>(2));

  BOOST_TEST(norm == seminorm(compute_norms(solution)), to_round_off);
  BOOST_TEST(error == seminorm(compute_error_norms(solution, flux.other)),
             to_round_off);
  BOOST_TEST(all == norm, to_round_off);
  BOOST_TEST(same == norm, to_round_off);
}

BOOST_AUTO_TEST_SUITE_END()
