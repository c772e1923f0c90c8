// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/threads.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <thread>

BOOST_AUTO_TEST_SUITE(threads)

BOOST_AUTO_TEST_CASE(processes_of_a_node_share_its_cores)
{
  const unsigned int n_cores = std::thread::hardware_concurrency();

  const unsigned int alone = sobolev::compute_cores_per_process(MPI_COMM_SELF);
  const unsigned int together =
    sobolev::compute_cores_per_process(MPI_COMM_WORLD);

  BOOST_TEST(alone >= 1u);
  BOOST_TEST(alone <= n_cores);
  BOOST_TEST(together >= 1u);
  BOOST_TEST(together <= alone);
}

BOOST_AUTO_TEST_SUITE_END()
