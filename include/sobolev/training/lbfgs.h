// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_lbfgs_h
#define sobolev_training_lbfgs_h

#include <sobolev/training/optimizer.h>
#include <sobolev/training/wolfe_line_search.h>

namespace sobolev
{
  /** Options of LBFGS. */
  struct LBFGSOptions
  {
    /** Pairs of vectors kept. */
    unsigned int storage = 50;

    WolfeOptions line_search;

    /** Length of the first trial step along the steepest descent, at most. */
    double first_length = 1.;
  };



  /**
   * Limited-memory BFGS: steps along $-H g$ with a LimitedInverseHessian $H$ and
   * a WolfeLineSearch (Nocedal and Wright, 2006, chapters 3 and 7).
   *
   * The root process has $H$ and broadcasts the direction: all processes get the
   * same bits. Where the loss becomes another one, the pairs stay.
   *
   * It never stops without saying why: TrainingMonitor::stop_reason() names what
   * ended it - the monitor's own limits, a vanishing gradient, or a line search
   * that failed even along the steepest descent. A failed line search is
   * followed by one restart with empty memory before giving up. Trial points at
   * which the loss is not finite count as infinitely high.
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
