// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_value_mismatch_h
#define sobolev_objective_value_mismatch_h

#include <sobolev/objective/residual_block.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Difference between a scalar network and labels of its value,
   * @f[
   *   r_i = \frac{u_\theta(x_i) - y_i}{C} .
   * @f]
   *
   * | symbol | meaning                       | size    | unit |
   * | ------ | ----------------------------- | ------- | ---- |
   * | $x_i$  | point                         | n_inputs | [x] |
   * | $y_i$  | label                         | 1       | [u]  |
   * | $C$    | unit of the residuals, $C > 0$ | 1      | [u]  |
   *
   * With $C$ being the output scale of the network, this is the loss of a
   * network that is fitted to $y_i / C$: the label rescaling of Lo and Huang
   * (arXiv:2310.01649).
   *
   * Local to the process.
   */
  class ValueMismatch : public ResidualBlock
  {
  public:
    /**
     * Copies the labels, one per point.
     *
     * @throws InputError if a label or the unit is not a finite number, or the
     * unit not positive.
     */
    ValueMismatch(const std::string         &name,
                  const InputPoints         &points,
                  const std::vector<double> &labels,
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
    const std::vector<double> labels;
    const double              unit;
  };
} // namespace sobolev

#endif
