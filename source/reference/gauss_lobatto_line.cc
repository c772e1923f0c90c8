// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/gauss_lobatto_line.h>

#include <deal.II/base/polynomial.h>
#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace sobolev
{
  GaussLobattoLine::GaussLobattoLine(const double       lower,
                                     const double       upper,
                                     const unsigned int n_cells,
                                     const unsigned int degree)
    : lower(lower)
    , cell_size((upper - lower) / n_cells)
    , n_cells(n_cells)
    , degree(degree)
    , nodes(n_cells * degree + 1)
    , weights(nodes.size(), 0.)
    , stiffness_rows(nodes.size())
  {
    Assert(n_cells > 0 && degree > 0 && lower < upper,
           dealii::ExcMessage("A line needs cells of positive length and "
                              "degree."));
    const dealii::QGaussLobatto<1> quadrature(degree + 1);
    const auto shapes = dealii::Polynomials::generate_complete_Lagrange_basis(
      quadrature.get_points());
    for (const auto &point : quadrature.get_points())
      unit_nodes.push_back(point[0]);

    // 1. On the unit interval.
    std::vector<std::vector<double>> slopes;
    for (const auto &shape : shapes)
      {
        slopes.emplace_back();
        for (const double x : unit_nodes)
          {
            std::vector<double> value_and_slope(2);
            shape.value(x, value_and_slope);
            slopes.back().push_back(value_and_slope[1]);
          }
      }

    // 2. On the line.
    std::vector<std::map<unsigned int, double>> rows(nodes.size());
    for (unsigned int cell = 0; cell < n_cells; ++cell)
      for (unsigned int i = 0; i <= degree; ++i)
        {
          const unsigned int node = cell * degree + i;
          nodes[node]             = lower + (cell + unit_nodes[i]) * cell_size;
          weights[node] += quadrature.weight(i) * cell_size;
          for (unsigned int j = 0; j <= degree; ++j)
            for (unsigned int q = 0; q <= degree; ++q)
              rows[node][cell * degree + j] +=
                slopes[i][q] * slopes[j][q] * quadrature.weight(q) / cell_size;
        }
    for (unsigned int i = 0; i < nodes.size(); ++i)
      stiffness_rows[i].assign(rows[i].begin(), rows[i].end());
  }



  GaussLobattoLine::Combination
  GaussLobattoLine::interpolate(const double x) const
  {
    const double       place = (x - lower) / cell_size;
    const unsigned int cell  = static_cast<unsigned int>(
      std::clamp(std::floor(place), 0., n_cells - 1.));
    const double unit = place - cell;

    Combination combination;
    for (unsigned int i = 0; i <= degree; ++i)
      {
        double shape = 1.;
        for (unsigned int j = 0; j <= degree; ++j)
          if (j != i)
            shape *= (unit - unit_nodes[j]) / (unit_nodes[i] - unit_nodes[j]);
        combination.emplace_back(cell * degree + i, shape);
      }
    return combination;
  }
} // namespace sobolev
