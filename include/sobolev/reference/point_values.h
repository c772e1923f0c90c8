// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_point_values_h
#define sobolev_reference_point_values_h

#include <sobolev/reference/finite_element_solution.h>

#include <deal.II/base/point.h>

#include <vector>

namespace sobolev
{
  /**
   * Values of a finite element solution at points that any process may give:
   * component @p component at the points of this process, NaN outside of the
   * mesh. Collective.
   *
   * @throws InputError if the solution has more than four components.
   */
  template <int dim>
  std::vector<double>
  evaluate_at_points(const FiniteElementSolution<dim>      &solution,
                     const std::vector<dealii::Point<dim>> &points,
                     const unsigned int                     component);
} // namespace sobolev

#endif
