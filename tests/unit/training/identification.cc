// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// An unknown coefficient and an unknown field, trained by every optimizer and by
// any number of processes.

#include <sobolev/objective/data_residual.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/training/adagrad.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/dense_quasi_newton.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/rmsprop.h>
#include <sobolev/training/soap.h>
#include <sobolev/training/trust_region_newton_cg.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "network/reference_network.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Kind = CoefficientMap::Kind;

  // u' + c u = 0 with u = exp(-2 x) on (0,1): c = 2.
  Architecture
  make_architecture_with(const Architecture::Coefficient &coefficient)
  {
    Architecture architecture;
    architecture.lower         = {0.};
    architecture.upper         = {1.};
    architecture.hidden_widths = {6};
    architecture.coefficients  = {coefficient};
    return architecture;
  }



  // The part of a process of the equation at n points and of n/2 data.
  std::unique_ptr<NetworkObjective>
  make_objective(const Network     &network,
                 const std::string &equation,
                 const double       rate,
                 const MPI_Comm     communicator)
  {
    constexpr unsigned int n = 30;

    FormulaNames names;
    names.inputs       = {"x"};
    names.coefficients = {"c"};
    Observations equations{InputPoints(1, n), {}, {}},
      data{InputPoints(1, n / 2), {0}, {{}}};
    for (unsigned int p = 0; p < n; ++p)
      {
        equations.points(0, p)      = (p + 0.5) / n;
        equations.points.weights[p] = 1. / n;
      }
    for (unsigned int p = 0; p < n / 2; ++p)
      {
        const double x         = (p + 0.5) / (n / 2);
        data.points(0, p)      = x;
        data.points.weights[p] = 2. / n;
        data.values[0].push_back(std::exp(-rate * x));
      }

    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(
      std::make_unique<FormulaResidual>("interior",
                                        "test",
                                        std::vector<std::string>{equation},
                                        names,
                                        equations.part(communicator).points,
                                        1.));
    blocks.push_back(std::make_unique<DataResidual>(
      "data", data.part(communicator), network.n_outputs(), 10.));
    return std::make_unique<NetworkObjective>(network, std::move(blocks));
  }



  double
  coefficient(const Network &network, const Vector &theta, const double x)
  {
    NetworkWeights weights(network);
    weights.assign(view(theta));
    JetTile tile(network, JetSpecification::value(), 1);
    tile.reinit(1);
    tile.set_input(0, 0, x);
    network.evaluate(weights, tile);
    return tile.output(1, 0)[0];
  }



  std::vector<std::unique_ptr<Optimizer>>
  all_optimizers()
  {
    AdamOptions adam;
    adam.learning_rate    = 0.03;
    adam.decay.iterations = {1500};
    RMSPropOptions rmsprop;
    rmsprop.learning_rate = 0.01;
    rmsprop.decay         = adam.decay;
    AdaGradOptions adagrad;
    adagrad.learning_rate = 0.3;
    SOAPOptions soap;
    soap.learning_rate = 0.02;
    std::vector<std::unique_ptr<Optimizer>> optimizers;
    optimizers.push_back(std::make_unique<Adam>(adam));
    optimizers.push_back(std::make_unique<RMSProp>(rmsprop));
    optimizers.push_back(std::make_unique<AdaGrad>(adagrad));
    optimizers.push_back(std::make_unique<SOAP>(soap));
    optimizers.push_back(std::make_unique<LBFGS>());
    optimizers.push_back(std::make_unique<TrustRegionNewtonCG>());
    optimizers.push_back(std::make_unique<DenseQuasiNewton>());
    optimizers.push_back(std::make_unique<LevenbergMarquardt>());
    return optimizers;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(identification)

BOOST_AUTO_TEST_CASE(every_optimizer_finds_a_number)
{
  for (const auto &map : {CoefficientMap{Kind::identity, 0., 1.},
                          CoefficientMap{Kind::exponential, 0., 1.},
                          CoefficientMap{Kind::sigmoid, 0., 5.}})
    {
      const Network network(make_architecture_with({map, 1., nullptr}));
      const auto    objective =
        make_objective(network, "u_x + c*u", 2., MPI_COMM_WORLD);
      const auto start = network.initial_parameters(2);
      BOOST_TEST(std::abs(coefficient(network, start, 0.3) - 1.) < 1e-14);
      for (const auto &optimizer : all_optimizers())
        BOOST_TEST_CONTEXT(optimizer->name())
        {
          const auto outcome =
            run(*optimizer, *objective, start, iterations(2000, 1e-6));
          const double c = coefficient(network, outcome.theta, 0.3);
          BOOST_TEST(std::abs(c - 2.) < 0.05, c);
        }
    }
}



// u' + c(x) u = 0 with c = 2.
BOOST_AUTO_TEST_CASE(a_field_is_found)
{
  Architecture field;
  field.lower         = {0.};
  field.upper         = {1.};
  field.hidden_widths = {4};
  const Network network(
    make_architecture_with({{Kind::softplus, 0., 1.},
                            0.,
                            std::make_shared<const Architecture>(field)}));
  const auto objective =
    make_objective(network, "u_x + c*u", 2., MPI_COMM_WORLD);
  const auto outcome = run(LevenbergMarquardt(),
                           *objective,
                           network.initial_parameters(2),
                           iterations(200));
  for (const double x : {0.1, 0.5, 0.9})
    BOOST_TEST(std::abs(coefficient(network, outcome.theta, x) - 2.) < 0.02);
}



// One process has all, or each has its part: ranks may own nothing.
BOOST_AUTO_TEST_CASE(the_number_of_ranks_changes_nothing)
{
  const Network network(
    make_architecture_with({{Kind::sigmoid, 0., 5.}, 1., nullptr}));
  const auto start = network.initial_parameters(2);
  const auto alone = make_objective(network, "u_x + c*u", 2., MPI_COMM_SELF);
  const auto together =
    make_objective(network, "u_x + c*u", 2., MPI_COMM_WORLD);
  Vector       one, all;
  const double loss = LeastSquaresProblem(alone.get(), nullptr, MPI_COMM_SELF)
                        .gradient(start, one);
  const double sum =
    LeastSquaresProblem(together.get(), nullptr, MPI_COMM_WORLD)
      .gradient(start, all);
  BOOST_TEST(std::abs(sum / loss - 1.) < 1e-13);
  BOOST_TEST(relative_error(all, one) < 1e-12);
}

BOOST_AUTO_TEST_SUITE_END()
