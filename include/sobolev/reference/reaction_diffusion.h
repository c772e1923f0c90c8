// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_reaction_diffusion_h
#define sobolev_reference_reaction_diffusion_h

#include <sobolev/reference/gauss_lobatto_line.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/function.h>
#include <deal.II/base/point.h>

#include <functional>
#include <vector>

namespace sobolev
{
  /** What ReactionDiffusion solves, and how finely. */
  template <int dim>
  struct ReactionDiffusionOptions
  {
    /**
     * Functions $f_c(x, t, u)$ and their derivatives at many points: the
     * unknown $c$ at point $p$ is `u[c * n + p]`, so is `values`, and
     * $\partial f_c / \partial u_d$ goes to `derivatives[(c * k + d) * n + p]`
     * with $k$ unknowns and $n$ points.
     */
    using Term =
      std::function<void(const std::vector<dealii::Point<dim>> &x,
                         const double                           t,
                         const dealii::ArrayView<const double> &u,
                         const dealii::ArrayView<double>       &values,
                         const dealii::ArrayView<double>       &derivatives)>;

    /**
     * $D_c\, \partial_n u_c = q_c(x, t, u)$ for all unknowns, where faces are
     * numbered $2 d$ and $2 d + 1$ for the lower and the upper bound of
     * coordinate $d$.
     */
    struct Flux
    {
      unsigned int face = 0;
      Term         flux;
    };

    /** $u_c = g(x, t)$. */
    struct Dirichlet
    {
      unsigned int face = 0, component = 0;
      std::function<double(const dealii::Point<dim> &x, const double t)> value;
    };

    /** The box [x]. */
    dealii::Point<dim> lower, upper;

    /** $D_c \ge 0$, one per unknown [x^2/t]. */
    std::vector<double> diffusion;

    /** $m(u)$; empty: $m_c = u_c$. */
    Term storage;

    /** $R(x, t, u)$; empty: zero. */
    Term reaction;

    /** Zero on faces that are not here. */
    std::vector<Flux> fluxes;

    /** These come before fluxes; of two on one node, the last counts. */
    std::vector<Dirichlet> dirichlet;

    /** $u_c(x, 0)$. */
    std::function<double(const dealii::Point<dim> &x,
                         const unsigned int        component)>
      initial;

    /** The time interval is (0, end_time) [t]. */
    double end_time = 1.;

    /** Cells in each direction, and polynomial degree [-]. */
    unsigned int n_cells = 20, degree = 4;

    /** Steps in time, at least four [-]. */
    unsigned int n_steps = 100;

    /**
     * With $g$, steps end at $T (k/N)^g$: larger than one for solutions that
     * begin with a layer [-].
     */
    double grading = 1.;
  };



  /**
   * The solution of a system of reaction-diffusion equations with storage on a
   * box, as a function of the point $(x, t)$,
   * @f[
   *   \partial_t m_c(u) = \nabla \cdot (D_c \nabla u_c) + R_c(x, t, u), \quad
   *   u(x, 0) = u_0(x),
   * @f]
   * with fluxes or values on its faces. Sorption, $m'(u) u_t = D \Delta u$
   * with a retardation factor $m'$, and the equations of FitzHugh and Nagumo
   * are of this kind.
   *
   * Method of lines: finite elements with Gauss-Lobatto nodes and quadrature in
   * space, so that storage and reaction act at nodes (spectral elements, see
   * GaussLobattoLine); in time, the singly diagonally implicit Runge-Kutta
   * method of order four with five stages of Hairer and Wanner, Solving
   * Ordinary Differential Equations II, table 6.5 of chapter IV, which is
   * L-stable and stiffly accurate. Newton's method keeps its matrix, factorized
   * by UMFPACK, as long as it converges fast. Between the steps, polynomials of
   * degree three.
   *
   * Everything is computed by the constructor; then thread-safe. Local to the
   * process.
   */
  template <int dim>
  class ReactionDiffusion : public dealii::Function<dim + 1>
  {
  public:
    using Options = ReactionDiffusionOptions<dim>;

    /**
     * @throws ComputationError if Newton's method does not converge, with the
     * time at which this happens.
     */
    explicit ReactionDiffusion(const Options &options);

    /** @pre The point lies in the box and the time interval. */
    double value(const dealii::Point<dim + 1> &point,
                 const unsigned int            component = 0) const override;

  private:
    std::vector<GaussLobattoLine> lines;

    // At the ends of the steps; component c, node p at c * n_nodes + p, where
    // the first coordinate of the nodes runs fastest.
    std::vector<double>              times;
    std::vector<std::vector<double>> states;
  };
} // namespace sobolev

#endif
