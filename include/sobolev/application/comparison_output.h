// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_comparison_output_h
#define sobolev_application_comparison_output_h

#include <sobolev/application/report.h>
#include <sobolev/reference/finite_element_solution.h>

#include <deal.II/base/function.h>

#include <string>

namespace sobolev
{
  /**
   * Write the fields `surrogate`, `reference`, `error` (reference minus
   * surrogate) and `residual` on the mesh of the reference to
   * `<directory>/solution.pvtu` and its pieces. Components get a number behind
   * the name if there are several. Collective.
   */
  template <int dim>
  void write_comparison_vtu(const FiniteElementSolution<dim> &reference,
                            const dealii::Function<dim>      &surrogate,
                            const dealii::Function<dim>      &residual,
                            const std::string                &directory);

  /**
   * Add pictures of surrogate, reference and error of component 0 to
   * @p report: curves in 1D, images in 2D, images of the plane through the
   * middle of the domain that is perpendicular to the last axis in 3D.
   * Collective; the report of the first process gets them.
   */
  template <int dim>
  void add_field_pictures(const FiniteElementSolution<dim> &reference,
                          const dealii::Function<dim>      &surrogate,
                          Report                           &report);
} // namespace sobolev

#endif
