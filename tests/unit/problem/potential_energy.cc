// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Potential energies: forces against differences, symmetries, known minima.

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/potentials/gupta_cluster.h>
#include <sobolev/problem/potentials/mueller_brown.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  Vector
  forces_of(const PotentialEnergy &potential, const Vector &q)
  {
    Vector forces(q.size(), 1e300);
    potential.energy_and_forces(view(q), view(forces));
    return forces;
  }



  double
  energy_of(const PotentialEnergy &potential, const Vector &q)
  {
    Vector forces(q.size());
    return potential.energy_and_forces(view(q), view(forces));
  }



  void
  check_forces(const PotentialEnergy &potential, const Vector &q)
  {
    const auto energy = [&](const Vector &x) {
      return Vector{-energy_of(potential, x)};
    };
    BOOST_TEST(relative_error(forces_of(potential, q), gradient(energy, q)) <
               1e-8);
  }



  // A cluster that is far from its minimum.
  Vector
  some_cluster(const unsigned int n_atoms)
  {
    Vector q = make_compact_cluster(n_atoms);
    for (std::size_t k = 0; k < q.size(); ++k)
      q[k] += 0.1 * pseudo_random(9, k);
    return q;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(potential_energy)

BOOST_AUTO_TEST_CASE(forces_match_differences)
{
  check_forces(MuellerBrown(), {-0.3, 0.9});
  check_forces(MuellerBrown(), {0.7, 0.1});
  check_forces(GuptaCluster(6), some_cluster(6));
  check_forces(GuptaCluster(13), some_cluster(13));
}



BOOST_AUTO_TEST_CASE(minima_of_mueller_and_brown)
{
  const MuellerBrown surface;
  const Vector       lowest = find_minimum(surface, {-0.6, 1.4}, 1e-8);
  BOOST_TEST(std::abs(lowest[0] + 0.558224) < 1e-5);
  BOOST_TEST(std::abs(lowest[1] - 1.441726) < 1e-5);
  BOOST_TEST(std::abs(energy_of(surface, lowest) + 146.69952) < 1e-4);

  const Vector second = find_minimum(surface, {0.6, 0.}, 1e-8);
  BOOST_TEST(std::abs(second[0] - 0.623499) < 1e-5);
  BOOST_TEST(std::abs(second[1] - 0.028038) < 1e-5);
  BOOST_TEST(std::abs(energy_of(surface, second) + 108.16672) < 1e-4);
}



BOOST_AUTO_TEST_CASE(two_atoms_by_hand)
{
  // At the distance one, each has A - 1, and the force is that of 2 (A p - q).
  const GuptaCluster pair(2, {0.1, 10., 3.});
  const Vector       q{0., 0., 0., 0., 0., 1.};
  BOOST_TEST(std::abs(energy_of(pair, q) - 2. * (0.1 - 1.)) < 1e-15);
  BOOST_TEST(relative_error(forces_of(pair, q),
                            {0., 0., 2. * (3. - 1.), 0., 0., 2. * (1. - 3.)}) <
             1e-14);
}



BOOST_AUTO_TEST_CASE(neighbours_share_a_bond)
{
  // Not a sum over pairs: three atoms in a line, far ones do not see each other.
  const GuptaCluster three(3, {0., 1., 30.}), two(2, {0., 1., 30.});
  const double       pair = energy_of(two, {0., 0., 0., 1., 0., 0.});
  const double line = energy_of(three, {0., 0., 0., 1., 0., 0., 2., 0., 0.});
  BOOST_TEST(std::abs(pair + 2.) < 1e-12);
  BOOST_TEST(std::abs(line + 2. + std::sqrt(2.)) < 1e-12);
}



BOOST_AUTO_TEST_CASE(compact_clusters_have_nearest_atoms_at_the_distance_one)
{
  for (const unsigned int n : {6u, 13u})
    {
      const Vector q = make_compact_cluster(n);
      BOOST_TEST(q.size() == 3 * n);
      double least = 1e300;
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int j = 0; j < i; ++j)
          least = std::min(least,
                           std::hypot(q[3 * i] - q[3 * j],
                                      q[3 * i + 1] - q[3 * j + 1],
                                      q[3 * i + 2] - q[3 * j + 2]));
      BOOST_TEST(std::abs(least - 1.) < 1e-14);
    }
  BOOST_CHECK_THROW(make_compact_cluster(7), InputError);
  BOOST_CHECK_THROW(GuptaCluster(1), InputError);
}



BOOST_AUTO_TEST_CASE(a_minimum_has_no_forces_and_less_energy)
{
  for (const unsigned int n : {6u, 13u})
    {
      const GuptaCluster cluster(n);
      const Vector       start   = make_compact_cluster(n);
      const Vector       minimum = find_minimum(cluster, start);
      for (const double force : forces_of(cluster, minimum))
        BOOST_TEST(std::abs(force) < 1e-9);
      BOOST_TEST(energy_of(cluster, minimum) < energy_of(cluster, start));
      for (unsigned int trial = 0; trial < 20; ++trial)
        {
          Vector moved = minimum;
          for (std::size_t k = 0; k < moved.size(); ++k)
            moved[k] += 0.03 * pseudo_random(trial, k);
          BOOST_TEST(energy_of(cluster, moved) > energy_of(cluster, minimum));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
