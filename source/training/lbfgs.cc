// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/lbfgs.h>
#include <sobolev/training/limited_inverse_hessian.h>

#include "quasi_newton_run.h"

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
    std::unique_ptr<InverseHessian> H;
    if (problem.is_root())
      H = std::make_unique<LimitedInverseHessian>(options.storage);
    internal::minimize(name(),
                       std::move(H),
                       options.line_search,
                       options.first_length,
                       problem,
                       theta,
                       monitor);
  }
} // namespace sobolev
