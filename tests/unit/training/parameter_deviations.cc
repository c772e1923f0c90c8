// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Standard deviations of parameters against the closed form for a straight line
// and against many repetitions of a fit.

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/parameter_deviations.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "training/small_objectives.h"

using namespace sobolev;

namespace
{
  constexpr unsigned int n_points = 40;

  // Rows a + b x_i - d_i, of which d_i has an error with a deviation that grows
  // with x, and n_exact more rows that fix the third parameter: c - a.
  struct Line
  {
    unsigned int
    n_parameters() const
    {
      return 3;
    }

    unsigned int
    n_rows() const
    {
      return n_points + 1;
    }

    double
    x(const unsigned int i) const
    {
      return (i + 0.5) / n_points;
    }

    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      if (i == n_points)
        return 7. * (theta[2] - theta[0]);
      const double error =
        0.1 * (0.3 + x(i)) * CounterBasedRandom::normal(3, stream, i);
      return theta[0] + theta[1] * x(i) - (1. + 2. * x(i) + error);
    }

    std::uint64_t stream = 0;
  };



  // Closed form: weighted sums over the points.
  struct Fit
  {
    explicit Fit(const Line &line)
    {
      double s0 = 0., s1 = 0., s2 = 0., r0 = 0., r1 = 0.;
      for (unsigned int i = 0; i < n_points; ++i)
        {
          const double x = line.x(i);
          const double d = -line.row(i, std::vector<double>{0., 0., 0.});
          s0 += 1.;
          s1 += x;
          s2 += x * x;
          r0 += d;
          r1 += x * d;
        }
      const double determinant = s0 * s2 - s1 * s1;
      const double a           = (s2 * r0 - s1 * r1) / determinant;
      const double b           = (s0 * r1 - s1 * r0) / determinant;
      theta                    = {a, b, a};

      deviations.assign(3, 0.);
      for (unsigned int i = 0; i < n_points; ++i)
        {
          const double x   = line.x(i);
          const double rho = line.row(i, theta);
          deviations[0] += std::pow(rho * (s2 - s1 * x) / determinant, 2);
          deviations[1] += std::pow(rho * (s0 * x - s1) / determinant, 2);
        }
      deviations[2] = deviations[0];
      for (double &deviation : deviations)
        deviation = std::sqrt(deviation);
    }

    std::vector<double> theta, deviations;
  };



  std::vector<double>
  compute(const Line &line, const std::vector<double> &theta)
  {
    const unsigned int rank =
      dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
    const unsigned int n_ranks =
      dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
    const SmallObjective<Line> objective(line, rank, n_ranks);
    const LeastSquaresProblem  problem(&objective, nullptr, MPI_COMM_WORLD);
    return parameter_deviations(problem, theta, {1, 0, 2});
  }
} // namespace

BOOST_AUTO_TEST_SUITE(parameter_deviations_)

BOOST_AUTO_TEST_CASE(a_line_has_those_of_the_closed_form)
{
  const Line line;
  const Fit  fit(line);

  const auto deviations = compute(line, fit.theta);

  BOOST_TEST(std::abs(deviations[0] / fit.deviations[1] - 1.) < 1e-10);
  BOOST_TEST(std::abs(deviations[1] / fit.deviations[0] - 1.) < 1e-10);
  // The row without error hands the deviation on.
  BOOST_TEST(std::abs(deviations[2] / fit.deviations[0] - 1.) < 1e-10);
}



BOOST_AUTO_TEST_CASE(repetitions_scatter_as_predicted)
{
  constexpr unsigned int n       = 400;
  double                 scatter = 0., predicted = 0.;
  for (unsigned int repetition = 0; repetition < n; ++repetition)
    {
      Line line;
      line.stream = 1 + repetition;
      const Fit fit(line);
      scatter += std::pow(fit.theta[1] - 2., 2) / n;
      predicted += std::pow(fit.deviations[1], 2) / n;
    }
  // Three deviations of the sample variance, and the bias of 1/N.
  BOOST_TEST(std::abs(predicted / scatter - 1.) < 0.25);
}



BOOST_AUTO_TEST_CASE(what_is_not_finite_has_no_deviation)
{
  const auto deviations =
    compute(Line(), {std::numeric_limits<double>::quiet_NaN(), 0., 0.});
  for (const double deviation : deviations)
    BOOST_TEST(std::isnan(deviation));
}

BOOST_AUTO_TEST_SUITE_END()
