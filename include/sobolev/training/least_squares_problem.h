// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_least_squares_problem_h
#define sobolev_training_least_squares_problem_h

#include <sobolev/objective/local_objective.h>
#include <sobolev/training/training_problem.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/mpi.h>

#include <vector>

namespace sobolev
{
  /**
   * A TrainingProblem whose loss is a sum of squares $\sum_i \rho_i^2$: each
   * process has the rows of its own points.
   *
   * All functions are collective unless they say otherwise; processes without
   * rows take part.
   */
  class LeastSquaresProblem : public TrainingProblem
  {
  public:
    /**
     * The local parts are referenced and must outlive this object.
     *
     * @param hold_out Rows at other points for judging generalisation; may be
     *                 a null pointer (on all processes).
     * @param adaptation As for TrainingProblem.
     */
    LeastSquaresProblem(const LocalObjective *training,
                        const LocalObjective *hold_out,
                        const MPI_Comm        communicator,
                        LossAdaptation       *adaptation = nullptr);

    /** The local part; local. */
    const LocalObjective &
    local() const
    {
      return training;
    }

    bool
    is_sum_of_squares() const override
    {
      return true;
    }

    /**
     * The gradients of the blocks' losses, one after the other, and these
     * losses. One reduction.
     */
    std::vector<double> block_gradients(const std::vector<double> &theta,
                                        std::vector<double> &gradients) const;

    /**
     * The squares of all entries of each block's rows of the Jacobian, in sum:
     * $\operatorname{tr} J_k J_k^T$.
     */
    std::vector<double> block_traces(const std::vector<double> &theta) const;

    /** Set @p result to $J^T v$, where @p v has the local rows. */
    void transpose_product(const std::vector<double> &theta,
                           const std::vector<double> &v,
                           std::vector<double>       &result) const;

    /** Local rows; no communication. */
    void compute_local_rows(const std::vector<double> &theta,
                            std::vector<double>       &rows) const;

    /** The same for each of several vectors of parameters, in one pass. */
    void compute_local_rows(const std::vector<std::vector<double>> &thetas,
                            std::vector<std::vector<double>>       &rows) const;

    /**
     * What the loss falls by from parameters with the local @p rows $\rho$ to
     * each of @p thetas, with rows $\rho'$: the sums of $(\rho_i - \rho'_i)
     * (\rho_i + \rho'_i)$, which resolve changes far below the round-off of
     * the loss itself. One pass over the points and one reduction.
     */
    std::vector<double>
    decreases(const std::vector<double>              &rows,
              const std::vector<std::vector<double>> &thetas) const;

  private:
    const LocalObjective                    &training;
    mutable std::vector<std::vector<double>> trial_rows;
  };
} // namespace sobolev

#endif
