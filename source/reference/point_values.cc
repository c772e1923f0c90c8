// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/point_values.h>

#include <deal.II/base/mpi_remote_point_evaluation.h>

#include <deal.II/numerics/vector_tools_evaluate.h>

#include <limits>
#include <string>

namespace sobolev
{
  namespace
  {
    template <int dim, int n_components>
    std::vector<double>
    evaluate(const FiniteElementSolution<dim>      &solution,
             const std::vector<dealii::Point<dim>> &points,
             const unsigned int                     component)
    {
      dealii::Utilities::MPI::RemotePointEvaluation<dim> evaluation;
      evaluation.reinit(points, *solution.triangulation, *solution.mapping);
      const auto found = dealii::VectorTools::point_values<n_components>(
        evaluation, solution.dof_handler(), solution.values);

      std::vector<double> values(points.size(),
                                 std::numeric_limits<double>::quiet_NaN());
      for (unsigned int i = 0; i < points.size(); ++i)
        if (evaluation.point_found(i))
          {
            if constexpr (n_components == 1)
              values[i] = found[i];
            else
              values[i] = found[i][component];
          }
      return values;
    }
  } // namespace



  template <int dim>
  std::vector<double>
  evaluate_at_points(const FiniteElementSolution<dim>      &solution,
                     const std::vector<dealii::Point<dim>> &points,
                     const unsigned int                     component)
  {
    const unsigned int n_components = solution.problem.law->n_components();
    AssertIndexRange(component, n_components);
    switch (n_components)
      {
        case 1:
          return evaluate<dim, 1>(solution, points, component);
        case 2:
          return evaluate<dim, 2>(solution, points, component);
        case 3:
          return evaluate<dim, 3>(solution, points, component);
        case 4:
          return evaluate<dim, 4>(solution, points, component);
        default:
          throw InputError("a finite element solution is evaluated at points "
                           "if it has up to 4 unknowns, and not " +
                           std::to_string(n_components) + ".");
      }
  }



  template std::vector<double>
  evaluate_at_points(const FiniteElementSolution<1> &,
                     const std::vector<dealii::Point<1>> &,
                     const unsigned int);
  template std::vector<double>
  evaluate_at_points(const FiniteElementSolution<2> &,
                     const std::vector<dealii::Point<2>> &,
                     const unsigned int);
  template std::vector<double>
  evaluate_at_points(const FiniteElementSolution<3> &,
                     const std::vector<dealii::Point<3>> &,
                     const unsigned int);
} // namespace sobolev
