// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/jet_specification.h>

#include <deal.II/base/exceptions.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <vector>

using sobolev::JetSpecification;
using MultiIndex = JetSpecification::MultiIndex;

namespace
{
  // Terms as text, for comparison.
  std::string
  text(const std::vector<JetSpecification::Term> &terms)
  {
    std::string result;
    for (const auto &term : terms)
      {
        result += result.empty() ? "" : " + ";
        result += std::to_string(term.factor).substr(0, 4) + " d";
        for (const unsigned int d : term.along)
          result += std::to_string(d);
      }
    return result;
  }



  // Number of pairs of channels with the same terms.
  unsigned int
  n_duplicates(const JetSpecification &jet)
  {
    unsigned int result = 0;
    for (unsigned int c = 0; c < jet.n_channels(); ++c)
      for (unsigned int b = 0; b < c; ++b)
        result += text(jet.terms(b)) == text(jet.terms(c));
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(jet_specification)

BOOST_DATA_TEST_CASE(the_usual_jets_have_the_documented_channels,
                     boost::unit_test::data::make({1u, 2u, 3u, 4u}),
                     dim)
{
  BOOST_TEST(JetSpecification().n_channels() == 1u);
  BOOST_TEST(JetSpecification::value().n_channels() == 1u);
  BOOST_TEST(JetSpecification::gradient(dim).n_channels() == 1 + dim);
  BOOST_TEST(JetSpecification::laplacian(dim).n_channels() == 2 + dim);
  BOOST_TEST(JetSpecification::hessian(dim).n_channels() ==
             1 + dim + dim * (dim + 1) / 2);

  BOOST_TEST(JetSpecification::value().order() == 0u);
  BOOST_TEST(JetSpecification::gradient(dim).order() == 1u);
  BOOST_TEST(JetSpecification::laplacian(dim).order() == 2u);
  BOOST_TEST(JetSpecification::hessian(dim).order() == 2u);
  BOOST_TEST(JetSpecification::bilaplacian(dim).order() == 4u);

  const auto laplacian = JetSpecification::laplacian(dim);
  BOOST_TEST(laplacian.terms(1 + dim).size() == dim);
  const auto   hessian = JetSpecification::hessian(dim);
  unsigned int channel = 1 + dim;
  for (unsigned int a = 0; a < dim; ++a)
    for (unsigned int b = a; b < dim; ++b, ++channel)
      {
        BOOST_TEST((hessian.terms(channel)[0].along == MultiIndex{a, b}));
        BOOST_TEST(hessian.channel({b, a}) == channel);
      }
}



BOOST_AUTO_TEST_CASE(channels_that_others_need_are_added)
{
  const unsigned int n_bilaplacian[] = {5, 9, 14};
  for (unsigned int dim = 1; dim <= 3; ++dim)
    {
      const auto jet = JetSpecification::bilaplacian(dim);
      BOOST_TEST(jet.n_channels() == n_bilaplacian[dim - 1]);
      BOOST_TEST(jet.order(jet.n_channels() - 1) == 4u);
    }
  const auto bilaplacian = JetSpecification::bilaplacian(2);
  BOOST_TEST(text(bilaplacian.terms(8)) ==
             "1.00 d0000 + 2.00 d0011 + 1.00 d1111");
  BOOST_TEST(text(bilaplacian.terms(6)) == "1.00 d000 + 1.00 d011");

  JetSpecification third;
  third.add_first(0);
  BOOST_TEST(third.add(MultiIndex{0, 0, 0}) == 3u);
  BOOST_TEST(third.n_channels() == 4u);
  BOOST_TEST(third.channel({0, 0}) == 2u);

  JetSpecification fourth;
  fourth.add_first(0);
  fourth.add_first(1);
  BOOST_TEST(fourth.add(MultiIndex{0, 0, 0, 0}) == 5u);
  BOOST_TEST(fourth.n_channels() == 6u);
  BOOST_TEST(fourth.first(1) == 2u);
}



BOOST_AUTO_TEST_CASE(the_same_derivative_is_never_there_twice)
{
  auto               jet   = JetSpecification::bilaplacian(3);
  const unsigned int known = jet.n_channels();

  BOOST_TEST(jet.add_first(1) == 1u);
  BOOST_TEST(jet.add_direction({0., 1.}) == 1u);
  BOOST_TEST(jet.add_direction({0., 1., 0., 0.}) == 1u);
  BOOST_TEST(jet.add(MultiIndex{}) == 0u);
  BOOST_TEST(jet.add(MultiIndex{2}) == jet.first(2));
  BOOST_TEST(jet.add(MultiIndex{2, 0}) == jet.channel({0, 2}));
  // The Laplacian squared, in another order and in pieces.
  BOOST_TEST(jet.add({{{2, 1, 2, 1}, 2.},
                      {{0, 0, 0, 0}, 1.},
                      {{0, 1, 0, 1}, 3.},
                      {{1, 1, 1, 1}, 1.},
                      {{0, 2, 2, 0}, 2.},
                      {{1, 0, 0, 1}, -1.},
                      {{2, 2, 2, 2}, 1.},
                      {{0, 1, 2, 2}, 0.}}) == known - 1);
  BOOST_TEST(jet.n_channels() == known);

  // One that is new, twice.
  const unsigned int added = jet.add(MultiIndex{0, 1, 2});
  BOOST_TEST(added == known);
  BOOST_TEST(jet.add(MultiIndex{2, 1, 0}) == added);
  BOOST_TEST(jet.n_channels() == known + 1);

  BOOST_TEST(JetSpecification::laplacian(1).channel({0, 0}) == 2u);
  BOOST_TEST(n_duplicates(jet) == 0u);
  for (unsigned int dim = 1; dim < 4; ++dim)
    {
      auto mixed = JetSpecification::hessian(dim);
      mixed.add({{{0, 0, 0}, 1.}, {{0, 0, dim - 1}, 2.}});
      mixed.add({{{0, 0, 0, 0}, 1.}, {{0, 0, dim - 1, dim - 1}, 2.}});
      BOOST_TEST(n_duplicates(mixed) == 0u);
    }
}



BOOST_AUTO_TEST_CASE(directions_are_numbered_in_the_order_of_adding)
{
  JetSpecification jet;

  BOOST_TEST(jet.add_first(3) == 0u);
  BOOST_TEST(jet.add(MultiIndex{0, 0}) == 2u);
  BOOST_TEST(jet.add_direction({1., -2.}) == 1u);
  BOOST_TEST(jet.add_first(0) == 2u);
  BOOST_TEST(jet.add({{{0, 1}, 2.}}) == 5u);

  BOOST_TEST(jet.n_channels() == 6u);
  BOOST_TEST((jet.directions()[0] == std::vector<double>{0., 0., 0., 1.}));
  BOOST_TEST((jet.directions()[1] == std::vector<double>{1., -2.}));
  BOOST_TEST((jet.directions()[2] == std::vector<double>{1.}));
  BOOST_TEST(jet.first(0) == 1u);
  BOOST_TEST(jet.first(1) == 3u);
  BOOST_TEST(jet.first(2) == 4u);
  BOOST_TEST(jet.order(5) == 2u);
  BOOST_TEST(text(jet.terms(0)) == "1.00 d");
  BOOST_TEST(text(jet.terms(4)) == "1.00 d2");
}



BOOST_AUTO_TEST_CASE(laplacians_are_recognised)
{
  using Factors = std::vector<double>;
  for (unsigned int dim = 1; dim <= 5; ++dim)
    BOOST_TEST((JetSpecification::laplacian(dim).laplacian_factors() ==
                Factors(dim, 1.)));
  BOOST_TEST(JetSpecification::value().laplacian_factors().empty());
  BOOST_TEST(JetSpecification::gradient(2).laplacian_factors().empty());
  BOOST_TEST(JetSpecification::hessian(2).laplacian_factors().empty());
  BOOST_TEST(JetSpecification::bilaplacian(2).laplacian_factors().empty());
  BOOST_TEST((JetSpecification::hessian(1).laplacian_factors() == Factors{1.}));

  auto weighted = JetSpecification::gradient(3);
  weighted.add({{{2, 2}, -2.}, {{0, 0}, 0.5}});
  BOOST_TEST((weighted.laplacian_factors() == Factors{0.5, 0., -2.}));
  weighted.add(MultiIndex{0, 0});
  BOOST_TEST(weighted.laplacian_factors().empty());

  auto mixed = JetSpecification::gradient(2);
  mixed.add({{{0, 0}, 1.}, {{0, 1}, 1.}});
  BOOST_TEST(mixed.laplacian_factors().empty());

  // The direction comes after the second derivative.
  JetSpecification late;
  late.add_first(0);
  late.add(MultiIndex{0, 0});
  BOOST_TEST((late.laplacian_factors() == Factors{1.}));
  late.add_first(1);
  BOOST_TEST(late.laplacian_factors().empty());

  // A multiple of the first derivative is none.
  JetSpecification first;
  first.add_first(0);
  first.add(std::vector<JetSpecification::Term>{{{0}, 2.}});
  BOOST_TEST(first.laplacian_factors().empty());
}



#ifdef DEBUG
BOOST_AUTO_TEST_CASE(wrong_terms_fail_an_assertion)
{
  auto jet = JetSpecification::gradient(1);

  // Directions that are not there, orders that differ or are too high.
  BOOST_CHECK_THROW(jet.add(MultiIndex{0, 1}), dealii::ExceptionBase);
  BOOST_CHECK_THROW(jet.add({{{0, 0}, 1.}, {{0}, 1.}}), dealii::ExceptionBase);
  BOOST_CHECK_THROW(jet.add(MultiIndex{0, 0, 0, 0, 0}), dealii::ExceptionBase);
  BOOST_CHECK_THROW(jet.add(std::vector<JetSpecification::Term>()),
                    dealii::ExceptionBase);
  BOOST_CHECK_THROW(jet.add({{{0, 0}, 1.}, {{0, 0}, -1.}}),
                    dealii::ExceptionBase);
  BOOST_CHECK_THROW(jet.channel({0, 0}), dealii::ExceptionBase);
  BOOST_TEST(jet.n_channels() == 2u);
}
#endif

BOOST_AUTO_TEST_SUITE_END()
