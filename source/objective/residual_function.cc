// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/residual_function.h>

#include <deal.II/lac/vector.h>

#include <algorithm>

namespace sobolev
{
  template <int dim>
  ResidualFunction<dim>::ResidualFunction(std::shared_ptr<const Law<dim>> law,
                                          const Network             &network,
                                          const std::vector<double> &theta)
    : dealii::Function<dim>(law->n_equations())
    , law(std::move(law))
    , network(network)
    , theta(theta)
  {
  }



  template <int dim>
  double
  ResidualFunction<dim>::value(const dealii::Point<dim> &p,
                               const unsigned int        component) const
  {
    std::vector<dealii::Vector<double>> values(
      1, dealii::Vector<double>(this->n_components));
    vector_value_list({p}, values);
    return values[0][component];
  }



  template <int dim>
  void
  ResidualFunction<dim>::vector_value_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<dealii::Vector<double>>   &values) const
  {
    AssertDimension(values.size(), points.size());

    CollocationPoints<dim> samples;
    samples.points = points;
    samples.weights.assign(points.size(), 1.);
    const InteriorResidual<dim> residual(law, samples, 1.);

    NetworkWeights weights(network);
    weights.assign(dealii::make_array_view(theta));
    JetTile             tile(network, residual.jet_specification());
    std::vector<double> rows(this->n_components * tile.capacity());
    for (std::size_t begin = 0; begin < points.size(); begin += tile.capacity())
      {
        const unsigned int size =
          std::min<std::size_t>(tile.capacity(), points.size() - begin);
        tile.reinit(size);
        for (unsigned int p = 0; p < size; ++p)
          for (unsigned int d = 0; d < dim; ++d)
            tile.set_input(d, p, points[begin + p][d]);
        network.evaluate(weights, tile);
        residual.evaluate(begin,
                          size,
                          tile.all_outputs(),
                          tile.stride(),
                          dealii::make_array_view(rows),
                          dealii::ArrayView<double>());
        for (unsigned int p = 0; p < size; ++p)
          for (unsigned int c = 0; c < this->n_components; ++c)
            values[begin + p][c] = rows[c * tile.stride() + p];
      }
  }



  template class ResidualFunction<1>;
  template class ResidualFunction<2>;
  template class ResidualFunction<3>;
} // namespace sobolev
