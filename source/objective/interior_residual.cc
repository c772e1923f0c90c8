// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/interior_residual.h>

namespace sobolev
{
  template <int dim>
  InteriorResidual<dim>::InteriorResidual(std::shared_ptr<const Law<dim>> law,
                                          CollocationPoints<dim> points,
                                          const double           weight)
    : law(std::move(law))
    , samples(std::move(points))
    , table(this->law->coefficients(), samples.points)
    , block_weight(weight)
  {
  }



  template <int dim>
  std::string
  InteriorResidual<dim>::name() const
  {
    return "interior";
  }



  template <int dim>
  JetSpecification
  InteriorResidual<dim>::jet_specification() const
  {
    return law->second_derivatives() == SecondDerivatives::laplacian
             ? JetSpecification::laplacian(dim)
             : JetSpecification::hessian(dim);
  }



  template <int dim>
  unsigned int
  InteriorResidual<dim>::n_equations() const
  {
    return law->n_components();
  }



  template <int dim>
  const std::vector<dealii::Point<dim>> &
  InteriorResidual<dim>::points() const
  {
    return samples.points;
  }



  template <int dim>
  const std::vector<double> &
  InteriorResidual<dim>::quadrature_weights() const
  {
    return samples.weights;
  }



  template <int dim>
  double
  InteriorResidual<dim>::weight() const
  {
    return block_weight;
  }



  template <int dim>
  void
  InteriorResidual<dim>::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    law->strong_residuals(dealii::ArrayView<const dealii::Point<dim>>(
                            samples.points.data() + first, n_points),
                          table,
                          first,
                          jets,
                          stride,
                          residuals,
                          linearisation);
  }



  template class InteriorResidual<1>;
  template class InteriorResidual<2>;
  template class InteriorResidual<3>;
} // namespace sobolev
