// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_weighting_neural_tangent_kernel_h
#define sobolev_weighting_neural_tangent_kernel_h

#include <sobolev/weighting/weighting_rule.h>

namespace sobolev
{
  /**
   * Weights from the neural tangent kernel (Wang, Yu, Perdikaris, J. Comput.
   * Phys. 449, 110768, 2022; arXiv:2007.14527): all blocks converge at the same
   * mean rate in the linear regime,
   * @f[
   *   \lambda_k = \frac{\sum_j \operatorname{tr} K_j}{\operatorname{tr} K_k} ,
   *   \qquad K_k = J_k J_k^T .
   * @f]
   * Rows of $J_k$ have the roots of quadrature weights: the traces are means
   * over points, however many there are, where the paper has sums.
   */
  class NeuralTangentKernel : public WeightingRule
  {
  public:
    /** @param memory The part of the weights that is kept. */
    explicit NeuralTangentKernel(const double memory = 0.);

    Needs
    needs() const override
    {
      return Needs::traces;
    }

    std::vector<double> update(const std::vector<double> &weights,
                               const BlockStatistics     &statistics) override;

  private:
    const double memory;
  };
} // namespace sobolev

#endif
