// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_collocation_points_h
#define sobolev_sampling_collocation_points_h

#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>
#include <deal.II/base/types.h>

#include <cstddef>
#include <vector>

namespace sobolev
{
  /**
   * The collocation points of this process in the domain or on the part of the
   * boundary that has one boundary id. Each point lies in a cell that this
   * process owns.
   *
   * | member         | meaning                           | size   | unit    |
   * | -------------- | --------------------------------- | ------ | ------- |
   * | `points`       | positions $x_i$                   | size() | [x]     |
   * | `weights`      | quadrature weights $w_i > 0$      | size() | [x^dim], on the boundary [x^(dim-1)] |
   * | `normals`      | outward unit normals              | size(), in the domain 0 | [-] |
   * | `material_ids` | of the cells with the points      | size() | [-]     |
   * | `boundary_id`  | of this part of the boundary; in the domain internal_face_boundary_id | 1 | [-] |
   *
   * Over all processes, $\sum_i w_i g(x_i) \approx \int g$.
   */
  template <int dim>
  struct CollocationPoints
  {
    std::vector<dealii::Point<dim>>         points;
    std::vector<double>                     weights;
    std::vector<dealii::Tensor<1, dim>>     normals;
    std::vector<dealii::types::material_id> material_ids;
    dealii::types::boundary_id              boundary_id =
      dealii::numbers::internal_face_boundary_id;

    /** The number of points. */
    std::size_t
    size() const
    {
      return points.size();
    }
  };
} // namespace sobolev

#endif
