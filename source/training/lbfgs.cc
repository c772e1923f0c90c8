// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/lbfgs.h>

#include "rol_minimization.h"

namespace sobolev
{
  LBFGS::LBFGS(const LBFGSOptions &options)
    : options(options)
  {
  }



  std::string
  LBFGS::name() const
  {
    return "L-BFGS";
  }



  void
  LBFGS::minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 1000, 10);
    internal::minimize(options, problem, theta, monitor);
  }
} // namespace sobolev
