// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_row_weighting_h
#define sobolev_training_row_weighting_h

#include <sobolev/objective/augmented_lagrangian.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/loss_adaptation.h>

#include <deal.II/base/mpi.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Weights of the single residuals of some blocks of a LocalObjective, which
   * change while it is trained: what Lagrange multipliers and point weights have
   * in common. The objective itself stays as it is.
   *
   * Weights stay on the process of their point. Where the points become other
   * ones, they are those of the nearest earlier points.
   */
  class RowWeighting : public LossAdaptation
  {
  public:
    /** What is trained. Local. */
    const LocalObjective &
    objective() const
    {
      return lagrangian;
    }

    /**
     * Go on from @p earlier, which is of the same class and had the same blocks,
     * but maybe other points, or the same on other processes. The objective of
     * @p earlier is not used and need not exist any more. Collective.
     */
    virtual void continue_from(const RowWeighting &earlier) = 0;

    /** The weights, for people. Collective. */
    virtual std::string description() const = 0;

  protected:
    /**
     * @param original Referenced; must outlive this object.
     * @param weighted Numbers of the blocks whose rows get weights.
     */
    RowWeighting(const LocalObjective            &original,
                 const std::vector<unsigned int> &weighted,
                 const MPI_Comm                   communicator);

    /** The number of local rows with weights. */
    std::size_t
    n_weighted_rows() const
    {
      return lagrangian.constrained_rows().size();
    }

    /**
     * For each of the @p values, which belong to the weighted rows of @p
     * earlier, the value of the nearest point of the same block at each of our
     * rows, or that in @p otherwise if there was none. Takes as many operations
     * as the product of the numbers of rows. Collective.
     */
    std::vector<std::vector<double>>
    carry_over(const RowWeighting                     &earlier,
               const std::vector<std::vector<double>> &values,
               const std::vector<double>              &otherwise) const;

    /** "from a to b" for local @p values. Collective. */
    std::string range_of(const std::vector<double> &values) const;

    const LeastSquaresProblem original;
    AugmentedLagrangian       lagrangian;

    /** Numbers of the blocks of the weighted rows, and their points. */
    std::vector<unsigned int> blocks;
    std::vector<double>       points;
    unsigned int              n_inputs = 0;
  };



  /**
   * The numbers of the blocks in @p wanted.
   *
   * @param names All blocks.
   * @param entry Where @p wanted is from, for errors.
   *
   * @throws InputError if there is no block of a name.
   */
  std::vector<unsigned int> find_blocks(const std::vector<std::string> &names,
                                        const std::vector<std::string> &wanted,
                                        const std::string              &entry);
} // namespace sobolev

#endif
