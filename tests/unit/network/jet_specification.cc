// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/jet_specification.h>

#include <deal.II/base/exceptions.h>

#include <boost/test/unit_test.hpp>

using sobolev::JetSpecification;

BOOST_AUTO_TEST_SUITE(jet_specification)

BOOST_AUTO_TEST_CASE(the_usual_jets_have_the_documented_channels)
{
  for (const unsigned int dim : {1u, 2u, 3u})
    {
      BOOST_TEST(JetSpecification::value().n_channels() == 1u);
      BOOST_TEST(JetSpecification::gradient(dim).n_channels() == 1 + dim);
      BOOST_TEST(JetSpecification::laplacian(dim).n_channels() == 2 + dim);
      BOOST_TEST(JetSpecification::hessian(dim).n_channels() ==
                 1 + dim + dim * (dim + 1) / 2);
      BOOST_TEST(JetSpecification::laplacian(dim).second()[0].size() == dim);
    }

  const auto hessian = JetSpecification::hessian(2);
  BOOST_TEST(hessian.second()[1][0].a == 0u);
  BOOST_TEST(hessian.second()[1][0].b == 1u);
}



BOOST_AUTO_TEST_CASE(directions_are_numbered_in_the_order_of_adding)
{
  JetSpecification jet;

  BOOST_TEST(jet.add_first(3) == 0u);
  BOOST_TEST(jet.add_first(1) == 1u);
  jet.add_second({{0, 1, 2.}});

  BOOST_TEST((jet.first() == std::vector<unsigned int>{3, 1}));
  BOOST_TEST(jet.n_second() == 1u);
  BOOST_TEST(jet.n_channels() == 4u);
}



#ifdef DEBUG
BOOST_AUTO_TEST_CASE(second_derivatives_need_their_first_ones)
{
  JetSpecification jet;
  jet.add_first(0);

  BOOST_CHECK_THROW(jet.add_second({{0, 1, 1.}}), dealii::ExceptionBase);
}
#endif

BOOST_AUTO_TEST_SUITE_END()
