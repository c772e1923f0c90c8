// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_laws_diffusion_advection_reaction_h
#define sobolev_problem_laws_diffusion_advection_reaction_h

#include <sobolev/problem/balance_law.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The coefficients of DiffusionAdvectionReaction; an empty pointer or vector
   * leaves out the term, and it then costs nothing.
   */
  template <int dim>
  struct DiffusionAdvectionReactionOptions
  {
    using FunctionPointer = std::shared_ptr<const dealii::Function<dim>>;

    /**
     * $A$ [x^2/t]: empty for the identity, one function for $A = a I$, or the
     * dim(dim+1)/2 entries of the upper triangle row by row, in 2D $A_{00},
     * A_{01}, A_{11}$, for a symmetric tensor.
     */
    std::vector<FunctionPointer> diffusion;

    /** $b$ [x/t]: empty or dim functions. */
    std::vector<FunctionPointer> advection;

    /** $c_1$ [1/t], $c_2$ [1/(t u)], $c_3$ [1/(t u^2)]. */
    FunctionPointer linear_reaction;
    FunctionPointer quadratic_reaction;
    FunctionPointer cubic_reaction;

    /** $f$ [u/t]. */
    FunctionPointer source;
  };



  /**
   * The scalar equation
   * @f[
   *   -\nabla \cdot (A \nabla u) + b \cdot \nabla u
   *   + c_1 u + c_2 u^2 + c_3 u^3 = f ,
   * @f]
   * that is $F = -A \nabla u$ and $S = f - b \cdot \nabla u - c_1 u - c_2 u^2
   * - c_3 u^3$. All coefficients may depend on $x$.
   *
   * With an isotropic $A$ the strong residual needs only the Laplacian. The
   * tangent is symmetric without advection, and the law is linear without
   * $c_2$ and $c_3$. Without advection it has the energy density
   * @f[
   *   e = \tfrac12 \nabla u \cdot A \nabla u + \tfrac12 c_1 u^2
   *     + \tfrac13 c_2 u^3 + \tfrac14 c_3 u^4 - f u .
   * @f]
   */
  template <int dim>
  class DiffusionAdvectionReaction
    : public BalanceLaw<DiffusionAdvectionReaction<dim>, dim, 1>
  {
  public:
    using Options = DiffusionAdvectionReactionOptions<dim>;

    /**
     * The functions are shared with the caller.
     *
     * @throws InputError if the number of functions for $A$ or $b$ is none of
     * those that the Options allow, or if a function is not scalar.
     */
    explicit DiffusionAdvectionReaction(const Options &options);

    std::string name() const override;

    SecondDerivatives second_derivatives() const override;

    bool is_symmetric() const override;

    bool is_linear() const override;

    bool has_energy() const override;

    /**
     * Of the coefficients that are there: a, or in 2D a00, a01, a11; b0, b1,
     * ...; c1, c2, c3; f.
     */
    std::vector<std::string> coefficient_names() const override;

    std::shared_ptr<const Law<dim>> with_unknown_coefficients(
      const std::vector<unsigned int> &which) const override;

    template <typename Number>
    SpatialVector<dim, Number>
    flux(const Location<dim, Number> &at, const State<dim, 1, Number> &u) const;

    template <typename Number>
    Number source(const Location<dim, Number> &at,
                  const State<dim, 1, Number> &u) const;

    /** Without the term of the advection, which has none. */
    template <typename Number>
    Number energy(const Location<dim, Number> &at,
                  const State<dim, 1, Number> &u) const;

  private:
    static constexpr unsigned int absent = -1;

    // Where a coefficient is in Law::coefficients(), or absent.
    struct Positions
    {
      unsigned int                diffusion    = absent;
      unsigned int                advection    = absent;
      std::array<unsigned int, 3> reaction     = {{absent, absent, absent}};
      unsigned int                source       = absent;
      bool                        is_isotropic = true;
    };

    DiffusionAdvectionReaction(
      const std::pair<Coefficients<dim>, Positions> &collected);

    static std::pair<Coefficients<dim>, Positions>
    collect(const Options &options);

    const Positions positions;
  };



  template <int dim>
  template <typename Number>
  SpatialVector<dim, Number>
  DiffusionAdvectionReaction<dim>::flux(const Location<dim, Number> &at,
                                        const State<dim, 1, Number> &u) const
  {
    if (positions.diffusion == absent)
      return -u.gradient();
    if (positions.is_isotropic)
      return Number(-at.coefficient(positions.diffusion)) * u.gradient();

    SpatialVector<dim, Number> result;
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j < dim; ++j)
        result[i] -= at.coefficient(positions.diffusion +
                                    internal::packed_index<dim>(i, j)) *
                     u.gradient()[j];
    return result;
  }



  template <int dim>
  template <typename Number>
  Number
  DiffusionAdvectionReaction<dim>::source(const Location<dim, Number> &at,
                                          const State<dim, 1, Number> &u) const
  {
    Number result(0.);
    if (positions.source != absent)
      result += at.coefficient(positions.source);
    if (positions.advection != absent)
      for (unsigned int d = 0; d < dim; ++d)
        result -= at.coefficient(positions.advection + d) * u.gradient()[d];

    Number power(1.);
    for (const unsigned int position : positions.reaction)
      {
        power *= u.value();
        if (position != absent)
          result -= at.coefficient(position) * power;
      }
    return result;
  }



  template <int dim>
  template <typename Number>
  Number
  DiffusionAdvectionReaction<dim>::energy(const Location<dim, Number> &at,
                                          const State<dim, 1, Number> &u) const
  {
    const SpatialVector<dim, Number> F = flux(at, u);
    Number                           result(0.);
    for (unsigned int d = 0; d < dim; ++d)
      result -= 0.5 * F[d] * u.gradient()[d];

    if (positions.source != absent)
      result -= at.coefficient(positions.source) * u.value();
    Number power = u.value();
    for (unsigned int k = 0; k < positions.reaction.size(); ++k)
      {
        power *= u.value();
        if (positions.reaction[k] != absent)
          result += at.coefficient(positions.reaction[k]) * power / (k + 2.);
      }
    return result;
  }
} // namespace sobolev

#endif
