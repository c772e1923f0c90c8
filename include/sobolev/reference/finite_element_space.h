// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_finite_element_space_h
#define sobolev_reference_finite_element_space_h

#include <sobolev/problem/problem.h>

#include <deal.II/base/index_set.h>

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_system.h>
#include <deal.II/lac/affine_constraints.h>
#include <deal.II/lac/la_parallel_vector.h>

namespace sobolev
{
  /** Degrees of freedom: each process stores its own and its ghosts. */
  using FiniteElementVector =
    dealii::LinearAlgebra::distributed::Vector<double>;



  /**
   * Continuous Lagrange elements of one degree for all components of a
   * Problem, with the constraints that its Dirichlet conditions and hanging
   * nodes demand.
   *
   * Where two boundaries meet, the Dirichlet condition of the smaller boundary
   * id holds.
   */
  template <int dim>
  class FiniteElementSpace
  {
  public:
    /**
     * Distribute degrees of freedom. All arguments but the degree are
     * referenced and must outlive this object. Collective.
     *
     * @param triangulation As made by copy_mesh().
     */
    FiniteElementSpace(const Problem<dim>               &problem,
                       const dealii::Triangulation<dim> &triangulation,
                       const dealii::Mapping<dim>       &mapping,
                       const unsigned int                degree);

    /** Do it again after the mesh has been refined. Collective. */
    void reinit();

    /**
     * A vector of zeros with room for ghosts, ready to be written to.
     * Collective.
     */
    FiniteElementVector create_vector() const;

    const dealii::FESystem<dim> &
    get_fe() const
    {
      return fe;
    }

    const dealii::DoFHandler<dim> &
    get_dof_handler() const
    {
      return dof_handler;
    }

    /** Hanging nodes and Dirichlet values: what solutions satisfy. */
    const dealii::AffineConstraints<double> &
    get_constraints() const
    {
      return constraints;
    }

    /** The same with Dirichlet values 0: what updates satisfy. */
    const dealii::AffineConstraints<double> &
    get_update_constraints() const
    {
      return update_constraints;
    }

    const dealii::IndexSet &
    get_locally_relevant_dofs() const
    {
      return locally_relevant_dofs;
    }

  private:
    void make_constraints();

    const Problem<dim>         &problem;
    const dealii::Mapping<dim> &mapping;
    const dealii::FESystem<dim> fe;
    dealii::DoFHandler<dim>     dof_handler;
    dealii::IndexSet            locally_relevant_dofs;

    dealii::AffineConstraints<double> constraints;
    dealii::AffineConstraints<double> update_constraints;
  };



  /**
   * Represent a finite element function in another space on the same mesh,
   * exactly if its degree is not lower. The constraints of @p to are imposed
   * afterwards. Collective.
   *
   * @param values In @p from, with up-to-date ghosts.
   * @return       In @p to, ghosts not up-to-date.
   */
  template <int dim>
  FiniteElementVector interpolate(const FiniteElementSpace<dim> &from,
                                  const FiniteElementVector     &values,
                                  const FiniteElementSpace<dim> &to);
} // namespace sobolev

#endif
