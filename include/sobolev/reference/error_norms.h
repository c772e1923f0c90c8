// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_error_norms_h
#define sobolev_reference_error_norms_h

#include <sobolev/reference/finite_element_solution.h>
#include <sobolev/reference/norms.h>

#include <deal.II/base/function.h>

#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/vector.h>

#include <functional>
#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * Norms of the finite element @p solution itself, to make errors relative.
   * Collective.
   *
   * All functions of this file integrate over the mesh of the solution with
   * Gauss quadrature of degree + 3 points per direction and give the same
   * numbers, up to round-off, for any number of processes.
   */
  template <int dim>
  Norms compute_norms(const FiniteElementSolution<dim> &solution);

  /**
   * Norms of (@p solution - @p other). The other function, say a surrogate, is
   * asked for its values and gradients by `value_list` and `gradient_list`
   * (their `vector_` counterparts for several components), once per cell.
   * Collective.
   */
  template <int dim>
  Norms compute_error_norms(const FiniteElementSolution<dim> &solution,
                            const dealii::Function<dim>      &other);

  /**
   * Norms of (@p a - @p b), say a surrogate and an exact solution, on the mesh
   * of @p solution, which otherwise serves for the energy norm only.
   * Collective.
   */
  template <int dim>
  Norms compute_difference_norms(const FiniteElementSolution<dim> &solution,
                                 const dealii::Function<dim>      &a,
                                 const dealii::Function<dim>      &b);

  /**
   * The L2 norms of $F(x, u, \nabla u) - \sigma$ and of $F$, with $u$ the finite
   * element solution and $F$ the fluxes of its law, to compare a surrogate that
   * has fluxes.
   * Collective.
   *
   * @param flux $\sigma_{c,i}$ as component `c * dim + i`.
   */
  template <int dim>
  std::pair<double, double>
  compute_flux_error(const FiniteElementSolution<dim> &solution,
                     const dealii::Function<dim>      &flux);



  /**
   * Values and gradients of all components at the quadrature points of a cell;
   * component c at point q is entry `q * n_components + c`.
   */
  template <int dim>
  struct CellValues
  {
    CellValues(const unsigned int n_points, const unsigned int n_components);

    std::vector<double>                 values;
    std::vector<dealii::Tensor<1, dim>> gradients;
  };



  /**
   * Overwrites the values of the solution at the points of an FEValues object
   * with those of the error.
   */
  template <int dim>
  using ErrorOnCell = std::function<void(const dealii::FEValues<dim> &fe_values,
                                         CellValues<dim> &solution_to_error)>;

  /**
   * The general case behind the functions above: norms of what @p error says.
   * Collective; @p error itself must not communicate.
   *
   * @param squared_errors If not null, it is filled with the squared H1
   *   seminorms of the error by active cell index, 0 on cells of others.
   */
  template <int dim>
  Norms integrate_norms(const FiniteElementSolution<dim> &solution,
                        const ErrorOnCell<dim>           &error,
                        dealii::Vector<double> *squared_errors = nullptr);
} // namespace sobolev

#endif
