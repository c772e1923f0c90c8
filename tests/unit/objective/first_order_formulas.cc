// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Systems of first order from equations in text: what they look like, and that
// they hold where the equations do.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/objective/first_order_formulas.h>

#include <deal.II/base/utilities.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "network/input_function_checks.h"

using namespace sobolev;

namespace
{
  FormulaNames
  make_names()
  {
    FormulaNames names;
    names.inputs         = {"x", "y", "t"};
    names.unknowns       = {"u", "v"};
    names.coefficients   = {"a"};
    names.constants["k"] = 2.;
    return names;
  }



  std::string
  definitions(const FirstOrderFormulas &reduction)
  {
    std::string list;
    for (const auto &flux : reduction.fluxes())
      list += (list.empty() ? "" : "; ") + flux.name + " = " + flux.definition;
    return list;
  }



  void
  check(const std::string &equation,
        const std::string &reduced,
        const std::string &fluxes)
  {
    FirstOrderFormulas reduction(make_names());
    BOOST_TEST(reduction.reduce(equation) == reduced);
    BOOST_TEST(definitions(reduction) == fluxes);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(first_order_formulas)

BOOST_AUTO_TEST_CASE(higher_derivatives_become_those_of_fluxes)
{
  check("u_t - u_xx", "(u_t-ux_x)", "ux = u_x");
  check("u_xy", "ux_y", "ux = u_x");
  check("u_xtt", "uxt_t", "ux = u_x; uxt = ux_t");
  check("laplacian(u)", "(ux_x+uy_y)", "ux = u_x; uy = u_y");
  check("laplacian(v, t, y)", "(vy_y+vt_t)", "vy = v_y; vt = v_t");
  check("bilaplacian(u, x)",
        "ulaplacianx_x",
        "ux = u_x; ulaplacian = ux_x; ulaplacianx = ulaplacian_x");
  check(
    "u*u_x - k*v_xx*u_xx", "((u*u_x)-((k*vx_x)*ux_x))", "vx = v_x; ux = u_x");
}



BOOST_AUTO_TEST_CASE(derivatives_of_formulas_become_those_of_fluxes)
{
  check("u_t - diff(if(x < 0, 1, k)*u_x, x)",
        "(u_t-flux1_x)",
        "flux1 = (if((x<0),1,k)*u_x)");
  check("diff(a*u_x, x) + diff(a*u_y, y)",
        "(flux1_x+flux2_y)",
        "flux1 = (a*u_x); flux2 = (a*u_y)");
  check("diff(u*u_xx, x)", "flux1_x", "ux = u_x; flux1 = (u*ux_x)");
  check(
    "diff(diff(k*u_x, x), t)", "flux1x_t", "flux1 = (k*u_x); flux1x = flux1_x");
}



BOOST_AUTO_TEST_CASE(no_flux_is_there_twice_or_without_need)
{
  check("u_xx + u_xy + diff(u_x, t)", "((ux_x+ux_y)+ux_t)", "ux = u_x");
  check("diff(v_x, x) - v_xx", "(vx_x-vx_x)", "vx = v_x");
  check("u_t + diff(u^2, x)", "(u_t+((2*u)*u_x))", "");
  check(" a_xx + k*u_x", "a_xx + k*u_x", "");
  check("diff(x*y, x)", "y", "");
  check("diff(k*pi*x^2*u, x)", "((u*((k*pi)*(2*x)))+(((k*pi)*(x^2))*u_x))", "");

  FirstOrderFormulas reduction(make_names());
  reduction.reduce("u_xx");
  reduction.reduce("u_xx - v_yy");
  BOOST_TEST(definitions(reduction) == "ux = u_x; vy = v_y");
  BOOST_TEST(reduction.extended_names().unknowns ==
               (std::vector<std::string>{"u", "v", "ux", "vy"}),
             boost::test_tools::per_element());
}



// u = exp(x - 2 t) sin(y), v = x y t, with derivatives that are written out.
BOOST_AUTO_TEST_CASE(fluxes_of_a_known_solution_are_known)
{
  FirstOrderFormulas reduction(make_names());
  reduction.reduce("bilaplacian(u) + diff((1 + y^2)*u*v_x, t)");
  const auto known = reduction.known_fluxes({"exp(x - 2*t)*sin(y)", "x*y*t"});
  BOOST_TEST(definitions(reduction) ==
             "flux1 = (((1+(y^2))*u)*v_x); ux = u_x; uy = u_y; "
             "ulaplacian = ux_x + uy_y; ulaplacianx = ulaplacian_x; "
             "ulaplaciany = ulaplacian_y");
  BOOST_TEST_REQUIRE(known.size() == 6u);

  const double              x = 0.3, y = 0.8, t = 0.4;
  const double              u = std::exp(x - 2. * t) * std::sin(y);
  const std::vector<double> expected{
    (1. + y * y) * u * y * t, u, u / std::tan(y), 0., 0., 0.};
  for (unsigned int k = 0; k < known.size(); ++k)
    BOOST_TEST(
      std::abs(input_function_checks::value(
                 FormulaFunction(known[k], {"x", "y", "t"}), {x, y, t}) -
               expected[k]) < 1e-14);
}



BOOST_AUTO_TEST_CASE(fluxes_with_unknown_coefficients_are_not_known)
{
  FirstOrderFormulas reduction(make_names());
  reduction.reduce("u_xx + diff(a*u_y, y)");
  BOOST_TEST(reduction.known_fluxes({"x", "y"}).empty());
}



BOOST_AUTO_TEST_CASE(names_that_are_taken_are_mistakes)
{
  FormulaNames names = make_names();
  names.unknowns     = {"u", "ux"};
  BOOST_CHECK_THROW(FirstOrderFormulas(names).reduce("u_xx"), InputError);
  BOOST_CHECK_THROW(FirstOrderFormulas(names).reduce("w_xx"), InputError);
  BOOST_CHECK_THROW(FirstOrderFormulas(names).reduce("u_xx +"), InputError);
  BOOST_CHECK_THROW(FirstOrderFormulas(names).reduce("diff(u_x, k)"),
                    InputError);
}

BOOST_AUTO_TEST_SUITE_END()
