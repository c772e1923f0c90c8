// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// InteriorResidual and BoundaryResidual on their own: formulas, derivatives
// with respect to jets, and that points that do not take part stay untouched.

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/first_order_system.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "objective/block_checks.h"
#include "objective/test_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;
using namespace sobolev::block_checks;

namespace
{
  /** A discontinuous function that nobody may differentiate. */
  struct Step : dealii::Function<2>
  {
    double
    value(const dealii::Point<2> &x, const unsigned int) const override
    {
      return x[0] < 0.5 ? 1. : 10.;
    }

    dealii::Tensor<1, 2>
    gradient(const dealii::Point<2> &, const unsigned int) const override
    {
      BOOST_ERROR("The gradient of a discontinuous coefficient was asked for.");
      return {};
    }
  };
} // namespace

BOOST_AUTO_TEST_SUITE(residual_blocks)

BOOST_DATA_TEST_CASE(derivatives_match_differences,
                     boost::unit_test::data::xrange(3),
                     law_number)
{
  const auto law = test_laws()[law_number];
  for (const auto &block : make_blocks(law, 20))
    check_linearisation(Evaluation(*block, law->n_components()));
}



// Linear laws are evaluated from tables, and must not differ from themselves.
BOOST_AUTO_TEST_CASE(interior_residuals_are_those_of_the_law)
{
  DiffusionAdvectionReactionOptions<2> options;
  options.diffusion       = {function<2>("1 + x^2")};
  options.linear_reaction = function<2>("sin(y)");
  options.source          = function<2>("exp(x*y)");
  const auto linear = std::make_shared<DiffusionAdvectionReaction<2>>(options);
  BOOST_TEST(linear->is_linear());

  auto laws = test_laws();
  laws.push_back(linear);
  const auto points = interior_points(20);
  for (const auto &law : laws)
    {
      const InteriorResidual<2> block(law, points, 0.7);
      const Evaluation          evaluation(block, law->n_components());
      Vector     slopes(law->n_components() * evaluation.n_jets * stride, 0.);
      const auto residuals = evaluation.residuals_and(evaluation.jets, slopes);

      Vector expected(residuals.size()), expected_slopes(slopes.size());
      law->strong_residuals(
        {dealii::ArrayView<const dealii::Point<2>>(points.points.data() + first,
                                                   n_points),
         CoefficientTable<2>(law->coefficients(), points.points),
         first,
         dealii::make_array_view(evaluation.jets),
         stride},
        dealii::make_array_view(expected),
        dealii::make_array_view(expected_slopes));
      for (unsigned int e = 0; e < law->n_components(); ++e)
        for (unsigned int p = 0; p < n_points; ++p)
          BOOST_TEST(std::abs(residuals[e * stride + p] -
                              expected[e * stride + p]) < 1e-13);
      for (unsigned int k = 0; k < law->n_components() * evaluation.n_jets; ++k)
        for (unsigned int p = 0; p < n_points; ++p)
          BOOST_TEST(std::abs(slopes[k * stride + p] -
                              expected_slopes[k * stride + p]) < 1e-13);
    }
}



BOOST_DATA_TEST_CASE(other_points_are_not_touched,
                     boost::unit_test::data::xrange(3),
                     law_number)
{
  const auto law = test_laws()[law_number];
  for (const auto &block : make_blocks(law, 20))
    {
      const Evaluation evaluation(*block, law->n_components());
      const auto       residuals = evaluation.residuals(evaluation.jets);
      for (unsigned int e = 0; e < block->n_equations(); ++e)
        for (unsigned int p = 0; p < stride; ++p)
          BOOST_TEST((residuals[e * stride + p] == untouched) ==
                     (p >= n_points));
    }
}



BOOST_AUTO_TEST_CASE(boundary_residuals_equal_the_formulas)
{
  const auto law    = std::make_shared<TwoComponentLaw>();
  const auto blocks = make_blocks(law, 20);
  const auto data   = conditions(*law);

  for (unsigned int b = 0; b < 3; ++b)
    {
      const auto      &block = *blocks[1 + b];
      const Evaluation evaluation(block, 2);
      const auto       residuals = evaluation.residuals(evaluation.jets);
      const auto       points    = boundary_points(b, 20 / 3 + b);

      for (unsigned int p = 0; p < n_points; ++p)
        {
          const auto &x   = points.points[first + p];
          const auto &n   = points.normals[first + p];
          const auto  jet = [&](const unsigned int k) {
            return evaluation.jets[k * stride + p];
          };
          const double g = data[b].value->value(x);

          // Dirichlet and Robin constrain component 1, Neumann component 0.
          double expected;
          if (b == 0)
            expected = jet(1) - g;
          else
            {
              const double               u_0 = jet(0), u_1 = jet(3);
              const dealii::Tensor<1, 2> grad_0({jet(1), jet(2)}),
                grad_1({jet(4), jet(5)});
              const auto flux_0 =
                -(1. + u_1 * u_1) * grad_0 + 0.3 * x[1] * grad_1;
              const auto   flux_1 = u_0 * grad_0 - grad_1;
              const double h      = 2. + x[0];
              expected = b == 1 ? n * flux_0 - g : n * flux_1 - h * (u_1 - g);
            }
          BOOST_TEST(std::abs(residuals[p] - expected) < 1e-13);
        }
    }
}



BOOST_AUTO_TEST_CASE(only_the_jets_that_are_needed_are_asked_for)
{
  const auto blocks = make_blocks(isotropic_law(), 6);
  BOOST_TEST(blocks[0]->jet_specification().n_channels() == 4u);
  BOOST_TEST(blocks[1]->jet_specification().n_channels() == 1u);
  BOOST_TEST(blocks[2]->jet_specification().n_channels() == 3u);
  BOOST_TEST(blocks[3]->jet_specification().n_channels() == 3u);

  const auto more = make_blocks(std::make_shared<TwoComponentLaw>(), 6);
  BOOST_TEST(more[0]->jet_specification().n_channels() == 6u);
  BOOST_TEST(more[0]->n_equations() == 2u);
}



BOOST_AUTO_TEST_CASE(data_that_are_not_finite_are_input_errors)
{
  BoundaryCondition<2> condition;
  condition.value = function<2>("sqrt(x - 5)");

  BOOST_CHECK_THROW(
    BoundaryResidual<2>(isotropic_law(), condition, boundary_points(0, 5), 1.),
    InputError);
}


// Each block has its rows of the system, from tables or not.
BOOST_AUTO_TEST_CASE(blocks_of_equations_are_rows_of_the_law)
{
  const auto                           points = interior_points(20);
  DiffusionAdvectionReactionOptions<2> options;
  options.diffusion       = {function<2>("1 + x^2")};
  options.linear_reaction = function<2>("sin(y)");
  for (const std::shared_ptr<const Law<2>> &law :
       {std::shared_ptr<const Law<2>>(std::make_shared<TwoComponentLaw>()),
        std::shared_ptr<const Law<2>>(
          std::make_shared<DiffusionAdvectionReaction<2>>(options))})
    {
      const auto system = std::make_shared<FirstOrderSystem<2>>(law);
      const InteriorResidual<2> all(system, points, 1.);
      const Evaluation          all_rows(all, system->n_components());
      const unsigned int        n_slopes = all_rows.n_jets * stride;
      Vector     all_slopes(system->n_equations() * n_slopes, 0.);
      const auto expected = all_rows.residuals_and(all_rows.jets, all_slopes);
      BOOST_TEST(all.jet_specification().n_channels() == 3u);

      unsigned int row = 0;
      for (const EquationBlock &equations : system->equation_blocks())
        {
          const InteriorResidual<2> block(system, equations, points, 1.);
          const Evaluation          evaluation(block, system->n_components());
          check_linearisation(evaluation);
          Vector     slopes(block.n_equations() * n_slopes, 0.);
          const auto rows = evaluation.residuals_and(all_rows.jets, slopes);

          BOOST_TEST(block.name() == equations.name);
          BOOST_TEST(block.n_outputs() == system->n_components());
          for (unsigned int e = 0; e < block.n_equations(); ++e, ++row)
            for (unsigned int p = 0; p < n_points; ++p)
              {
                BOOST_TEST(rows[e * stride + p] == expected[row * stride + p]);
                for (unsigned int k = 0; k < all_rows.n_jets; ++k)
                  BOOST_TEST(slopes[e * n_slopes + k * stride + p] ==
                             all_slopes[row * n_slopes + k * stride + p]);
              }
        }
      BOOST_TEST(row == system->n_equations());
    }
}



BOOST_AUTO_TEST_CASE(first_order_systems_do_not_differentiate_coefficients)
{
  DiffusionAdvectionReactionOptions<2> options;
  options.diffusion = {std::make_shared<Step>()};
  const auto system = std::make_shared<FirstOrderSystem<2>>(
    std::make_shared<DiffusionAdvectionReaction<2>>(options));
  const auto                points = interior_points(20);
  const InteriorResidual<2> block(
    system, system->equation_blocks()[1], points, 1.);
  const Evaluation evaluation(block, 3);

  const auto residuals = evaluation.residuals(evaluation.jets);

  for (unsigned int p = 0; p < n_points; ++p)
    for (unsigned int i = 0; i < 2; ++i)
      {
        const double a     = points.points[first + p][0] < 0.5 ? 1. : 10.;
        const double grad  = evaluation.jets[(1 + i) * stride + p];
        const double sigma = evaluation.jets[(3 + 3 * i) * stride + p];
        BOOST_TEST(std::abs(residuals[i * stride + p] - (sigma + a * grad)) <
                   1e-13);
      }
}



// Neumann and Robin conditions are for the fluxes that the network has.
BOOST_AUTO_TEST_CASE(conditions_on_fluxes_are_for_unknowns)
{
  const auto law    = std::make_shared<TwoComponentLaw>();
  const auto system = std::make_shared<FirstOrderSystem<2>>(law);
  const auto data   = conditions(*law);
  for (unsigned int b = 1; b < 3; ++b)
    {
      const auto                points = boundary_points(b, 20);
      const BoundaryResidual<2> block(system, data[b], points, 1.);
      const Evaluation          evaluation(block, 6);
      check_linearisation(evaluation);
      const auto residuals = evaluation.residuals(evaluation.jets);

      for (unsigned int p = 0; p < n_points; ++p)
        {
          const auto &x     = points.points[first + p];
          const auto &n     = points.normals[first + p];
          const auto  value = [&](const unsigned int output) {
            return evaluation.jets[3 * output * stride + p];
          };
          const double g = data[b].value->value(x), h = 2. + x[0];
          const double expected =
            b == 1 ? n[0] * value(2) + n[1] * value(3) - g
                   : n[0] * value(4) + n[1] * value(5) - h * (value(1) - g);
          BOOST_TEST(std::abs(residuals[p] - expected) < 1e-13);
        }
    }
}



BOOST_AUTO_TEST_CASE(networks_need_as_many_outputs_as_the_law)
{
  const auto law     = std::make_shared<TwoComponentLaw>();
  const auto system  = std::make_shared<FirstOrderSystem<2>>(law);
  const auto network = make_network(*law);

  std::vector<std::unique_ptr<ResidualBlock>> blocks;
  blocks.push_back(std::make_unique<InteriorResidual<2>>(
    system, system->equation_blocks()[1], interior_points(20), 1.));
  BOOST_CHECK_EXCEPTION(
    NetworkObjective(network, std::move(blocks)),
    InputError,
    [](const InputError &error) {
      return std::string(error.what()) ==
             "the residuals of 'flux' are for a network with 6 output(s), but "
             "this one has 2.";
    });
}

BOOST_AUTO_TEST_SUITE_END()
