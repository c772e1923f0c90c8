// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/interior_residual.h>

namespace sobolev
{
  template <int dim>
  InteriorResidual<dim>::InteriorResidual(std::shared_ptr<const Law<dim>> law,
                                          const CollocationPoints<dim> &points,
                                          const double                  weight)
    : ResidualBlock("interior", InputPoints(points), weight)
    , law(std::move(law))
    , table(this->law->coefficients(), points.points)
  {
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
  void
  InteriorResidual<dim>::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    // Kept by the thread, so that nothing is allocated in the long run.
    thread_local std::vector<dealii::Point<dim>> x;
    x.resize(n_points);
    for (unsigned int p = 0; p < n_points; ++p)
      for (unsigned int d = 0; d < dim; ++d)
        x[p][d] = points()(d, first + p);

    law->strong_residuals(
      dealii::ArrayView<const dealii::Point<dim>>(x.data(), n_points),
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
