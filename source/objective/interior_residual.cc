// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/interior_residual.h>

#include <algorithm>

namespace sobolev
{
  template <int dim>
  InteriorResidual<dim>::InteriorResidual(std::shared_ptr<const Law<dim>> law,
                                          const CollocationPoints<dim> &points,
                                          const double                  weight)
    : InteriorResidual(law,
                       EquationBlock{"interior", 0, law->n_equations()},
                       points,
                       weight)
  {
  }



  template <int dim>
  InteriorResidual<dim>::InteriorResidual(std::shared_ptr<const Law<dim>> law,
                                          const EquationBlock &equations,
                                          const CollocationPoints<dim> &points,
                                          const double                  weight)
    : ResidualBlock(equations.name, InputPoints(points), weight)
    , law(std::move(law))
    , equations(equations)
    , table(this->law->coefficients(),
            points.points,
            this->law->second_derivatives() != SecondDerivatives::none)
  {
    if (this->law->is_linear())
      tabulate(points.points);
  }



  template <int dim>
  void
  InteriorResidual<dim>::tabulate(const std::vector<dealii::Point<dim>> &points)
  {
    const std::size_t         n      = points.size();
    const unsigned int        n_jets = law->n_components() * law->n_channels();
    const std::vector<double> zero(n_jets * n, 0.);
    constants.resize(n_equations() * n);
    slopes.resize(n_equations() * n_jets * n);
    evaluate_law({dealii::make_array_view(points),
                  table,
                  0,
                  dealii::make_array_view(zero),
                  n},
                 dealii::make_array_view(constants),
                 dealii::make_array_view(slopes));
  }



  template <int dim>
  void
  InteriorResidual<dim>::evaluate_law(
    const JetBatch<dim>             &batch,
    const dealii::ArrayView<double> &residuals,
    const dealii::ArrayView<double> &linearisation) const
  {
    if (equations.n_equations == law->n_equations())
      {
        law->strong_residuals(batch, residuals, linearisation);
        return;
      }

    // Kept by the thread, so that nothing is allocated in the long run.
    thread_local std::vector<double> all_residuals, all_slopes;
    const std::size_t                n_slopes =
      law->n_components() * law->n_channels() * batch.stride;
    all_residuals.resize(law->n_equations() * batch.stride);
    all_slopes.resize(linearisation.size() > 0 ? law->n_equations() * n_slopes
                                               : 0);
    law->strong_residuals(batch,
                          dealii::make_array_view(all_residuals),
                          dealii::make_array_view(all_slopes));
    for (unsigned int e = 0; e < equations.n_equations; ++e)
      std::copy_n(all_residuals.begin() + (equations.first + e) * batch.stride,
                  batch.points.size(),
                  residuals.begin() + e * batch.stride);
    if (linearisation.size() > 0)
      std::copy_n(all_slopes.begin() + equations.first * n_slopes,
                  equations.n_equations * n_slopes,
                  linearisation.begin());
  }



  template <int dim>
  JetSpecification
  InteriorResidual<dim>::jet_specification() const
  {
    switch (law->second_derivatives())
      {
        case SecondDerivatives::none:
          return JetSpecification::gradient(dim);
        case SecondDerivatives::laplacian:
          return JetSpecification::laplacian(dim);
        default:
          return JetSpecification::hessian(dim);
      }
  }



  template <int dim>
  unsigned int
  InteriorResidual<dim>::n_outputs() const
  {
    return law->n_components();
  }



  template <int dim>
  unsigned int
  InteriorResidual<dim>::n_equations() const
  {
    return equations.n_equations;
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
    if (!law->is_linear())
      {
        // Kept by the thread, so that nothing is allocated in the long run.
        thread_local std::vector<dealii::Point<dim>> x;
        x.resize(n_points);
        for (unsigned int p = 0; p < n_points; ++p)
          x[p] = points().position<dim>(first + p);
        evaluate_law(
          {dealii::ArrayView<const dealii::Point<dim>>(x.data(), n_points),
           table,
           first,
           jets,
           stride},
          residuals,
          linearisation);
        return;
      }

    const std::size_t  n      = points().size();
    const unsigned int n_jets = law->n_components() * law->n_channels();
    for (unsigned int e = 0; e < n_equations(); ++e)
      {
        double *const result = residuals.data() + e * stride;
        std::copy_n(constants.data() + e * n + first, n_points, result);
        for (unsigned int k = 0; k < n_jets; ++k)
          {
            const unsigned int  ek    = e * n_jets + k;
            const double *const slope = slopes.data() + ek * n + first;
            const double *const jet   = jets.data() + k * stride;
            for (unsigned int p = 0; p < n_points; ++p)
              result[p] += slope[p] * jet[p];
            if (linearisation.size() > 0)
              std::copy_n(slope, n_points, linearisation.data() + ek * stride);
          }
      }
  }



  template class InteriorResidual<1>;
  template class InteriorResidual<2>;
  template class InteriorResidual<3>;
} // namespace sobolev
