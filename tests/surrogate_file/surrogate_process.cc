// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// "surrogate_process train NAME" trains three networks a little, a plain one,
// one with everything, and one that adds to the latter, and writes
// NAME_plain.h5, NAME_rich.h5, NAME_stages.h5 and the same names with .txt, the
// latter with points and what the function gives there, to the last bit. "surrogate_process load NAME", another process, fails unless
// the loaded functions give the same bits.

#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>
#include <sobolev/network/corner_function.h>
#include <sobolev/network/formula_function.h>
#include <sobolev/network/frozen_output.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/training/levenberg_marquardt.h>

#include <deal.II/base/function.h>
#include <deal.II/base/mpi.h>

#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace
{
  using namespace sobolev;

  constexpr int dim = 2;

  // A grid of points that fill the unit square.
  std::vector<dealii::Point<dim>>
  grid()
  {
    std::vector<dealii::Point<dim>> points;
    for (unsigned int i = 0; i < 10; ++i)
      for (unsigned int j = 0; j < 10; ++j)
        points.emplace_back((i + 0.5) / 10., (j + 0.5) / 10.);
    return points;
  }



  // The strong residual of -Laplace u = 1.
  std::unique_ptr<NetworkObjective>
  make_objective(const Network &network)
  {
    DiffusionAdvectionReactionOptions<dim> options;
    options.source =
      std::make_shared<dealii::Functions::ConstantFunction<dim>>(1.);
    const auto law = std::make_shared<DiffusionAdvectionReaction<dim>>(options);

    CollocationPoints<dim> points;
    points.points = grid();
    points.weights.assign(points.points.size(), 0.01);
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::make_unique<InteriorResidual<dim>>(law, points, 1.));
    return std::make_unique<NetworkObjective>(network, std::move(blocks));
  }



  Architecture
  plain_architecture()
  {
    Architecture architecture;
    architecture.lower         = {0., -0.5};
    architecture.upper         = {1., 1.25};
    architecture.hidden_widths = {7, 5};
    architecture.output_scale  = {0.3};
    architecture.output_shift  = {-0.1};
    return architecture;
  }



  // With everything that the Python of doc/surrogate_file.md can read.
  Architecture
  rich_architecture()
  {
    const auto formula = [](const std::string &text) {
      return std::make_shared<FormulaFunction>(
        text, std::vector<std::string>{"x", "y"});
    };

    Architecture architecture       = plain_architecture();
    architecture.activation         = "sin";
    architecture.hidden_widths      = {6, 6, 5};
    architecture.omitted_inputs     = {1};
    architecture.waves              = {{1., 2.}, {0., 3.}};
    architecture.slopes.kind        = Architecture::Slopes::Kind::neuron;
    architecture.slopes.scale       = 2.;
    architecture.slopes.first       = 1.5;
    architecture.skip_connections   = true;
    architecture.factorized_weights = true;
    architecture.features           = {
      std::make_shared<CornerFunction>(
        CornerFunction::Part::sine, -0.1, -0.1, -1., 4.),
      std::make_shared<CornerFunction>(
        CornerFunction::Part::cosine, -0.1, -0.1, -1., 4.),
      formula("if(x < 0.4 && y > 0.2, atan2(y, x^2), max(x, y, -1)) + log(2)")};
    architecture.offsets = {formula("1 + x*(1 - y)^2 - abs(x - y)")};
    architecture.factors = {formula("x*(1 - x)*sin(pi*y)")};
    return architecture;
  }



  // Numbers and a field behind the output of the layers.
  Architecture
  architecture_with_coefficients()
  {
    Architecture field   = plain_architecture();
    field.omitted_inputs = {1};
    field.hidden_widths  = {4};
    const auto network   = std::make_shared<const Architecture>(field);
    using Kind           = CoefficientMap::Kind;

    Architecture architecture = plain_architecture();
    architecture.coefficients = {{{Kind::identity, 0.2, 3.}, 0.7, nullptr},
                                 {{Kind::sigmoid, -1., 4.}, 0., network},
                                 {{Kind::exponential, 1., 2.}, 2., nullptr},
                                 {{Kind::softplus, 0.5, 2.}, 0., network}};
    return architecture;
  }



  // What adds to the given network.
  Architecture
  second_stage(const std::shared_ptr<const FrozenNetwork> &first)
  {
    Architecture architecture = plain_architecture();
    architecture.output_scale = {1e-3};
    architecture.offsets      = {std::make_shared<FrozenOutput>(first, 0)};
    return architecture;
  }



  // The network and the values of all its outputs.
  void
  save(const Network             &network,
       const std::vector<double> &theta,
       const std::string         &name)
  {
    const NetworkFunction<dim> function(
      network, theta, false, {{"program", "surrogate_process"}});
    function.save(name + ".h5");

    std::ofstream values(name + ".txt");
    values << std::setprecision(17);
    for (const auto &point : grid())
      {
        values << point[0] << ' ' << point[1];
        for (unsigned int c = 0; c < function.n_components; ++c)
          values << ' ' << function.value(point, c);
        values << '\n';
      }
  }



  std::shared_ptr<const FrozenNetwork>
  train(const Architecture &architecture, const std::string &name)
  {
    const Network network(architecture);
    auto          theta = network.initial_parameters(1);

    const auto                objective = make_objective(network);
    const LeastSquaresProblem problem(objective.get(), nullptr, MPI_COMM_SELF);
    MonitorOptions            options;
    options.max_iterations = 5;
    TrainingMonitor monitor(problem, options, &std::cout);
    LevenbergMarquardt().minimize(problem, theta, monitor);

    save(network, theta, name);
    return std::make_shared<FrozenNetwork>(network, theta);
  }



  // Whether all values are the same.
  bool
  load(const std::string &name)
  {
    const auto         function = NetworkFunction<dim>::load(name + ".h5");
    std::ifstream      values(name + ".txt");
    unsigned int       n_values = 0, n_different = 0;
    const unsigned int n_components = function->n_components;
    for (double x, y; values >> x >> y;)
      for (unsigned int c = 0; c < n_components; ++c, ++n_values)
        {
          double u = 0.;
          values >> u;
          if (function->value(dealii::Point<dim>(x, y), c) != u)
            ++n_different;
        }
    std::cout << n_different << " of " << n_values << " values differ."
              << std::endl;
    return n_values == 100 * n_components && n_different == 0;
  }
} // namespace



int
main(int argc, char *argv[])
{
  const dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  if (argc != 3)
    return 2;
  try
    {
      const std::string plain        = std::string(argv[2]) + "_plain";
      const std::string rich         = std::string(argv[2]) + "_rich";
      const std::string stages       = std::string(argv[2]) + "_stages";
      const std::string coefficients = std::string(argv[2]) + "_coefficients";
      if (std::string(argv[1]) == "load")
        return load(plain) && load(rich) && load(stages) && load(coefficients)
                 ? 0
                 : 1;
      train(plain_architecture(), plain);
      train(second_stage(train(rich_architecture(), rich)), stages);
      const Network network(architecture_with_coefficients());
      save(network, network.initial_parameters(1), coefficients);
      return 0;
    }
  catch (const std::exception &error)
    {
      std::cerr << error.what() << std::endl;
      return 1;
    }
}
