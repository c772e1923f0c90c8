// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_training_problem_h
#define sobolev_training_training_problem_h

#include <sobolev/objective/local_loss.h>
#include <sobolev/training/loss_adaptation.h>

#include <deal.II/base/array_view.h>
#include <deal.II/base/mpi.h>

#include <functional>
#include <vector>

namespace sobolev
{
  /**
   * A loss that is distributed over MPI processes: each has the part of its own
   * points, all have the same parameters. Optimizers see nothing else of it
   * than its value and gradient; LeastSquaresProblem adds rows.
   *
   * This class does the reductions of training. They are done in a fixed
   * order and the result is broadcast, so that all processes get the same
   * bits and take the same decisions. All functions are collective unless
   * they say otherwise; processes without points take part.
   */
  class TrainingProblem
  {
  public:
    /**
     * The local parts are referenced and must outlive this object.
     *
     * @param hold_out The loss at other points for judging generalisation; may
     *                 be a null pointer (on all processes).
     * @param adaptation What changes the @p training loss between iterations;
     *                   a null pointer if nothing does. The hold-out loss
     *                   should stay the same.
     */
    TrainingProblem(const LocalLoss *training,
                    const LocalLoss *hold_out,
                    const MPI_Comm   communicator,
                    LossAdaptation  *adaptation = nullptr);

    virtual ~TrainingProblem() = default;

    MPI_Comm
    get_communicator() const
    {
      return communicator;
    }

    bool is_root() const;

    unsigned int
    n_parameters() const
    {
      return training.n_parameters();
    }

    /** Which parameters belong together; local. */
    std::vector<ParameterGroup>
    parameter_groups() const
    {
      return training.parameter_groups();
    }

    /**
     * Whether the loss is a sum of squares: never negative, and near zero when
     * all is well. Energies are not. Local.
     */
    virtual bool
    is_sum_of_squares() const
    {
      return false;
    }

    bool
    has_hold_out() const
    {
      return hold_out != nullptr;
    }

    /** Whether adapt() may change the loss. Local. */
    bool
    is_adaptive() const
    {
      return adaptation != nullptr;
    }

    /**
     * For optimizers, before each iteration: change the loss, if that is
     * wanted.
     *
     * @return Whether losses and gradients that were computed earlier are void.
     */
    bool
    adapt(const std::vector<double> &theta,
          const TrainingProgress    &progress) const
    {
      return adaptation != nullptr && adaptation->update(theta, progress);
    }

    /** The loss $L$, summed over all processes. */
    double loss(const std::vector<double> &theta) const;

    /** The loss at the hold-out points. */
    double hold_out_loss(const std::vector<double> &theta) const;

    /** The loss of each block, by LocalLoss::block_names(). */
    std::vector<double> block_losses(const std::vector<double> &theta) const;

    /** The loss; @p gradient is set to $\partial L/\partial\theta$. */
    double gradient(const std::vector<double> &theta,
                    std::vector<double>       &gradient) const;

    /** Replace the entries of @p values by their sums over the processes. */
    void sum(const dealii::ArrayView<double> &values) const;

    /** The sum of @p value over the processes. */
    double sum(const double value) const;

    /**
     * As sum(), but only the root process gets the sums; elsewhere, @p values
     * stay.
     */
    void sum_on_root(const dealii::ArrayView<double> &values) const;

    /** As sum_on_root(), for the process @p to. */
    void sum_on(const dealii::ArrayView<double> &values,
                const unsigned int               to) const;

    /**
     * Combine values of the processes in pairs, along a binary tree that is
     * the same for every call: a process that gets the values of another one
     * calls @p combine with them, so that its own @p values stand for both.
     * Those of the root process stand for all in the end.
     *
     * @param takes_part Whether there is anything in @p values; the tree has
     *                   no other processes, except that the result goes to
     *                   the root process in any case.
     * @param values     Of the same size on all processes.
     */
    void
    reduce(const bool                                        takes_part,
           std::vector<double>                              &values,
           const std::function<void(std::vector<double> &)> &combine) const;

    /** Replace @p values by those of the process @p from. */
    void broadcast(const dealii::ArrayView<double> &values,
                   const unsigned int               from = 0) const;

    /** Send to another process that calls receive(). */
    void
    send(const dealii::ArrayView<double> &values, const unsigned int to) const;

    /** Replace @p values by those that another process sends. */
    void receive(const dealii::ArrayView<double> &values,
                 const unsigned int               from) const;

  private:
    const LocalLoss &training;
    const LocalLoss *hold_out;
    const MPI_Comm   communicator;
    LossAdaptation  *adaptation;
  };
} // namespace sobolev

#endif
