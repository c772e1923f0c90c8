// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// In the steady state of training nothing is allocated: losses, rows, gradients
// and Jacobians of an objective with interior, boundary and formula residuals,
// and energies with their gradients, in double and single precision, are
// computed in memory from the first call. Allocations are counted by replacing
// malloc and its relatives in this program.

#include <sobolev/objective/boundary_energy.h>
#include <sobolev/objective/boundary_residual.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/objective/interior_energy.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/objective/ritz_energy.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>

#include <deal.II/base/function.h>
#include <deal.II/base/multithread_info.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <vector>

#include "performance/poisson.h"

namespace
{
  std::atomic<bool> is_counting{false};
  std::atomic<long> n_allocations{0};

  void
  count()
  {
    if (is_counting)
      ++n_allocations;
  }
} // namespace

extern "C"
{
  void *__libc_malloc(std::size_t);
  void *__libc_calloc(std::size_t, std::size_t);
  void *__libc_realloc(void *, std::size_t);
  void *__libc_memalign(std::size_t, std::size_t);

  void *
  malloc(std::size_t size)
  {
    count();
    return __libc_malloc(size);
  }

  void *
  calloc(std::size_t n, std::size_t size)
  {
    count();
    return __libc_calloc(n, size);
  }

  void *
  realloc(void *old, std::size_t size)
  {
    count();
    return __libc_realloc(old, size);
  }

  void *
  aligned_alloc(std::size_t alignment, std::size_t size)
  {
    count();
    return __libc_memalign(alignment, size);
  }

  int
  posix_memalign(void **result, std::size_t alignment, std::size_t size)
  {
    count();
    *result = __libc_memalign(alignment, size);
    return *result == nullptr ? ENOMEM : 0;
  }
}

using namespace sobolev;
using performance::make_points;

namespace
{
  using Kind = BoundaryCondition<2>::Kind;

  std::shared_ptr<const dealii::Function<2>>
  one()
  {
    return std::make_shared<dealii::Functions::ConstantFunction<2>>(1.);
  }



  std::shared_ptr<const Law<2>>
  make_law()
  {
    DiffusionAdvectionReactionOptions<2> options;
    options.source = one();
    return std::make_shared<DiffusionAdvectionReaction<2>>(options);
  }



  std::vector<std::unique_ptr<ResidualBlock>>
  make_blocks()
  {
    const auto                                  law = make_law();
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(
      std::make_unique<InteriorResidual<2>>(law, make_points(1000), 1.));
    for (const auto &condition :
         {BoundaryCondition<2>{Kind::dirichlet, 0, one(), nullptr},
          BoundaryCondition<2>{Kind::neumann, 0, one(), nullptr}})
      blocks.push_back(std::make_unique<BoundaryResidual<2>>(
        law, condition, make_points(100), 1.));

    // With operations of all kinds.
    FormulaNames names;
    names.inputs = {"x", "y"};
    blocks.push_back(std::make_unique<FormulaResidual>(
      "formula",
      "formula",
      std::vector<std::string>{
        "u_xx + u*u_y - erfc(u)*min(u, u_x, u_y) + sin(x)*u^2.5 - u_xyy"},
      names,
      InputPoints(make_points(500)),
      1.));
    return blocks;
  }



  std::vector<std::unique_ptr<EnergyBlock>>
  make_energies()
  {
    std::vector<std::unique_ptr<EnergyBlock>> blocks;
    blocks.push_back(
      std::make_unique<InteriorEnergy<2>>(make_law(), make_points(1000)));
    blocks.push_back(std::make_unique<BoundaryEnergy<2>>(
      BoundaryCondition<2>{Kind::robin, 0, one(), one()}, make_points(100)));
    return blocks;
  }



  // Everything that an optimizer calls, except what returns a new vector.
  long
  count_allocations(const Network &network, const Precision precision)
  {
    const NetworkObjective objective(network, make_blocks(), precision);
    const RitzEnergy       energy(network, make_energies(), precision);
    const auto             theta = network.initial_parameters(1);
    std::vector<double>    gradient(theta.size()), rows(objective.n_rows());
    double                 sum = 0.;
    const auto             run = [&]() {
      sum += objective.add_gradient(dealii::make_array_view(theta),
                                    dealii::make_array_view(gradient));
      sum += energy.add_gradient(dealii::make_array_view(theta),
                                 dealii::make_array_view(gradient));
      objective.compute_rows(dealii::make_array_view(theta),
                             dealii::make_array_view(rows));
      objective.add_transpose_product(dealii::make_array_view(theta),
                                      dealii::make_array_view(rows),
                                      dealii::make_array_view(gradient));
      objective.compute_jacobian(
        dealii::make_array_view(theta),
        [&](const LocalObjective::JacobianPanel &panel) {
          sum += panel.jacobian[0];
        });
    };

    run();
    n_allocations = 0;
    is_counting   = true;
    run();
    run();
    is_counting = false;
    return n_allocations;
  }
} // namespace



int
main()
{
  dealii::MultithreadInfo::set_thread_limit(1);

  // The counter counts.
  is_counting = true;
  {
    const std::vector<double> something(100, 1.);
    std::cout << "A vector: " << n_allocations << " allocation, sum "
              << something[0] + something[99] << std::endl;
  }
  is_counting = false;
  if (n_allocations < 1)
    {
      std::cout << "Allocations are not counted on this system." << std::endl;
      return 1;
    }

  Architecture architecture;
  architecture.lower         = {0., 0.};
  architecture.upper         = {1., 1.};
  architecture.hidden_widths = {20, 20, 20};
  architecture.waves         = {{3., 1.}};
  architecture.slopes.kind   = Architecture::Slopes::Kind::neuron;
  const Network network(architecture);

  long total = 0;
  for (const auto precision :
       {Precision::double_precision, Precision::single_precision})
    total += count_allocations(network, precision);
  if (total == 0)
    std::cout << "Nothing was allocated." << std::endl;
  else
    std::cout << total << " allocations in the steady state." << std::endl;
  return total == 0 ? 0 : 1;
}
