// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/normal_equations.h>
#include <sobolev/training/parameter_deviations.h>

#include <deal.II/base/numbers.h>

#include <cmath>
#include <limits>

namespace sobolev
{
  std::vector<double>
  parameter_deviations(const LeastSquaresProblem       &problem,
                       const std::vector<double>       &theta,
                       const std::vector<unsigned int> &which)
  {
    std::vector<double> deviations(which.size(),
                                   std::numeric_limits<double>::quiet_NaN());

    // 1. One column of the inverse for each.
    NormalEquations equations(problem);
    equations.assemble(theta);
    if (!std::isfinite(equations.largest_diagonal()) ||
        !equations.factorize(equations.smallest_damping() *
                             equations.largest_diagonal()))
      return deviations;
    std::vector<std::vector<double>> columns;
    for (const unsigned int k : which)
      {
        AssertIndexRange(k, theta.size());
        columns.emplace_back(theta.size(), 0.);
        columns.back()[k] = 1.;
        equations.solve(columns.back());
      }

    // 2. What the error of each row does to it.
    std::vector<double> squares(which.size(), 0.);
    problem.local().compute_jacobian(
      dealii::make_array_view(theta),
      [&](const LocalObjective::JacobianPanel &panel) {
        std::vector<double> product(panel.rows.size());
        for (unsigned int k = 0; k < which.size(); ++k)
          {
            std::fill(product.begin(), product.end(), 0.);
            for (std::size_t j = 0; j < theta.size(); ++j)
              for (std::size_t i = 0; i < product.size(); ++i)
                product[i] +=
                  columns[k][j] * panel.jacobian[j * panel.leading + i];
            for (std::size_t i = 0; i < product.size(); ++i)
              squares[k] +=
                product[i] * product[i] * panel.rows[i] * panel.rows[i];
          }
      });
    problem.sum(dealii::make_array_view(squares));
    for (unsigned int k = 0; k < which.size(); ++k)
      deviations[k] = std::sqrt(squares[k]);
    return deviations;
  }
} // namespace sobolev
