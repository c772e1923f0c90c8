// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_location_h
#define sobolev_problem_location_h

#include <sobolev/problem/spatial_vector.h>

#include <array>
#include <type_traits>

namespace sobolev
{
  /**
   * Where a law is evaluated: position $x$ and the law's coefficient functions
   * there. With an automatic differentiation type as @p Number, everything
   * carries its derivative with respect to $x$.
   */
  template <int dim, typename Number>
  struct Location
  {
    /** Position [x]. */
    SpatialVector<dim, Number> x;

    /** The largest number of coefficients of a law; nothing is allocated. */
    static constexpr unsigned int max_coefficients = 16;

    /** Coefficients in the order of Law::coefficients(). */
    std::array<Number, max_coefficients> coefficients;

    /** Coefficient number @p k. */
    const Number &
    coefficient(const unsigned int k) const
    {
      return coefficients[k];
    }
  };



  /**
   * What a law may depend on at a point: the unknowns $u_c$ and their spatial
   * gradients $\nabla u_c$, $c = 0,\dots,n-1$.
   */
  template <int dim, int n_components, typename Number>
  struct State
  {
    std::array<Number, n_components>                     values;
    std::array<SpatialVector<dim, Number>, n_components> gradients;

    const Number &
    value(const unsigned int component = 0) const
    {
      return values[component];
    }

    const SpatialVector<dim, Number> &
    gradient(const unsigned int component = 0) const
    {
      return gradients[component];
    }
  };
} // namespace sobolev

#endif
