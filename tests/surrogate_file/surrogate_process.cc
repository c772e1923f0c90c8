// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// "surrogate_process train NAME" trains a network a little and writes
// NAME.h5 and NAME.txt, the latter with points and what the function gives
// there, to the last bit. "surrogate_process load NAME", another process,
// fails unless the loaded function gives the same bits.

#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>
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
  std::unique_ptr<NetworkObjective<dim>>
  make_objective(const Network &network)
  {
    DiffusionAdvectionReactionOptions<dim> options;
    options.source =
      std::make_shared<dealii::Functions::ConstantFunction<dim>>(1.);
    const auto law = std::make_shared<DiffusionAdvectionReaction<dim>>(options);

    CollocationPoints<dim> points;
    points.points = grid();
    points.weights.assign(points.points.size(), 0.01);
    std::vector<std::unique_ptr<ResidualBlock<dim>>> blocks;
    blocks.push_back(std::make_unique<InteriorResidual<dim>>(law, points, 1.));
    return std::make_unique<NetworkObjective<dim>>(network, std::move(blocks));
  }



  void
  train(const std::string &name)
  {
    Architecture architecture;
    architecture.lower         = {0., -0.5};
    architecture.upper         = {1., 1.25};
    architecture.hidden_widths = {7, 5};
    architecture.output_scale  = {0.3};
    architecture.output_shift  = {-0.1};
    const Network network(architecture);
    auto          theta = network.initial_parameters(1);

    const auto                objective = make_objective(network);
    const LeastSquaresProblem problem(objective.get(), nullptr, MPI_COMM_SELF);
    MonitorOptions            options;
    options.max_iterations = 5;
    TrainingMonitor monitor(problem, options, &std::cout);
    LevenbergMarquardt().minimize(problem, theta, monitor);

    const NetworkFunction<dim> function(
      network, theta, false, {{"program", "surrogate_process"}});
    function.save(name + ".h5");

    std::ofstream values(name + ".txt");
    values << std::setprecision(17);
    for (const auto &point : grid())
      values << point[0] << ' ' << point[1] << ' ' << function.value(point)
             << '\n';
  }



  // Whether all values are the same.
  bool
  load(const std::string &name)
  {
    const auto    function = NetworkFunction<dim>::load(name + ".h5");
    std::ifstream values(name + ".txt");
    unsigned int  n_values = 0, n_different = 0;
    for (double x, y, u; values >> x >> y >> u; ++n_values)
      if (function->value(dealii::Point<dim>(x, y)) != u)
        ++n_different;
    std::cout << n_different << " of " << n_values << " values differ."
              << std::endl;
    return n_values == 100 && n_different == 0;
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
      if (std::string(argv[1]) == "load")
        return load(argv[2]) ? 0 : 1;
      train(argv[2]);
      return 0;
    }
  catch (const std::exception &error)
    {
      std::cerr << error.what() << std::endl;
      return 1;
    }
}
