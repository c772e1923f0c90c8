// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/balance_law.h>
#include <sobolev/problem/first_order_system.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>

#include <deal.II/base/numbers.h>

#include <tuple>
#include <utility>

#include "law_at_point.h"
#include "laws.h"

using namespace sobolev;

namespace
{
  constexpr double tolerance = 1e-12;



  /** Two unknowns, coupled in fluxes and sources, with two coefficients. */
  template <int dim>
  struct CoupledLaw : BalanceLaw<CoupledLaw<dim>, dim, 2>
  {
    CoupledLaw()
      : BalanceLaw<CoupledLaw<dim>, dim, 2>(
          {expression<dim>("exp(x)"), expression<dim>("1 + x^2")})
    {
    }

    template <typename Number>
    std::array<SpatialVector<dim, Number>, 2>
    flux(const Location<dim, Number> &at, const State<dim, 2, Number> &u) const
    {
      const Number a = -at.coefficient(0) * (1. + u.value(1) * u.value(1));
      const Number b = 0.3 * at.x[dim - 1];
      const Number c = -at.coefficient(1);
      return {{a * u.gradient(0) + b * u.gradient(1),
               u.value(0) * u.gradient(0) + c * u.gradient(1)}};
    }

    template <typename Number>
    std::array<Number, 2>
    source(const Location<dim, Number> &at,
           const State<dim, 2, Number> &u) const
    {
      using std::sin;
      const Number first  = u.value(0) * u.value(1) - at.coefficient(1);
      const Number second = sin(u.value(0)) + u.gradient(1)[0] * u.value(1);
      return {{first, second}};
    }

    std::string
    name() const override
    {
      return "coupled test law";
    }
  };



  /** u_c = sin(k_c . x) with different wave vectors, and its derivatives. */
  template <int dim>
  struct Waves
  {
    static double
    wave_number(const unsigned int c, const unsigned int i)
    {
      return 1. + 0.7 * c - 0.4 * i;
    }

    // Derivatives along the axes i, in any number of them.
    static double
    value(const dealii::Point<dim>        &x,
          const unsigned int               c,
          const std::vector<unsigned int> &along = {})
    {
      double phase = 0.5 * dealii::numbers::PI * along.size(), factor = 1.;
      for (unsigned int i = 0; i < dim; ++i)
        phase += wave_number(c, i) * x[i];
      for (const unsigned int i : along)
        factor *= wave_number(c, i);
      return factor * std::sin(phase);
    }
  };



  /** Fluxes of the law for these waves at one point. */
  template <int dim>
  WeakForm<dim>
  evaluate_waves(const Law<dim> &law, const dealii::Point<dim> &x)
  {
    const CoefficientTable<dim>         table(law.coefficients(), {x});
    std::vector<double>                 u(2);
    std::vector<dealii::Tensor<1, dim>> grad_u(2);
    for (unsigned int c = 0; c < 2; ++c)
      {
        u[c] = Waves<dim>::value(x, c);
        for (unsigned int i = 0; i < dim; ++i)
          grad_u[c][i] = Waves<dim>::value(x, c, {i});
      }
    WeakForm<dim> form(2);
    law.evaluate(x,
                 table,
                 0,
                 dealii::make_array_view(std::as_const(u)),
                 dealii::make_array_view(std::as_const(grad_u)),
                 form);
    return form;
  }



  using Dimensions = std::tuple<std::integral_constant<int, 1>,
                                std::integral_constant<int, 2>,
                                std::integral_constant<int, 3>>;
} // namespace

BOOST_AUTO_TEST_SUITE(first_order_system)

// The flux is differentiated by differences, independent of Sacado.
BOOST_AUTO_TEST_CASE_TEMPLATE(it_agrees_with_the_second_order_residual,
                              Dimension,
                              Dimensions)
{
  constexpr int               dim = Dimension::value;
  const auto                  law = std::make_shared<CoupledLaw<dim>>();
  const FirstOrderSystem<dim> system(law);
  const LawAtPoint<dim>       at(*law), at_system(system);
  const auto                  x = at.x;

  // 1. Jets of u with the Hessian, and of (u, sigma) with sigma = F.
  constexpr double    h = 1e-4;
  const auto          F = evaluate_waves<dim>(*law, x);
  std::vector<double> jets, system_jets;
  for (unsigned int c = 0; c < 2; ++c)
    {
      jets.push_back(Waves<dim>::value(x, c));
      for (unsigned int i = 0; i < dim; ++i)
        jets.push_back(Waves<dim>::value(x, c, {i}));
      system_jets.insert(system_jets.end(), jets.end() - (1 + dim), jets.end());
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          jets.push_back(Waves<dim>::value(x, c, {i, j}));
    }
  for (unsigned int c = 0; c < 2; ++c)
    for (unsigned int i = 0; i < dim; ++i)
      {
        system_jets.push_back(F.flux[c][i]);
        for (unsigned int j = 0; j < dim; ++j)
          {
            dealii::Point<dim> after = x, before = x;
            after[j] += h;
            before[j] -= h;
            system_jets.push_back(
              (evaluate_waves<dim>(*law, after).flux[c][i] -
               evaluate_waves<dim>(*law, before).flux[c][i]) /
              (2. * h));
          }
      }

  // 2. div F - S, and sigma - F = 0.
  const auto expected  = at.residuals(jets);
  const auto residuals = at_system.residuals(system_jets);
  BOOST_TEST(residuals.size() == 2u * (1 + dim));
  for (unsigned int e = 0; e < residuals.size(); ++e)
    if (e < 2)
      BOOST_TEST(std::abs(residuals[e] - expected[e]) < 1e-6);
    else
      BOOST_TEST(std::abs(residuals[e]) < tolerance);
}



BOOST_AUTO_TEST_CASE(residuals_vanish_for_a_solution_with_its_flux)
{
  // -div(exp(x) grad u) = f for u = x^2 y: sigma = -exp(x) (2 x y, x^2).
  DiffusionAdvectionReactionOptions<2> options;
  options.diffusion = {expression<2>("exp(x)")};
  options.source    = expression<2>("-exp(x)*(2*x*y + 2*y)");
  const FirstOrderSystem<2> system(
    std::make_shared<DiffusionAdvectionReaction<2>>(options));
  const LawAtPoint<2> at(system);
  const double        x = at.x[0], y = at.x[1], e = std::exp(x);

  const auto residuals = at.residuals({x * x * y,
                                       2. * x * y,
                                       x * x,
                                       -e * 2. * x * y,
                                       -e * (2. * x * y + 2. * y),
                                       -e * 2. * x,
                                       -e * x * x,
                                       -e * (x * x + 2. * x),
                                       0.});

  for (const double residual : residuals)
    BOOST_TEST(std::abs(residual) < tolerance);
}



BOOST_AUTO_TEST_CASE_TEMPLATE(derivatives_match_central_differences,
                              Dimension,
                              Dimensions)
{
  constexpr int               dim = Dimension::value;
  const FirstOrderSystem<dim> system(std::make_shared<CoupledLaw<dim>>());
  const LawAtPoint<dim>       at(system);

  at.check_linearisation();
  at.check_weak_form();
}



// It is a law itself. Its fluxes are linear: their divergence has no more terms.
BOOST_AUTO_TEST_CASE(residuals_are_those_of_its_fluxes_and_sources)
{
  const FirstOrderSystem<2> system(std::make_shared<CoupledLaw<2>>());
  const LawAtPoint<2>       at(system);
  const unsigned int        n = system.n_components();

  const auto form      = at.evaluate(at.jets);
  const auto residuals = at.residuals(at.jets);

  for (unsigned int e = 0; e < n; ++e)
    {
      double residual = -form.source[e];
      for (unsigned int c = 0; c < n; ++c)
        for (unsigned int i = 0; i < 2; ++i)
          residual += form.flux_value[e * n + c][i] * at.jets[3 * c + 1 + i];
      BOOST_TEST(std::abs(residual - residuals[e]) < tolerance);
    }
}



BOOST_AUTO_TEST_CASE(it_tells_its_blocks_and_what_it_needs)
{
  const auto                law = std::make_shared<CoupledLaw<2>>();
  const FirstOrderSystem<2> system(law);

  BOOST_TEST(system.n_components() == 6u);
  BOOST_TEST(system.n_equations() == 6u);
  BOOST_TEST(system.n_channels() == 3u);
  BOOST_TEST(system.flux_component(1, 0) == 4u);
  BOOST_TEST(!system.is_linear());
  const auto blocks = system.equation_blocks();
  BOOST_TEST(blocks.size() == 2u);
  BOOST_TEST(blocks[0].name == "interior");
  BOOST_TEST(blocks[0].n_equations == 2u);
  BOOST_TEST(blocks[1].name == "flux");
  BOOST_TEST(blocks[1].first == 2u);
  BOOST_TEST(blocks[1].n_equations == 4u);
  BOOST_CHECK_THROW(
    FirstOrderSystem<2>(std::make_shared<FirstOrderSystem<2>>(law)),
    dealii::ExceptionBase);
}

BOOST_AUTO_TEST_SUITE_END()
