// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Files with multipliers and weights of points.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/row_weighting_state.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <fstream>
#include <limits>

using namespace sobolev;

namespace
{
  const std::vector<std::string> names{"interior", "x = 0, x = 1"};

  // Each process has a file of its own.
  std::string
  file_name()
  {
    return "row_weighting_state_" +
           std::to_string(
             dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD)) +
           ".csv";
  }



  // What is said about a file with this text.
  std::string
  message(const std::string &text)
  {
    std::ofstream(file_name()) << text;
    std::string result = "no error";
    try
      {
        RowWeightingState::read(file_name(), names, 1, 1, 1);
      }
    catch (const InputError &error)
      {
        result = error.what();
      }
    std::remove(file_name().c_str());
    return result;
  }



  bool
  contains(const std::string &text, const std::string &part)
  {
    return text.find(part) != std::string::npos;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(row_weighting_state)

BOOST_AUTO_TEST_CASE(files_have_all_digits)
{
  RowWeightingState state;
  state.blocks = {1, 0, 1};
  state.points = {0.1, 1. / 3., 2., 3e-300, -0.5, 1e10};
  state.values = {{1. / 7., 2., 3.}, {0., 1e-17, 5.}};
  state.common = {std::numeric_limits<double>::infinity(), 0.2};
  state.write(file_name(), names);
  const auto same = RowWeightingState::read(file_name(), names, 2, 2, 2);
  BOOST_TEST((same.blocks == state.blocks));
  BOOST_TEST((same.points == state.points));
  BOOST_TEST((same.values == state.values));
  BOOST_TEST((same.common == state.common));
  std::remove(file_name().c_str());
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  BOOST_TEST(message("common;1\ninterior;0.5;2\n") == "no error");
  BOOST_TEST(contains(message(""), "cannot be read"));
  BOOST_TEST(contains(message("common\n"),
                      "line 1: there are 1 items; there must be a name and 1"));
  BOOST_TEST(
    contains(message("common;1\ninterior;0.5\n"), "line 2: there are"));
  BOOST_TEST(contains(message("common;1\ninterior;0.5;two\n"),
                      "line 2: 'two' is not a number"));
  BOOST_TEST(contains(message("common;nan\n"), "'nan' is not a number"));
  BOOST_TEST(
    contains(message("common;1\ntop;0.5;2\n"), "there is no block 'top'"));
}

BOOST_AUTO_TEST_SUITE_END()
