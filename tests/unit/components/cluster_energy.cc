// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// A network as the energy of a cluster, and the units of labels in surrogates.

#include <sobolev/base/exceptions.h>
#include <sobolev/components/cluster_energy.h>
#include <sobolev/problem/potentials/gupta_cluster.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <unistd.h>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const ClusterFeatures features(6, {0.8, 1.4}, 0.35);



  Architecture
  cluster_architecture()
  {
    auto result = make_architecture(features.n_features(), {8, 6}, 1, "silu");
    for (unsigned int m = 0; m < features.n_features(); ++m)
      {
        result.lower[m] = 0.;
        result.upper[m] = 20.;
      }
    result.output_scale = {50.};
    result.output_shift = {-300.};
    return result;
  }



  ClusterEnergy
  some_cluster_energy()
  {
    const Network network(cluster_architecture());
    return ClusterEnergy(network, network.initial_parameters(5), features);
  }



  Vector
  some_atoms(const double amplitude = 0.1)
  {
    Vector q = make_compact_cluster(6);
    for (std::size_t k = 0; k < q.size(); ++k)
      q[k] += amplitude * pseudo_random(3, k);
    return q;
  }



  Vector
  forces_of(const ClusterEnergy &cluster, const Vector &q)
  {
    Vector forces(q.size(), 1e300);
    cluster.energy_and_forces(view(q), view(forces));
    return forces;
  }



  // How much the total energy of atoms of unit mass changes in a time of one,
  // with steps of velocity Verlet.
  double
  energy_drift(const ClusterEnergy &cluster, const unsigned int n_steps)
  {
    const double dt = 1. / n_steps;
    Vector       q = some_atoms(), forces = forces_of(cluster, q), v;
    for (std::size_t k = 0; k < q.size(); ++k)
      v.push_back(0.3 * pseudo_random(4, k));
    const auto total = [&] {
      return cluster.energy(view(std::as_const(q))) + 0.5 * dot(v, v);
    };
    const double start   = total();
    double       largest = 0.;
    for (unsigned int step = 0; step < n_steps; ++step)
      {
        v       = moved(v, 0.5 * dt, forces);
        q       = moved(q, dt, v);
        forces  = forces_of(cluster, q);
        v       = moved(v, 0.5 * dt, forces);
        largest = std::max(largest, std::abs(total() - start));
      }
    return largest;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(cluster_energy)

BOOST_AUTO_TEST_CASE(forces_match_differences)
{
  const auto   cluster      = some_cluster_energy();
  const Vector q            = some_atoms();
  const auto   minus_energy = [&](const Vector &x) {
    return Vector{-cluster.energy(view(x))};
  };
  BOOST_TEST(relative_error(forces_of(cluster, q), gradient(minus_energy, q)) <
             1e-7);
  Vector       forces(q.size());
  const double energy = cluster.energy_and_forces(view(q), view(forces));
  BOOST_TEST(energy == cluster.energy(view(q)));
}



BOOST_AUTO_TEST_CASE(forces_and_torques_are_in_balance)
{
  const auto   cluster = some_cluster_energy();
  const Vector q = some_atoms(), f = forces_of(cluster, q);
  double       size = 0.;
  for (const double force : f)
    size = std::max(size, std::abs(force));
  for (unsigned int d = 0; d < 3; ++d)
    {
      double force = 0., torque = 0.;
      for (unsigned int i = 0; i < 6; ++i)
        {
          force += f[3 * i + d];
          torque += q[3 * i + (d + 1) % 3] * f[3 * i + (d + 2) % 3] -
                    q[3 * i + (d + 2) % 3] * f[3 * i + (d + 1) % 3];
        }
      BOOST_TEST(std::abs(force) < 1e-12 * size);
      BOOST_TEST(std::abs(torque) < 1e-12 * size);
    }
}



BOOST_AUTO_TEST_CASE(energy_is_conserved)
{
  const auto   cluster = some_cluster_energy();
  const double coarse  = energy_drift(cluster, 200),
               fine    = energy_drift(cluster, 400);
  BOOST_TEST(coarse > 1e-8);
  BOOST_TEST(std::abs(coarse / fine - 4.) < 0.4);
}



BOOST_AUTO_TEST_CASE(a_saved_surrogate_is_the_same_cluster)
{
  const auto file = std::filesystem::temp_directory_path() /
                    ("sobolev cluster " + std::to_string(getpid()) + ".h5");
  const Network network(cluster_architecture());
  const auto    theta = network.initial_parameters(5);
  NetworkFunction<3>(
    network, theta, false, ClusterEnergy::provenance_of(features))
    .save(file);
  const auto   loaded = ClusterEnergy::load(file);
  const Vector q      = some_atoms();
  BOOST_TEST(loaded.energy(view(q)) == some_cluster_energy().energy(view(q)));
  BOOST_TEST((forces_of(loaded, q) == forces_of(some_cluster_energy(), q)));

  NetworkFunction<3>(network, theta).save(file);
  BOOST_CHECK_THROW(ClusterEnergy::load(file), InputError);
  std::filesystem::remove(file);
}



BOOST_AUTO_TEST_CASE(networks_have_to_fit)
{
  const Network network(make_architecture(3, {4}, 1, "tanh"));
  BOOST_CHECK_THROW(
    ClusterEnergy(network, network.initial_parameters(1), features),
    InputError);

  auto architecture = cluster_architecture();
  add_option("features", architecture);
  const Network with_features(architecture);
  BOOST_CHECK_THROW(
    ClusterEnergy(with_features, with_features.initial_parameters(1), features),
    InputError);
}



BOOST_AUTO_TEST_CASE(the_scale_of_labels_is_undone_in_all_derivatives)
{
  auto architecture         = make_architecture(2, {7, 5}, 1, "tanh");
  architecture.output_scale = {1.};
  architecture.output_shift = {0.};
  const Network            plain(architecture);
  const auto               theta = plain.initial_parameters(3);
  const NetworkFunction<2> one(plain, theta);
  architecture.output_scale = {1e6};
  architecture.output_shift = {-4e5};
  const NetworkFunction<2> scaled(Network(architecture), theta);

  const dealii::Point<2> x(0.3, -0.4);
  const auto is_scaled = [](const double value, const double expected) {
    BOOST_TEST(std::abs(value - 1e6 * expected) < 1e-8);
  };
  is_scaled(scaled.value(x) + 4e5, one.value(x));
  is_scaled(scaled.laplacian(x), one.laplacian(x));
  for (unsigned int d = 0; d < 2; ++d)
    {
      is_scaled(scaled.gradient(x)[d], one.gradient(x)[d]);
      for (unsigned int e = 0; e < 2; ++e)
        is_scaled(scaled.hessian(x)[d][e], one.hessian(x)[d][e]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
