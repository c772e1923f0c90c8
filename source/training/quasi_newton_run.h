// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_quasi_newton_run_h
#define sobolev_training_quasi_newton_run_h

#include <sobolev/training/inverse_hessian.h>
#include <sobolev/training/training_monitor.h>
#include <sobolev/training/training_problem.h>
#include <sobolev/training/wolfe_line_search.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    // What Optimizer::minimize() promises, for a monitor that was started: steps
    // along -H g with a line search. The root process has H, which is the
    // identity at first; a null pointer elsewhere. Where the loss becomes another
    // one, H stays: a multiplier that grows a little changes the curvature
    // little. A first step along the steepest descent has the first length at
    // most.
    void minimize(const std::string              &name,
                  std::unique_ptr<InverseHessian> H,
                  const WolfeOptions             &line_search,
                  const double                    first_length,
                  const TrainingProblem          &problem,
                  std::vector<double>            &theta,
                  TrainingMonitor                &monitor);
  } // namespace internal
} // namespace sobolev

#endif
