// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/dense_quasi_newton.h>

#include "quasi_newton_run.h"

namespace sobolev
{
  DenseQuasiNewton::DenseQuasiNewton(const DenseQuasiNewtonOptions &options)
    : options(options)
  {
  }



  std::string
  DenseQuasiNewton::name() const
  {
    using Formula = DenseInverseHessian::Formula;
    switch (options.formula)
      {
        case Formula::self_scaled_broyden:
          return "self-scaled Broyden";
        case Formula::self_scaled_bfgs:
          return "self-scaled BFGS";
        default:
          return "BFGS";
      }
  }



  void
  DenseQuasiNewton::minimize(const TrainingProblem &problem,
                             std::vector<double>   &theta,
                             TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 1000, 10);
    std::unique_ptr<InverseHessian> H;
    if (problem.is_root())
      H = std::make_unique<DenseInverseHessian>(theta.size(), options.formula);
    internal::minimize(name(),
                       std::move(H),
                       options.line_search,
                       options.first_length,
                       problem,
                       theta,
                       monitor);
  }
} // namespace sobolev
