// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Unknown coefficients and data in parameter files.

#include <sobolev/application/coefficient_parameters.h>
#include <sobolev/application/data_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/network.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "network/reference_network.h"

using namespace sobolev;

namespace
{
  namespace fs = std::filesystem;

  const std::string problem = R"(
    set constants      = k = 2; small = k/100
    set exact solution = x*t + k; 10*x
    subsection Domain
      set inputs = x, t
      set lower  = 0, 0
      set upper  = 1, 2
    end
    subsection Equations
      set unknowns = u, v
      set interior = u_t + v
    end
  )";

  struct Parameters
  {
    EquationParameters    equations;
    CoefficientParameters coefficients;
    DataParameters        data;
  };



  Parameters
  parse(const std::string &coefficients, const std::string &data = "")
  {
    dealii::ParameterHandler prm;
    Parameters               result;
    result.equations.declare_parameters(prm);
    result.coefficients.declare_parameters(prm);
    result.data.declare_parameters(prm);
    prm.parse_input_from_string(
      problem + "\nsubsection Unknown coefficients\n" + coefficients +
      "\nend\nsubsection Data\n" + data + "\nend\n");
    result.equations.parse_parameters(prm);
    result.coefficients.parse(result.equations.names);
    result.data.parse();
    return result;
  }



  Parameters
  parse_list(const std::string &list, const std::string &more = "")
  {
    return parse("set coefficients = " + list + "\n" + more);
  }



  Observations
  observe(const Parameters  &parameters,
          const std::string &folder       = "",
          const MPI_Comm     communicator = MPI_COMM_WORLD)
  {
    return parameters.data.make_observations(
      parameters.equations, folder, 3, communicator);
  }



  template <typename Action>
  void
  check_mistake(const Action &action, const std::string &part)
  {
    std::string message = "no error";
    try
      {
        action();
      }
    catch (const InputError &error)
      {
        message = error.what();
      }
    BOOST_TEST(message.find(part) != std::string::npos, message);
  }



  void
  check_list(const std::string &list,
             const std::string &part,
             const std::string &more = "")
  {
    check_mistake(
      [&] {
        parse_list(list, more);
      },
      part);
  }



  // A network with these coefficients, at the start, at some points.
  std::vector<double>
  initial_values(const Parameters &parameters)
  {
    Architecture architecture = make_architecture(2, {5}, 2, "tanh");
    parameters.coefficients.add_to(architecture,
                                   parameters.equations.domain.box);
    const Network network(architecture);
    const auto    theta = network.initial_parameters(1);

    std::vector<double> result;
    for (unsigned int k = 0; k < architecture.coefficients.size(); ++k)
      {
        const auto &coefficient = architecture.coefficients[k];
        const auto &position    = network.layout().coefficients()[k];
        result.push_back(coefficient.map.value(
          coefficient.field ? coefficient.field->output_shift[0]
                            : theta[position.first]));
      }
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(coefficient_parameters)

BOOST_AUTO_TEST_CASE(a_list_is_read)
{
  const auto p = parse_list("c = -3; d = 0.5*k in (0, k); "
                            "a(x) = 1 in (small, inf); "
                            "b (t, x) = -5 in (-inf,-k)");

  const auto &c = p.coefficients;
  BOOST_TEST((c.names() == std::vector<std::string>{"c", "d", "a", "b"}));
  BOOST_TEST((p.equations.names.coefficients == c.names()));
  BOOST_TEST(!c.is_field(0));
  BOOST_TEST(!c.is_field(1));
  BOOST_TEST(c.is_field(2));
  BOOST_TEST(c.is_field(3));
  const auto                values = initial_values(p);
  const std::vector<double> expected{-3., 1., 1., -5.};
  for (unsigned int k = 0; k < 4; ++k)
    BOOST_TEST(std::abs(values[k] - expected[k]) < 1e-14);

  Architecture architecture = make_architecture(2, {5}, 2, "tanh");
  c.add_to(architecture, p.equations.domain.box);
  const auto &all = architecture.coefficients;
  BOOST_TEST(!all[0].field);
  BOOST_TEST((all[2].field->omitted_inputs == std::vector<unsigned int>{1}));
  BOOST_TEST(all[3].field->omitted_inputs.empty());
  BOOST_TEST((all[3].field->upper == std::vector<double>{1., 2.}));
  BOOST_TEST((all[1].map.kind == CoefficientMap::Kind::sigmoid));
  BOOST_TEST(all[1].map.offset == 0.);
  BOOST_TEST(all[1].map.factor == 2.);
  BOOST_TEST(all[2].map.offset == 0.02);
  BOOST_TEST(all[3].map.offset == -2.);
  BOOST_TEST(all[3].map.factor == -3.);
}



BOOST_AUTO_TEST_CASE(half_lines_scales_and_exact_values_are_read)
{
  const auto p = parse_list("c = 3; d = 1 in (0, inf)",
                            "set half line = softplus\n set scales = small; 1\n"
                            "set exact values = k^2; 1 + x*t");

  Architecture architecture = make_architecture(2, {5}, 2, "tanh");
  p.coefficients.add_to(architecture, p.equations.domain.box);
  BOOST_TEST(architecture.coefficients[0].map.factor == 0.02);
  BOOST_TEST(
    (architecture.coefficients[1].map.kind == CoefficientMap::Kind::softplus));
  BOOST_TEST(std::abs(initial_values(p)[0] - 3.) < 1e-14);
  BOOST_TEST(std::abs(initial_values(p)[1] - 1.) < 1e-14);
  BOOST_TEST(p.coefficients.exact_value({0.5, 3.}, 0) == 4.);
  BOOST_TEST(p.coefficients.exact_value({0.5, 3.}, 1) == 2.5);
  BOOST_TEST(!parse("").coefficients.has_exact_values());
}



BOOST_AUTO_TEST_CASE(coefficients_are_symbols_of_equations)
{
  const auto p = parse_list("c = 1; a(x) = 1",
                            "end\nsubsection Equations\n"
                            "set interior = u_t - a*u_xx - a_x*u_x + c*v");
  BOOST_CHECK_NO_THROW(p.equations.make_blocks(1, {}, MPI_COMM_WORLD));
}



BOOST_AUTO_TEST_CASE(wrong_lists_get_one_sentence)
{
  check_list("c", "'c' is not of the form 'name = initial value in");
  check_list("c = ", "Unknown coefficients/coefficients: ");
  check_list("c = x", "'x' is not known");
  check_list("c = inf", "the initial value inf of 'c' is not between");
  check_list("c = 1 in (2, 1)",
             "the lower bound 2 of 'c' is not below the upper bound 1");
  check_list("c = 3 in (0, k)",
             "the initial value 3 of 'c' is not between its bounds 0 and 2");
  check_list("c = 0 in (0, k)", "the initial value 0 of 'c'");
  check_list("c = 1 in 0, 2", "'0, 2' is not of the form '(lower, upper)'");
  check_list("c = 1 in (0)", "'(0)' is not of the form '(lower, upper)'");
  check_list("c(y) = 1", "'c(y)' depends on 'y', which is no input");
  check_list("c() = 1", "'c()' has no inputs");
  check_list("c(x = 1", "'c(x' lacks ')'");
  check_list("u = 1", "the name 'u' is there twice");
  check_list("c = 1; c = 2", "the name 'c' is there twice");
  check_list("k = 1", "the name 'k' is there twice");
  check_list("sin = 1", "'sin' cannot be the name of an unknown coefficient");
  check_list("c = 1",
             "exact values: there are 2 formulas; there must be one for each "
             "of the 1 coefficients",
             "set exact values = 1; 2");
  check_list("c = 1", "exact values: ", "set exact values = z");
  check_list("c = 1", "scales: there are 2 numbers", "set scales = 1; 2");
  check_list("c = 1", "scales: 0 must be a positive number", "set scales = 0");
  check_list("c = 1",
             "expected error: 0.1 cannot be judged without 'exact values'",
             "set expected error = 0.1");
}



BOOST_AUTO_TEST_CASE(a_known_solution_is_observed)
{
  const auto p    = parse("", "set points = 50\n set unknowns = v, u");
  const auto data = observe(p);

  BOOST_TEST((data.outputs == std::vector<unsigned int>{1, 0}));
  BOOST_TEST(
    dealii::Utilities::MPI::sum(static_cast<unsigned int>(data.points.size()),
                                MPI_COMM_WORLD) == 50u);
  for (std::size_t i = 0; i < data.points.size(); ++i)
    {
      const double x = data.points(0, i), t = data.points(1, i);
      BOOST_TEST(std::abs(data.values[0][i] - 10. * x) < 1e-14);
      BOOST_TEST(std::abs(data.values[1][i] - (x * t + 2.)) < 1e-14);
      BOOST_TEST(data.points.weights[i] == 1. / 50.);
    }
}



BOOST_AUTO_TEST_CASE(data_do_not_depend_on_the_number_of_ranks)
{
  const auto p   = parse("", "set points = 20\n set noise = 0.1");
  const auto own = observe(p);
  const auto all = observe(p, "", MPI_COMM_SELF);
  const auto parts =
    dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, own.values[0]);

  std::vector<double> together;
  for (const auto &part : parts)
    together.insert(together.end(), part.begin(), part.end());
  BOOST_TEST((together == all.values[0]));
}



BOOST_AUTO_TEST_CASE(a_file_is_read_and_judged)
{
  const fs::path folder =
    fs::temp_directory_path() /
    ("sobolev data " + std::to_string(dealii::Utilities::MPI::broadcast(
                         MPI_COMM_WORLD, int(getpid()))));
  const bool is_root =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  const auto write = [&](const std::string &text) {
    MPI_Barrier(MPI_COMM_WORLD);
    if (is_root)
      {
        fs::create_directories(folder);
        std::ofstream(folder / "data.csv") << text;
      }
    MPI_Barrier(MPI_COMM_WORLD);
  };
  const auto p      = parse("", "set file = data.csv");
  const auto number = [&](const Observations &data) {
    return dealii::Utilities::MPI::sum(
      static_cast<unsigned int>(data.points.size()), MPI_COMM_WORLD);
  };

  write("x, t, v\n0, 2, 5\n0.5, 1, 6\n");
  const auto data = observe(p, folder.string());
  BOOST_TEST(number(data) == 2u);
  BOOST_TEST((data.outputs == std::vector<unsigned int>{1}));

  write("x, t, v\n0, 2, 5\n0.5, 2.1, 6\n");
  check_mistake(
    [&] {
      observe(p, folder.string());
    },
    "point 2 has t = 2.1, outside of the domain, 0 to 2");
  write("x, t, v\n0, 2, nan\n");
  check_mistake(
    [&] {
      observe(p, folder.string());
    },
    "data.csv': line 2: 'nan' is not a finite number");
  MPI_Barrier(MPI_COMM_WORLD);
  if (is_root)
    fs::remove_all(folder);
  MPI_Barrier(MPI_COMM_WORLD);
  check_mistake(
    [&] {
      observe(p, folder.string());
    },
    "data.csv' cannot be read");
}



BOOST_AUTO_TEST_CASE(entries_for_data_that_exclude_each_other)
{
  check_mistake(
    [] {
      parse("", "set points = 5\n set file = a.csv");
    },
    "Data/points: 5");
  check_mistake(
    [] {
      parse("", "set unknowns = u");
    },
    "Data/unknowns: 'u'");
  check_mistake(
    [] {
      parse("", "set noise = 0.5");
    },
    "Data/noise: ");
  check_mistake(
    [] {
      observe(parse("", "set points = 5\n set unknowns = w"));
    },
    "Data/unknowns: 'w' is no unknown");
  check_mistake(
    [] {
      observe(
        parse("end\nset exact solution =\nsubsection Unknown coefficients",
              "set points = 5"));
    },
    "Data/points: 5 points cannot be observed");
}

BOOST_AUTO_TEST_SUITE_END()
