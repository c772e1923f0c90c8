// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/collective_errors.h>
#include <sobolev/reference/error_norms.h>

#include <deal.II/base/quadrature_lib.h>

#include <deal.II/numerics/vector_tools_integrate_difference.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sobolev
{
  namespace
  {
    // values -= function at the quadrature points, one batch per cell.
    template <int dim>
    void
    subtract(const dealii::FEValues<dim> &fe_values,
             const dealii::Function<dim> &function,
             CellValues<dim>             &values)
    {
      const auto        &points = fe_values.get_quadrature_points();
      const unsigned int n      = function.n_components;
      AssertDimension(values.values.size(), points.size() * n);

      if (n == 1)
        {
          std::vector<double>                 u(points.size());
          std::vector<dealii::Tensor<1, dim>> grad_u(points.size());
          function.value_list(points, u);
          function.gradient_list(points, grad_u);
          for (unsigned int q = 0; q < points.size(); ++q)
            {
              values.values[q] -= u[q];
              values.gradients[q] -= grad_u[q];
            }
        }
      else
        {
          std::vector<dealii::Vector<double>>              u(points.size(),
                                                dealii::Vector<double>(n));
          std::vector<std::vector<dealii::Tensor<1, dim>>> grad_u(
            points.size(), std::vector<dealii::Tensor<1, dim>>(n));
          function.vector_value_list(points, u);
          function.vector_gradient_list(points, grad_u);
          for (unsigned int q = 0; q < points.size(); ++q)
            for (unsigned int c = 0; c < n; ++c)
              {
                values.values[q * n + c] -= u[q][c];
                values.gradients[q * n + c] -= grad_u[q][c];
              }
        }
    }



    template <int dim>
    void
    evaluate_solution(const FiniteElementSolution<dim>    &solution,
                      const dealii::FEValues<dim>         &fe_values,
                      std::vector<dealii::Vector<double>> &u,
                      std::vector<std::vector<dealii::Tensor<1, dim>>> &grad_u,
                      CellValues<dim>                                  &values)
    {
      const unsigned int n = fe_values.get_fe().n_components();
      u.resize(fe_values.n_quadrature_points, dealii::Vector<double>(n));
      grad_u.resize(fe_values.n_quadrature_points,
                    std::vector<dealii::Tensor<1, dim>>(n));
      fe_values.get_function_values(solution.values, u);
      fe_values.get_function_gradients(solution.values, grad_u);
      for (unsigned int q = 0; q < u.size(); ++q)
        for (unsigned int c = 0; c < n; ++c)
          {
            values.values[q * n + c]    = u[q][c];
            values.gradients[q * n + c] = grad_u[q][c];
          }
    }



    // The integrand of the squared energy norm at one point.
    template <int dim>
    double
    energy_density(const WeakForm<dim>          &form,
                   const double                 *e,
                   const dealii::Tensor<1, dim> *grad_e,
                   const unsigned int            n)
    {
      double density = 0.;
      for (unsigned int c = 0; c < n; ++c)
        for (unsigned int d = 0; d < n; ++d)
          density -= (form.flux_gradient[c * n + d] * grad_e[d]) * grad_e[c] +
                     form.source_value[c * n + d] * e[d] * e[c];
      return density;
    }
  } // namespace



  Norms
  relative_norms(const Norms &error, const Norms &reference)
  {
    const auto divide = [](const double a, const double b) {
      if (b > 0.)
        return a / b;
      return a == 0. ? 0. : std::numeric_limits<double>::infinity();
    };
    return {divide(error.l2, reference.l2),
            divide(error.h1, reference.h1),
            divide(error.linf, reference.linf),
            divide(error.energy, reference.energy)};
  }



  template <int dim>
  CellValues<dim>::CellValues(const unsigned int n_points,
                              const unsigned int n_components)
    : values(n_points * n_components)
    , gradients(n_points * n_components)
  {
  }



  template <int dim>
  Norms
  integrate_norms(const FiniteElementSolution<dim> &solution,
                  const ErrorOnCell<dim>           &error,
                  dealii::Vector<double>           *squared_errors)
  {
    const auto        &fe           = solution.space->get_fe();
    const auto        &law          = *solution.problem.law;
    const auto         communicator = solution.problem.communicator;
    const unsigned int n            = fe.n_components();
    if (squared_errors != nullptr)
      squared_errors->reinit(solution.triangulation->n_active_cells());

    double l2 = 0., gradient = 0., energy = 0., linf = 0.;
    fail_together(communicator, [&]() {
      dealii::FEValues<dim> fe_values(
        *solution.mapping,
        fe,
        dealii::QGauss<dim>(fe.degree + 3),
        dealii::update_values | dealii::update_gradients |
          dealii::update_quadrature_points | dealii::update_JxW_values);
      const unsigned int n_points = fe_values.n_quadrature_points;
      CellValues<dim>    u(n_points, n);
      CellValues<dim>    e(n_points, n);
      WeakForm<dim>      form(n);
      std::vector<dealii::Vector<double>>              scratch;
      std::vector<std::vector<dealii::Tensor<1, dim>>> gradient_scratch;

      for (const auto &cell : solution.dof_handler().active_cell_iterators())
        if (cell->is_locally_owned())
          {
            fe_values.reinit(cell);
            evaluate_solution(
              solution, fe_values, scratch, gradient_scratch, u);
            e = u;
            error(fe_values, e);

            const auto &points = fe_values.get_quadrature_points();
            const CoefficientTable<dim> table(law.coefficients(),
                                              points,
                                              /*with_gradients=*/false);
            double                      cell_gradient = 0.;
            for (unsigned int q = 0; q < n_points; ++q)
              {
                const double JxW = fe_values.JxW(q);
                law.evaluate(
                  points[q],
                  table,
                  q,
                  dealii::ArrayView<const double>(&u.values[q * n], n),
                  dealii::ArrayView<const dealii::Tensor<1, dim>>(
                    &u.gradients[q * n], n),
                  form);
                energy +=
                  JxW * energy_density(
                          form, &e.values[q * n], &e.gradients[q * n], n);
                for (unsigned int k = q * n; k < (q + 1) * n; ++k)
                  {
                    l2 += JxW * e.values[k] * e.values[k];
                    cell_gradient += JxW * e.gradients[k].norm_square();
                    linf = std::max(linf, std::abs(e.values[k]));
                  }
              }
            gradient += cell_gradient;
            if (squared_errors != nullptr)
              (*squared_errors)[cell->active_cell_index()] = cell_gradient;
          }
    });

    l2       = dealii::Utilities::MPI::sum(l2, communicator);
    gradient = dealii::Utilities::MPI::sum(gradient, communicator);
    energy   = dealii::Utilities::MPI::sum(energy, communicator);
    linf     = dealii::Utilities::MPI::max(linf, communicator);
    // The maximum ignores a NaN, the sums do not.
    return {std::sqrt(l2),
            std::sqrt(l2 + gradient),
            std::isnan(l2) ? l2 : linf,
            energy < 0. ? 0. : std::sqrt(energy)};
  }



  template <int dim>
  Norms
  compute_norms(const FiniteElementSolution<dim> &solution)
  {
    return integrate_norms<dim>(
      solution, [](const dealii::FEValues<dim> &, CellValues<dim> &) {});
  }



  template <int dim>
  Norms
  compute_error_norms(const FiniteElementSolution<dim> &solution,
                      const dealii::Function<dim>      &other)
  {
    AssertDimension(other.n_components,
                    solution.space->get_fe().n_components());

    // deal.II knows all norms but that of the law.
    const auto communicator = solution.problem.communicator;
    const auto integrate    = [&](const dealii::VectorTools::NormType norm) {
      dealii::Vector<double> per_cell(solution.triangulation->n_active_cells());
      fail_together(communicator, [&]() {
        dealii::VectorTools::integrate_difference(
          *solution.mapping,
          solution.dof_handler(),
          solution.values,
          other,
          per_cell,
          dealii::QGauss<dim>(solution.space->get_fe().degree + 3),
          norm);
      });
      return dealii::VectorTools::compute_global_error(
        *solution.triangulation, per_cell, norm);
    };
    const Norms own_norms = integrate_norms<dim>(
      solution,
      [&](const dealii::FEValues<dim> &fe_values, CellValues<dim> &values) {
        subtract(fe_values, other, values);
      });
    // In Debug mode deal.II refuses numbers that are not finite.
    if (!std::isfinite(own_norms.h1))
      return own_norms;
    return {integrate(dealii::VectorTools::L2_norm),
            integrate(dealii::VectorTools::H1_norm),
            integrate(dealii::VectorTools::Linfty_norm),
            own_norms.energy};
  }



  template <int dim>
  Norms
  compute_difference_norms(const FiniteElementSolution<dim> &solution,
                           const dealii::Function<dim>      &a,
                           const dealii::Function<dim>      &b)
  {
    AssertDimension(a.n_components, solution.space->get_fe().n_components());
    AssertDimension(b.n_components, solution.space->get_fe().n_components());
    return integrate_norms<dim>(
      solution,
      [&](const dealii::FEValues<dim> &fe_values, CellValues<dim> &values) {
        std::fill(values.values.begin(), values.values.end(), 0.);
        std::fill(values.gradients.begin(),
                  values.gradients.end(),
                  dealii::Tensor<1, dim>());
        subtract(fe_values, b, values);
        for (double &value : values.values)
          value = -value;
        for (dealii::Tensor<1, dim> &gradient : values.gradients)
          gradient = -gradient;
        subtract(fe_values, a, values);
      });
  }



  template <int dim>
  std::pair<double, double>
  compute_flux_error(const FiniteElementSolution<dim> &solution,
                     const dealii::Function<dim>      &flux)
  {
    const auto        &fe           = solution.space->get_fe();
    const auto        &law          = *solution.problem.law;
    const auto         communicator = solution.problem.communicator;
    const unsigned int n            = fe.n_components();
    AssertDimension(flux.n_components, n * dim);

    double error = 0., norm = 0.;
    fail_together(communicator, [&]() {
      dealii::FEValues<dim> fe_values(
        *solution.mapping,
        fe,
        dealii::QGauss<dim>(fe.degree + 3),
        dealii::update_values | dealii::update_gradients |
          dealii::update_quadrature_points | dealii::update_JxW_values);

      const unsigned int n_points = fe_values.n_quadrature_points;
      CellValues<dim>    u(n_points, n);
      WeakForm<dim>      form(n);
      std::vector<dealii::Vector<double>>              scratch;
      std::vector<std::vector<dealii::Tensor<1, dim>>> gradient_scratch;
      std::vector<dealii::Vector<double>>              sigma(
        n_points, dealii::Vector<double>(n * dim));
      for (const auto &cell : solution.dof_handler().active_cell_iterators())
        if (cell->is_locally_owned())
          {
            fe_values.reinit(cell);
            evaluate_solution(
              solution, fe_values, scratch, gradient_scratch, u);
            const auto &points = fe_values.get_quadrature_points();
            const CoefficientTable<dim> table(law.coefficients(),
                                              points,
                                              /*with_gradients=*/false);
            flux.vector_value_list(points, sigma);
            for (unsigned int q = 0; q < n_points; ++q)
              {
                law.evaluate(
                  points[q],
                  table,
                  q,
                  dealii::ArrayView<const double>(&u.values[q * n], n),
                  dealii::ArrayView<const dealii::Tensor<1, dim>>(
                    &u.gradients[q * n], n),
                  form);
                for (unsigned int c = 0; c < n; ++c)
                  {
                    norm += fe_values.JxW(q) * form.flux[c].norm_square();
                    for (unsigned int i = 0; i < dim; ++i)
                      error +=
                        fe_values.JxW(q) *
                        std::pow(form.flux[c][i] - sigma[q][c * dim + i], 2);
                  }
              }
          }
    });
    return {std::sqrt(dealii::Utilities::MPI::sum(error, communicator)),
            std::sqrt(dealii::Utilities::MPI::sum(norm, communicator))};
  }



  template struct CellValues<1>;
  template struct CellValues<2>;
  template struct CellValues<3>;

  template Norms compute_norms(const FiniteElementSolution<1> &);
  template Norms compute_norms(const FiniteElementSolution<2> &);
  template Norms compute_norms(const FiniteElementSolution<3> &);

  template Norms compute_error_norms(const FiniteElementSolution<1> &,
                                     const dealii::Function<1> &);
  template Norms compute_error_norms(const FiniteElementSolution<2> &,
                                     const dealii::Function<2> &);
  template Norms compute_error_norms(const FiniteElementSolution<3> &,
                                     const dealii::Function<3> &);

  template Norms compute_difference_norms(const FiniteElementSolution<1> &,
                                          const dealii::Function<1> &,
                                          const dealii::Function<1> &);
  template Norms compute_difference_norms(const FiniteElementSolution<2> &,
                                          const dealii::Function<2> &,
                                          const dealii::Function<2> &);
  template Norms compute_difference_norms(const FiniteElementSolution<3> &,
                                          const dealii::Function<3> &,
                                          const dealii::Function<3> &);

  template std::pair<double, double>
  compute_flux_error(const FiniteElementSolution<1> &,
                     const dealii::Function<1> &);
  template std::pair<double, double>
  compute_flux_error(const FiniteElementSolution<2> &,
                     const dealii::Function<2> &);
  template std::pair<double, double>
                 compute_flux_error(const FiniteElementSolution<3> &,
                                    const dealii::Function<3> &);
  template Norms integrate_norms(const FiniteElementSolution<1> &,
                                 const ErrorOnCell<1> &,
                                 dealii::Vector<double> *);
  template Norms integrate_norms(const FiniteElementSolution<2> &,
                                 const ErrorOnCell<2> &,
                                 dealii::Vector<double> *);
  template Norms integrate_norms(const FiniteElementSolution<3> &,
                                 const ErrorOnCell<3> &,
                                 dealii::Vector<double> *);
} // namespace sobolev
