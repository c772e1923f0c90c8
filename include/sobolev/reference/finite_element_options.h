// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_finite_element_options_h
#define sobolev_reference_finite_element_options_h

#include <deal.II/base/types.h>

#include <limits>

namespace sobolev
{
  /**
   * What FiniteElementSolver needs to know besides the Problem.
   */
  struct FiniteElementOptions
  {
    /**
     * Polynomial degree $p \ge 1$ of the solution that is compared; the
     * reference itself has degree $p+1$. High degrees pay off for smooth
     * solutions; in three dimensions, 2 is a good choice because the rows of
     * the matrix grow with $(2p+3)^3$.
     */
    unsigned int degree = 3;

    /** Stop refining when the estimated relative L2 error is below [-]. */
    double target_relative_l2_error = 1e-6;

    /** The same for the H1 norm [-]; by default it is not looked at. */
    double target_relative_h1_error = std::numeric_limits<double>::infinity();

    /** No mesh is made for which the reference would have more unknowns. */
    dealii::types::global_dof_index max_dofs = 1000000;

    /** Number of meshes, the first one included; 1 means no refinement. */
    unsigned int max_cycles = 12;

    /** What tells the cells to refine. */
    enum class Indicator
    {
      /**
       * The jumps of the normal derivative between cells (Kelly, Gago,
       * Zienkiewicz, Babuska 1983), by dealii::KellyErrorEstimator.
       */
      kelly,
      /**
       * The H1 seminorm of the difference between the two degrees: the better
       * one for coefficients that jump, where derivatives do, too.
       */
      difference
    };

    Indicator indicator = Indicator::kelly;

    /**
     * Share of the squared estimated error on the cells that are refined, in
     * (0,1] [-]. If these are more than 60 % of all cells, as for smooth
     * solutions, all are refined. So they are on curved meshes in 3D, see
     * FiniteElementSolver.
     */
    double refinement_fraction = 0.95;

    /** Newton steps on one mesh before giving up. */
    unsigned int max_newton_iterations = 30;

    /**
     * Norm of the residual, relative to that of the zero state with the right
     * boundary values, at which Newton's method stops [-].
     */
    double newton_tolerance = 1e-11;

    /** Iterations of the linear solver before giving up. */
    unsigned int max_linear_iterations = 1000;

    /**
     * Norm of the linear residual for linear laws, with the same reference as
     * @p newton_tolerance [-].
     */
    double linear_tolerance = 1e-12;

    /**
     * Where the iterative solver fails and there are at most so many
     * unknowns, a sparse direct solver takes over; 0 switches it off.
     */
    dealii::types::global_dof_index max_dofs_direct_solver = 50000;
  };
} // namespace sobolev

#endif
