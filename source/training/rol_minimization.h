// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_rol_minimization_h
#define sobolev_training_rol_minimization_h

#include <sobolev/training/lbfgs.h>
#include <sobolev/training/trust_region_newton_cg.h>

namespace sobolev
{
  namespace internal
  {
    // What Optimizer::minimize() promises, for a monitor that was started.

    void minimize(const LBFGSOptions    &options,
                  const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor);

    void minimize(const TrustRegionNewtonCGOptions &options,
                  const TrainingProblem            &problem,
                  std::vector<double>              &theta,
                  TrainingMonitor                  &monitor);
  } // namespace internal
} // namespace sobolev

#endif
