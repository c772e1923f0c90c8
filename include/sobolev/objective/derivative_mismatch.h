// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_derivative_mismatch_h
#define sobolev_objective_derivative_mismatch_h

#include <sobolev/objective/residual_block.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Difference between the derivatives of a scalar network in coordinates $q$
   * and labels of them,
   * @f[
   *   r_{k,i} = \frac1C \Bigl(\sum_m \frac{\partial x_m}{\partial q_k}(q_i)\,
   *     \frac{\partial u_\theta}{\partial x_m}(x_i) - g_{k,i}\Bigr),
   *   \qquad x_i = x(q_i) .
   * @f]
   * The inputs $x$ of the network are the coordinates themselves, or known
   * functions of them, for instance symmetric functions of the positions of
   * atoms. Forces are labels $g = -F$.
   *
   * | symbol | meaning                          | size                  | unit |
   * | ------ | -------------------------------- | --------------------- | ---- |
   * | $x_i$  | point                            | n_inputs              | [x]  |
   * | $\partial x / \partial q$ | Jacobian, see below | n_coordinates x n_inputs | [x/q] |
   * | $g_i$  | label                            | n_coordinates         | [u/q] |
   * | $C$    | unit of the residuals, $C > 0$   | 1                     | [u/q] |
   *
   * With $C$ as for ValueMismatch, derivatives and values are rescaled by the
   * same number. Together they are the loss of Sobolev training (Czarnecki et
   * al. 2017, arXiv:1706.04859).
   *
   * Local to the process.
   */
  class DerivativeMismatch : public ResidualBlock
  {
  public:
    /**
     * Copies labels and Jacobians.
     *
     * @param labels    $g_{k,i}$ at `i * n_coordinates + k`.
     * @param jacobians $\partial x_m / \partial q_k$ at point $i$ at `(i *
     *                  n_coordinates + k) * n_inputs + m`; empty: the inputs
     *                  are the coordinates.
     *
     * @throws InputError if a label or the unit is not a finite number, or the
     * unit not positive.
     */
    DerivativeMismatch(const std::string         &name,
                       const InputPoints         &points,
                       const unsigned int         n_coordinates,
                       const std::vector<double> &labels,
                       const std::vector<double> &jacobians,
                       const double               unit,
                       const double               weight);

    JetSpecification jet_specification() const override;

    unsigned int n_equations() const override;

    void
    evaluate(const std::size_t                      first,
             const unsigned int                     n_points,
             const dealii::ArrayView<const double> &jets,
             const unsigned int                     stride,
             const dealii::ArrayView<double>       &residuals,
             const dealii::ArrayView<double> &linearisation) const override;

  private:
    const unsigned int n_coordinates;
    // Both divided by the unit. Of each coordinate and, for the slopes, input:
    // all points.
    std::vector<double> labels, slopes;
  };
} // namespace sobolev

#endif
