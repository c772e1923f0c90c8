// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_optimizer_h
#define sobolev_training_optimizer_h

#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/training_monitor.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A method to minimise the loss of a TrainingProblem. Collective.
   */
  class Optimizer
  {
  public:
    virtual ~Optimizer() = default;

    /** Its name in words. */
    virtual std::string name() const = 0;

    /**
     * Minimise, starting from and changing @p theta, until @p monitor says
     * stop or the method cannot go on; the reason is then in
     * TrainingMonitor::stop_reason(), the best parameters in
     * TrainingMonitor::best_parameters(). After an interruption, @p theta is
     * where to go on from.
     *
     * A loss, gradient or step that is not finite is never accepted: the step
     * is rejected and shortened, and the monitor told.
     *
     * @throws ComputationError if the loss is not finite at the start.
     * @throws InputError if the method needs something that the problem does
     * not offer, see LeastSquaresOptimizer.
     */
    virtual void minimize(const TrainingProblem &problem,
                          std::vector<double>   &theta,
                          TrainingMonitor       &monitor) const = 0;
  };



  /**
   * An Optimizer that needs the rows of a sum of squares and their Jacobian,
   * not only loss and gradient.
   */
  class LeastSquaresOptimizer : public Optimizer
  {
  public:
    /** @throws InputError if @p problem is no LeastSquaresProblem. */
    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const final;

  private:
    /** What Optimizer::minimize() promises. */
    virtual void minimize_squares(const LeastSquaresProblem &problem,
                                  std::vector<double>       &theta,
                                  TrainingMonitor           &monitor) const = 0;
  };
} // namespace sobolev

#endif
