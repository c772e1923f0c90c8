// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Sums over ranks equal those of one process that owns all rows, and are the
// same bits everywhere.

#include <sobolev/training/least_squares_problem.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const Vector theta{0.8, 1.7, 0.1};

  // Compares all sums over the ranks with those of one process.
  void
  check_sums(const SmallObjective<CurveFit> &local)
  {
    const SmallObjective<CurveFit> all{CurveFit()};
    const LeastSquaresProblem      problem(&local, &local, MPI_COMM_WORLD);
    const LeastSquaresProblem      serial(&all, &all, MPI_COMM_SELF);

    const double loss = serial.loss(theta);
    BOOST_TEST(std::abs(problem.loss(theta) / loss - 1.) < 1e-14);
    BOOST_TEST(std::abs(problem.hold_out_loss(theta) / loss - 1.) < 1e-14);
    BOOST_TEST(relative_error(problem.block_losses(theta),
                              serial.block_losses(theta)) < 1e-14);

    Vector gradient, expected;
    BOOST_TEST(std::abs(problem.gradient(theta, gradient) / loss - 1.) < 1e-14);
    serial.gradient(theta, expected);
    BOOST_TEST(relative_error(gradient, expected) < 1e-14);
    check_same_on_all_ranks(gradient);

    // With its rows as v, the product is half the gradient.
    Vector rows, product;
    problem.compute_local_rows(theta, rows);
    problem.transpose_product(theta, rows, product);
    BOOST_TEST(rows.size() == local.n_rows());
    BOOST_TEST(relative_error(moved(product, 1., product), expected) < 1e-14);
    check_same_on_all_ranks(product);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(least_squares_problem)

BOOST_AUTO_TEST_CASE(sums_equal_those_of_one_process)
{
  check_sums(distributed(CurveFit()));
}



BOOST_AUTO_TEST_CASE(ranks_without_rows_take_part)
{
  check_sums(on_last_rank(CurveFit()));
}



BOOST_AUTO_TEST_CASE(numbers_are_summed_and_broadcast)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  const unsigned int        rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  const unsigned int n_ranks =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);

  Vector values{1., 1. * rank};
  problem.sum(dealii::make_array_view(values));
  BOOST_TEST(values[0] == n_ranks);
  BOOST_TEST(values[1] == n_ranks * (n_ranks - 1) / 2);
  BOOST_TEST(problem.sum(2.) == 2. * n_ranks);

  values = {3. + rank};
  problem.broadcast(dealii::make_array_view(values));
  BOOST_TEST(values[0] == 3.);

  BOOST_TEST(problem.is_root() == (rank == 0));
  BOOST_TEST(!problem.has_hold_out());
  BOOST_TEST(problem.n_parameters() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
