// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Sums over ranks equal those of one process that owns all rows, and are the
// same bits everywhere.

#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/message_pieces.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
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



BOOST_AUTO_TEST_CASE(decreases_for_several_vectors_of_parameters)
{
  const std::vector<Vector> others{
    {0.9, 1.7, 0.1}, {0.8, 1.7, 0.1}, {0.8, 1.7 + 1e-13, 0.1}};
  const SmallObjective<CurveFit> all{CurveFit()};
  const LeastSquaresProblem      serial(&all, nullptr, MPI_COMM_SELF);
  Vector                         expected(3, 0.), rows, other_rows;
  serial.compute_local_rows(theta, rows);
  for (unsigned int k = 0; k < 3; ++k)
    {
      serial.compute_local_rows(others[k], other_rows);
      for (std::size_t i = 0; i < rows.size(); ++i)
        expected[k] += (rows[i] - other_rows[i]) * (rows[i] + other_rows[i]);
    }

  for (const auto &local : {distributed(CurveFit()), on_last_rank(CurveFit())})
    {
      const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
      Vector                    own_rows;
      problem.compute_local_rows(theta, own_rows);

      const auto decreases = problem.decreases(own_rows, others);

      BOOST_TEST(decreases.size() == 3u);
      BOOST_TEST(std::abs(decreases[0] /
                            (problem.loss(theta) - problem.loss(others[0])) -
                          1.) < 1e-12);
      BOOST_TEST(decreases[1] == 0.);
      // Far below the round-off of the loss.
      BOOST_TEST(decreases[2] != 0.);
      for (unsigned int k = 0; k < 3; ++k)
        BOOST_TEST(std::abs(decreases[k] - expected[k]) <=
                   1e-12 * std::abs(expected[k]));
      check_same_on_all_ranks(decreases);
      BOOST_TEST(problem.decreases(own_rows, {}).empty());
    }
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



BOOST_AUTO_TEST_CASE(numbers_go_to_other_processes_than_the_root)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  const unsigned int        rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  const unsigned int n_ranks =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  const unsigned int last = n_ranks - 1;

  Vector values{1., 1. * rank};
  problem.sum_on(dealii::make_array_view(values), last);
  BOOST_TEST(values[0] == (rank == last ? n_ranks : 1.));
  problem.broadcast(dealii::make_array_view(values), last);
  BOOST_TEST(values[0] == n_ranks);
  BOOST_TEST(values[1] == n_ranks * (n_ranks - 1) / 2);

  if (n_ranks > 1)
    {
      values = {1. * rank};
      if (rank == last)
        problem.send(dealii::make_array_view(values), 0);
      if (rank == 0)
        {
          problem.receive(dealii::make_array_view(values), last);
          BOOST_TEST(values[0] == last);
        }
    }
}



// With operands written in brackets, the result shows who met whom.
BOOST_AUTO_TEST_CASE(values_are_combined_in_pairs_of_processes)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  const unsigned int        rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  const unsigned int n_ranks =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);

  // a - 10 b is neither commutative nor associative.
  for (unsigned int first = 0; first < n_ranks; ++first)
    {
      Vector values{rank + 1.};
      problem.reduce(rank >= first, values, [&](const Vector &received) {
        values[0] -= 10. * received[0];
      });

      Vector expected;
      for (unsigned int r = first; r < n_ranks; ++r)
        expected.push_back(r + 1.);
      while (expected.size() > 1)
        {
          Vector next;
          for (unsigned int i = 0; i < expected.size(); i += 2)
            next.push_back(i + 1 < expected.size()
                             ? expected[i] - 10. * expected[i + 1]
                             : expected[i]);
          expected = next;
        }
      if (rank == 0)
        BOOST_TEST(values[0] == expected[0]);
    }
}



BOOST_AUTO_TEST_CASE(long_messages_go_in_pieces)
{
  std::vector<std::size_t> begins;
  std::vector<int>         sizes;
  const auto collect = [&](const std::size_t begin, const int size) {
    begins.push_back(begin);
    sizes.push_back(size);
  };

  internal::for_each_piece(11, 4, collect);
  BOOST_TEST((begins == std::vector<std::size_t>{0, 4, 8}));
  BOOST_TEST((sizes == std::vector<int>{4, 4, 3}));

  begins.clear();
  sizes.clear();
  const std::size_t largest = std::numeric_limits<int>::max();
  internal::for_each_piece(2 * largest + 5, largest, collect);
  BOOST_TEST((begins == std::vector<std::size_t>{0, largest, 2 * largest}));
  BOOST_TEST(sizes[1] == std::numeric_limits<int>::max());
  BOOST_TEST(sizes[2] == 5);

  begins.clear();
  internal::for_each_piece(0, 4, collect);
  BOOST_TEST(begins.empty());
}

BOOST_AUTO_TEST_SUITE_END()
