// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_block_balance_h
#define sobolev_training_block_balance_h

#include <sobolev/objective/reweighted_objective.h>
#include <sobolev/training/least_squares_problem.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Weights of the blocks of a LeastSquaresProblem that change while it is
   * trained, so that no block is left behind: with the losses $L_m$ of the
   * blocks, their weights are multiplied by factors $f_m$, first one, then
   * after each iteration
   * @f[
   *   f_m \leftarrow f_m \Bigl( \frac{\overline{f L}}{f_m L_m}
   *     \Bigr)^\alpha , \qquad
   *   \overline{f L} = \frac1M \sum_{j=1}^M f_j L_j ,
   * @f]
   * scaled to a mean of one. The problem itself, and who judges by it, keeps
   * its weights.
   */
  class BlockBalance
  {
  public:
    /**
     * @param original Referenced; must outlive this object.
     * @param exponent $\alpha$; with 0, all factors stay one.
     */
    BlockBalance(const LeastSquaresProblem &original, const double exponent);

    /** The problem with the present weights, without hold-out points. */
    const LeastSquaresProblem &
    problem() const
    {
      return reweighted;
    }

    /**
     * Change the weights, unless freeze() was called.
     *
     * @return The loss of the original. Collective.
     */
    double update(const std::vector<double> &theta);

    /** Keep the weights from now on. Local. */
    void
    freeze()
    {
      frozen = true;
    }

    bool
    is_frozen() const
    {
      return frozen;
    }

    /** The factors $f_m$. Local. */
    const std::vector<double> &
    factors() const
    {
      return objective.factors();
    }

    /** Names of blocks and their factors, for people. Local. */
    std::string description() const;

    /**
     * What becomes of factors: blocks whose loss is zero, apart from rounding
     * errors, do not count and get nothing; nor does anything change if a loss
     * is not finite. Factors are at least 1e-4.
     */
    static std::vector<double>
    balanced_factors(const std::vector<double> &factors,
                     const std::vector<double> &losses,
                     const double               exponent);

  private:
    const LeastSquaresProblem &original;
    const double               exponent;
    ReweightedObjective        objective;
    const LeastSquaresProblem  reweighted;
    bool                       frozen;
  };
} // namespace sobolev

#endif
