// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Features of clusters against differences and under motions of the atoms, and
// derivatives of networks in all inputs.

#include <sobolev/base/exceptions.h>
#include <sobolev/network/cluster_features.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  constexpr unsigned int n_atoms = 5;

  const ClusterFeatures features(n_atoms, {0.8, 1.3, 1.9}, 0.4);



  // Atoms at random places with distances of about one.
  Vector
  some_atoms()
  {
    Vector q;
    for (unsigned int k = 0; k < 3 * n_atoms; ++k)
      q.push_back(1.1 * pseudo_random(5, k));
    return q;
  }



  Vector
  values(const Vector &q)
  {
    return features.values(view(q));
  }
} // namespace

BOOST_AUTO_TEST_SUITE(cluster_features)

BOOST_AUTO_TEST_CASE(jacobians_match_differences)
{
  const Vector q        = some_atoms();
  const auto   jacobian = features.jacobian(view(q));
  const auto   n        = features.n_features();

  BOOST_TEST(n == 3 + 3 * 6);
  BOOST_TEST(values(q).size() == n);
  for (unsigned int k = 0; k < q.size(); ++k)
    {
      const Vector row(jacobian.begin() + k * n,
                       jacobian.begin() + (k + 1) * n);
      BOOST_TEST(relative_error(row, jacobian_column(values, q, k)) < 1e-8);
    }
}



BOOST_AUTO_TEST_CASE(one_reverse_pass_is_the_transposed_jacobian)
{
  const Vector q        = some_atoms();
  const auto   jacobian = features.jacobian(view(q));
  const auto   n        = features.n_features();
  Vector       adjoints, gradient(q.size(), 0.5), expected;
  for (unsigned int m = 0; m < n; ++m)
    adjoints.push_back(pseudo_random(6, m));
  features.add_gradient(view(q),
                        dealii::ArrayView<const double>(adjoints.data(), n),
                        view(gradient));
  for (unsigned int k = 0; k < q.size(); ++k)
    expected.push_back(
      0.5 + dot(adjoints,
                {jacobian.begin() + k * n, jacobian.begin() + (k + 1) * n}));
  BOOST_TEST(relative_error(gradient, expected) < 1e-13);
}



BOOST_AUTO_TEST_CASE(two_atoms_by_hand)
{
  // Both atoms see one neighbour at the distance 1.5, in opposite directions.
  const ClusterFeatures pair(2, {1.3}, 0.4);
  const Vector          q{0., 0., 0., 0., 1.5, 0.};
  const double          radial = std::exp(-0.5 * 0.2 * 0.2 / (0.4 * 0.4));
  const Vector          expected{2. * radial,
                        2. * radial * radial,
                        2. * radial * radial,
                        2. * radial * radial};
  BOOST_TEST(relative_error(pair.values(view(q)), expected) < 1e-14);
}



BOOST_AUTO_TEST_CASE(they_do_not_change_with_rigid_motions_and_permutations)
{
  const Vector q        = some_atoms();
  const Vector expected = values(q);

  // A rotation about each axis, a shift and a mirror image.
  Vector moved = q;
  for (unsigned int axis = 0; axis < 3; ++axis)
    for (unsigned int i = 0; i < n_atoms; ++i)
      {
        double      &a = moved[3 * i + (axis + 1) % 3];
        double      &b = moved[3 * i + (axis + 2) % 3];
        const double c = std::cos(0.7 + axis), s = std::sin(0.7 + axis);
        const double old_a = a;
        a                  = c * a - s * b;
        b                  = s * old_a + c * b;
      }
  for (unsigned int i = 0; i < n_atoms; ++i)
    for (unsigned int d = 0; d < 3; ++d)
      moved[3 * i + d] = (d == 1 ? -1. : 1.) * moved[3 * i + d] + 0.3 - 2. * d;
  BOOST_TEST(relative_error(values(moved), expected) < 1e-12);

  Vector permuted;
  for (const unsigned int i : {3, 0, 4, 2, 1})
    permuted.insert(permuted.end(), q.begin() + 3 * i, q.begin() + 3 * i + 3);
  BOOST_TEST(relative_error(values(permuted), expected) < 1e-12);

  // But with the shape.
  Vector other = q;
  other[0] += 0.1;
  BOOST_TEST(relative_error(values(other), expected) > 1e-3);
}



BOOST_AUTO_TEST_CASE(numbers_have_to_make_sense)
{
  BOOST_CHECK_THROW(ClusterFeatures(1, {1.}, 0.3), InputError);
  BOOST_CHECK_THROW(ClusterFeatures(3, {}, 0.3), InputError);
  BOOST_CHECK_THROW(ClusterFeatures(3, {1., -1.}, 0.3), InputError);
  BOOST_CHECK_THROW(ClusterFeatures(3, {1.}, 0.), InputError);
}



BOOST_DATA_TEST_CASE(input_gradients_are_the_first_channels_of_jets,
                     boost::unit_test::data::make({"plain",
                                                   "skip connections",
                                                   "fixed slopes",
                                                   "slopes of neurons",
                                                   "factorized weights",
                                                   "layer normalisation"}),
                     option)
{
  auto architecture = make_architecture(3, {6, 5, 5}, 2, "silu");
  add_option(option, architecture);
  const Network  network(architecture);
  const auto     theta  = network.initial_parameters(4);
  const auto     points = make_points(architecture, 5);
  NetworkWeights weights(network);
  weights.assign(view(theta));
  JetTile jets(network, JetSpecification::gradient(3));
  JetTile values(network, JetSpecification::value());
  for (JetTile *const tile : {&jets, &values})
    {
      fill_tile(*tile, points);
      network.evaluate(weights, *tile);
    }

  // The second output counts three times.
  const auto adjoints = values.all_output_adjoints();
  for (unsigned int p = 0; p < values.stride(); ++p)
    {
      adjoints[p]                   = 1.;
      adjoints[values.stride() + p] = 3.;
    }
  const auto gradient = network.input_gradient(weights, values);
  for (unsigned int i = 0; i < 3; ++i)
    for (unsigned int p = 0; p < 5; ++p)
      BOOST_TEST(std::abs(gradient[i * values.stride() + p] -
                          jets.output(0, 1 + i)[p] -
                          3. * jets.output(1, 1 + i)[p]) < 1e-13);
}

BOOST_AUTO_TEST_SUITE_END()
