// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/trust_region_newton_cg.h>

#include "rol_minimization.h"

namespace sobolev
{
  TrustRegionNewtonCG::TrustRegionNewtonCG(
    const TrustRegionNewtonCGOptions &options)
    : options(options)
  {
  }



  std::string
  TrustRegionNewtonCG::name() const
  {
    return "trust-region Newton-CG";
  }



  void
  TrustRegionNewtonCG::minimize(const TrainingProblem &problem,
                                std::vector<double>   &theta,
                                TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 50, 1);
    internal::minimize(options, problem, theta, monitor);
  }
} // namespace sobolev
