// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/hard_boundary.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/problem/expression.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/sampling/sample_boundary.h>
#include <sobolev/sampling/sample_interior.h>

#include <deal.II/base/mpi.h>

#include <deal.II/distributed/tria.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "network/input_function_checks.h"

using namespace sobolev;
using input_function_checks::value;

namespace
{
  // Poisson's equation on the unit square with the given Dirichlet data by
  // boundary id, and no flux elsewhere.
  struct Square
  {
    explicit Square(
      const std::map<dealii::types::boundary_id, std::string> &data)
      : mesh(MPI_COMM_WORLD)
      , mapping(1)
    {
      dealii::GridGenerator::hyper_cube(mesh, 0., 1., true);
      mesh.refine_global(2);
      problem.reset(new Problem<2>{
        "", MPI_COMM_WORLD, mesh, mapping, nullptr, {}, nullptr});
      problem->law = std::make_shared<DiffusionAdvectionReaction<2>>(
        DiffusionAdvectionReactionOptions<2>());
      using Kind = BoundaryCondition<2>::Kind;
      for (dealii::types::boundary_id id = 0; id < 4; ++id)
        {
          const auto entry                 = data.find(id);
          const bool found                 = entry != data.end();
          problem->boundary_conditions[id] = {
            {found ? Kind::dirichlet : Kind::neumann,
             0,
             std::make_shared<Expression<2>>("test",
                                             found ? entry->second : "0"),
             nullptr}};
        }
    }

    // The network's constraint, also checked at points.
    Architecture
    make(const HardBoundaryOptions &options) const
    {
      Architecture architecture;
      add_hard_boundary(architecture, options, *problem, {{"a", 2.}});
      PointRule rule;
      check_hard_boundary(architecture,
                          *problem,
                          sample_interior(*problem, rule),
                          sample_boundary(*problem, rule));
      return architecture;
    }

    void
    check_refused(const HardBoundaryOptions &options,
                  const std::string         &part) const
    {
      BOOST_CHECK_EXCEPTION(
        make(options), InputError, [&](const InputError &error) {
          const std::string what = error.what();
          BOOST_TEST(what.find(part) != what.npos, what);
          return what.back() == '.';
        });
    }

    dealii::parallel::distributed::Triangulation<2> mesh;
    dealii::MappingQ<2>                             mapping;
    std::unique_ptr<Problem<2>>                     problem;
  };



  HardBoundaryOptions
  options(const std::string &kind,
          const std::string &distance  = "",
          const std::string &extension = "")
  {
    HardBoundaryOptions result;
    result.kind      = kind;
    result.distance  = distance;
    result.extension = extension;
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(hard_boundary)

BOOST_AUTO_TEST_CASE(nothing_is_done_unless_asked_for)
{
  const Square       square({{0, "x"}});
  const Architecture architecture = square.make(options("none"));
  BOOST_TEST(architecture.factors.empty());
  BOOST_TEST(architecture.offsets.empty());
}



BOOST_AUTO_TEST_CASE(the_distance_is_that_to_the_dirichlet_sides)
{
  const Square square({{0, "y^2"}, {3, "y^2"}});
  auto         joined               = options("mesh");
  joined.distance_order             = 1;
  const Architecture of_product     = square.make(options("mesh"));
  const Architecture of_equivalence = square.make(joined);
  BOOST_REQUIRE(of_product.factors.size() == 1u);
  // x and 1 - y, multiplied, or joined by R-equivalence of order one.
  for (const double x : {0.1, 0.7})
    for (const double y : {0.2, 0.5})
      {
        BOOST_TEST(std::abs(value(*of_product.factors[0], {x, y}) -
                            std::sqrt(2.) * x * (1. - y)) < 1e-14);
        BOOST_TEST(std::abs(value(*of_equivalence.factors[0], {x, y}) -
                            x * (1. - y) / (x + 1. - y)) < 1e-15);
        BOOST_TEST(value(*of_product.offsets[0], {x, y}) == y * y);
      }
}



BOOST_AUTO_TEST_CASE(zero_data_need_no_offset)
{
  const Square square({{0, "0"}, {1, " 0 "}});
  BOOST_TEST(!square.make(options("mesh")).offsets[0]);
  BOOST_TEST(square.make(options("mesh", "", "x*(1 - x)")).offsets[0] !=
             nullptr);
}



BOOST_AUTO_TEST_CASE(components_without_dirichlet_condition_stay_free)
{
  const Architecture architecture = Square({}).make(options("mesh"));
  BOOST_TEST(architecture.factors.size() == 1u);
  BOOST_TEST(!architecture.factors[0]);
  BOOST_TEST(!architecture.offsets[0]);
}



BOOST_AUTO_TEST_CASE(formulas_may_have_constants)
{
  const Square       square({{0, "1"}, {1, "3"}});
  const Architecture architecture =
    square.make(options("formula", "-x*(1 - x)", "1 + a*x"));
  BOOST_TEST(value(*architecture.offsets[0], {0.5, 0.}) == 2.);
  BOOST_TEST(value(*architecture.factors[0], {0.5, 0.}) == -0.25);
}



BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_on_all_processes)
{
  const Square square({{0, "1"}, {1, "3"}});
  square.check_refused(options("mesh"), "boundary ids 0 and 1 have different");
  square.check_refused(options("mesh", "", "1 + x"), "differs by 1 ");
  square.check_refused(options("formula", "x", "1 + 2*x"),
                       "a point with boundary id 1");
  square.check_refused(options("formula", "x*(1 - x)*(x - y)", "1 + 2*x"),
                       "changes its sign");
  square.check_refused(options("formula", "x*(1 - x)/(x - x)", "1 + 2*x"),
                       "not a finite number");
  square.check_refused(options("formula", "x*(1 - x); x; y", "1 + 2*x"),
                       "there are 3 formulas");
  square.check_refused(options("formula", "x*(1 - q)", "1 + 2*x"),
                       "Network/distance: the formula");
}

BOOST_AUTO_TEST_SUITE_END()
