// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_parameter_deviations_h
#define sobolev_training_parameter_deviations_h

#include <sobolev/training/least_squares_problem.h>

#include <vector>

namespace sobolev
{
  /**
   * Estimated standard deviations of some parameters of a least squares fit
   * whose rows have independent random errors. With rows $\rho_i$ and Jacobian
   * $J$ at the minimiser @p theta, the deviation $\sigma_k$ of $\theta_k$ is
   * @f[
   *   \sigma_k^2 = \sum_i \rho_i^2 (J s_k)_i^2, \qquad
   *   (J^T J + \lambda I)\, s_k = e_k ,
   * @f]
   * the diagonal of the covariance $(J^T J)^{-1} J^T
   * \operatorname{diag}(\rho_i^2) J (J^T J)^{-1}$ of White (Econometrica 48,
   * 1980, 817). It does not assume that rows have the same variance: rows that
   * are fulfilled without error, such as equations beside noisy data, count as
   * such. $\lambda$ only makes the system solvable where parameters of a
   * network do not matter.
   *
   * The bias of a minimum that is not reached, and of a network that cannot
   * represent the solution, is not in it. Costs a Gauss-Newton step with
   * NormalEquations and one more pass over the Jacobian. Collective.
   *
   * @param which Numbers of the parameters.
   *
   * @return One per number; NaN if the system cannot be solved.
   */
  std::vector<double>
  parameter_deviations(const LeastSquaresProblem       &problem,
                       const std::vector<double>       &theta,
                       const std::vector<unsigned int> &which);
} // namespace sobolev

#endif
