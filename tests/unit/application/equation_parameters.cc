// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/equation_parameters.h>
#include <sobolev/base/exceptions.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace sobolev;

namespace
{
  const std::string problem = R"(
    set constants      = a = 2; b = a*pi
    set exact solution = sin(b*x)*t; y
    subsection Domain
      set inputs = x, y, t
      set lower  = -1, 0, 0
      set upper  = 1, a, 0.5
    end
    subsection Equations
      set unknowns          = u, v
      set interior          = u_t - laplacian(u) + v; v_t - a*u
      set conditions        = t = 0: u - x; x = -1, y = a: v_x; boundary: u > 1 ? u : v
      set condition weights = 1; a; 100
    end
    subsection Sampling
      set interior points  = 500
      set condition points = 60
    end
  )";



  EquationParameters
  parse(const std::string &lines)
  {
    dealii::ParameterHandler prm;
    EquationParameters       parameters;
    parameters.declare_parameters(prm);
    prm.parse_input_from_string(problem + "\n" + lines);
    parameters.parse_parameters(prm);
    return parameters;
  }



  // The one sentence that a wrong entry gives, when it is read or used.
  std::string
  mistake(const std::string &section, const std::string &entry)
  {
    try
      {
        const auto parameters =
          parse(section.empty()
                  ? "set " + entry
                  : "subsection " + section + "\n set " + entry + "\nend");
        parameters.make_blocks(1, {}, MPI_COMM_WORLD);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  }
} // namespace

BOOST_AUTO_TEST_SUITE(equation_parameters)

BOOST_AUTO_TEST_CASE(a_diffusion_is_solved_by_finite_elements)
{
  dealii::ParameterHandler prm;
  EquationParameters       p;
  p.declare_parameters(prm);
  // u = r^2 s, a = 1 + r: -(a u_r)_r - (a u_s)_s = -2 s (1 + r) - 2 r s
  prm.parse_input_from_string(R"(
    set constants = a = 1
    subsection Domain
      set inputs = r, s
      set lower  = 0, -1
      set upper  = 2, 1
    end
    subsection Equations
      set interior = u
    end
    subsection Reference
      set equation        = diffusion
      set diffusion       = a + r
      set source          = -2*s*(1 + r) - 2*r*s
      set boundary values = r^2*s
    end
  )");
  p.parse_parameters(prm);

  const auto u = p.make_solution();
  for (unsigned int i = 0; i < 5; ++i)
    {
      const double r = 0.5 * i, s = -1. + 0.4 * i;
      BOOST_TEST(std::abs(u({r, s}, 0) - r * r * s) < 1e-9);
    }
}



BOOST_AUTO_TEST_CASE(a_problem_is_read)
{
  const auto p = parse("");

  BOOST_TEST((p.box.lower == std::vector<double>{-1., 0., 0.}));
  BOOST_TEST((p.box.upper == std::vector<double>{1., 2., 0.5}));
  BOOST_TEST(p.equations.size() == 2u);
  BOOST_TEST(p.conditions.size() == 3u);
  BOOST_TEST(p.conditions[0].faces.size() == 1u);
  BOOST_TEST(p.conditions[0].faces[0].input == 2u);
  BOOST_TEST(!p.conditions[0].faces[0].is_upper);
  BOOST_TEST(p.conditions[1].faces.size() == 2u);
  BOOST_TEST(p.conditions[1].faces[1].input == 1u);
  BOOST_TEST(p.conditions[1].faces[1].is_upper);
  BOOST_TEST(p.conditions[1].weight == 2.);
  // All but those of t.
  BOOST_TEST(p.conditions[2].faces.size() == 4u);
  BOOST_TEST(p.conditions[2].text == "u > 1 ? u : v");

  const auto u = p.make_solution();
  BOOST_TEST(std::abs(u({0.1, 0.7, 0.3}, 0) -
                      0.3 * std::sin(0.2 * std::acos(-1.))) < 1e-15);
  BOOST_TEST(u({0.1, 0.7, 0.3}, 1) == 0.7);
}



BOOST_AUTO_TEST_CASE(blocks_are_those_of_the_text)
{
  const auto p      = parse("");
  const auto blocks = p.make_blocks(3, {}, MPI_COMM_WORLD);

  BOOST_TEST(blocks.size() == 4u);
  BOOST_TEST(blocks[0]->n_equations() == 2u);
  BOOST_TEST(blocks[0]->weight() == 1.);
  BOOST_TEST(blocks[3]->name() == "boundary");
  BOOST_TEST(blocks[3]->weight() == 100.);

  // Points of all processes: their number, and measures of box and faces.
  const std::vector<unsigned int> sizes{500, 60, 60, 60};
  const std::vector<double>       measures{2., 4., 1. + 1., 2. * (1. + 1.)};
  for (unsigned int b = 0; b < 4; ++b)
    {
      const auto  &points = blocks[b]->points();
      unsigned int n      = dealii::Utilities::MPI::sum(
        static_cast<unsigned int>(points.size()), MPI_COMM_WORLD);
      double sum = 0.;
      for (const double weight : points.weights)
        sum += weight;
      sum = dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD);
      BOOST_TEST(n == sizes[b]);
      BOOST_TEST(std::abs(sum - measures[b]) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(points_of_streams_differ)
{
  const auto p     = parse("");
  const auto first = [&](const InputPoints &points) {
    return points.size() > 0 ? points(0, 0) : 0.;
  };
  const double training = first(p.interior_points(1, {0}, MPI_COMM_SELF));
  const double hold_out = first(p.interior_points(1, {1}, MPI_COMM_SELF));
  const double test     = first(p.test_points(1, MPI_COMM_SELF));
  BOOST_TEST((training != hold_out && training != test && hold_out != test));
}



BOOST_AUTO_TEST_CASE(a_factor_adds_points_and_keeps_the_others)
{
  const auto p    = parse("");
  const auto few  = p.interior_points(1, {}, MPI_COMM_SELF);
  const auto many = p.interior_points(1, {0, 1.5}, MPI_COMM_SELF);

  BOOST_TEST(few.size() == 500u);
  BOOST_TEST(many.size() == 750u);
  for (const std::size_t i : {0, 1, 499})
    BOOST_TEST((few.point(i) == many.point(i)));
  BOOST_TEST(
    p.condition_points(p.conditions[0], 1, {0, 1.5}, MPI_COMM_SELF).size() ==
    90u);
}



BOOST_AUTO_TEST_CASE(known_solutions_begin_as_they_should)
{
  const std::string domain = R"(
    set exact solution =
    subsection Domain
      set inputs = x, t
      set lower  = -1, 0
      set upper  = 1, 0.1
    end
    subsection Equations
      set unknowns          = u
      set conditions        =
      set condition weights = 1
    end
  )";
  const double      pi     = std::acos(-1.);
  for (const std::string name : {"Burgers", "Allen-Cahn"})
    {
      const auto u =
        parse(domain + "subsection Reference\n set equation = " + name +
              "\n set diffusion = 0.1*b\nend\n")
          .make_solution();
      const double expected =
        name == "Burgers" ? -std::sin(0.3 * pi) : 0.09 * std::cos(0.3 * pi);
      BOOST_TEST(std::abs(u({0.3, 0.}, 0) - expected) < 1e-3);
    }
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  const auto says = [](const std::string &section,
                       const std::string &entry,
                       const std::string &words) {
    const std::string sentence = mistake(section, entry);
    BOOST_TEST((sentence.find(words) != std::string::npos), sentence);
  };
  says("Equations",
       "condition weights = 1; 2",
       "Equations/condition weights: there are 2 numbers; allowed are one, or "
       "one for each of the 3 conditions.");
  says("Equations",
       "condition weights = 1; 2; -1",
       "Equations/condition weights: -1 is negative.");
  says("Sampling",
       "condition points = 10; 20; 0",
       "Sampling/condition points: 0 must be a positive whole number.");
  says(
    "Sampling", "densities = x; 1; 1", "Sampling/densities: the formula is -");
  says("Sampling", "densities = 1; 1", "there are 2 formulas");
  says("Sampling", "densities = y; 1; 1", "'y' is not known");
  says("Equations",
       "conditions = t = 0.25: u",
       "'t = 0.25' is no face: the bounds of 't' are 0 and 0.5.");
  says("Equations", "conditions = everywhere: u", "'everywhere' is no face");
  says("Equations", "interior = u; v_z", "along 'z', which is no input");
  says("Equations", "unknowns = u, x", "the name 'x' is there twice");
  says("", "exact solution = x", "there are 1 formulas");
  says("", "constants = a = 1/0", "constants: '1/0' is not a finite number");
  says("Reference", "equation = Burgers", "exclude each other");
}

BOOST_AUTO_TEST_SUITE_END()
