// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_laws_nonlinear_diffusion_h
#define sobolev_problem_laws_nonlinear_diffusion_h

#include <sobolev/problem/balance_law.h>

#include <deal.II/base/function.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

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
    /**
     * With $a_0$, $a_1$, $a_2$ [x^2/t, x^2/(t u), x^2/(t u^2)] and $f$ [u/t],
     * scalar functions of the position.
     */
    explicit NonlinearDiffusion(const Coefficients<dim> &coefficients)
      : BalanceLaw<NonlinearDiffusion<dim>, dim, 1>(coefficients)
    {
      AssertDimension(coefficients.size(), 4);
    }

    /** With three numbers and $f$. */
    NonlinearDiffusion(const std::array<double, 3>                 &a,
                       std::shared_ptr<const dealii::Function<dim>> f)
      : NonlinearDiffusion(
          {std::make_shared<dealii::Functions::ConstantFunction<dim>>(a[0]),
           std::make_shared<dealii::Functions::ConstantFunction<dim>>(a[1]),
           std::make_shared<dealii::Functions::ConstantFunction<dim>>(a[2]),
           f})
    {
    }

    template <typename Number>
    SpatialVector<dim, Number>
    flux(const Location<dim, Number> &at, const State<dim, 1, Number> &u) const
    {
      const Number a =
        at.coefficient(0) +
        u.value() * (at.coefficient(1) + u.value() * at.coefficient(2));
      return -a * u.gradient();
    }

    template <typename Number>
    Number
    source(const Location<dim, Number> &at, const State<dim, 1, Number> &) const
    {
      return at.coefficient(3);
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

    std::vector<std::string>
    coefficient_names() const override
    {
      return {"a0", "a1", "a2", "f"};
    }

    std::shared_ptr<const Law<dim>> with_unknown_coefficients(
      const std::vector<unsigned int> &which) const override;
  };
} // namespace sobolev

#endif
