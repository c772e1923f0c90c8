// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/boundary_residual.h>

#include <algorithm>
#include <array>

namespace sobolev
{
  template <int dim>
  BoundaryResidual<dim>::BoundaryResidual(
    std::shared_ptr<const Law<dim>> law,
    const BoundaryCondition<dim>   &condition,
    const CollocationPoints<dim>   &points,
    const double                    weight)
    : ResidualBlock("boundary " + std::to_string(points.boundary_id),
                    InputPoints(points),
                    weight)
    , law(std::move(law))
    , kind(condition.kind)
    , component(condition.component)
    , normals(kind == Kind::dirichlet ? std::vector<dealii::Tensor<1, dim>>()
                                      : points.normals)
    , data(condition.data(), points.points, false)
    , table(kind == Kind::dirichlet ? Coefficients<dim>()
                                    : this->law->coefficients(),
            points.points,
            false)
  {
  }



  template <int dim>
  JetSpecification
  BoundaryResidual<dim>::jet_specification() const
  {
    return kind == Kind::dirichlet ? JetSpecification::value()
                                   : JetSpecification::gradient(dim);
  }



  template <int dim>
  unsigned int
  BoundaryResidual<dim>::n_outputs() const
  {
    return law->n_components();
  }



  template <int dim>
  unsigned int
  BoundaryResidual<dim>::n_equations() const
  {
    return 1;
  }



  template <int dim>
  void
  BoundaryResidual<dim>::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    std::fill(linearisation.begin(), linearisation.end(), 0.);
    if (kind != Kind::dirichlet)
      {
        evaluate_flux(first, n_points, jets, stride, residuals, linearisation);
        return;
      }

    for (unsigned int p = 0; p < n_points; ++p)
      residuals[p] = jets[component * stride + p] - data.value(0, first + p);
    if (linearisation.size() > 0)
      std::fill_n(linearisation.begin() + component * stride, n_points, 1.);
  }



  template <int dim>
  void
  BoundaryResidual<dim>::evaluate_flux(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    constexpr unsigned int n_channels = 1 + dim;
    const unsigned int     n          = law->n_components();
    const unsigned int     n_rows     = law->n_equations();

    // Kept by the thread, so that nothing is allocated in the long run.
    thread_local std::vector<double>                 values;
    thread_local std::vector<dealii::Tensor<1, dim>> gradients;
    thread_local WeakForm<dim>                       form(0);
    values.resize(n);
    gradients.resize(n);
    if (form.source.size() != n_rows || form.source_value.size() != n_rows * n)
      form = WeakForm<dim>(n_rows, n);
    for (unsigned int p = 0; p < n_points; ++p)
      {
        for (unsigned int c = 0; c < n; ++c)
          {
            values[c] = jets[c * n_channels * stride + p];
            for (unsigned int j = 0; j < dim; ++j)
              gradients[c][j] = jets[(c * n_channels + 1 + j) * stride + p];
          }
        law->evaluate(points().position<dim>(first + p),
                      table,
                      first + p,
                      dealii::make_array_view(values),
                      dealii::make_array_view(gradients),
                      form);

        const auto  &normal = normals[first + p];
        const double g      = data.value(0, first + p);
        const double h = kind == Kind::robin ? data.value(1, first + p) : 0.;
        residuals[p]   = normal * form.flux[component] -
                       (kind == Kind::robin ? h * (values[component] - g) : g);

        if (linearisation.size() > 0)
          for (unsigned int d = 0; d < n; ++d)
            {
              const unsigned int cd = component * n + d;
              linearisation[d * n_channels * stride + p] =
                normal * form.flux_value[cd] - (d == component ? h : 0.);
              const auto slope = normal * form.flux_gradient[cd];
              for (unsigned int j = 0; j < dim; ++j)
                linearisation[(d * n_channels + 1 + j) * stride + p] = slope[j];
            }
      }
  }



  template class BoundaryResidual<1>;
  template class BoundaryResidual<2>;
  template class BoundaryResidual<3>;
} // namespace sobolev
