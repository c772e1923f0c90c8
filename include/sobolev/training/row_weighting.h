// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_row_weighting_h
#define sobolev_training_row_weighting_h

#include <sobolev/objective/augmented_lagrangian.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/loss_adaptation.h>
#include <sobolev/training/row_weighting_state.h>

#include <deal.II/base/mpi.h>

#include <chrono>
#include <limits>
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

    /** Change the weights, or not, and write them if that is due. */
    bool update(const std::vector<double> &theta,
                const TrainingProgress    &progress) final;

    /** Everything, of all processes. Collective. */
    RowWeightingState state() const;

    /**
     * Go on from the @p state of an object of the same class with the same
     * blocks, but maybe other points, or the same on other processes: each row
     * gets the values of the nearest earlier point of its block. Takes as many
     * operations as the product of the numbers of rows. Local.
     */
    void restore(const RowWeightingState &state);

    /**
     * The same from a file that this class has written. Collective.
     *
     * @throws InputError if the file does not fit.
     */
    void read(const std::string &file);

    /** From now on, write the state to @p file every so many seconds. */
    void write_to(const std::string &file, const double seconds);

    /** Write the state now, if there is a file. Collective. */
    void write() const;

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

    /** See update(). Collective. */
    virtual bool update_weights(const std::vector<double> &theta,
                                const TrainingProgress    &progress) = 0;

    /** What the local weighted rows have, see RowWeightingState. */
    virtual std::vector<std::vector<double>> values_of_rows() const = 0;

    /** Each of these values for a row that no earlier one is like. */
    virtual std::vector<double> first_values() const = 0;

    virtual std::vector<double> common_values() const = 0;

    /** Set what values_of_rows() and common_values() return. */
    virtual void set_state(const std::vector<std::vector<double>> &values,
                           const std::vector<double>              &common) = 0;

    /** "from a to b" for local @p values. Collective. */
    std::string range_of(const std::vector<double> &values) const;

    const LeastSquaresProblem original;
    AugmentedLagrangian       lagrangian;

    /** Numbers of the blocks of the weighted rows, and their points. */
    std::vector<unsigned int> blocks;
    std::vector<double>       points;
    unsigned int              n_inputs = 0;

    /** The iteration of the last update; at first none. */
    unsigned int last_iteration = std::numeric_limits<unsigned int>::max();

  private:
    std::string                           file;
    double                                seconds_between_files = 0.;
    std::chrono::steady_clock::time_point last_file;
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
