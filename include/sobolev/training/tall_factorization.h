// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_tall_factorization_h
#define sobolev_training_tall_factorization_h

#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/triangle_update.h>

#include <cstddef>
#include <vector>

namespace sobolev
{
  /**
   * The triangular factor $R$ of a QR factorisation of a matrix with many rows
   * that are distributed over processes.
   *
   * Each process folds its rows, panel after panel, into a triangle
   * (TriangleUpdate); the triangles of the processes are combined in pairs
   * along a binary tree that ends at the root process. Which rows meet in
   * which order is fixed, so results are the same in every run. Rows that are
   * zero, fewer rows than columns, processes without rows and columns that
   * depend on each other are all fine: $R^T R$ equals the square of the matrix
   * in any case.
   *
   * Memory per process for $n$ columns: $2 n^2$ numbers and a panel of
   * $\min(\max(n, 256), 1024)$ rows, and, if $Q$ is kept, all rows.
   */
  class TallFactorization
  {
  public:
    /** The problem is only used for communication and must outlive this. */
    TallFactorization(const LeastSquaresProblem &problem,
                      const unsigned int         n_columns);

    /**
     * Forget everything.
     *
     * @param n_rows The number of local rows to come.
     * @param keep   Whether multiply_by_transpose() will be wanted.
     */
    void reinit(const std::size_t n_rows, const bool keep);

    /**
     * Add rows, column-major. Local.
     *
     * @param last_column If not null, the last column; the others are in
     *                    @p rows.
     */
    void add_rows(const unsigned int n_rows,
                  const double      *rows,
                  const std::size_t  leading,
                  const double      *last_column);

    /** Combine the triangles of all processes. Collective. */
    void finish();

    /**
     * $R$, column-major with n_columns() rows, zero below the diagonal. Of
     * all processes after finish(), at the root process only. Local.
     */
    const dealii::AlignedVector<double> &
    triangle() const
    {
      return r;
    }

    /**
     * Multiply by $Q^T$ a vector with the rows as they were added. Collective.
     *
     * @param v      Local rows.
     * @param result On the root process, the entries that belong to $R$.
     */
    void multiply_by_transpose(const std::vector<double> &v,
                               std::vector<double>       &result) const;

    unsigned int
    n_columns() const
    {
      return n;
    }

  private:
    // Rows to be folded at once, then what stands for their part of Q.
    struct Panel
    {
      unsigned int                  n_rows = 0, leading = 0;
      dealii::AlignedVector<double> values, t;
    };

    // Memory for the next panel, of which there is only one if Q is not kept.
    void prepare(const unsigned int  n_rows,
                 std::vector<Panel> &panels,
                 unsigned int       &n_used) const;

    const LeastSquaresProblem    &problem;
    const unsigned int            n;
    mutable TriangleUpdate        update;
    dealii::AlignedVector<double> r;
    std::vector<Panel>            panels, combinations;
    std::size_t                   n_rows_to_come, capacity;
    unsigned int                  n_filled, n_panels, n_combinations;
    bool                          has_rows, keep;
  };
} // namespace sobolev

#endif
