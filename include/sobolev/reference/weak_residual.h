// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_weak_residual_h
#define sobolev_reference_weak_residual_h

#include <sobolev/problem/problem.h>
#include <sobolev/reference/finite_element_space.h>

#include <deal.II/lac/trilinos_sparse_matrix.h>

namespace sobolev
{
  /**
   * The residual of a Problem in a finite element space and its tangent.
   *
   * With test functions $\varphi_i$ of component $c(i)$,
   * @f[
   *   R_i(u) = \int_\Omega F_{c(i)} \cdot \nabla \varphi_i
   *     + S_{c(i)} \varphi_i \, dx
   *     - \int_{\partial\Omega} (n \cdot F_{c(i)}) \varphi_i \, ds ,
   *   \qquad K_{ij} = -\frac{\partial R_i}{\partial U_j} ,
   * @f]
   * where $n \cdot F_c$ is $g$ on Neumann and $h (u_c - g)$ on Robin
   * boundaries, and zero where the problem says nothing. For $F = -a \nabla u$
   * with $a > 0$, $K$ is positive definite.
   *
   * Gauss quadrature with $p+2$ points per direction. The rows and columns of
   * constrained degrees of freedom are eliminated.
   */
  template <int dim>
  class WeakResidual
  {
  public:
    /** All arguments are referenced and must outlive this object. Local. */
    WeakResidual(const Problem<dim>            &problem,
                 const dealii::Mapping<dim>    &mapping,
                 const FiniteElementSpace<dim> &space);

    /** Give @p tangent the sparsity pattern of the space. Collective. */
    void reinit(dealii::TrilinosWrappers::SparseMatrix &tangent) const;

    /**
     * Compute $R(u)$ and, unless it is a null pointer, $K(u)$. Collective.
     *
     * @param state Has to satisfy the constraints; its ghosts are updated.
     *
     * @throws InputError if a coefficient or a boundary value is not finite.
     */
    void assemble(FiniteElementVector                    &residual,
                  dealii::TrilinosWrappers::SparseMatrix *tangent,
                  FiniteElementVector                    &state) const;

  private:
    struct Scratch;

    void add_cell(Scratch &scratch) const;

    void add_face(Scratch                                   &scratch,
                  const std::vector<BoundaryCondition<dim>> &conditions,
                  const FiniteElementVector                 &state) const;

    const Problem<dim>            &problem;
    const dealii::Mapping<dim>    &mapping;
    const FiniteElementSpace<dim> &space;
  };
} // namespace sobolev

#endif
