// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_local_objective_h
#define sobolev_objective_local_objective_h

#include <sobolev/objective/local_loss.h>

#include <cstddef>
#include <functional>
#include <vector>

namespace sobolev
{
  /**
   * A sum of squares of weighted residual rows $\rho_i(\theta)$, as far as it
   * is owned by this process. This is all that training needs to know of
   * networks, laws and points.
   *
   * Rows carry all weights, $\rho_i = \sqrt{\lambda w_i}\, r_i$, so that the
   * loss is $L = \sum_i \rho_i^2$; with another LossFunction than squares, they
   * have $q(r_i)$ for $r_i$. A block is a kind of residual. Rows are numbered 0
   * to n_rows() - 1; some may be padding, which is always zero.
   *
   * Local to the process: nothing here communicates.
   */
  class LocalObjective : public LocalLoss
  {
  public:
    /** The number of local rows including padding. */
    virtual std::size_t n_rows() const = 0;

    /** The weights $\lambda_k$ of the blocks. */
    virtual std::vector<double> block_weights() const = 0;

    /**
     * Change the weights of the blocks, between two iterations; all processes
     * have to set the same.
     */
    virtual void set_block_weights(const std::vector<double> &weights) = 0;

    /** All local rows; @p rows has n_rows() entries. */
    virtual void compute_rows(const dealii::ArrayView<const double> &theta,
                              const dealii::ArrayView<double> &rows) const = 0;

    /**
     * compute_rows() for each of several vectors of parameters, to the same
     * bits; @p rows has as many vectors with n_rows() entries. One pass over
     * the points where that is cheaper.
     */
    virtual void
    compute_rows_for_each(const std::vector<std::vector<double>> &thetas,
                          std::vector<std::vector<double>>       &rows) const;

    /**
     * As add_gradient(), with the loss of block $m$ multiplied by a factor $f_m
     * \ge 0$. Here with all rows; derived classes leave out blocks whose factor
     * is zero.
     */
    virtual double
    add_weighted_gradient(const dealii::ArrayView<const double> &theta,
                          const std::vector<double>             &factors,
                          const dealii::ArrayView<double> &gradient) const;

    /**
     * Add the gradient of each block to its part of @p gradients, which has
     * n_parameters() entries per block; return the local loss of each. One
     * add_weighted_gradient() per block.
     */
    std::vector<double>
    add_block_gradients(const dealii::ArrayView<const double> &theta,
                        const dealii::ArrayView<double>       &gradients) const;

    /**
     * What the square of each local row is in units of its residual's: the
     * weight of its block times its quadrature weight; zero for padding and for
     * rows that are not those of points. One if nothing is known.
     */
    virtual std::vector<double> row_weights() const;

    /**
     * The inputs of the network at the point of each local row, row by row;
     * zeros for padding. Empty if rows have no points.
     */
    virtual std::vector<double> points_of_rows() const;

    /** The number of the block that each local row belongs to. */
    virtual std::vector<unsigned int> blocks_of_rows() const = 0;

    /** Add $J^T v$ with $J = \partial\rho/\partial\theta$ to @p result. */
    virtual void
    add_transpose_product(const dealii::ArrayView<const double> &theta,
                          const dealii::ArrayView<const double> &v,
                          const dealii::ArrayView<double> &result) const = 0;

    /** What compute_jacobian() hands out: some consecutive rows. */
    struct JacobianPanel
    {
      /** Number of the first row. */
      std::size_t first_row;

      /** The rows $\rho_i$. */
      dealii::ArrayView<const double> rows;

      /**
       * $\partial\rho_i/\partial\theta_k$ at `k * leading + i`: column-major,
       * as LAPACK wants it.
       */
      const double *jacobian;
      std::size_t   leading;
    };

    /**
     * Compute rows and Jacobian panel by panel, in the order of the rows, and
     * call @p action with each. The memory needed is that of one panel,
     * whatever the number of points. A panel's data may be overwritten
     * afterwards.
     */
    virtual void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const = 0;
  };
} // namespace sobolev

#endif
