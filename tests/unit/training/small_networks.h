// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_training_small_networks_h
#define sobolev_tests_training_small_networks_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/network/network.h>
#include <sobolev/objective/boundary_residual.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/problem/expression.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>

#include <deal.II/base/mpi.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * $-\Delta u + c u^3 = f$ in the unit square, with $u = \sin(2x) e^{-y}$ on
   * the boundary and everywhere. The points are dealt to the ranks in turns.
   */
  class SmallProblem
  {
  public:
    explicit SmallProblem(const bool is_linear)
    {
      const auto function = [](const std::string &expression) {
        return std::make_shared<Expression<2>>("test", expression);
      };
      const std::string                    u = "sin(2*x)*exp(-y)";
      DiffusionAdvectionReactionOptions<2> options;
      options.source =
        function("3*" + u + (is_linear ? "" : " + 5*(" + u + ")^3"));
      if (!is_linear)
        options.cubic_reaction = function("5");
      law  = std::make_shared<DiffusionAdvectionReaction<2>>(options);
      data = function(u);
    }

    static double
    exact(const dealii::Point<2> &x)
    {
      return std::sin(2. * x[0]) * std::exp(-x[1]);
    }

    static Network
    make_network(const std::vector<unsigned int> &widths,
                 const std::string               &activation)
    {
      Architecture architecture;
      architecture.lower         = {0., 0.};
      architecture.upper         = {1., 1.};
      architecture.hidden_widths = widths;
      architecture.activation    = activation;
      return Network(architecture);
    }

    /** With so many points, all of them on the first @p n_owners ranks. */
    std::unique_ptr<NetworkObjective>
    make_objective(const Network     &network,
                   const unsigned int n_interior,
                   const unsigned int n_boundary,
                   const unsigned int n_owners = 1000) const
    {
      const unsigned int n_ranks = std::min(
        n_owners, dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD));
      const unsigned int rank =
        dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
      const auto random = [](const unsigned int stream, const unsigned int i) {
        return CounterBasedRandom::uniform(8, stream, i);
      };

      CollocationPoints<2> interior, boundary;
      for (unsigned int i = rank; rank < n_ranks && i < n_interior;
           i += n_ranks)
        {
          interior.points.emplace_back(random(0, i), random(1, i));
          interior.weights.push_back(1. / n_interior);
        }
      boundary.boundary_id = 0;
      for (unsigned int i = rank; rank < n_ranks && i < n_boundary;
           i += n_ranks)
        {
          const double along = random(2, i), side = i / 2 % 2;
          boundary.points.push_back(i % 2 == 0 ? dealii::Point<2>(along, side)
                                               : dealii::Point<2>(side, along));
          boundary.weights.push_back(4. / n_boundary);
        }
      std::vector<std::unique_ptr<ResidualBlock>> blocks;
      blocks.push_back(
        std::make_unique<InteriorResidual<2>>(law, interior, 1.));
      blocks.push_back(std::make_unique<BoundaryResidual<2>>(
        law,
        BoundaryCondition<2>{
          BoundaryCondition<2>::Kind::dirichlet, 0, data, nullptr},
        boundary,
        100.));
      return std::make_unique<NetworkObjective>(network, std::move(blocks));
    }

    /** The relative L2 error at 20 x 20 points. */
    static double
    error(const Network &network, const std::vector<double> &theta)
    {
      constexpr unsigned int n = 20;
      NetworkWeights         weights(network);
      weights.assign(
        dealii::ArrayView<const double>(theta.data(), theta.size()));
      JetTile tile(network, JetSpecification::value(), n);
      double  square = 0., scale = 0.;
      for (unsigned int i = 0; i < n; ++i)
        {
          tile.reinit(n);
          for (unsigned int j = 0; j < n; ++j)
            {
              tile.set_input(0, j, (i + 0.5) / n);
              tile.set_input(1, j, (j + 0.5) / n);
            }
          network.evaluate(weights, tile);
          for (unsigned int j = 0; j < n; ++j)
            {
              const double u =
                exact(dealii::Point<2>((i + 0.5) / n, (j + 0.5) / n));
              square += std::pow(tile.output(0, 0)[j] - u, 2);
              scale += u * u;
            }
        }
      return std::sqrt(square / scale);
    }

  private:
    std::shared_ptr<const Law<2>>              law;
    std::shared_ptr<const dealii::Function<2>> data;
  };
} // namespace sobolev

#endif
