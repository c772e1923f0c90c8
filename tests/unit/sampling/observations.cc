// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/observations.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

using namespace sobolev;

namespace
{
  const std::vector<std::string> inputs{"x", "t"}, outputs{"u", "v", "w"};

  const std::string table = "# measured on a Monday\n"
                            "w, x, u, t\r\n"
                            "\n"
                            "1, 0.5, -2.5e-3, 0.25\n"
                            "2, 0.75,4, 0.5\n"
                            "  # the end\n"
                            "3, 1, 5, 0.125";



  std::string
  mistake(const std::string &text)
  {
    try
      {
        read_observations(text, inputs, outputs);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  }



  // n points with values 1, 2, ... and 10, 20, ....
  Observations
  many(const unsigned int n)
  {
    std::string text = "x, t, u, w\n";
    for (unsigned int p = 1; p <= n; ++p)
      text += std::to_string(p) + ", 0.5, " + std::to_string(p) + ", " +
              std::to_string(10 * p) + "\n";
    return read_observations(text, inputs, outputs);
  }



  bool
  contains(const std::string &text, const std::string &part)
  {
    return text.find(part) != std::string::npos;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(observations)

BOOST_AUTO_TEST_CASE(a_table_is_read_whatever_the_order_of_its_columns)
{
  const auto data = read_observations(table, inputs, outputs);

  BOOST_TEST(data.points.size() == 3u);
  BOOST_TEST((data.points.point(0) == std::vector<double>{0.5, 0.25}));
  BOOST_TEST((data.points.point(2) == std::vector<double>{1., 0.125}));
  BOOST_TEST((data.outputs == std::vector<unsigned int>{2, 0}));
  BOOST_TEST((data.values[0] == std::vector<double>{1., 2., 3.}));
  BOOST_TEST((data.values[1] == std::vector<double>{-2.5e-3, 4., 5.}));
  for (const double weight : data.points.weights)
    BOOST_TEST(weight == 1. / 3.);
}



BOOST_AUTO_TEST_CASE(mistakes_get_one_sentence)
{
  const auto check = [](const std::string &text, const std::string &part) {
    BOOST_TEST(contains(mistake(text), part), mistake(text));
  };
  check("", "no points");
  check("x, t, u\n", "no points");
  check("x, u\n1, 2\n", "the column 't' is missing");
  check("x, t\n1, 2\n", "no column of an unknown; these are u, v, w");
  check("x, t, z\n1, 2, 3\n", "the column 'z' is not known; inputs are x, t");
  check("x, t, u, u\n1, 2, 3, 4\n", "the column 'u' is there twice");
  check("x, t, u\n1, 2\n", "line 2 has 2 numbers; there are 3 columns");
  check("x, t, u\n1, 2, 3, 4\n", "line 2 has 4 numbers");
  check("x, t, u\n1, 2, 3\n# no\n1, nan, 3\n", "line 4: 'nan' is not a finite");
  check("x, t, u\n1, 2, inf\n", "line 2: 'inf' is not a finite");
  check("x, t, u\n1, 2, 3.0.1\n", "line 2: '3.0.1' is not a finite");
  check("x, t, u\n1, 2,\n", "line 2: '' is not a finite");
  check("x, t, u\n1, 2, 1e999\n", "line 2: '1e999' is not a finite");
}



BOOST_AUTO_TEST_CASE(processes_have_parts_of_the_list)
{
  for (const unsigned int n : {1u, 2u, 7u, 100u})
    {
      const auto all = many(n);
      const auto own = all.part(MPI_COMM_WORLD);

      std::vector<double> values, weights;
      for (const auto &part :
           dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, own.values[1]))
        values.insert(values.end(), part.begin(), part.end());
      for (const auto &part : dealii::Utilities::MPI::all_gather(
             MPI_COMM_WORLD, own.points.weights))
        weights.insert(weights.end(), part.begin(), part.end());
      BOOST_TEST((values == all.values[1]));
      BOOST_TEST((weights == all.points.weights));
      BOOST_TEST((own.outputs == all.outputs));
      for (std::size_t p = 0; p < own.points.size(); ++p)
        BOOST_TEST(own.points(0, p) == own.values[0][p]);
    }
}



BOOST_AUTO_TEST_CASE(noise_has_the_given_size_and_is_repeatable)
{
  constexpr unsigned int n     = 4000;
  const auto             exact = many(n);
  auto                   one = exact, two = exact, other = exact;
  one.add_noise(0.01, 5);
  two.add_noise(0.01, 5);
  other.add_noise(0.01, 6);

  BOOST_TEST((one.values == two.values));
  BOOST_TEST((one.values != other.values));
  double correlation = 0.;
  for (unsigned int e = 0; e < 2; ++e)
    {
      double mean = 0., variance = 0., square = 0.;
      for (unsigned int p = 0; p < n; ++p)
        {
          const double error = one.values[e][p] - exact.values[e][p];
          mean += error / n;
          variance += error * error / n;
          square += exact.values[e][p] * exact.values[e][p] / n;
        }
      const double deviation = 0.01 * std::sqrt(square);
      BOOST_TEST(std::abs(mean) < 4. * deviation / std::sqrt(n));
      BOOST_TEST(std::abs(std::sqrt(variance) / deviation - 1.) < 0.05);
    }
  // The errors of different unknowns are independent.
  for (unsigned int p = 0; p < n; ++p)
    correlation += (one.values[0][p] - exact.values[0][p]) *
                   (one.values[1][p] - exact.values[1][p]);
  double scale = 0.;
  for (unsigned int p = 0; p < n; ++p)
    scale += (one.values[0][p] - exact.values[0][p]) *
             (one.values[0][p] - exact.values[0][p]) * 10.;
  BOOST_TEST(std::abs(correlation) < 0.08 * scale);

  auto same = exact;
  same.add_noise(0., 5);
  BOOST_TEST((same.values == exact.values));
}

BOOST_AUTO_TEST_SUITE_END()
