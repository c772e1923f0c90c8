// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_law_h
#define sobolev_problem_law_h

#include <sobolev/problem/coefficient_table.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * How much of the second derivatives a law's strong residual needs.
   */
  enum class SecondDerivatives
  {
    /** The Laplacian of each component: one jet channel. */
    laplacian,
    /** All of the Hessian of each component: dim(dim+1)/2 jet channels. */
    hessian
  };



  /**
   * The integrands of the weak form at one point and their derivatives.
   *
   * | member           | meaning                               | size         |
   * | ---------------- | ------------------------------------- | ------------ |
   * | `flux[c]`        | $F_c$                                 | dim          |
   * | `source[c]`      | $S_c$                                 | 1            |
   * | `flux_value`     | $\partial F_c / \partial u_d$         | n x n x dim  |
   * | `flux_gradient`  | $\partial F_c / \partial \nabla u_d$  | n x n x dim^2|
   * | `source_value`   | $\partial S_c / \partial u_d$         | n x n        |
   * | `source_gradient`| $\partial S_c / \partial \nabla u_d$  | n x n x dim  |
   *
   * The entry $(c,d)$ of a two-index quantity is stored at `c * n + d`, and
   * `flux_gradient[c * n + d][i][j]` is
   * $\partial F_{c,i} / \partial (\partial_j u_d)$.
   */
  template <int dim>
  struct WeakForm
  {
    explicit WeakForm(const unsigned int n_components);

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
   * The physics: a system of $n$ stationary balance laws
   * @f[
   *   \nabla \cdot F_c(x, u, \nabla u) = S_c(x, u, \nabla u), \qquad
   *   c = 0, \dots, n-1 .
   * @f]
   *
   * This is the interface which networks and finite elements see; users derive
   * from BalanceLaw, which implements it by automatic differentiation from two
   * small function templates.
   *
   * **Jets.** The derivatives of the unknowns at a point are passed as
   * channels: for each component, channel 0 is the value, channels 1 to dim
   * the gradient and the rest, depending on second_derivatives(), either the
   * Laplacian or the upper triangle of the Hessian row by row
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

    /** The number of unknowns and equations $n$. */
    virtual unsigned int n_components() const = 0;

    /** What the strong residual needs of the second derivatives. */
    virtual SecondDerivatives second_derivatives() const = 0;

    /** Jet channels per component, see the class documentation. */
    unsigned int
    n_channels() const
    {
      return 1 + dim +
             (second_derivatives() == SecondDerivatives::laplacian
                ? 1
                : dim * (dim + 1) / 2);
    }

    /** Whether the weak form's tangent is symmetric, so that CG applies. */
    virtual bool is_symmetric() const = 0;

    /** Whether the residual is affine in the unknowns. */
    virtual bool is_linear() const = 0;

    /** The coefficient functions; their gradients enter strong residuals. */
    virtual const Coefficients<dim> &coefficients() const = 0;

    /**
     * The strong residuals $r_c = \nabla \cdot F_c - S_c$ and their derivatives
     * with respect to the jets, which have n_channels() channels.
     *
     * @param residuals     Equation $c$, point $i$ at `c * stride + i`.
     * @param linearisation $\partial r_c / \partial$ (component $d$, channel
     *                      $k$) at point $i$ at `((c * n + d) * n_channels() +
     *                      k) * stride + i`. An empty view skips it.
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
