// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_boundary_condition_h
#define sobolev_problem_boundary_condition_h

#include <sobolev/problem/coefficient_table.h>

#include <deal.II/base/function.h>
#include <deal.II/base/types.h>

#include <map>
#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * One condition for one component $u_c$ on one boundary id; $n$ is the
   * outward unit normal and $F_c$ the flux of the Law.
   *
   * | kind        | condition                   | unit of `value`   |
   * | ----------- | --------------------------- | ----------------- |
   * | `dirichlet` | $u_c = g$                   | [u]               |
   * | `neumann`   | $n \cdot F_c = g$           | [F]               |
   * | `robin`     | $n \cdot F_c = h (u_c - g)$ | [u], `h` [F] / [u]|
   *
   * For $F = -a \nabla u$ a Neumann condition therefore prescribes what flows
   * *out of* the domain, $-a\,\partial_n u = g$.
   */
  template <int dim>
  struct BoundaryCondition
  {
    enum class Kind
    {
      dirichlet,
      neumann,
      robin
    };

    Kind kind = Kind::dirichlet;

    /** The component $c$ that is constrained. */
    unsigned int component = 0;

    /** The data $g$, a scalar function. */
    std::shared_ptr<const dealii::Function<dim>> value;

    /** The transfer coefficient $h$ of a Robin condition, else empty. */
    std::shared_ptr<const dealii::Function<dim>> transfer_coefficient;

    /** The functions of the data: $g$, and of a Robin condition also $h$. */
    Coefficients<dim>
    data() const
    {
      Coefficients<dim> functions{value};
      if (kind == Kind::robin)
        functions.push_back(transfer_coefficient);
      return functions;
    }
  };

  /** All conditions, by boundary id. */
  template <int dim>
  using BoundaryConditions =
    std::map<dealii::types::boundary_id, std::vector<BoundaryCondition<dim>>>;
} // namespace sobolev

#endif
