// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_coarse_transfinite_manifold_h
#define sobolev_problem_coarse_transfinite_manifold_h

#include <deal.II/grid/manifold.h>
#include <deal.II/grid/tria.h>

#include <memory>

namespace sobolev
{
  /**
   * A transfinite interpolation that owns the coarse cells it interpolates in.
   *
   * deal.II's own manifold works only as long as it is attached to the mesh for
   * which it was initialized, and a clone of it refers to the finest level that
   * this mesh has by then: a copy of a refined mesh is left without a working
   * manifold. A mesh with this manifold can be copied, as FiniteElementSolver
   * copies the mesh of a Problem.
   */
  template <int dim>
  class CoarseTransfiniteManifold : public dealii::Manifold<dim>
  {
  public:
    /**
     * Interpolate in those cells of @p coarse_mesh whose manifold id is @p id,
     * where a dealii::TransfiniteInterpolationManifold has to be attached. The
     * mesh is shared and must not be refined.
     */
    CoarseTransfiniteManifold(
      std::shared_ptr<const dealii::Triangulation<dim>> coarse_mesh,
      const dealii::types::manifold_id                  id);

    std::unique_ptr<dealii::Manifold<dim>> clone() const override;

    dealii::Point<dim> get_new_point(
      const dealii::ArrayView<const dealii::Point<dim>> &surrounding_points,
      const dealii::ArrayView<const double> &weights) const override;

    void get_new_points(
      const dealii::ArrayView<const dealii::Point<dim>> &surrounding_points,
      const dealii::Table<2, double>                    &weights,
      dealii::ArrayView<dealii::Point<dim>> new_points) const override;

  private:
    const std::shared_ptr<const dealii::Triangulation<dim>> coarse_mesh;
    const dealii::types::manifold_id                        id;
  };



  /**
   * Replace all transfinite interpolations of a @p triangulation that has not
   * been refined yet by CoarseTransfiniteManifold. To be called after a
   * generator such as GridGenerator::plate_with_a_hole(), before the first
   * refinement. Collective on parallel meshes.
   */
  template <int dim>
  void make_transfinite_manifolds_copyable(
    dealii::Triangulation<dim> &triangulation);
} // namespace sobolev

#endif
