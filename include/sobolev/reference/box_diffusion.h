// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_box_diffusion_h
#define sobolev_reference_box_diffusion_h

#include <deal.II/base/function.h>
#include <deal.II/base/point.h>

#include <memory>

namespace sobolev
{
  /**
   * The solution of $-\nabla \cdot (a \nabla u) = f$ in a rectangle with $u =
   * g$ on its boundary, by a FiniteElementSolver: a field from which
   * measurements of an inverse problem can be made.
   *
   * The estimated relative error in the $L_2$ norm is at most 1e-7; where the
   * solution has singularities, 200,000 unknowns are the limit.
   *
   * Local: every process solves for itself. Not thread-safe.
   */
  class BoxDiffusion : public dealii::Function<2>
  {
  public:
    using Coefficient = std::shared_ptr<const dealii::Function<2>>;

    /**
     * @param lower, upper Opposite corners.
     * @param diffusion    $a$.
     * @param source       $f$.
     * @param boundary     $g$.
     *
     * @throws ComputationError if the linear solver fails.
     */
    BoxDiffusion(const dealii::Point<2> &lower,
                 const dealii::Point<2> &upper,
                 const Coefficient      &diffusion,
                 const Coefficient      &source,
                 const Coefficient      &boundary);

    ~BoxDiffusion() override;

    double value(const dealii::Point<2> &point,
                 const unsigned int      component = 0) const override;

    /** The estimate, relative to the norm of the solution. */
    double estimated_relative_error() const;

  private:
    struct Parts;

    const std::unique_ptr<const Parts> parts;
  };
} // namespace sobolev

#endif
