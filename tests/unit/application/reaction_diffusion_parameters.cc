// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// ReactionDiffusionParameters as a part of EquationParameters: texts with known
// solutions on a line and on a square, mistakes.

#include <sobolev/application/equation_parameters.h>
#include <sobolev/base/exceptions.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

using namespace sobolev;

namespace
{
  // u = 2 + s, s = sin(x) exp(-t), with the storage u + u^2/2.
  const std::string line = R"(
    set constants = D = 0.3
    subsection Domain
      set inputs = x, t
      set lower  = 0, 0
      set upper  = 1, 0.5
    end
    subsection Equations
      set interior = u - reference(u)
    end
    subsection Reference
      set equation = reaction-diffusion
      subsection Reaction-diffusion
        set storage         = u + u^2/2
        set diffusion       = D
        set reaction        = (D - 3 - sin(x)*exp(-t))*sin(x)*exp(-t)
        set initial values  = 2 + sin(x)
        set boundary values = x = 0: u: 2
        set boundary fluxes = x = 1: u: D*cos(x)*exp(-t)
        set cells           = 3
        set steps           = 16
      end
    end
  )";

  // One mode of both unknowns, the second of which grows by the first.
  const std::string square = R"(
    set constants = D = 0.02; k = 3
    subsection Domain
      set inputs = x, y, t
      set lower  = 0, 0, 0
      set upper  = 1, 1, 1
    end
    subsection Equations
      set unknowns = u, v
      set interior = u
    end
    subsection Reference
      set equation = reaction-diffusion
      subsection Reaction-diffusion
        set diffusion      = D; D
        set reaction       = 0; k*u
        set initial values = cos(pi*x)*cos(2*pi*y); 0
        set cells          = 3
        set degree         = 6
        set steps          = 10
      end
    end
  )";



  EquationParameters
  parse(const std::string &text)
  {
    dealii::ParameterHandler prm;
    EquationParameters       parameters;
    parameters.declare_parameters(prm);
    prm.parse_input_from_string(text);
    parameters.parse_parameters(prm);
    return parameters;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(reaction_diffusion_parameters)

BOOST_AUTO_TEST_CASE(an_equation_on_a_line_has_its_solution)
{
  const auto parameters = parse(line);
  const auto u          = parameters.make_solution();
  for (const double x : {0., 0.1, 0.55, 1.})
    for (const double t : {0., 0.2, 0.43, 0.5})
      BOOST_TEST(std::abs(u({x, t}, 0) - 2. - std::sin(x) * std::exp(-t)) <
                 1e-5);
}



BOOST_AUTO_TEST_CASE(a_system_on_a_square_has_its_solution)
{
  const auto   u  = parse(square).make_solution();
  const double pi = std::acos(-1.);
  for (const double x : {0.1, 0.9})
    for (const double y : {0.2, 0.77})
      for (const double t : {0.3, 1.})
        {
          const double mode = std::cos(pi * x) * std::cos(2. * pi * y) *
                              std::exp(-0.02 * 5. * pi * pi * t);
          BOOST_TEST(std::abs(u({x, y, t}, 0) - mode) < 1e-4);
          BOOST_TEST(std::abs(u({x, y, t}, 1) - 3. * t * mode) < 3e-4);
        }
}



BOOST_AUTO_TEST_CASE(formulas_know_the_solution)
{
  const auto  parameters = parse(line);
  const auto  blocks     = parameters.make_blocks(1, {}, MPI_COMM_WORLD);
  const auto &points     = blocks[0]->points();
  for (std::size_t p = 0; p < points.size(); ++p)
    {
      std::vector<double> jet{0.}, residual{0.};
      blocks[0]->evaluate(p,
                          1,
                          dealii::ArrayView<const double>(jet.data(), 1),
                          1,
                          dealii::make_array_view(residual),
                          {});
      BOOST_TEST(std::abs(residual[0] + 2. +
                          std::sin(points(0, p)) * std::exp(-points(1, p))) <
                 1e-5);
    }
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  const auto says = [](const std::string &entry, const std::string &words) {
    std::string sentence = "no error";
    try
      {
        parse(line +
              "subsection Reference\n subsection Reaction-diffusion\n "
              "set " +
              entry + "\nend\nend\n");
      }
    catch (const InputError &error)
      {
        sentence = error.what();
      }
    BOOST_TEST((sentence.find(words) != std::string::npos), sentence);
    BOOST_TEST((sentence.find("Reference/Reaction-diffusion/") == 0), sentence);
  };
  says("diffusion = 1; 2",
       "diffusion: there are 2 formulas; there must be one for each of the 1");
  says("diffusion = -1", "diffusion: the value -1 must not be negative");
  says("diffusion =", "one of the entries is empty");
  says("reaction = w", "reaction: the formula 'w' is not valid");
  says("initial values = t", "'t' is not known");
  says("boundary values = x = 0: 1", "is not of the form");
  says("boundary values = x = 0: w: 1", "'w' is no unknown");
  says("boundary values = t = 0: u: 1", "is at a bound of the time");
  says("boundary fluxes = x = 0.5: u: 1", "the bounds of 'x' are 0 and 1");
}

BOOST_AUTO_TEST_SUITE_END()
