// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/optimizer.h>

namespace sobolev
{
  void
  LeastSquaresOptimizer::minimize(const TrainingProblem &problem,
                                  std::vector<double>   &theta,
                                  TrainingMonitor       &monitor) const
  {
    const auto *const squares =
      dynamic_cast<const LeastSquaresProblem *>(&problem);
    AssertInput(squares != nullptr,
                "Training/optimizer: '"
                  << name()
                  << "' needs a sum of squares, but the objective is not one, "
                     "as for an energy; allowed are the methods that use the "
                     "gradient only, see doc/optimizers.md.");
    minimize_squares(*squares, theta, monitor);
  }
} // namespace sobolev
