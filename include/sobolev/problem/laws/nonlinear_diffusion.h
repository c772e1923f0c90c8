// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_laws_nonlinear_diffusion_h
#define sobolev_problem_laws_nonlinear_diffusion_h

#include <sobolev/problem/balance_law.h>

#include <array>
#include <memory>
#include <string>

namespace sobolev
{
  /**
   * $-\nabla \cdot (a(u) \nabla u) = f$ with $a(u) = a_0 + a_1 u + a_2 u^2$.
   *
   * This is also the example of doc/adding_a_law.md: a law is its flux and its
   * source, and everything else is derived from them.
   */
  template <int dim>
  class NonlinearDiffusion : public BalanceLaw<NonlinearDiffusion<dim>, dim, 1>
  {
  public:
    /** With $(a_0, a_1, a_2)$ [x^2/t, ...] and $f$ [u/t], a scalar function. */
    NonlinearDiffusion(const std::array<double, 3>                 &a,
                       std::shared_ptr<const dealii::Function<dim>> f)
      : BalanceLaw<NonlinearDiffusion<dim>, dim, 1>({f})
      , a(a)
    {
    }

    template <typename Number>
    SpatialVector<dim, Number>
    flux(const Location<dim, Number> &, const State<dim, 1, Number> &u) const
    {
      return -(a[0] + u.value() * (a[1] + u.value() * a[2])) * u.gradient();
    }

    template <typename Number>
    Number
    source(const Location<dim, Number> &at, const State<dim, 1, Number> &) const
    {
      return at.coefficient(0);
    }

    std::string
    name() const override
    {
      return "nonlinear diffusion";
    }

    // a(u) is a scalar: of the second derivatives, only their trace enters.
    SecondDerivatives
    second_derivatives() const override
    {
      return SecondDerivatives::laplacian;
    }

  private:
    const std::array<double, 3> a;
  };
} // namespace sobolev

#endif
