// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Mini-batches of collocation points.

#include <sobolev/sampling/observations.h>
#include <sobolev/sampling/point_batches.h>
#include <sobolev/sampling/sample_box.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <vector>

using namespace sobolev;

namespace
{
  using dealii::Utilities::MPI::n_mpi_processes;
  using dealii::Utilities::MPI::this_mpi_process;

  const Box box{{0., -1.}, {1., 1.}};

  using Points = std::vector<std::vector<double>>;



  // The points of each batch on all processes, in an order of their own.
  std::vector<Points>
  gather(const InputPoints &points)
  {
    std::vector<Points> batches;
    std::size_t         begin = 0;
    for (const std::size_t size : points.batch_sizes)
      {
        Points own;
        for (std::size_t p = begin; p < begin + size; ++p)
          {
            own.push_back(points.point(p));
            own.back().push_back(points.weights[p]);
          }
        begin += size;
        Points all;
        for (const auto &part :
             dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, own))
          all.insert(all.end(), part.begin(), part.end());
        std::sort(all.begin(), all.end());
        batches.push_back(all);
      }
    BOOST_TEST(begin == points.size());
    return batches;
  }



  // Of n points in the box, all of them on the first n_owners processes.
  InputPoints
  make_points(const std::size_t n, const unsigned int n_owners = 1000)
  {
    const unsigned int rank = this_mpi_process(MPI_COMM_WORLD);
    const unsigned int owners =
      std::min(n_owners, n_mpi_processes(MPI_COMM_WORLD));
    const auto all = sample_box(box, {n, 1, 0, {}}, MPI_COMM_SELF);
    std::vector<std::size_t> own;
    for (std::size_t p = 0; p < n; ++p)
      if (p * owners / n == rank)
        own.push_back(p);
    return all.selection(own);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(point_batches)

BOOST_AUTO_TEST_CASE(every_point_is_in_one_batch_and_batches_are_equal)
{
  for (const std::size_t n : {7, 40, 43})
    {
      const auto batches = divide_into_batches(n, 8, 5, MPI_COMM_SELF);

      std::set<std::size_t> different(batches.order.begin(),
                                      batches.order.end());
      BOOST_TEST(batches.order.size() == n);
      BOOST_TEST(different.size() == n);
      BOOST_TEST(*different.rbegin() == n - 1);
      BOOST_TEST_REQUIRE(batches.sizes.size() == 8u);
      for (const std::size_t size : batches.sizes)
        {
          BOOST_TEST(size >= n / 8);
          BOOST_TEST(size <= n / 8 + 1);
        }
    }
}



BOOST_AUTO_TEST_CASE(consecutive_points_are_in_different_batches)
{
  const unsigned int n_batches = 5;
  const auto batches = divide_into_batches(40, n_batches, 2, MPI_COMM_SELF);

  std::vector<std::set<std::size_t>> groups(n_batches);
  for (std::size_t i = 0; i < batches.order.size(); ++i)
    groups[i / 8].insert(batches.order[i] / n_batches);
  for (const auto &groups_of_batch : groups)
    BOOST_TEST(groups_of_batch.size() == 8u);

  // At random: not always in the same order, and by name.
  const auto other = divide_into_batches(40, n_batches, 3, MPI_COMM_SELF);
  BOOST_TEST(batches.order != other.order);
  std::set<std::size_t> places;
  for (std::size_t i = 0; i < 8; ++i)
    places.insert(batches.order[i] % n_batches);
  BOOST_TEST(places.size() > 2u);
}



BOOST_AUTO_TEST_CASE(batches_do_not_depend_on_the_number_of_processes)
{
  const auto alone = in_batches(
    sample_box(box, {101, 1, 0, {}}, MPI_COMM_SELF), 7, 4, MPI_COMM_SELF);
  // Every process has all of them.
  auto expected = gather(alone);
  for (Points &batch : expected)
    batch.erase(std::unique(batch.begin(), batch.end()), batch.end());

  for (const unsigned int n_owners : {1000, 2, 1})
    BOOST_TEST(
      (gather(in_batches(make_points(101, n_owners), 7, 4, MPI_COMM_WORLD)) ==
       expected));
  BOOST_TEST(
    (gather(in_batches(sample_box(box, {101, 1, 0, {}}, MPI_COMM_WORLD),
                       7,
                       4,
                       MPI_COMM_WORLD)) == expected));
}



BOOST_AUTO_TEST_CASE(points_are_joined_batch_by_batch)
{
  const auto  one  = in_batches(make_points(20), 3, 1, MPI_COMM_WORLD);
  const auto  two  = in_batches(make_points(5, 1), 3, 2, MPI_COMM_WORLD);
  InputPoints both = one;
  both.append(two);

  const auto batches = gather(both), of_one = gather(one), of_two = gather(two);
  BOOST_TEST_REQUIRE(batches.size() == 3u);
  for (unsigned int batch = 0; batch < 3; ++batch)
    {
      Points expected = of_one[batch];
      expected.insert(
        expected.end(), of_two[batch].begin(), of_two[batch].end());
      std::sort(expected.begin(), expected.end());
      BOOST_TEST((batches[batch] == expected));
    }
}



BOOST_AUTO_TEST_CASE(values_stay_with_their_points)
{
  Observations all;
  all.points  = sample_box(box, {30, 1, 0, {}}, MPI_COMM_SELF);
  all.outputs = {0};
  all.values  = {{}};
  for (std::size_t p = 0; p < 30; ++p)
    all.values[0].push_back(all.points(0, p) + 10. * all.points(1, p));
  const auto own = all.part(MPI_COMM_WORLD);
  const auto one = own.in_batches(1, 3, MPI_COMM_WORLD);
  const auto few = own.in_batches(4, 3, MPI_COMM_WORLD);

  BOOST_TEST(one.points.batch_sizes.empty());
  BOOST_TEST((one.values == own.values));
  BOOST_TEST(few.points.batch_sizes.size() == 4u);
  BOOST_TEST(few.points.size() == own.points.size());
  for (std::size_t p = 0; p < few.points.size(); ++p)
    BOOST_TEST(few.values[0][p] == few.points(0, p) + 10. * few.points(1, p));
  const auto batches = gather(few.points);
  for (const auto &batch : batches)
    BOOST_TEST((batch.size() == 7u || batch.size() == 8u));
}

BOOST_AUTO_TEST_SUITE_END()
