// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_sample_boundary_h
#define sobolev_sampling_sample_boundary_h

#include <sobolev/problem/problem.h>
#include <sobolev/sampling/collocation_points.h>
#include <sobolev/sampling/point_rule.h>

#include <deal.II/base/types.h>

#include <map>

namespace sobolev
{
  /**
   * The collocation points on the boundary faces of the cells of @p problem
   * that this process owns, by boundary id. Every process has an entry for
   * every boundary id of the mesh, possibly without points. Collective.
   *
   * The weights are those of surface integrals. In 1D each boundary face is
   * one point with weight 1, whatever @p rule says.
   *
   * @throws InputError (on all processes alike) if @p rule asks for no points.
   */
  template <int dim>
  std::map<dealii::types::boundary_id, CollocationPoints<dim>>
  sample_boundary(const Problem<dim> &problem, const PointRule &rule);
} // namespace sobolev

#endif
