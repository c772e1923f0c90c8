// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/first_order_system.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/problem/laws/nonlinear_diffusion.h>
#include <sobolev/problem/unknown_coefficients.h>

#include <tuple>

#include "law_at_point.h"
#include "laws.h"

using namespace sobolev;

namespace
{
  constexpr double tolerance = 1e-10;

  using Dimensions = std::tuple<std::integral_constant<int, 1>,
                                std::integral_constant<int, 2>,
                                std::integral_constant<int, 3>>;



  template <int dim>
  std::shared_ptr<const Law<dim>>
  reaction_law()
  {
    DiffusionAdvectionReactionOptions<dim> options;
    options.diffusion       = {expression<dim>("1 + x^2")};
    options.linear_reaction = expression<dim>("exp(x)");
    options.cubic_reaction  = expression<dim>("2");
    options.source          = expression<dim>("sin(x)");
    return std::make_shared<DiffusionAdvectionReaction<dim>>(options);
  }



  template <int dim>
  std::shared_ptr<const Law<dim>>
  nonlinear_law()
  {
    return std::make_shared<NonlinearDiffusion<dim>>(
      std::array<double, 3>{{1.5, -0.4, 0.7}}, expression<dim>("exp(x)"));
  }



  // Residuals of the law itself, and with the true coefficients as unknowns.
  template <int dim>
  void
  check_against_known(const Law<dim>                  &law,
                      const std::vector<unsigned int> &which)
  {
    const auto            unknown = law.with_unknown_coefficients(which);
    const LawAtPoint<dim> at(law), at_unknown(*unknown);
    BOOST_TEST(unknown->n_components() == 1u + which.size());
    BOOST_TEST(unknown->n_equations() == 1u);
    BOOST_TEST(unknown->n_channels() == law.n_channels());

    auto jets = at.jets;
    for (const unsigned int k : which)
      {
        jets.push_back(law.coefficients()[k]->value(at.x));
        const auto gradient = law.coefficients()[k]->gradient(at.x);
        jets.insert(jets.end(), gradient.begin_raw(), gradient.end_raw());
        // Second derivatives of coefficients do not matter.
        jets.resize(jets.size() + law.n_channels() - 1 - dim, 17.);
      }
    const auto expected  = at.residuals(at.jets);
    const auto residuals = at_unknown.residuals(jets);
    BOOST_TEST(std::abs(residuals[0] - expected[0]) < tolerance);

    at_unknown.check_linearisation();
    at_unknown.check_weak_form();
  }
} // namespace

BOOST_AUTO_TEST_SUITE(unknown_coefficients)

BOOST_AUTO_TEST_CASE_TEMPLATE(true_coefficients_give_the_known_residual,
                              Dimension,
                              Dimensions)
{
  constexpr int dim = Dimension::value;
  check_against_known<dim>(*reaction_law<dim>(), {0});
  check_against_known<dim>(*reaction_law<dim>(), {2, 0});
  check_against_known<dim>(*reaction_law<dim>(), {0, 1, 2, 3});
  check_against_known<dim>(*nonlinear_law<dim>(), {0, 1, 2});
}



// Unknowns, fluxes, coefficients: in this order.
BOOST_AUTO_TEST_CASE(fluxes_come_before_coefficients)
{
  const auto                known = reaction_law<2>();
  const FirstOrderSystem<2> system(known),
    unknown(known->with_unknown_coefficients({0}));
  const LawAtPoint<2> at(system), at_unknown(unknown);
  BOOST_TEST(unknown.n_components() == 4u);
  BOOST_TEST(unknown.n_equations() == 3u);
  BOOST_TEST(!unknown.is_linear());

  auto jets = at.jets;
  jets.push_back(known->coefficients()[0]->value(at.x));
  jets.insert(jets.end(), {13., 17.});
  const auto expected  = at.residuals(at.jets);
  const auto residuals = at_unknown.residuals(jets);

  for (unsigned int e = 0; e < 3; ++e)
    BOOST_TEST(std::abs(residuals[e] - expected[e]) < tolerance);
  at_unknown.check_linearisation();
  at_unknown.check_weak_form();
}



BOOST_AUTO_TEST_CASE(coefficients_have_names)
{
  const std::vector<std::string> names{"a", "c1", "c3", "f"};
  BOOST_TEST(reaction_law<2>()->coefficient_names() == names,
             boost::test_tools::per_element());

  DiffusionAdvectionReactionOptions<2> options;
  const auto                           one = expression<2>("1");
  options.diffusion                        = {one, one, one};
  options.advection                        = {one, one};
  const std::vector<std::string> others{"a00", "a01", "a11", "b0", "b1"};
  BOOST_TEST(DiffusionAdvectionReaction<2>(options).coefficient_names() ==
               others,
             boost::test_tools::per_element());
}



BOOST_AUTO_TEST_CASE(some_laws_and_numbers_are_refused)
{
  const auto law = reaction_law<2>();
  BOOST_CHECK_THROW(law->with_unknown_coefficients({}), InputError);
  BOOST_CHECK_THROW(law->with_unknown_coefficients({0, 1, 2, 3, 0}),
                    InputError);
  BOOST_CHECK_THROW(
    law->with_unknown_coefficients({0})->with_unknown_coefficients({1}),
    InputError);
}

BOOST_AUTO_TEST_SUITE_END()
