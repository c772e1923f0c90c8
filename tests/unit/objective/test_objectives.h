// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_objective_test_objectives_h
#define sobolev_tests_objective_test_objectives_h

#include <sobolev/objective/boundary_residual.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/problem/balance_law.h>
#include <sobolev/problem/expression.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

namespace sobolev
{
  /**
   * $F = -K(x,u) \nabla u$, $S = u^3 - x$ with $K = \text{diag}(1 + u^2, e^x)$
   * plus 0.2 off the diagonal.
   */
  struct AnisotropicLaw : BalanceLaw<AnisotropicLaw, 2, 1>
  {
    template <typename Number>
    SpatialVector<2, Number>
    flux(const Location<2, Number> &at, const State<2, 1, Number> &u) const
    {
      using std::exp;
      const auto              &gradient = u.gradient();
      SpatialVector<2, Number> result;
      result[0] =
        -(1. + u.value() * u.value()) * gradient[0] - 0.2 * gradient[1];
      result[1] = -0.2 * gradient[0] - exp(at.x[0]) * gradient[1];
      return result;
    }

    template <typename Number>
    Number
    source(const Location<2, Number> &at, const State<2, 1, Number> &u) const
    {
      return u.value() * u.value() * u.value() - at.x[0];
    }

    std::string
    name() const override
    {
      return "anisotropic test law";
    }
  };



  /** Two components, coupled in fluxes and sources. */
  struct TwoComponentLaw : BalanceLaw<TwoComponentLaw, 2, 2>
  {
    template <typename Number>
    std::array<SpatialVector<2, Number>, 2>
    flux(const Location<2, Number> &at, const State<2, 2, Number> &u) const
    {
      const Number a = -1. - u.value(1) * u.value(1);
      const Number b = 0.3 * at.x[1];
      return {{a * u.gradient(0) + b * u.gradient(1),
               u.value(0) * u.gradient(0) - u.gradient(1)}};
    }

    template <typename Number>
    std::array<Number, 2>
    source(const Location<2, Number> &at, const State<2, 2, Number> &u) const
    {
      using std::sin;
      const Number first  = u.value(0) * u.value(1) - at.x[0];
      const Number second = sin(u.value(0)) + u.gradient(1)[0] * u.value(1);
      return {{first, second}};
    }

    std::string
    name() const override
    {
      return "two-component test law";
    }
  };



  template <int dim>
  std::shared_ptr<const dealii::Function<dim>>
  function(const std::string &expression)
  {
    return std::make_shared<Expression<dim>>("test", expression);
  }



  /** Needs the Laplacian only. */
  inline std::shared_ptr<const Law<2>>
  isotropic_law()
  {
    DiffusionAdvectionReactionOptions<2> options;
    options.diffusion       = {function<2>("1 + 0.3*x*y")};
    options.advection       = {function<2>("y"), function<2>("-x")};
    options.linear_reaction = function<2>("2");
    options.cubic_reaction  = function<2>("1 - x");
    options.source          = function<2>("sin(3*x)*y");
    return std::make_shared<DiffusionAdvectionReaction<2>>(options);
  }



  /** The laws of the tests, from one to two components. */
  inline std::vector<std::shared_ptr<const Law<2>>>
  test_laws()
  {
    return {isotropic_law(),
            std::make_shared<AnisotropicLaw>(),
            std::make_shared<TwoComponentLaw>()};
  }



  /**
   * Points number @p rank, @p rank + @p n_ranks, ... of @p n: those of one of
   * several processes.
   */
  inline CollocationPoints<2>
  interior_points(const unsigned int n,
                  const unsigned int rank    = 0,
                  const unsigned int n_ranks = 1)
  {
    CollocationPoints<2> result;
    for (unsigned int i = rank; i < n; i += n_ranks)
      {
        result.points.emplace_back(0.9 * pseudo_random(10, i),
                                   0.9 * pseudo_random(11, i));
        result.weights.push_back((1. + 0.5 * pseudo_random(12, i)) / n);
        result.normals.emplace_back();
        result.material_ids.push_back(0);
      }
    return result;
  }



  /** As interior_points(), on a circle. */
  inline CollocationPoints<2>
  boundary_points(const unsigned int id,
                  const unsigned int n,
                  const unsigned int rank    = 0,
                  const unsigned int n_ranks = 1)
  {
    CollocationPoints<2> result = interior_points(n, rank, n_ranks);
    for (unsigned int i = 0; i < result.size(); ++i)
      {
        const double angle   = 3. * pseudo_random(13 + id, rank + i * n_ranks);
        result.normals[i][0] = std::cos(angle);
        result.normals[i][1] = std::sin(angle);
        result.points[i]     = dealii::Point<2>(0.9 * result.normals[i]);
      }
    result.boundary_id = id;
    return result;
  }



  /** A condition of each kind, for the first and last component in turn. */
  inline std::vector<BoundaryCondition<2>>
  conditions(const Law<2> &law)
  {
    using Kind              = BoundaryCondition<2>::Kind;
    const unsigned int last = law.n_components() - 1;
    return {{Kind::dirichlet, last, function<2>("x*y"), nullptr},
            {Kind::neumann, 0, function<2>("exp(y)"), nullptr},
            {Kind::robin, last, function<2>("x - y"), function<2>("2 + x")}};
  }



  /** The interior, with @p n points, and the three conditions, with fewer. */
  inline std::vector<std::unique_ptr<ResidualBlock>>
  make_blocks(const std::shared_ptr<const Law<2>> &law,
              const unsigned int                   n,
              const unsigned int                   rank    = 0,
              const unsigned int                   n_ranks = 1)
  {
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(std::make_unique<InteriorResidual<2>>(
      law, interior_points(n, rank, n_ranks), 0.7));
    unsigned int id = 0;
    for (const auto &condition : conditions(*law))
      {
        blocks.push_back(std::make_unique<BoundaryResidual<2>>(
          law,
          condition,
          boundary_points(id, n / 3 + id, rank, n_ranks),
          2. + id));
        ++id;
      }
    return blocks;
  }



  /** A network for @p law. */
  inline Network
  make_network(const Law<2>                    &law,
               const std::vector<unsigned int> &widths = {6, 5})
  {
    return Network(make_architecture(2, widths, law.n_components(), "tanh"));
  }
} // namespace sobolev

#endif
