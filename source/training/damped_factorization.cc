// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/damped_factorization.h>

#include <cmath>
#include <limits>

namespace sobolev
{
  DampedFactorization::DampedFactorization(const LeastSquaresProblem &problem)
    : DampedLeastSquares(problem)
    , factorization(problem, n + 1)
    , damped(problem.is_root() ? std::make_unique<DampedTriangle>(n) : nullptr)
  {
  }



  double
  DampedFactorization::smallest_damping() const
  {
    const double epsilon = std::numeric_limits<double>::epsilon();
    return n * epsilon * epsilon;
  }



  bool
  DampedFactorization::factorize_on_root()
  {
    // A diagonal entry of R_lambda is not below its smallest singular value.
    const double smallest =
      0.1 * std::sqrt(smallest_damping() * maximal_diagonal);
    return damped->compute(
      factorization.triangle().data(), n + 1, damping, smallest);
  }
} // namespace sobolev
