// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/coarse_transfinite_manifold.h>

#include <deal.II/base/exceptions.h>

#include <deal.II/grid/manifold_lib.h>

namespace sobolev
{
  template <int dim>
  CoarseTransfiniteManifold<dim>::CoarseTransfiniteManifold(
    std::shared_ptr<const dealii::Triangulation<dim>> coarse_mesh,
    const dealii::types::manifold_id                  id)
    : coarse_mesh(std::move(coarse_mesh))
    , id(id)
  {
  }



  template <int dim>
  std::unique_ptr<dealii::Manifold<dim>>
  CoarseTransfiniteManifold<dim>::clone() const
  {
    return std::make_unique<CoarseTransfiniteManifold<dim>>(coarse_mesh, id);
  }



  template <int dim>
  dealii::Point<dim>
  CoarseTransfiniteManifold<dim>::get_new_point(
    const dealii::ArrayView<const dealii::Point<dim>> &surrounding_points,
    const dealii::ArrayView<const double>             &weights) const
  {
    return coarse_mesh->get_manifold(id).get_new_point(surrounding_points,
                                                       weights);
  }



  template <int dim>
  void
  CoarseTransfiniteManifold<dim>::get_new_points(
    const dealii::ArrayView<const dealii::Point<dim>> &surrounding_points,
    const dealii::Table<2, double>                    &weights,
    dealii::ArrayView<dealii::Point<dim>>              new_points) const
  {
    coarse_mesh->get_manifold(id).get_new_points(
      surrounding_points, weights, new_points);
  }



  template <int dim>
  void
  make_transfinite_manifolds_copyable(dealii::Triangulation<dim> &triangulation)
  {
    using Transfinite = dealii::TransfiniteInterpolationManifold<dim>;
    AssertDimension(triangulation.n_global_levels(), 1);

    for (const auto id : triangulation.get_manifold_ids())
      if (id != dealii::numbers::flat_manifold_id &&
          dynamic_cast<const Transfinite *>(&triangulation.get_manifold(id)) !=
            nullptr)
        {
          // The coarse mesh is serial and complete on every process. While the
          // manifold is initialized, lines between its cells must be straight.
          auto coarse = std::make_shared<dealii::Triangulation<dim>>();
          coarse->copy_triangulation(triangulation);
          coarse->set_manifold(id, dealii::FlatManifold<dim>());
          Transfinite transfinite;
          transfinite.initialize(*coarse);
          coarse->set_manifold(id, transfinite);

          triangulation.set_manifold(
            id, CoarseTransfiniteManifold<dim>(coarse, id));
        }
  }



  // In 1D there is nothing to interpolate.
  template <>
  void
  make_transfinite_manifolds_copyable(dealii::Triangulation<1> &)
  {
  }



  template class CoarseTransfiniteManifold<2>;
  template class CoarseTransfiniteManifold<3>;

  template void make_transfinite_manifolds_copyable(dealii::Triangulation<2> &);
  template void make_transfinite_manifolds_copyable(dealii::Triangulation<3> &);
} // namespace sobolev
