// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_triangle_update_h
#define sobolev_training_triangle_update_h

#include <deal.II/base/aligned_vector.h>

namespace sobolev
{
  /**
   * QR factorisations of an upper triangle on top of more rows,
   * @f[
   *   \begin{pmatrix} R \\ A \end{pmatrix}
   *     = Q \begin{pmatrix} R' \\ 0 \end{pmatrix} ,
   * @f]
   * by Householder reflections. With $R = 0$ at the start and
   * panel after panel as $A$, this is the QR factorisation of a matrix of any
   * height in the memory of one panel (Demmel, Grigori, Hoemmen, Langou,
   * "Communication-optimal parallel and sequential QR and LU factorizations",
   * SIAM J. Sci. Comput. 34, 2012).
   *
   * A reflection of column $j$ touches row $j$ of $R$ and all of $A$, so blocks
   * of them are $I - V T V^T$ with $V = (I; V_2)$ (Schreiber, Van Loan, 1989).
   * Blocks are factorised recursively (Elmroth, Gustavson, 2000), which leaves
   * nearly all work to matrix products: $2 m n^2$ operations for $m$ rows, a
   * third of that if $A$ is upper triangular, too.
   *
   * All matrices are column-major. Local to the process.
   */
  class TriangleUpdate
  {
  public:
    /** What is known of the rows $A$. */
    enum class Shape
    {
      /** Nothing. */
      dense,
      /** Zero below the diagonal. */
      triangular
    };

    /** The sizes of blocks; the defaults are good for most machines. */
    struct Options
    {
      /** Columns that are applied to the rest at once. */
      unsigned int block_size = 96;

      /** Columns at which the recursion ends. */
      unsigned int smallest_block_size = 8;
    };

    /** @p n_columns is the largest number of columns that will be met. */
    explicit TriangleUpdate(const unsigned int n_columns,
                            const Options     &options);

    explicit TriangleUpdate(const unsigned int n_columns)
      : TriangleUpdate(n_columns, Options())
    {
    }

    /**
     * Set @p r to $R'$, and @p a and @p t to what stands for $Q$.
     *
     * @param n_factorised Columns to be factorised: $R$ has as many rows.
     * @param n_columns    All columns; those behind are only multiplied by
     *                     $Q^T$, for instance right-hand sides. The part of
     *                     them in @p a counts as dense.
     * @param r            Only the upper triangle and the columns behind are
     *                     used.
     * @param n_rows       Rows of @p a; if triangular, at most @p n_factorised.
     * @param t            size_of_t() numbers.
     */
    void compute(const unsigned int n_factorised,
                 const unsigned int n_columns,
                 double            *r,
                 const unsigned int leading_r,
                 const unsigned int n_rows,
                 double            *a,
                 const unsigned int leading_a,
                 double            *t,
                 const Shape        shape);

    /**
     * Multiply the vector $(x; y)$ by the $Q^T$ of a compute() with the same
     * @p n_factorised, @p n_rows, @p a, @p t and @p shape. Here, @p x has
     * @p n_factorised and @p y @p n_rows entries.
     */
    void multiply_by_transpose(const unsigned int n_factorised,
                               double            *x,
                               const unsigned int n_rows,
                               double            *y,
                               const double      *a,
                               const unsigned int leading_a,
                               const double      *t,
                               const Shape        shape);

    /** How many numbers compute() needs to keep the matrices $T$. */
    std::size_t size_of_t(const unsigned int n_factorised) const;

  private:
    // The rows of A that a block of columns that ends with @p end touches.
    static unsigned int
    n_rows_of_block(const unsigned int n_rows,
                    const unsigned int end,
                    const Shape        shape)
    {
      return shape == Shape::triangular && end < n_rows ? end : n_rows;
    }

    // Factorise a block of columns; T is upper triangular.
    void factorize_block(const unsigned int n_columns,
                         double            *r,
                         const unsigned int leading_r,
                         const unsigned int n_rows,
                         double            *a,
                         const unsigned int leading_a,
                         double            *t);

    void factorize_smallest_block(const unsigned int n_columns,
                                  double            *r,
                                  const unsigned int leading_r,
                                  const unsigned int n_rows,
                                  double            *a,
                                  const unsigned int leading_a,
                                  double            *t);

    // Multiply rows of R and all of A by the reflections (v, t).
    void apply(const unsigned int n_reflections,
               const double      *v,
               const unsigned int leading_v,
               const double      *t,
               const unsigned int n_columns,
               double            *r,
               const unsigned int leading_r,
               const unsigned int n_rows,
               double            *a,
               const unsigned int leading_a);

    const Options                 options;
    dealii::AlignedVector<double> products;
  };
} // namespace sobolev

#endif
