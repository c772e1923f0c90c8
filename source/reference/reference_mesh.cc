// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/reference_mesh.h>

#include <deal.II/distributed/fully_distributed_tria.h>
#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>

#include <algorithm>
#include <vector>

namespace sobolev
{
  namespace
  {
    template <int dim>
    bool
    is_distributed(const dealii::Triangulation<dim> &triangulation)
    {
      return dynamic_cast<
               const dealii::parallel::distributed::Triangulation<dim> *>(
               &triangulation) != nullptr;
    }



    // A transfinite interpolation in the coarse cells, which it keeps. The one
    // of deal.II refers to the cells of the mesh for which it was initialized,
    // and a clone of it to the finest level that this mesh has by then.
    template <int dim>
    class CoarseTransfiniteManifold
      : public dealii::TransfiniteInterpolationManifold<dim>
    {
    public:
      explicit CoarseTransfiniteManifold(
        std::shared_ptr<const dealii::Triangulation<dim>> coarse_mesh)
        : coarse_mesh(std::move(coarse_mesh))
      {
        this->initialize(*this->coarse_mesh);
      }

      std::unique_ptr<dealii::Manifold<dim>>
      clone() const override
      {
        return std::make_unique<CoarseTransfiniteManifold<dim>>(coarse_mesh);
      }

    private:
      const std::shared_ptr<const dealii::Triangulation<dim>> coarse_mesh;
    };



    // Give the copy transfinite manifolds that refer to coarse cells. All
    // processes know the coarse cells of any mesh that can be refined.
    template <int dim>
    void
    renew_transfinite_manifolds(const dealii::Triangulation<dim> &original,
                                dealii::Triangulation<dim>       &copy)
    {
      using Transfinite = dealii::TransfiniteInterpolationManifold<dim>;

      std::vector<dealii::types::manifold_id> transfinite, others;
      for (const auto id : original.get_manifold_ids())
        if (id != dealii::numbers::flat_manifold_id)
          {
            const bool is_transfinite =
              dynamic_cast<const Transfinite *>(&original.get_manifold(id)) !=
              nullptr;
            (is_transfinite ? transfinite : others).push_back(id);
          }
      if (transfinite.empty())
        return;

      auto coarse = std::make_shared<dealii::Triangulation<dim>>();
      const auto [vertices, cells, subcells] =
        dealii::GridTools::get_coarse_mesh_description(original);
      coarse->create_triangulation(vertices, cells, subcells);
      for (const auto id : others)
        coarse->set_manifold(id, original.get_manifold(id));

      const CoarseTransfiniteManifold<dim> manifold(coarse);
      for (const auto id : transfinite)
        copy.set_manifold(id, manifold);
    }



    // The largest threshold above which the indicators of locally owned cells
    // sum up to the given share of the total, by bisection.
    double
    compute_threshold(const std::vector<double> &owned,
                      const double               fraction,
                      const MPI_Comm             communicator)
    {
      const auto sum_above = [&](const double threshold) {
        double sum = 0.;
        for (const double indicator : owned)
          if (indicator >= threshold)
            sum += indicator;
        return dealii::Utilities::MPI::sum(sum, communicator);
      };

      const double local_maximum =
        owned.empty() ? 0. : *std::max_element(owned.begin(), owned.end());
      const double wanted = fraction * sum_above(0.);

      double low  = 0.;
      double high = dealii::Utilities::MPI::max(local_maximum, communicator);
      for (unsigned int step = 0; step < 40; ++step)
        {
          const double middle                        = 0.5 * (low + high);
          (sum_above(middle) >= wanted ? low : high) = middle;
        }

      // Slightly lower, so that cells of equal error (symmetric meshes) are
      // not separated by round-off.
      return low * (1. - 1e-4);
    }
  } // namespace



  template <int dim>
  std::unique_ptr<dealii::Triangulation<dim>>
  copy_mesh(const Problem<dim> &problem)
  {
    AssertInput(
      (dynamic_cast<const dealii::parallel::fullydistributed::Triangulation<dim>
                      *>(&problem.triangulation) == nullptr),
      "a finite element reference cannot be computed on a "
      "parallel::fullydistributed::Triangulation because it cannot "
      "be refined; use a serial, shared or distributed one.");

    std::unique_ptr<dealii::Triangulation<dim>> copy;
    if constexpr (dim > 1)
      if (is_distributed(problem.triangulation))
        copy =
          std::make_unique<dealii::parallel::distributed::Triangulation<dim>>(
            problem.communicator);

    if (!copy)
      {
        using Shared = dealii::parallel::shared::Triangulation<dim>;
        copy         = std::make_unique<Shared>(problem.communicator,
                                        dealii::Triangulation<dim>::none,
                                        /*allow_artificial_cells=*/false,
                                        Shared::partition_zorder);
      }

    copy->copy_triangulation(problem.triangulation);
    renew_transfinite_manifolds(problem.triangulation, *copy);
    return copy;
  }



  template <int dim>
  dealii::types::global_cell_index
  mark_cells(dealii::Triangulation<dim>   &triangulation,
             const dealii::Vector<double> &indicators,
             const double                  fraction,
             const MPI_Comm                communicator)
  {
    AssertDimension(indicators.size(), triangulation.n_active_cells());

    // 1. The threshold, from locally owned cells.
    std::vector<double> owned;
    for (const auto &cell : triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
        owned.push_back(indicators[cell->active_cell_index()]);
    double threshold = compute_threshold(owned, fraction, communicator);

    const auto count_above = [&]() {
      const dealii::types::global_cell_index n_local =
        std::count_if(owned.begin(), owned.end(), [&](const double indicator) {
          return indicator >= threshold;
        });
      return dealii::Utilities::MPI::sum(n_local, communicator);
    };
    if (count_above() > 0.6 * triangulation.n_global_active_cells())
      threshold = 0.;

    // 2. Flags: a distributed mesh wants them on locally owned cells, a shared
    // one on all cells of each process.
    dealii::Vector<double> known(indicators);
    const bool             distributed = is_distributed(triangulation);
    if (!distributed)
      {
        for (const auto &cell : triangulation.active_cell_iterators())
          if (!cell->is_locally_owned())
            known[cell->active_cell_index()] = 0.;
        dealii::Utilities::MPI::sum(known, communicator, known);
      }
    for (const auto &cell : triangulation.active_cell_iterators())
      if ((!distributed || cell->is_locally_owned()) &&
          known[cell->active_cell_index()] >= threshold)
        cell->set_refine_flag();

    return count_above();
  }



  template std::unique_ptr<dealii::Triangulation<1>>
  copy_mesh(const Problem<1> &);
  template std::unique_ptr<dealii::Triangulation<2>>
  copy_mesh(const Problem<2> &);
  template std::unique_ptr<dealii::Triangulation<3>>
  copy_mesh(const Problem<3> &);

  template dealii::types::global_cell_index
  mark_cells(dealii::Triangulation<1> &,
             const dealii::Vector<double> &,
             const double,
             const MPI_Comm);
  template dealii::types::global_cell_index
  mark_cells(dealii::Triangulation<2> &,
             const dealii::Vector<double> &,
             const double,
             const MPI_Comm);
  template dealii::types::global_cell_index
  mark_cells(dealii::Triangulation<3> &,
             const dealii::Vector<double> &,
             const double,
             const MPI_Comm);
} // namespace sobolev
