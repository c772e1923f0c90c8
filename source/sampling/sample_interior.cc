// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/sampling/reference_points.h>
#include <sobolev/sampling/sample_interior.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>

#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>

namespace sobolev
{
  namespace
  {
    /**
     * Points and weights of @p quadrature in a cell.
     *
     * FEValues is made anew for each cell, since a used one takes the Jacobian
     * of a cell of the same shape visited before, with other rounding errors.
     * The points would then depend on which cells a process owns.
     */
    template <int dim>
    void
    add_cell_to(
      CollocationPoints<dim>                                          &result,
      const typename dealii::Triangulation<dim>::active_cell_iterator &cell,
      const dealii::Mapping<dim>                                      &mapping,
      const dealii::Quadrature<dim> &quadrature)
    {
      const dealii::FE_Nothing<dim> fe;
      dealii::FEValues<dim>         fe_values(mapping,
                                      fe,
                                      quadrature,
                                      dealii::update_quadrature_points |
                                        dealii::update_JxW_values);
      fe_values.reinit(cell);
      for (const unsigned int q : fe_values.quadrature_point_indices())
        {
          result.points.push_back(fe_values.quadrature_point(q));
          result.weights.push_back(fe_values.JxW(q));
          result.material_ids.push_back(cell->material_id());
        }
    }



    template <int dim>
    double
    measure(
      const typename dealii::Triangulation<dim>::active_cell_iterator &cell,
      const dealii::Mapping<dim>                                      &mapping)
    {
      CollocationPoints<dim> points;
      add_cell_to<dim>(points, cell, mapping, dealii::QGauss<dim>(2));
      double sum = 0.;
      for (const double weight : points.weights)
        sum += weight;
      return sum;
    }
  } // namespace



  template <int dim>
  CollocationPoints<dim>
  sample_interior(const Problem<dim> &problem, const PointRule &rule)
  {
    const bool needs_measure = rule.kind == PointRule::Kind::low_discrepancy;

    // 1. The measure of the domain.
    std::vector<double> measures;
    double              sum = 0.;
    if (needs_measure)
      for (const auto &cell : problem.triangulation.active_cell_iterators())
        if (problem.is_owned(cell))
          {
            measures.push_back(measure<dim>(cell, problem.mapping));
            sum += measures.back();
          }
    const double total = dealii::Utilities::MPI::sum(sum, problem.communicator);

    // 2. The points, cell by cell.
    CollocationPoints<dim> result;
    ReferencePoints<dim>   reference_points(rule, total);
    std::size_t            n_cells = 0;
    for (const auto &cell : problem.triangulation.active_cell_iterators())
      if (problem.is_owned(cell))
        {
          const auto quadrature =
            reference_points(reference_points.name_of(place_in_mesh<dim>(cell)),
                             needs_measure ? measures[n_cells] : 0.);
          add_cell_to(result, cell, problem.mapping, quadrature);
          ++n_cells;
        }
    return result;
  }



  template CollocationPoints<1>
  sample_interior(const Problem<1> &, const PointRule &);
  template CollocationPoints<2>
  sample_interior(const Problem<2> &, const PointRule &);
  template CollocationPoints<3>
  sample_interior(const Problem<3> &, const PointRule &);
} // namespace sobolev
