// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_lbfgs_h
#define sobolev_training_lbfgs_h

#include <sobolev/training/optimizer.h>

namespace sobolev
{
  /** Options of LBFGS. */
  struct LBFGSOptions
  {
    /** Pairs of vectors kept. */
    unsigned int storage = 50;

    /** Loss evaluations per line search, at most. */
    unsigned int max_line_search_evaluations = 25;
  };



  /**
   * Limited-memory BFGS with a line search for the strong Wolfe conditions
   * (Nocedal and Wright, 2006, chapter 7), by Trilinos' ROL.
   *
   * Unlike the implementations behind most neural network packages, it never
   * stops without saying why: TrainingMonitor::stop_reason() names what ended
   * it - the monitor's own limits, a vanishing gradient, a step too small to
   * change the loss, or a line search that failed even along the steepest
   * descent. A failed line search is followed by one restart with empty memory
   * before giving up. Trial points at which the loss is not finite count as
   * infinitely high.
   */
  class LBFGS : public Optimizer
  {
  public:
    explicit LBFGS(const LBFGSOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const LBFGSOptions options;
  };
} // namespace sobolev

#endif
