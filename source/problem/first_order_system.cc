// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/first_order_system.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <utility>

namespace sobolev
{
  template <int dim>
  FirstOrderSystem<dim>::FirstOrderSystem(std::shared_ptr<const Law<dim>> law)
    : law(std::move(law))
    , n(this->law->n_equations())
  {
    AssertThrow(this->law->second_derivatives() != SecondDerivatives::none,
                dealii::ExcMessage("The law '" + this->law->name() +
                                   "' is of first order already."));
  }



  template <int dim>
  std::string
  FirstOrderSystem<dim>::name() const
  {
    return "first-order system of " + law->name();
  }



  template <int dim>
  unsigned int
  FirstOrderSystem<dim>::n_components() const
  {
    return law->n_components() + n * dim;
  }



  template <int dim>
  unsigned int
  FirstOrderSystem<dim>::n_equations() const
  {
    return n * (1 + dim);
  }



  template <int dim>
  std::vector<EquationBlock>
  FirstOrderSystem<dim>::equation_blocks() const
  {
    return {{"interior", 0, n}, {"flux", n, n * dim}};
  }



  template <int dim>
  SecondDerivatives
  FirstOrderSystem<dim>::second_derivatives() const
  {
    return SecondDerivatives::none;
  }



  template <int dim>
  bool
  FirstOrderSystem<dim>::is_symmetric() const
  {
    return false;
  }



  template <int dim>
  bool
  FirstOrderSystem<dim>::is_linear() const
  {
    return law->is_linear();
  }



  template <int dim>
  const Coefficients<dim> &
  FirstOrderSystem<dim>::coefficients() const
  {
    return law->coefficients();
  }



  template <int dim>
  template <typename Jet>
  const WeakForm<dim> &
  FirstOrderSystem<dim>::evaluate_law(const dealii::Point<dim>    &point,
                                      const CoefficientTable<dim> &table,
                                      const std::size_t            index,
                                      const Jet &value_and_gradient) const
  {
    // Kept by the thread, so that nothing is allocated in the long run.
    thread_local std::vector<double>                 values;
    thread_local std::vector<dealii::Tensor<1, dim>> gradients;
    thread_local WeakForm<dim>                       form(0);
    const unsigned int n_unknowns = law->n_components();
    values.resize(n_unknowns);
    gradients.resize(n_unknowns);
    if (form.source.size() != n || form.source_value.size() != n * n_unknowns)
      form = WeakForm<dim>(n, n_unknowns);

    for (unsigned int d = 0; d < n_unknowns; ++d)
      {
        values[d] = value_and_gradient(component(d), 0);
        for (unsigned int j = 0; j < dim; ++j)
          gradients[d][j] = value_and_gradient(component(d), 1 + j);
      }
    law->evaluate(point,
                  table,
                  index,
                  dealii::make_array_view(values),
                  dealii::make_array_view(gradients),
                  form);
    return form;
  }



  template <int dim>
  void
  FirstOrderSystem<dim>::strong_residuals(
    const JetBatch<dim>             &batch,
    const dealii::ArrayView<double> &residuals,
    const dealii::ArrayView<double> &linearisation) const
  {
    constexpr unsigned int n_channels = 1 + dim;
    const std::size_t      stride     = batch.stride;
    const unsigned int     n_unknowns = law->n_components();
    std::fill(linearisation.begin(), linearisation.end(), 0.);

    for (std::size_t p = 0; p < batch.points.size(); ++p)
      {
        const auto jet = [&](const unsigned int component,
                             const unsigned int channel) {
          return batch.jets[(component * n_channels + channel) * stride + p];
        };
        const auto slope = [&](const unsigned int equation,
                               const unsigned int component,
                               const unsigned int channel) -> double & {
          return linearisation
            [((equation * n_components() + component) * n_channels + channel) *
               stride +
             p];
        };
        const WeakForm<dim> &form =
          evaluate_law(batch.points[p], batch.table, batch.first + p, jet);

        // 1. Residuals: first all divergences, then all fluxes.
        for (unsigned int c = 0; c < n; ++c)
          {
            double divergence = 0.;
            for (unsigned int i = 0; i < dim; ++i)
              {
                const unsigned int sigma = flux_component(c, i);
                divergence += jet(sigma, 1 + i);
                residuals[sigma * stride + p] = jet(sigma, 0) - form.flux[c][i];
              }
            residuals[c * stride + p] = divergence - form.source[c];
          }

        // 2. Derivatives.
        if (linearisation.size() == 0)
          continue;
        for (unsigned int c = 0; c < n; ++c)
          {
            for (unsigned int i = 0; i < dim; ++i)
              {
                const unsigned int sigma = flux_component(c, i);
                slope(c, sigma, 1 + i)   = 1.;
                slope(sigma, sigma, 0)   = 1.;
              }
            for (unsigned int d = 0; d < n_unknowns; ++d)
              {
                const unsigned int cd = c * n_unknowns + d;
                const unsigned int u  = component(d);
                slope(c, u, 0)        = -form.source_value[cd];
                for (unsigned int j = 0; j < dim; ++j)
                  slope(c, u, 1 + j) = -form.source_gradient[cd][j];
                for (unsigned int i = 0; i < dim; ++i)
                  {
                    const unsigned int sigma = flux_component(c, i);
                    slope(sigma, u, 0)       = -form.flux_value[cd][i];
                    for (unsigned int j = 0; j < dim; ++j)
                      slope(sigma, u, 1 + j) = -form.flux_gradient[cd][i][j];
                  }
              }
          }
      }
  }



  template <int dim>
  void
  FirstOrderSystem<dim>::evaluate(
    const dealii::Point<dim>                              &point,
    const CoefficientTable<dim>                           &table,
    const std::size_t                                      index,
    const dealii::ArrayView<const double>                 &values,
    const dealii::ArrayView<const dealii::Tensor<1, dim>> &gradients,
    WeakForm<dim>                                         &weak_form) const
  {
    const unsigned int   n_unknowns = law->n_components();
    const WeakForm<dim> &form       = evaluate_law(
      point,
      table,
      index,
      [&](const unsigned int component, const unsigned int k) {
        return k == 0 ? values[component] : gradients[component][k - 1];
      });
    const auto entry = [&](const unsigned int equation,
                           const unsigned int component) {
      return equation * n_components() + component;
    };

    std::fill(
      weak_form.flux.begin(), weak_form.flux.end(), dealii::Tensor<1, dim>());
    std::fill(weak_form.flux_value.begin(),
              weak_form.flux_value.end(),
              dealii::Tensor<1, dim>());
    std::fill(weak_form.flux_gradient.begin(),
              weak_form.flux_gradient.end(),
              dealii::Tensor<2, dim>());
    std::fill(weak_form.source_value.begin(), weak_form.source_value.end(), 0.);
    std::fill(weak_form.source_gradient.begin(),
              weak_form.source_gradient.end(),
              dealii::Tensor<1, dim>());
    for (unsigned int c = 0; c < n; ++c)
      {
        weak_form.source[c] = form.source[c];
        for (unsigned int i = 0; i < dim; ++i)
          {
            const unsigned int sigma                 = flux_component(c, i);
            weak_form.flux[c][i]                     = values[sigma];
            weak_form.flux_value[entry(c, sigma)][i] = 1.;
            weak_form.source[sigma] = form.flux[c][i] - values[sigma];
            weak_form.source_value[entry(sigma, sigma)] = -1.;
          }
        for (unsigned int d = 0; d < n_unknowns; ++d)
          {
            const unsigned int cd                  = c * n_unknowns + d;
            const unsigned int u                   = component(d);
            weak_form.source_value[entry(c, u)]    = form.source_value[cd];
            weak_form.source_gradient[entry(c, u)] = form.source_gradient[cd];
            for (unsigned int i = 0; i < dim; ++i)
              {
                const unsigned int sigma_u = entry(flux_component(c, i), u);
                weak_form.source_value[sigma_u]    = form.flux_value[cd][i];
                weak_form.source_gradient[sigma_u] = form.flux_gradient[cd][i];
              }
          }
      }
  }



  template class FirstOrderSystem<1>;
  template class FirstOrderSystem<2>;
  template class FirstOrderSystem<3>;
} // namespace sobolev
