// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/coefficient_table.h>

#include <cmath>

namespace sobolev
{
  template <int dim>
  CoefficientTable<dim>::CoefficientTable(
    const Coefficients<dim>               &coefficients,
    const std::vector<dealii::Point<dim>> &points,
    const bool                             with_gradients)
    : values(coefficients.size(), std::vector<double>(points.size()))
    , gradients(coefficients.size(),
                std::vector<dealii::Tensor<1, dim>>(points.size()))
  {
    for (unsigned int k = 0; k < coefficients.size(); ++k)
      {
        coefficients[k]->value_list(points, values[k]);
        if (with_gradients)
          coefficients[k]->gradient_list(points, gradients[k]);
        for (std::size_t i = 0; i < points.size(); ++i)
          AssertInput(std::isfinite(values[k][i]) &&
                        std::isfinite(gradients[k][i].norm()),
                      "coefficient " << k
                                     << " of the law, or its gradient, is not "
                                        "a finite number at the point ("
                                     << points[i] << ").");
      }
  }



  template class CoefficientTable<1>;
  template class CoefficientTable<2>;
  template class CoefficientTable<3>;
} // namespace sobolev
