// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_sample_interior_h
#define sobolev_sampling_sample_interior_h

#include <sobolev/problem/problem.h>
#include <sobolev/sampling/collocation_points.h>
#include <sobolev/sampling/point_rule.h>

namespace sobolev
{
  /**
   * The collocation points in the cells of @p problem that this process owns,
   * cell by cell in the order of the mesh. Hanging nodes and curved cells are
   * fine. A process without cells returns an empty set. Collective.
   *
   * A point's weight is $|\det J|$ there times its share of the reference
   * cell, $J$ being the Jacobian of the mapping. For `low_discrepancy` the
   * weighted sum is an unbiased estimate of the integral.
   *
   * @throws InputError (on all processes alike) if @p rule asks for no points.
   */
  template <int dim>
  CollocationPoints<dim>
  sample_interior(const Problem<dim> &problem, const PointRule &rule);
} // namespace sobolev

#endif
