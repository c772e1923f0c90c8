// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/reference_mesh.h>

#include <deal.II/distributed/fully_distributed_tria.h>
#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>

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
    if (fraction >= 1. ||
        count_above() > 0.6 * triangulation.n_global_active_cells())
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
