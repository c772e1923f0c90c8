// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/error_norms.h>
#include <sobolev/reference/finite_element_solver.h>

#include <deal.II/base/mpi.h>

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <type_traits>

#include "manufactured.h"

using namespace dealii;
using namespace manufactured;
using namespace sobolev;

namespace
{
  // One solve without refinement whose reference has the given degree.
  FiniteElementOptions
  one_cycle(const unsigned int reference_degree)
  {
    FiniteElementOptions options;
    options.degree     = reference_degree - 1;
    options.max_cycles = 1;
    return options;
  }



  // Uniform refinement of the problem's mesh.
  FiniteElementOptions
  uniform_cycles(const unsigned int degree, const unsigned int n_cycles)
  {
    FiniteElementOptions options;
    options.degree                   = degree;
    options.max_cycles               = n_cycles;
    options.refinement_fraction      = 1.;
    options.target_relative_l2_error = 0.;
    return options;
  }



  double
  rate(const double coarse, const double fine)
  {
    return std::log2(coarse / fine);
  }



  template <int dim>
  void
  check_rates(const FiniteElementSolution<dim> &solution)
  {
    const unsigned int p      = solution.space->get_fe().degree;
    const auto        &coarse = solution.history[solution.history.size() - 2];
    const auto        &fine   = solution.history.back();

    BOOST_TEST(rate(coarse.exact_error->l2, fine.exact_error->l2) > p + 0.8);
    BOOST_TEST(rate(coarse.exact_error->l2, fine.exact_error->l2) < p + 1.4);
    BOOST_TEST(rate(coarse.exact_error->h1, fine.exact_error->h1) > p - 0.2);
    BOOST_TEST(rate(coarse.exact_error->h1, fine.exact_error->h1) < p + 0.4);

    // The estimate belongs to degree p-1.
    BOOST_TEST(rate(coarse.estimated_error.l2, fine.estimated_error.l2) >
               p - 0.2);
    BOOST_TEST(rate(coarse.estimated_error.h1, fine.estimated_error.h1) >
               p - 1.2);
  }



  // The harmonic function r^(2/3) sin(2 phi / 3) on hyper_L(-1,1), where phi
  // runs counter-clockwise from the positive y axis to the positive x axis.
  class CornerSolution : public Function<2>
  {
  public:
    double
    value(const Point<2> &x, const unsigned int = 0) const override
    {
      return std::pow(x.norm(), 2. / 3.) * std::sin(2. / 3. * angle(x));
    }

    Tensor<1, 2>
    gradient(const Point<2> &x, const unsigned int = 0) const override
    {
      const double factor = -2. / 3. * std::pow(x.norm(), -1. / 3.);
      return Tensor<1, 2>(
        {factor * std::cos(angle(x) / 3.), factor * std::sin(angle(x) / 3.)});
    }

  private:
    static double
    angle(const Point<2> &x)
    {
      const double phi = std::atan2(x[1], x[0]) - numbers::PI / 2.;
      return phi < -1e-12 ? phi + 2. * numbers::PI : std::max(phi, 0.);
    }
  };



  Problem<2>
  make_corner_problem(const Triangulation<2> &triangulation,
                      const Mapping<2>       &mapping)
  {
    const auto exact = std::make_shared<CornerSolution>();
    return {"corner",
            MPI_COMM_WORLD,
            triangulation,
            mapping,
            std::make_shared<TestLaw<2>>(0., 0., exact),
            {{0, {dirichlet<2>(exact)}}},
            exact};
  }



  // Two components: rotated diffusion fluxes, S = f - A u.
  class CoupledLaw : public BalanceLaw<CoupledLaw, 2, 2>
  {
  public:
    explicit CoupledLaw(const Coefficients<2> &f)
      : BalanceLaw<CoupledLaw, 2, 2>(f)
    {
    }

    template <typename Number>
    std::array<SpatialVector<2, Number>, 2>
    flux(const Location<2, Number> &, const State<2, 2, Number> &u) const
    {
      return {{Number(-2.) * u.gradient(0) - Number(0.5) * u.gradient(1),
               Number(-0.5) * u.gradient(0) - u.gradient(1)}};
    }

    template <typename Number>
    std::array<Number, 2>
    source(const Location<2, Number> &at, const State<2, 2, Number> &) const
    {
      return {{at.coefficient(0), at.coefficient(1)}};
    }

    std::string
    name() const override
    {
      return "coupled diffusion";
    }

    bool
    is_symmetric() const override
    {
      return true;
    }

    bool
    is_linear() const override
    {
      return true;
    }
  };



  // The waves of frequencies 1 and 2.
  class TwoWaves : public Function<2>
  {
  public:
    TwoWaves()
      : Function<2>(2)
    {
    }

    double
    value(const Point<2> &x, const unsigned int c) const override
    {
      return waves[c].value(x);
    }

    Tensor<1, 2>
    gradient(const Point<2> &x, const unsigned int c) const override
    {
      return waves[c].gradient(x);
    }

    const std::array<Wave<2>, 2> waves = {{Wave<2>(1.), Wave<2>(2.)}};
  };
} // namespace



BOOST_AUTO_TEST_SUITE(finite_element_solver)

using Dimensions = boost::mpl::list<std::integral_constant<int, 1>,
                                    std::integral_constant<int, 2>>;

BOOST_AUTO_TEST_CASE_TEMPLATE(l2_and_h1_rates_are_optimal,
                              Dimension,
                              Dimensions)
{
  constexpr int      dim = Dimension::value;
  Triangulation<dim> triangulation;
  GridGenerator::hyper_cube(triangulation, 0., 1., true);
  triangulation.refine_global(2);
  const MappingQ<dim> mapping(1);
  const auto          problem = make_dirichlet_problem<dim>(
    MPI_COMM_WORLD, triangulation, mapping, 0., 0., 2 * dim);

  for (const unsigned int lower_degree : {1, 2})
    check_rates(
      *FiniteElementSolver<dim>(problem, uniform_cycles(lower_degree, 3))
         .solve());
}



BOOST_AUTO_TEST_CASE(rates_are_optimal_on_curved_cells_with_neumann_and_robin)
{
  parallel::distributed::Triangulation<2> triangulation(MPI_COMM_WORLD);
  GridGenerator::hyper_shell(triangulation, Point<2>(), 0.5, 1., 8, true);
  triangulation.refine_global(1);
  const MappingQ<2> mapping(3);
  const Wave<2>     wave;
  const auto        inner = normal_flux<2>(0., wave, [](const Point<2> &x) {
    return Tensor<1, 2>(-x / x.norm());
  });
  const auto        outer = normal_flux<2>(0., wave, [](const Point<2> &x) {
    return Tensor<1, 2>(x / x.norm());
  });
  auto              problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);
  problem.boundary_conditions = {{0, {neumann<2>(make_function<2>(inner))}},
                                 {1, {robin<2>(3., wave, outer)}}};

  const auto solution =
    FiniteElementSolver<2>(problem, uniform_cycles(2, 3)).solve();

  check_rates(*solution);
  BOOST_TEST(solution->history.back().exact_error->l2 < 1e-5);
}



BOOST_AUTO_TEST_CASE(advection_is_solved_without_symmetry)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping, 0., 20.);

  const auto solution = FiniteElementSolver<2>(problem, one_cycle(4)).solve();

  BOOST_TEST(solution->history.back().exact_error->l2 < 2e-5);
}



BOOST_AUTO_TEST_CASE(nonlinear_law_converges_and_reuses_the_previous_mesh)
{
  parallel::distributed::Triangulation<2> triangulation(MPI_COMM_WORLD);
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping, 2.);

  const auto solution =
    FiniteElementSolver<2>(problem, uniform_cycles(2, 3)).solve();

  check_rates(*solution);
  BOOST_TEST(solution->history[2].newton_iterations <
             solution->history[0].newton_iterations);
}



BOOST_AUTO_TEST_CASE(serial_mesh_carries_the_start_value_over)
{
  Triangulation<1> triangulation;
  GridGenerator::hyper_cube(triangulation, 0., 1., true);
  triangulation.refine_global(2);
  const MappingQ<1> mapping(1);
  const auto        problem = make_dirichlet_problem<1>(
    MPI_COMM_WORLD, triangulation, mapping, 2., 0., 2);

  const auto solution =
    FiniteElementSolver<1>(problem, uniform_cycles(2, 4)).solve();

  check_rates(*solution);
  BOOST_TEST(solution->history[3].newton_iterations <
             solution->history[0].newton_iterations);
}



BOOST_AUTO_TEST_CASE(systems_of_equations_converge)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        exact = std::make_shared<TwoWaves>();
  const auto       &w     = exact->waves;
  const auto        f_0   = make_function<2>([&](const Point<2> &x) {
    return -2. * w[0].laplacian(x) - 0.5 * w[1].laplacian(x);
  });
  const auto        f_1   = make_function<2>([&](const Point<2> &x) {
    return -0.5 * w[0].laplacian(x) - w[1].laplacian(x);
  });
  const Problem<2>  problem{
    "two waves",
    MPI_COMM_WORLD,
    triangulation,
    mapping,
    std::make_shared<CoupledLaw>(Coefficients<2>{f_0, f_1}),
     {{0,
       {dirichlet<2>(std::make_shared<Wave<2>>(w[0]), 0),
        dirichlet<2>(std::make_shared<Wave<2>>(w[1]), 1)}}},
    exact};

  check_rates(*FiniteElementSolver<2>(problem, uniform_cycles(1, 3)).solve());
}



BOOST_AUTO_TEST_CASE(adaptive_meshes_beat_uniform_ones_at_a_corner)
{
  parallel::distributed::Triangulation<2> triangulation(MPI_COMM_WORLD);
  GridGenerator::hyper_L(triangulation);
  triangulation.refine_global(1);
  const MappingQ<2>    mapping(1);
  const auto           problem = make_corner_problem(triangulation, mapping);
  FiniteElementOptions adaptive;
  adaptive.degree                   = 1;
  adaptive.target_relative_l2_error = 1e-3;

  const auto refined = FiniteElementSolver<2>(problem, adaptive).solve();
  const auto uniform =
    FiniteElementSolver<2>(problem, uniform_cycles(1, 4)).solve();

  BOOST_TEST(refined->reached_target);
  BOOST_TEST(!uniform->reached_target);
  BOOST_TEST(refined->history.back().n_dofs < uniform->history.back().n_dofs);
  BOOST_TEST(refined->history.back().exact_error->h1 <
             uniform->history.back().exact_error->h1);
}



BOOST_AUTO_TEST_CASE(error_is_estimated_within_a_small_factor)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(3);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);

  // The estimate is for degree p, so compare with a reference of degree p.
  for (const unsigned int p : {2, 3})
    {
      const auto estimating =
        FiniteElementSolver<2>(problem, one_cycle(p + 1)).solve();
      const auto exact = FiniteElementSolver<2>(problem, one_cycle(p)).solve();

      const Norms ratio = relative_norms(estimating->estimated_error(),
                                         *exact->history.back().exact_error);
      BOOST_TEST(ratio.l2 > 0.9);
      BOOST_TEST(ratio.l2 < 1.1);
      BOOST_TEST(ratio.h1 > 0.9);
      BOOST_TEST(ratio.h1 < 1.1);
      BOOST_TEST(estimating->history.back().exact_error->l2 <
                 estimating->estimated_error().l2);
    }
}



BOOST_AUTO_TEST_CASE(corner_error_is_not_underestimated_much)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_L(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem = make_corner_problem(triangulation, mapping);

  const auto estimating = FiniteElementSolver<2>(problem, one_cycle(3)).solve();

  const Norms ratio = relative_norms(estimating->estimated_error(),
                                     *estimating->history.back().exact_error);
  BOOST_TEST(ratio.l2 > 0.3);
  BOOST_TEST(ratio.l2 < 30.);
}



// Refined serial, shared and distributed meshes on all processes, compared
// with the same problem on one.
BOOST_AUTO_TEST_CASE(number_of_processes_does_not_matter)
{
  const MappingQ<2> mapping(1);
  const auto        solve = [&](const MPI_Comm    communicator,
                         Triangulation<2> &triangulation) {
    GridGenerator::hyper_L(triangulation);
    triangulation.refine_global(1);
    auto problem         = make_corner_problem(triangulation, mapping);
    problem.communicator = communicator;
    FiniteElementOptions options;
    options.degree                   = 2;
    options.max_cycles               = 3;
    options.target_relative_l2_error = 0.;
    return FiniteElementSolver<2>(problem, options).solve()->history.back();
  };

  Triangulation<2>                        serial_alone, serial;
  parallel::shared::Triangulation<2>      shared(MPI_COMM_WORLD);
  parallel::distributed::Triangulation<2> distributed_alone(MPI_COMM_SELF);
  parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);

  const RefinementCycle on_serial = solve(MPI_COMM_SELF, serial_alone);
  const RefinementCycle on_distributed =
    solve(MPI_COMM_SELF, distributed_alone);

  for (Triangulation<2> *triangulation :
       {&serial,
        static_cast<Triangulation<2> *>(&shared),
        static_cast<Triangulation<2> *>(&distributed)})
    {
      const RefinementCycle &expected =
        triangulation == &distributed ? on_distributed : on_serial;
      const RefinementCycle found = solve(MPI_COMM_WORLD, *triangulation);

      BOOST_TEST(found.n_cells == expected.n_cells);
      BOOST_TEST(found.n_dofs == expected.n_dofs);
      BOOST_TEST(found.exact_error->l2 == expected.exact_error->l2,
                 boost::test_tools::tolerance(1e-7));
      BOOST_TEST(found.estimated_error.h1 == expected.estimated_error.h1,
                 boost::test_tools::tolerance(1e-7));
      BOOST_TEST(found.solution.energy == expected.solution.energy,
                 boost::test_tools::tolerance(1e-9));
      BOOST_TEST(found.solution.linf == expected.solution.linf,
                 boost::test_tools::tolerance(1e-9));
    }
}



BOOST_AUTO_TEST_CASE(processes_may_own_no_cell)
{
  parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);
  GridGenerator::hyper_cube(distributed);
  Triangulation<1> serial;
  GridGenerator::hyper_cube(serial, 0., 1., true);
  const MappingQ<2> mapping_2d(1);
  const MappingQ<1> mapping_1d(1);

  const auto problem_2d =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, distributed, mapping_2d, 1.);
  const auto solution_2d =
    FiniteElementSolver<2>(problem_2d, one_cycle(6)).solve();
  const auto problem_1d =
    make_dirichlet_problem<1>(MPI_COMM_WORLD, serial, mapping_1d, 1., 0., 2);
  const auto solution_1d =
    FiniteElementSolver<1>(problem_1d, one_cycle(6)).solve();

  BOOST_TEST(solution_2d->history.back().exact_error->l2 < 1e-4);
  BOOST_TEST(solution_1d->history.back().exact_error->l2 < 1e-4);
}



// Hanging nodes on curved faces would add an error that is not estimated.
BOOST_AUTO_TEST_CASE(curved_meshes_in_3d_are_refined_uniformly)
{
  parallel::distributed::Triangulation<3> triangulation(MPI_COMM_WORLD);
  GridGenerator::hyper_ball(triangulation);
  const auto solve = [&](const unsigned int mapping_degree) {
    const MappingQ<3> mapping(mapping_degree);
    const auto        problem =
      make_dirichlet_problem<3>(MPI_COMM_WORLD, triangulation, mapping);
    FiniteElementOptions options;
    options.degree                   = 1;
    options.max_cycles               = 2;
    options.refinement_fraction      = 0.01;
    options.target_relative_l2_error = 0.;
    return FiniteElementSolver<3>(problem, options).solve()->history.back();
  };

  BOOST_TEST(solve(2).n_cells == 7u * 8u);
  BOOST_TEST(solve(1).n_cells < 7u * 8u);
}



BOOST_AUTO_TEST_CASE(missed_targets_are_reported)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);
  FiniteElementOptions options;
  options.degree                   = 1;
  options.target_relative_l2_error = 1e-12;
  options.max_dofs                 = 500;

  const auto solution = FiniteElementSolver<2>(problem, options).solve();

  BOOST_TEST(!solution->reached_target);
  BOOST_TEST(solution->history.size() == 2u);
  BOOST_TEST(solution->history.back().n_dofs == 289u);
}



BOOST_AUTO_TEST_CASE(targets_in_h1_are_respected)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(1);
  const MappingQ<2> mapping(1);
  const auto        problem =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);
  FiniteElementOptions options;
  options.target_relative_l2_error = 1.;
  options.target_relative_h1_error = 1e-5;

  const auto solution = FiniteElementSolver<2>(problem, options).solve();

  BOOST_TEST(solution->reached_target);
  BOOST_TEST(relative_norms(solution->estimated_error(), solution->norms()).h1 <
             1e-5);
}



BOOST_AUTO_TEST_CASE(failures_are_sentences)
{
  Triangulation<2> triangulation;
  GridGenerator::hyper_cube(triangulation);
  triangulation.refine_global(2);
  const MappingQ<2> mapping(1);

  // Newton's method
  const auto nonlinear =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping, 5.);
  FiniteElementOptions one_step;
  one_step.max_newton_iterations = 1;
  BOOST_CHECK_EXCEPTION(FiniteElementSolver<2>(nonlinear, one_step).solve(),
                        ComputationError,
                        [](const ComputationError &error) {
                          const std::string sentence = error.what();
                          return sentence.find("in 1 iterations") !=
                                 std::string::npos;
                        });

  // The linear solver
  const auto linear =
    make_dirichlet_problem<2>(MPI_COMM_WORLD, triangulation, mapping);
  FiniteElementOptions impatient;
  impatient.max_linear_iterations  = 2;
  impatient.max_dofs_direct_solver = 0;
  BOOST_CHECK_THROW(FiniteElementSolver<2>(linear, impatient).solve(),
                    ComputationError);
  impatient.max_dofs_direct_solver = 10000;
  BOOST_CHECK_NO_THROW(FiniteElementSolver<2>(linear, impatient).solve());

  // A source that is not finite on a part of the mesh
  auto broken = linear;
  broken.law  = std::make_shared<TestLaw<2>>(
    0., 0., make_function<2>([](const Point<2> &x) {
      return x[0] + x[1] < 0.3 ? std::numeric_limits<double>::quiet_NaN() : 1.;
    }));
  BOOST_CHECK_THROW(FiniteElementSolver<2>(broken).solve(), InputError);

  // Options
  FiniteElementOptions constant;
  constant.degree = 0;
  BOOST_CHECK_THROW(FiniteElementSolver<2>(linear, constant), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
