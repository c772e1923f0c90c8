// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/equation_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/training/block_weighting.h>
#include <sobolev/weighting/fixed_weights.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
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
        auto parameters =
          parse(section.empty()
                  ? "set " + entry
                  : "subsection " + section + "\n set " + entry + "\nend");
        parameters.reduce_order();
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



BOOST_AUTO_TEST_CASE(the_gradient_of_the_solution_is_its_derivative)
{
  const auto                p        = parse("");
  const auto                value    = p.make_solution();
  const auto                gradient = p.make_solution_gradient();
  const std::vector<double> x{0.3, 0.7, 0.2};
  const double              h = 1e-5;

  BOOST_TEST((p.domain.coordinates() == std::vector<unsigned int>{0, 1}));
  for (unsigned int c = 0; c < 2; ++c)
    for (unsigned int i = 0; i < 3; ++i)
      {
        auto left = x, right = x;
        left[i] -= h;
        right[i] += h;
        BOOST_TEST(std::abs(gradient(x, c)[i] -
                            (value(right, c) - value(left, c)) / (2. * h)) <
                   1e-8);
      }
}



// Every block, and every part of it, is divided in proportion: the gradient of
// a batch is that at its points, so many times.
BOOST_AUTO_TEST_CASE(points_are_divided_into_batches)
{
  constexpr unsigned int n_batches = 6;
  const std::string      inside    = "subsection Domain\n"
                                     " set inside = 4 - x^2 - y^2\nend";
  Architecture           architecture;
  architecture.lower         = {-1., 0., 0.};
  architecture.upper         = {1., 2., 0.5};
  architecture.hidden_widths = {5};
  architecture.output_scale  = {1., 1.};
  architecture.output_shift  = {0., 0.};
  architecture.activation    = "tanh";
  const Network             network(architecture);
  const auto                theta = network.initial_parameters(1);
  const std::vector<double> zero(theta.size(), 0.);
  const auto                view = [](const std::vector<double> &v) {
    return dealii::ArrayView<const double>(v.data(), v.size());
  };

  for (const std::string &lines : {std::string(), inside})
    {
      const auto      p = parse(lines);
      const PointDraw draw{PointRule::training_stream, 1., n_batches};
      BOOST_TEST(p.largest_number_of_points(draw) == 500u);

      // Of all processes, and of one that has everything.
      std::vector<std::vector<double>> gradients[2];
      for (const bool is_alone : {false, true})
        {
          const MPI_Comm communicator =
            is_alone ? MPI_COMM_SELF : MPI_COMM_WORLD;
          auto        blocks = p.make_blocks(1, draw, communicator);
          const auto &points = blocks[0]->points();
          BOOST_TEST_REQUIRE(points.batch_sizes.size() == n_batches);
          std::vector<InputPoints> of_batch;
          std::size_t              begin = 0;
          for (const std::size_t size : points.batch_sizes)
            {
              std::vector<std::size_t> numbers(size);
              std::iota(numbers.begin(), numbers.end(), begin);
              of_batch.push_back(points.selection(numbers));
              begin += size;
            }
          BOOST_TEST(begin == points.size());

          NetworkObjective all(network, std::move(blocks));
          for (unsigned int batch = 0; batch < n_batches; ++batch)
            {
              std::vector<std::unique_ptr<ResidualBlock>> same;
              same.push_back(std::make_unique<FormulaResidual>(
                "interior",
                "interior",
                std::vector<std::string>{"u_t - laplacian(u) + v", "v_t - a*u"},
                p.names,
                of_batch[batch],
                n_batches));
              const NetworkObjective one(network, std::move(same));
              auto                   expected = zero, interior = zero;
              one.add_gradient(view(theta), dealii::make_array_view(expected));
              all.use_batch(batch);
              all.add_weighted_gradient(view(theta),
                                        {1., 0., 0., 0.},
                                        dealii::make_array_view(interior));
              for (std::size_t k = 0; k < theta.size(); ++k)
                BOOST_TEST(std::abs(interior[k] - expected[k]) <
                           1e-12 * (1. + std::abs(expected[k])));

              auto gradient = zero;
              all.add_gradient(view(theta), dealii::make_array_view(gradient));
              dealii::Utilities::MPI::sum(gradient, communicator, gradient);
              gradients[is_alone].push_back(gradient);
            }
        }
      for (unsigned int batch = 0; batch < n_batches; ++batch)
        for (std::size_t k = 0; k < theta.size(); ++k)
          BOOST_TEST(std::abs(gradients[0][batch][k] - gradients[1][batch][k]) <
                     1e-11 * (1. + std::abs(gradients[1][batch][k])));
    }
}



BOOST_AUTO_TEST_CASE(a_problem_is_read)
{
  const auto p = parse("");

  BOOST_TEST((p.domain.box.lower == std::vector<double>{-1., 0., 0.}));
  BOOST_TEST((p.domain.box.upper == std::vector<double>{1., 2., 0.5}));
  BOOST_TEST(p.equations.size() == 2u);
  BOOST_TEST(p.conditions.size() == 3u);
  BOOST_TEST(p.conditions[0].places.faces.size() == 1u);
  BOOST_TEST(p.conditions[0].places.faces[0].input == 2u);
  BOOST_TEST(!p.conditions[0].places.faces[0].is_upper);
  BOOST_TEST(p.conditions[1].places.faces.size() == 2u);
  BOOST_TEST(p.conditions[1].places.faces[1].input == 1u);
  BOOST_TEST(p.conditions[1].places.faces[1].is_upper);
  BOOST_TEST(p.conditions[1].weight == 2.);
  // All but those of t.
  BOOST_TEST(p.conditions[2].places.faces.size() == 4u);
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



// sin x sin y on a period: the integrals of the squares of the values, of the
// sum of first derivatives, of the Laplacian, which the points approximate.
BOOST_AUTO_TEST_CASE(sobolev_training_has_one_block_per_order)
{
  const std::string setting = R"(
    set exact solution = sin(x)*sin(y)
    subsection Domain
      set inputs = x, y
      set lower  = 0, 0
      set upper  = 2*pi, 2*pi
    end
    subsection Equations
      set unknowns      = u
      set interior      =
      set conditions    =
      set Sobolev order = 2
      set condition weights = 1
  )";
  const auto        p       = parse(setting + "end\n");
  auto              blocks  = p.make_blocks(3, {}, MPI_COMM_WORLD);
  BOOST_TEST(p.fitted_orders.size() == 3u);
  BOOST_TEST(blocks.size() == 3u);
  BOOST_TEST(blocks[0]->name() == "values");
  BOOST_TEST(blocks[2]->name() == "derivatives of order 2");

  Architecture architecture;
  architecture.lower         = {0., 0.};
  architecture.upper         = {1., 1.};
  architecture.hidden_widths = {3};
  const Network          network(architecture);
  const NetworkObjective objective(network, std::move(blocks));
  const auto             integrals = losses_of_zero(objective, MPI_COMM_WORLD);
  const double           pi2       = std::pow(std::acos(-1.), 2);
  const auto             weights   = epsilon_optimal_weights(integrals);
  for (const unsigned int k : {0, 1, 2})
    BOOST_TEST(std::abs(integrals[k] / (std::pow(2., k) * pi2) - 1.) < 0.03);
  BOOST_TEST(std::abs(weights[0] - 4. / 7.) < 0.03);

  const auto all = parse(setting + "set Sobolev derivatives = all\nend\n")
                     .make_blocks(3, {}, MPI_COMM_WORLD);
  BOOST_TEST(all[2]->n_equations() == 3u);
}



BOOST_AUTO_TEST_CASE(random_modes_are_a_solution)
{
  const auto p = parse("set exact solution = random modes: 3, 2, 1, 7; x + t");
  const auto u = p.make_solution();
  const double pi = std::acos(-1.);
  BOOST_TEST(std::abs(u({0.3, 0.2, 0.1}, 0)) > 0.);
  BOOST_TEST(std::abs(u({0.3, 0.2, 0.1}, 0) -
                      u({0.3 + 2. * pi, 0.2, 0.1 - 2. * pi}, 0)) < 1e-13);
}



BOOST_AUTO_TEST_CASE(active_turbulence_gives_conditions_and_solution)
{
  const auto p      = parse(R"(
    set exact solution =
    subsection Domain
      set lower = 1, 2, 0
      set upper = 2, 3, 0.05
    end
    subsection Equations
      set unknowns          = v, w
      set interior          = v_t + reference(u)*v_x - reference(p)
      set conditions        = boundary: v - reference(v), w - reference(w)
      set condition weights = 1
    end
    subsection Reference
      set equation = active turbulence
      subsection Active turbulence
        set grid points  = 68
        set time step    = 0.005
        set coefficients = 3.5, -1, b/(4*pi), -0.045, 0.045^3
      end
    end
  )");
  const auto blocks = p.make_blocks(1, {}, MPI_COMM_WORLD);
  BOOST_TEST(blocks.size() == 2u);
  BOOST_TEST(blocks[1]->n_equations() == 2u);

  // Components are found by the names of the unknowns; the solution is there
  // only once.
  const auto                solution  = p.make_solution();
  const auto               &reference = p.names.reference;
  const std::vector<double> x{1.3, 2.4, 0.02};
  BOOST_TEST(solution(x, 0) == reference.value(x, 1));
  BOOST_TEST(solution(x, 1) == reference.value(x, 2));
  const double h     = 1e-4;
  const double slope = (reference.value({1.3 + h, 2.4, 0.02}, 1) -
                        reference.value({1.3 - h, 2.4, 0.02}, 1) -
                        reference.value({1.3, 2.4 + h, 0.02}, 0) +
                        reference.value({1.3, 2.4 - h, 0.02}, 0)) /
                       (2. * h);
  BOOST_TEST(std::abs(slope - solution(x, 1)) < 1e-4);
}



BOOST_AUTO_TEST_CASE(the_domain_may_be_a_part_of_the_box)
{
  // A quarter of an annulus with the radii 1/2 and 1, in the unit square.
  const double pi     = std::acos(-1.);
  const auto   p      = parse(R"(
    subsection Domain
      set lower    = 0, 0, 0
      set upper    = 1, 1, 2
      set inside   = (1 - sqrt(x^2 + y^2))*(sqrt(x^2 + y^2) - 1/a)
      set surfaces = rims of it: 0.5*cos(pi/2*s1), 0.5*sin(pi/2*s1), 2*s2; \
                     outer: cos(pi/2*s1), sin(pi/2*s1), 2*s2; \
                     corner: 1, 0, 0.3
    end
    subsection Equations
      set conditions        = rims of it, outer: u; t = 0: u; y = 0, outer: v; \
                              corner: u
      set condition weights = 1
    end
    subsection Sampling
      set interior points  = 5000
      set condition points = 3000
    end
  )");
  const auto   blocks = p.make_blocks(1, {}, MPI_COMM_WORLD);

  const double              quarter = 3. / 16. * pi;
  const std::vector<double> measures{
    2. * quarter, 1.5 * pi, quarter, 1. + pi, 1.};
  for (unsigned int b = 0; b < blocks.size(); ++b)
    {
      const auto &points = blocks[b]->points();
      double      sum    = 0.;
      for (std::size_t i = 0; i < points.size(); ++i)
        {
          sum += points.weights[i];
          const double radius = std::hypot(points(0, i), points(1, i));
          const double margin = b == 1 || b == 3 || b == 4 ? 1e-12 : 0.;
          BOOST_TEST((radius > 0.5 - margin && radius < 1. + margin));
        }
      sum = dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD);
      BOOST_TEST(std::abs(sum / measures[b] - 1.) < 5e-3,
                 b << " " << sum << " " << measures[b]);
    }
  // By area, and not restricted to the domain.
  BOOST_TEST(dealii::Utilities::MPI::sum(
               static_cast<unsigned int>(blocks[1]->points().size()),
               MPI_COMM_WORLD) == 3000u);
  BOOST_TEST(dealii::Utilities::MPI::sum(
               static_cast<unsigned int>(blocks[4]->points().size()),
               MPI_COMM_WORLD) == 1u);

  // Errors are measured in the domain, too.
  const auto test_points = p.test_points(1, MPI_COMM_WORLD);
  for (std::size_t i = 0; i < test_points.size(); ++i)
    BOOST_TEST(
      std::abs(std::hypot(test_points(0, i), test_points(1, i)) - 0.75) < 0.25);
}



BOOST_AUTO_TEST_CASE(surface_points_do_not_depend_on_the_number_of_ranks)
{
  const auto p   = parse(R"(
    subsection Domain
      set surfaces = curve: s1^2, 1 + s1, 0.5*s2
    end
    subsection Equations
      set conditions        = curve: u
      set condition weights = 1
    end
  )");
  const auto all = p.condition_points(p.conditions[0], 1, {}, MPI_COMM_SELF);
  const auto own = p.condition_points(p.conditions[0], 1, {}, MPI_COMM_WORLD);
  for (unsigned int i = 0; i < 3; ++i)
    {
      double sum = 0., expected = 0.;
      for (std::size_t k = 0; k < own.size(); ++k)
        sum += own.weights[k] * std::cos(own(i, k));
      for (std::size_t k = 0; k < all.size(); ++k)
        expected += all.weights[k] * std::cos(all(i, k));
      sum = dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD);
      BOOST_TEST(std::abs(sum - expected) < 1e-13);
    }
  for (std::size_t k = 0; k < own.size(); ++k)
    {
      const double s = own(1, k) - 1.;
      BOOST_TEST(std::abs(own(0, k) - s * s) < 1e-14);
      // |(2 s, 1, 0) x (0, 0, 1/2)| / 60
      BOOST_TEST(std::abs(own.weights[k] -
                          0.5 * std::sqrt(1. + 4. * s * s) / 60.) < 1e-14);
    }
}



BOOST_AUTO_TEST_CASE(fluxes_are_unknowns_with_a_block_and_a_solution)
{
  auto p = parse(R"(
    subsection Equations
      set interior           = u_t - diff((1 + y)*u_x, x); v_yy
      set conditions         = t = 0: u, u_xx
      set condition weights  = 1
      set first-order system = true
    end)");
  p.reduce_order();

  BOOST_TEST(p.names.unknowns ==
               (std::vector<std::string>{"u", "v", "flux1", "vy", "ux"}),
             boost::test_tools::per_element());
  BOOST_TEST(p.given_unknowns() == (std::vector<unsigned int>{0, 1}),
             boost::test_tools::per_element());
  BOOST_TEST(p.known_fluxes() == (std::vector<unsigned int>{2, 3, 4}),
             boost::test_tools::per_element());
  BOOST_TEST(p.conditions[0].text == "u, ux_x");

  const auto blocks = p.make_blocks(3, {}, MPI_COMM_WORLD);
  BOOST_TEST(blocks.size() == 3u);
  BOOST_TEST(blocks[1]->name() == "flux");
  BOOST_TEST(blocks[1]->n_equations() == 3u);
  for (const auto &block : blocks)
    {
      BOOST_TEST(block->n_outputs() == 5u);
      BOOST_TEST(block->jet_specification().order() == 1u);
    }

  // u = sin(b x) t with b = 2 pi, v = y.
  const auto                solution = p.make_solution();
  const std::vector<double> x{0.3, 0.7, 0.2};
  const double              b     = 2. * dealii::numbers::PI;
  const double              slope = b * std::cos(b * 0.3) * 0.2;
  BOOST_TEST(std::abs(solution(x, 2) - 1.7 * slope) < 1e-13);
  BOOST_TEST(solution(x, 3) == 1.);
  BOOST_TEST(std::abs(solution(x, 4) - slope) < 1e-13);
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
  says("Equations",
       "first-order system = true\n set Sobolev order = 1",
       "Equations/first-order system: the value true and Sobolev training "
       "exclude each other.");
  says("Equations",
       "first-order system = true\n set interior = u_t; v_x",
       "Equations/first-order system: the value true has no effect");
  says("Equations",
       "first-order system = true\n set interior = u_xxxxx",
       "Equations/interior: the formula 'u_xxxxx' is not valid");
  says("Equations",
       "first-order system = true\n set unknowns = u, ux\n set interior = u_xx",
       "the name 'ux' is there twice");
  says("Reference", "equation = Burgers", "exclude each other");
  says("Domain",
       "inside = x - 2",
       "Domain/inside: the formula is not positive at any of the interior "
       "points.");
  says("Domain", "inside = z", "Domain/inside: ");
  says("Domain", "surfaces = x", "'x' is not of the form 'name: formulas'");
  says("Domain",
       "surfaces = a: s1, s2",
       "Domain/surfaces: 's1, s2' are 2 formulas; there must be one for each "
       "of the 3 inputs.");
  says("Domain",
       "surfaces = a: s1, s2, s4",
       "'s4' is not known; the parameters of a surface are s1 to s3");
  says("Domain", "surfaces = a: 1, 0*s1, 2", "is 0; it must be a positive");
  says("Domain", "surfaces = a: s1,0,0; a: s1,0,1", "'a' is there twice");
  says("Domain", "surfaces = x = 0: s1, 0, 0", "cannot be the name");
  says("",
       "exact solution = random modes: 3, 2, 1; x",
       "exact solution: 'random modes: 3, 2, 1' has 3 numbers; there must be "
       "four");
  says("",
       "exact solution = random modes: 3, 0, 1, 1; x",
       "has the number 0, which must be a whole number above zero");
  says("", "exact solution = random modes: 1.5, 2, 1, 1; x", "number 1.5");
}

BOOST_AUTO_TEST_SUITE_END()
