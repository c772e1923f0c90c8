// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_performance_poisson_h
#define sobolev_tests_performance_poisson_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>

#include <deal.II/base/function.h>

#include <memory>
#include <vector>

namespace sobolev::performance
{
  /**
   * Points in the unit square, with equal weights: @p n of @p n_all, from number
   * @p first on.
   */
  inline CollocationPoints<2>
  make_points(const unsigned int n,
              const unsigned int first,
              const unsigned int n_all)
  {
    CollocationPoints<2> points;
    for (unsigned int i = first; i < first + n; ++i)
      points.points.emplace_back(CounterBasedRandom::uniform(1, 0, i),
                                 CounterBasedRandom::uniform(1, 1, i));
    points.weights.assign(n, 1. / n_all);
    points.normals.resize(n);
    points.material_ids.assign(n, 0);
    return points;
  }



  inline CollocationPoints<2>
  make_points(const unsigned int n)
  {
    return make_points(n, 0, n);
  }



  /** A network on the unit square. */
  inline Network
  make_network(const unsigned int n_layers, const unsigned int width)
  {
    Architecture architecture;
    architecture.lower         = {0., 0.};
    architecture.upper         = {1., 1.};
    architecture.hidden_widths = std::vector<unsigned int>(n_layers, width);
    return Network(architecture);
  }



  /** The interior residual of the Poisson equation, the usual objective. */
  inline std::unique_ptr<NetworkObjective>
  make_poisson(const Network              &network,
               const CollocationPoints<2> &points,
               const Precision             precision)
  {
    DiffusionAdvectionReactionOptions<2> options;
    options.source =
      std::make_shared<dealii::Functions::ConstantFunction<2>>(1.);
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::make_unique<InteriorResidual<2>>(
      std::make_shared<DiffusionAdvectionReaction<2>>(options), points, 1.));
    return std::make_unique<NetworkObjective>(
      network, std::move(blocks), precision);
  }



  inline std::unique_ptr<NetworkObjective>
  make_poisson(const Network     &network,
               const unsigned int n_points,
               const Precision    precision)
  {
    return make_poisson(network, make_points(n_points), precision);
  }



  /**
   * Flops of the matrix products for @p n_channels channels at one point, by
   * hand: 2 n_in n_out channels per layer and product; one product forwards,
   * for the gradient one for the weights, and, but for the first layer, one for
   * the adjoints below. Activations and the chain rule are not counted.
   */
  inline double
  count_flops(const Network     &network,
              const unsigned int n_channels,
              const bool         with_gradient)
  {
    double flops = 0.;
    for (const auto &layer : network.layout().layers())
      {
        const bool   is_first   = layer.weights == 0;
        const double n_products = !with_gradient ? 1. : (is_first ? 2. : 3.);
        flops += 2. * n_products * n_channels * layer.n_in * layer.n_out;
      }
    return flops;
  }
} // namespace sobolev::performance

#endif
