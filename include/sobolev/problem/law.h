// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_law_h
#define sobolev_problem_law_h

#include <sobolev/problem/coefficient_table.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * How much of the second derivatives a law's strong residual needs.
   */
  enum class SecondDerivatives
  {
    /** Nothing: values and first derivatives are enough. */
    none,
    /** The Laplacian of each component: one jet channel. */
    laplacian,
    /** All of the Hessian of each component: dim(dim+1)/2 jet channels. */
    hessian
  };



  /**
   * Consecutive equations of a law that are one term of a loss, with a weight
   * of its own, and may be constraints.
   */
  struct EquationBlock
  {
    std::string  name;
    unsigned int first;
    unsigned int n_equations;
  };



  /**
   * The integrands of the weak form at one point and their derivatives, for
   * equations $c$ and unknowns $d$.
   *
   * | member           | meaning                               | size         |
   * | ---------------- | ------------------------------------- | ------------ |
   * | `flux[c]`        | $F_c$                                 | dim          |
   * | `source[c]`      | $S_c$                                 | 1            |
   * | `flux_value`     | $\partial F_c / \partial u_d$         | n x m x dim  |
   * | `flux_gradient`  | $\partial F_c / \partial \nabla u_d$  | n x m x dim^2|
   * | `source_value`   | $\partial S_c / \partial u_d$         | n x m        |
   * | `source_gradient`| $\partial S_c / \partial \nabla u_d$  | n x m x dim  |
   *
   * For $m$ unknowns, the entry $(c,d)$ of a two-index quantity is stored at
   * `c * m + d`, and `flux_gradient[c * m + d][i][j]` is
   * $\partial F_{c,i} / \partial (\partial_j u_d)$.
   */
  template <int dim>
  struct WeakForm
  {
    /** For as many equations as unknowns. */
    explicit WeakForm(const unsigned int n_components);

    WeakForm(const unsigned int n_equations, const unsigned int n_components);

    std::vector<dealii::Tensor<1, dim>> flux;
    std::vector<double>                 source;
    std::vector<dealii::Tensor<1, dim>> flux_value;
    std::vector<dealii::Tensor<2, dim>> flux_gradient;
    std::vector<double>                 source_value;
    std::vector<dealii::Tensor<1, dim>> source_gradient;
  };



  /**
   * Points, with the coefficients of a law and the jets of the unknowns there.
   *
   * | member   | meaning                                                  |
   * | -------- | -------------------------------------------------------- |
   * | `points` | the points                                               |
   * | `table`  | the coefficients at all points of a larger set           |
   * | `first`  | number of the first of the points in `table`             |
   * | `jets`   | component $c$, channel $k$, point $i$ at `(c * n_channels + k) * stride + i` |
   */
  template <int dim>
  struct JetBatch
  {
    dealii::ArrayView<const dealii::Point<dim>> points;
    const CoefficientTable<dim>                &table;
    std::size_t                                 first;
    dealii::ArrayView<const double>             jets;
    std::size_t                                 stride;
  };



  /**
   * The physics: a system of stationary balance laws
   * @f[
   *   \nabla \cdot F_c(x, u, \nabla u) = S_c(x, u, \nabla u), \qquad
   *   c = 0, \dots, n-1 .
   * @f]
   *
   * This is the interface which networks and finite elements see; users derive
   * from BalanceLaw, which implements it by automatic differentiation from two
   * small function templates. There are as many equations as unknowns, but for
   * laws that are made from others by declaring coefficients unknown: these
   * follow the unknowns $u_c$ of the equations.
   *
   * **Jets.** The derivatives of the unknowns at a point are passed as
   * channels: for each component, channel 0 is the value, channels 1 to dim
   * the gradient and the rest, depending on second_derivatives(), nothing, the
   * Laplacian, or the upper triangle of the Hessian row by row
   * ($\partial_{00}, \partial_{01}, \dots, \partial_{11}, \dots$).
   *
   * All functions are local to the process and thread-safe.
   */
  template <int dim>
  class Law
  {
  public:
    virtual ~Law() = default;

    /** A short name in words, e.g. "diffusion-advection-reaction". */
    virtual std::string name() const = 0;

    /** The number of unknowns. */
    virtual unsigned int n_components() const = 0;

    /** The number of equations, by default that of the unknowns. */
    virtual unsigned int
    n_equations() const
    {
      return n_components();
    }

    /** The equations by terms of a loss; by default one, "interior". */
    virtual std::vector<EquationBlock> equation_blocks() const;

    /** What the strong residual needs of the second derivatives. */
    virtual SecondDerivatives second_derivatives() const = 0;

    /** Jet channels per component, see the class documentation. */
    unsigned int n_channels() const;

    /** Whether the weak form's tangent is symmetric, so that CG applies. */
    virtual bool is_symmetric() const = 0;

    /** Whether the residual is affine in the unknowns. */
    virtual bool is_linear() const = 0;

    /**
     * The coefficient functions; their gradients enter strong residuals with
     * second derivatives only.
     */
    virtual const Coefficients<dim> &coefficients() const = 0;

    /**
     * Short names of coefficients(), by which users say that one is unknown;
     * by default there are none.
     */
    virtual std::vector<std::string> coefficient_names() const;

    /**
     * This law with some coefficients as unknowns behind those that it has, see
     * UnknownCoefficients.
     *
     * @param which Numbers of coefficients, in the order of the new unknowns.
     *
     * @throws InputError if the law does not offer it, or not for so many.
     */
    virtual std::shared_ptr<const Law<dim>>
    with_unknown_coefficients(const std::vector<unsigned int> &which) const;

    /**
     * The strong residuals $r_c = \nabla \cdot F_c - S_c$ and their derivatives
     * with respect to the jets, which have n_channels() channels.
     *
     * @param residuals     Equation $c$, point $i$ at `c * stride + i`.
     * @param linearisation $\partial r_c / \partial$ (component $d$, channel
     *                      $k$) at point $i$ at `((c * n_components() + d) *
     *                      n_channels() + k) * stride + i`. An empty view skips
     *                      it.
     */
    virtual void
    strong_residuals(const JetBatch<dim>             &batch,
                     const dealii::ArrayView<double> &residuals,
                     const dealii::ArrayView<double> &linearisation) const = 0;

    /**
     * Flux and source at one point, and their derivatives.
     *
     * @param index     Number of the point in @p table.
     * @param values    $u_c$, size n_components().
     * @param gradients $\nabla u_c$, size n_components().
     */
    virtual void
    evaluate(const dealii::Point<dim>                              &point,
             const CoefficientTable<dim>                           &table,
             const std::size_t                                      index,
             const dealii::ArrayView<const double>                 &values,
             const dealii::ArrayView<const dealii::Tensor<1, dim>> &gradients,
             WeakForm<dim> &weak_form) const = 0;

    /**
     * Whether the law is the Euler-Lagrange equation of an energy density
     * $e(x, u, \nabla u)$, that is, $F_c = -\partial e / \partial \nabla u_c$
     * and $S_c = -\partial e / \partial u_c$, and offers it.
     */
    virtual bool
    has_energy() const
    {
      return false;
    }

    /**
     * The densities $e$ and their derivatives with respect to the jets, which
     * here are value and gradient only and have 1 + dim channels. Only for laws
     * with has_energy().
     *
     * @param densities   $e$ at point $i$ at `i`.
     * @param derivatives In the layout of the jets. An empty view skips them.
     */
    virtual void
    energy_densities(const JetBatch<dim>             &batch,
                     const dealii::ArrayView<double> &densities,
                     const dealii::ArrayView<double> &derivatives) const;
  };
} // namespace sobolev

#endif
