// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/network_parameters.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/numbers.h>
#include <deal.II/base/parameter_handler.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>

using namespace sobolev;

namespace
{
  // The network of a section with the given lines, on (0,1) x (0,2).
  Architecture
  make(const std::string  &lines,
       const unsigned int  n_components = 1,
       const std::uint64_t seed         = 1)
  {
    dealii::ParameterHandler prm;
    NetworkParameters        parameters;
    parameters.declare_parameters(prm);
    prm.parse_input_from_string("subsection Network\n" + lines + "\nend\n");
    parameters.parse_parameters(prm);
    return parameters.make_architecture(
      {{0., 0.}, {1., 2.}}, {"x", "y"}, n_components, {{"a", 2.}}, seed);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(network_parameters)

BOOST_AUTO_TEST_CASE(a_plain_network_by_default)
{
  const Architecture a = make("");
  BOOST_TEST((a.lower == std::vector<double>{0., 0.}));
  BOOST_TEST((a.upper == std::vector<double>{1., 2.}));
  BOOST_TEST((a.hidden_widths == std::vector<unsigned int>{20, 20, 20}));
  BOOST_TEST(a.activation == "tanh");
  BOOST_TEST((a.slopes.kind == Architecture::Slopes::Kind::fixed));
  BOOST_TEST(a.n_first_inputs() == 2u);
  BOOST_TEST(a.offsets.empty());
  BOOST_TEST(a.factors.empty());
  BOOST_CHECK_NO_THROW(a.check());
}



BOOST_AUTO_TEST_CASE(every_entry_arrives)
{
  const Architecture a = make("set hidden layers = 5, 5\n"
                              "set activation = sin\n"
                              "set slopes = neuron\n"
                              "set slope scale = 2\n"
                              "set first slope = 30\n"
                              "set slope = 3\n"
                              "set initialization = siren\n"
                              "set skip connections = true\n"
                              "set factorized weights = true\n"
                              "set features = a*x; sin(y)\n"
                              "set corner features = 0, 0, 90, 270\n"
                              "set output scale = 3, 4\n"
                              "set output shift = 5\n",
                              2);
  BOOST_TEST((a.hidden_widths == std::vector<unsigned int>{5, 5}));
  BOOST_TEST(a.activation == "sin");
  BOOST_TEST((a.slopes.kind == Architecture::Slopes::Kind::neuron));
  BOOST_TEST(a.slopes.scale == 2.);
  BOOST_TEST(a.slopes.first == 30.);
  BOOST_TEST(a.slopes.other == 3.);
  BOOST_TEST((a.initialization == Architecture::Initialization::siren));
  BOOST_TEST(a.skip_connections);
  BOOST_TEST(a.factorized_weights);
  BOOST_REQUIRE(a.features.size() == 4u);
  BOOST_TEST(a.features[0]->name() == "corner sine");
  BOOST_TEST(a.features[2]->text() == "x, y: (2*x)");
  BOOST_TEST((a.output_scale == std::vector<double>{3., 4.}));
  BOOST_TEST((a.output_shift == std::vector<double>{5., 5.}));
  BOOST_CHECK_NO_THROW(a.check());
}



BOOST_AUTO_TEST_CASE(waves_are_chosen_random_or_periodic)
{
  const Architecture a = make("set fourier features = 1, 2; 3, -4\n"
                              "set periods = 0, 2\n"
                              "set harmonics = 2\n");
  BOOST_TEST((a.omitted_inputs == std::vector<unsigned int>{1}));
  BOOST_REQUIRE(a.waves.size() == 4u);
  BOOST_TEST((a.waves[1] == std::vector<double>{3., -4.}));
  BOOST_TEST(a.waves[3][0] == 0.);
  BOOST_TEST(std::abs(a.waves[3][1] - 2. * dealii::numbers::PI) < 1e-14);

  const std::string  lines  = "set random fourier features = 1000\n"
                              "set random fourier deviation = 3\n";
  const Architecture random = make(lines);
  double             sum = 0., squares = 0.;
  for (const auto &wave : random.waves)
    for (const double component : wave)
      {
        sum += component;
        squares += component * component;
      }
  BOOST_TEST(random.waves.size() == 1000u);
  BOOST_TEST(std::abs(sum / 2000.) < 0.2);
  BOOST_TEST(std::abs(std::sqrt(squares / 2000.) - 3.) < 0.15);
  BOOST_TEST((make(lines).waves == random.waves));
  BOOST_TEST((make(lines, 1, 2).waves != random.waves));
}



BOOST_AUTO_TEST_CASE(entries_that_do_not_fit_are_input_errors)
{
  const auto check = [](const std::string &line, const std::string &part) {
    BOOST_CHECK_EXCEPTION(
      make("set " + line), InputError, [&](const InputError &error) {
        const std::string what = error.what();
        BOOST_TEST(what.find(part) != what.npos, what);
        return what.back() == '.';
      });
  };
  check("features = x; q", "Network/features: the formula 'q'");
  check("output shift = 1, 2, 3", "Network/output shift: there are 3 numbers");
  check("fourier features = 1", "Network/fourier features: '1' must be 2");
  check("periods = 1, -1", "the period -1 is negative");
  check("distance = x", "Network/distance: 'x' has no effect");
  check("hard boundary = formula", "Network/distance: the entry is empty");
  check("corner features = 1, 2, 3", "four numbers");
}

BOOST_AUTO_TEST_SUITE_END()
