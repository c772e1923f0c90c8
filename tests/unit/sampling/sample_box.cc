// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/sample_box.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace sobolev;

namespace
{
  const Box box{{-1., 0., 2.}, {1., 3., 2.5}};

  // One row per point: inputs and weight.
  using Rows = std::vector<std::vector<double>>;



  // The points of all processes in the order of the processes.
  Rows
  gather(const InputPoints &points, const MPI_Comm communicator)
  {
    Rows rows;
    for (std::size_t p = 0; p < points.size(); ++p)
      {
        rows.push_back(points.point(p));
        rows.back().push_back(points.weights[p]);
      }
    Rows all;
    for (const auto &part :
         dealii::Utilities::MPI::all_gather(communicator, rows))
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }



  BoxRule
  make_rule(const std::uint64_t n_points)
  {
    BoxRule rule;
    rule.n_points = n_points;
    rule.seed     = 5;
    return rule;
  }



  // Most points at x = 0.
  BoxRule
  concentrated_rule(const std::uint64_t n_points)
  {
    BoxRule rule   = make_rule(n_points);
    rule.densities = {[](const double x) {
                        return 0.1 + std::exp(-25. * x * x);
                      },
                      nullptr,
                      nullptr};
    return rule;
  }



  template <typename Function>
  double
  integrate(const Rows &rows, const Function &f)
  {
    double sum = 0.;
    for (const auto &row : rows)
      sum += row.back() * f(row);
    return sum;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(sample_box_)

BOOST_AUTO_TEST_CASE(points_do_not_depend_on_the_number_of_processes)
{
  for (const auto &rule : {make_rule(101), concentrated_rule(100)})
    {
      BOOST_TEST(
        (gather(sample_box(box, rule, MPI_COMM_WORLD), MPI_COMM_WORLD) ==
         gather(sample_box(box, rule, MPI_COMM_SELF), MPI_COMM_SELF)));
      for (const bool is_upper : {false, true})
        BOOST_TEST(
          (gather(sample_box_face(box, {1, is_upper}, rule, MPI_COMM_WORLD),
                  MPI_COMM_WORLD) ==
           gather(sample_box_face(box, {1, is_upper}, rule, MPI_COMM_SELF),
                  MPI_COMM_SELF)));
    }
}



BOOST_AUTO_TEST_CASE(every_process_has_its_share)
{
  const unsigned int n_ranks =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);

  const auto n = sample_box(box, make_rule(101), MPI_COMM_WORLD).size();

  BOOST_TEST(n >= 101 / n_ranks);
  BOOST_TEST(n <= 101 / n_ranks + 1);
}



BOOST_AUTO_TEST_CASE(points_are_inside_and_weights_sum_to_the_volume)
{
  const auto rows =
    gather(sample_box(box, make_rule(1000), MPI_COMM_WORLD), MPI_COMM_WORLD);

  BOOST_TEST(rows.size() == 1000u);
  for (const auto &row : rows)
    for (unsigned int i = 0; i < 3; ++i)
      BOOST_TEST((row[i] > box.lower[i] && row[i] < box.upper[i]));
  const double volume = integrate(rows, [](const auto &) {
    return 1.;
  });
  BOOST_TEST(std::abs(volume - 3.) < 1e-12);
}



BOOST_AUTO_TEST_CASE(faces_have_one_input_fixed_and_the_weights_of_their_area)
{
  const auto rows =
    gather(sample_box_face(box, {2, true}, make_rule(64), MPI_COMM_WORLD),
           MPI_COMM_WORLD);

  BOOST_TEST(rows.size() == 64u);
  for (const auto &row : rows)
    BOOST_TEST(row[2] == 2.5);
  const double area = integrate(rows, [](const auto &) {
    return 1.;
  });
  BOOST_TEST(std::abs(area - 6.) < 1e-12);

  const auto end = gather(
    sample_box_face({{0.}, {4.}}, {0, false}, make_rule(64), MPI_COMM_WORLD),
    MPI_COMM_WORLD);
  BOOST_TEST((end == Rows{{0., 1.}}));
}



BOOST_AUTO_TEST_CASE(points_are_spread_more_evenly_than_random_ones)
{
  // Blocks of 64 points of the sequence have 8 points in each eighth of each
  // input's interval.
  const auto rows =
    gather(sample_box(box, make_rule(64), MPI_COMM_WORLD), MPI_COMM_WORLD);

  for (unsigned int i = 0; i < 3; ++i)
    {
      std::vector<unsigned int> count(8, 0);
      for (const auto &row : rows)
        ++count[8. * (row[i] - box.lower[i]) / box.length(i)];
      for (const unsigned int n : count)
        BOOST_TEST((n >= 7 && n <= 9));
    }
}



BOOST_AUTO_TEST_CASE(weighted_sums_approximate_integrals)
{
  const auto f = [](const auto &x) {
    return std::cos(x[0]) * x[1] * x[1] * x[2];
  };
  const double exact = 2. * std::sin(1.) * 9. * 0.5 * (2.5 * 2.5 - 4.);

  for (const auto &rule : {make_rule(4096), concentrated_rule(4096)})
    {
      const auto rows =
        gather(sample_box(box, rule, MPI_COMM_WORLD), MPI_COMM_WORLD);
      const double sum = integrate(rows, f);
      BOOST_TEST(std::abs(sum / exact - 1.) < 3e-3, sum << " " << exact);
    }
}



BOOST_AUTO_TEST_CASE(densities_decide_where_points_are)
{
  const auto rule = concentrated_rule(2000);
  const auto rows =
    gather(sample_box(box, rule, MPI_COMM_WORLD), MPI_COMM_WORLD);

  const auto n_near =
    std::count_if(rows.begin(), rows.end(), [](const auto &row) {
      return std::abs(row[0]) < 0.2;
    });

  // Integrals of 0.1 + exp(-25 x^2) over (-0.2, 0.2) and (-1, 1).
  const double pi       = std::acos(-1.);
  const double expected = (0.04 + std::sqrt(pi) / 5. * std::erf(1.)) /
                          (0.2 + std::sqrt(pi) / 5. * std::erf(5.));
  BOOST_TEST(std::abs(n_near / 2000. - expected) < 2e-3);

  // The weight is one over the density.
  for (const auto &row : rows)
    {
      const double product = row.back() * rule.densities[0](row[0]);
      BOOST_TEST(
        std::abs(product / (rows[0].back() * rule.densities[0](rows[0][0])) -
                 1.) < 0.02);
    }
}



BOOST_AUTO_TEST_CASE(seeds_streams_and_faces_have_other_points)
{
  const auto base = make_rule(50);
  auto       seed = base, stream = base;
  seed.seed         = 6;
  stream.stream     = PointRule::hold_out_stream;
  const auto points = [](const BoxRule &rule) {
    return gather(sample_box(box, rule, MPI_COMM_WORLD), MPI_COMM_WORLD);
  };

  BOOST_TEST((points(seed) != points(base)));
  BOOST_TEST((points(stream) != points(base)));
}



BOOST_AUTO_TEST_CASE(nonsense_is_an_input_error)
{
  BOOST_CHECK_THROW(sample_box(box, make_rule(0), MPI_COMM_WORLD), InputError);
  auto rule      = make_rule(10);
  rule.densities = {nullptr,
                    [](const double y) {
                      return y - 1.;
                    },
                    nullptr};
  BOOST_CHECK_THROW(sample_box(box, rule, MPI_COMM_WORLD), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
