// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_augmented_lagrangian_h
#define sobolev_objective_augmented_lagrangian_h

#include <sobolev/objective/transformed_objective.h>

namespace sobolev
{
  /**
   * The Lagrangian of a least-squares problem with constraints $C_i = r_i^2 = 0$,
   * some of the residuals of a LocalObjective, which itself stays as it is:
   * @f[
   *   L = \sum_j \rho_j^2 + \sum_i w_i \Bigl(\lambda_i C_i + \frac\mu2
   *   C_i^2 \Bigr) , \qquad \rho_i^2 = w_i C_i ,
   * @f]
   * with LocalObjective::row_weights() $w_i$, so that multipliers $\lambda_i \ge
   * 0$ are the values of a function at the points, however many there are. It
   * is a sum of squares again, of the rows
   * @f[
   *   \rho'_i = \rho_i \sqrt{\lambda_i + \frac\mu2 C_i} , \qquad
   *   \frac{\partial\rho'_i}{\partial\rho_i} = \frac{\lambda_i + \mu C_i}
   *     {\sqrt{\lambda_i + \frac\mu2 C_i}} ,
   * @f]
   * so that every method can use it, Levenberg-Marquardt included.
   */
  class AugmentedLagrangian : public TransformedObjective
  {
  public:
    /**
     * With multipliers one and no penalty, which is the original.
     *
     * @param original    Referenced; must outlive this object.
     * @param constraints Numbers of the blocks whose rows are constraints.
     */
    AugmentedLagrangian(const LocalObjective            &original,
                        const std::vector<unsigned int> &constraints);

    /** The local rows that are constraints, without padding. */
    const std::vector<std::size_t> &
    constrained_rows() const
    {
      return constrained;
    }

    /** $C_i$ at the constrained rows. */
    std::vector<double>
    violations(const dealii::ArrayView<const double> &theta) const;

    /**
     * @param multipliers $\lambda_i$ at the constrained rows.
     * @param penalty     $\mu \ge 0$; the same on all processes.
     */
    void set_multipliers(const std::vector<double> &multipliers,
                         const double               penalty);

    /** Those of the original. */
    std::vector<double> row_weights() const override;

    /** Those of the original. */
    std::vector<double> block_weights() const override;

    /** Not possible: the weights are those of the original. */
    void set_block_weights(const std::vector<double> &weights) override;

  private:
    double transformed(const std::size_t i, const double row) const override;
    double slope(const std::size_t i, const double row) const override;

    const std::vector<double> weights;
    std::vector<std::size_t>  constrained;
    // Of all rows; 1 where there is no constraint.
    std::vector<double> lambda;
    // mu / (2 w_i); 0 where there is no constraint.
    std::vector<double> curvature;
  };
} // namespace sobolev

#endif
