// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/parameter_group.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "objective/test_objectives.h"

using namespace sobolev;

namespace
{
  using Kind = ParameterGroup::Kind;

  // The number of parameters of a kind.
  unsigned int
  count(const std::vector<ParameterGroup> &groups, const Kind kind)
  {
    unsigned int n = 0;
    for (const auto &group : groups)
      if (group.kind == kind)
        n += group.size();
    return n;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(parameter_group)

BOOST_AUTO_TEST_CASE(groups_cover_all_parameters_in_order)
{
  Architecture architecture;
  architecture.lower         = {0., 0.};
  architecture.upper         = {1., 1.};
  architecture.hidden_widths = {6, 5};
  for (const auto normalization : {Architecture::Normalization::none,
                                   Architecture::Normalization::layer,
                                   Architecture::Normalization::batch})
    for (const bool with_more : {false, true})
      {
        architecture.normalization      = normalization;
        architecture.slopes.kind        = with_more
                                            ? Architecture::Slopes::Kind::neuron
                                            : Architecture::Slopes::Kind::fixed;
        architecture.factorized_weights = with_more;
        const ParameterLayout layout(architecture);
        const auto            groups = make_parameter_groups(layout);

        unsigned int next = 0, l = 0;
        for (const auto &group : groups)
          {
            BOOST_TEST(group.first == next);
            BOOST_TEST(group.size() > 0u);
            next += group.size();
            if (group.kind == Kind::hidden_weights ||
                group.kind == Kind::output_weights)
              {
                BOOST_TEST(group.first == layout.layers()[l].weights);
                BOOST_TEST(group.n_rows == layout.layers()[l].n_out);
                BOOST_TEST(group.n_columns == layout.layers()[l].n_in);
              }
            if (group.kind == Kind::hidden_biases ||
                group.kind == Kind::output_biases)
              BOOST_TEST(group.first == layout.layers()[l++].bias);
          }
        BOOST_TEST(next == layout.n_parameters());
        BOOST_TEST(count(groups, Kind::hidden_weights) == 6u * 2 + 5 * 6);
        BOOST_TEST(count(groups, Kind::hidden_biases) == 11u);
        BOOST_TEST(count(groups, Kind::output_weights) == 5u);
        BOOST_TEST(count(groups, Kind::output_biases) == 1u);
      }
}



BOOST_AUTO_TEST_CASE(coefficients_have_groups_of_their_own)
{
  auto       architecture = make_architecture(2, {6, 5}, 1, "tanh");
  const auto without      = ParameterLayout(architecture).n_parameters();
  add_coefficients(architecture);
  const ParameterLayout layout(architecture);
  const auto            groups = make_parameter_groups(layout);

  unsigned int next = 0;
  for (const auto &group : groups)
    {
      BOOST_TEST(group.first == next);
      BOOST_TEST((group.kind == Kind::coefficients) == (next >= without));
      next += group.size();
    }
  BOOST_TEST(next == layout.n_parameters());
  BOOST_TEST(count(groups, Kind::output_weights) == 5u);
  // The first is a number, the second a field with matrices.
  const auto first =
    std::find_if(groups.begin(), groups.end(), [](const ParameterGroup &group) {
      return group.kind == Kind::coefficients;
    });
  BOOST_TEST(first->size() == 1u);
  BOOST_TEST((first + 1)->n_rows == 4u);
  BOOST_TEST((first + 1)->n_columns == 2u);
}



BOOST_AUTO_TEST_CASE(an_objective_has_those_of_its_network)
{
  const auto             law     = isotropic_law();
  const Network          network = make_network(*law);
  const NetworkObjective objective(network, make_blocks(law, 10));

  BOOST_TEST(objective.parameter_groups().size() == 6u);
  BOOST_TEST(count(objective.parameter_groups(), Kind::output_weights) == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
