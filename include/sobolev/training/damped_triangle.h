// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_damped_triangle_h
#define sobolev_training_damped_triangle_h

#include <sobolev/training/triangle_update.h>

namespace sobolev
{
  /**
   * The orthogonal factorisation of an upper triangle $R$ on top of a multiple
   * of the identity, with a right-hand side $c$,
   * @f[
   *   \begin{pmatrix} R & c \\ \sqrt\lambda I & 0 \end{pmatrix}
   *     = Q_\lambda
   *       \begin{pmatrix} R_\lambda & c_\lambda \\ 0 & * \end{pmatrix} ,
   * @f]
   * so that $R_\lambda^T R_\lambda = R^T R + \lambda I$ and $R_\lambda^{-1}
   * c_\lambda$ minimises $\|R p - c\|^2 + \lambda \|p\|^2$. Costs $2 n^3/3$
   * operations for each $\lambda$; $2 n^2$ numbers. Local to the process.
   */
  class DampedTriangle
  {
  public:
    explicit DampedTriangle(const unsigned int n);

    /**
     * Factorise.
     *
     * @param r        $(R \; c)$, column-major; only the upper triangle and
     *                 the last column are used.
     * @param smallest The smallest diagonal entry of $R_\lambda$ that counts
     *                 as more than a rounding error.
     * @return Whether $R_\lambda$ is finite and numerically regular.
     */
    bool compute(const double      *r,
                 const unsigned int leading,
                 const double       damping,
                 const double       smallest);

    /** $c_\lambda$. */
    const double *
    right_hand_side() const
    {
      return factor.data() + std::size_t(n) * n;
    }

    /** Replace @p x by the upper part of $Q_\lambda^T (x; 0)$. */
    void multiply_by_transpose(double *x) const;

    /** Replace @p x by $R_\lambda^{-1} x$. */
    void substitute(double *x) const;

    /** Replace @p x by $R_\lambda^{-T} x$. */
    void substitute_transposed(double *x) const;

  private:
    const unsigned int            n;
    mutable TriangleUpdate        update;
    dealii::AlignedVector<double> factor, below, t;
  };
} // namespace sobolev

#endif
