// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_reweighted_objective_h
#define sobolev_objective_reweighted_objective_h

#include <sobolev/objective/transformed_objective.h>

namespace sobolev
{
  /**
   * A LocalObjective with other weights of its blocks, which itself stays as it
   * is: the rows of block $m$ are multiplied by the root of a factor $f_m$.
   */
  class ReweightedObjective : public TransformedObjective
  {
  public:
    /**
     * With all factors one. @p original is referenced and must outlive this
     * object.
     */
    explicit ReweightedObjective(const LocalObjective &original);

    std::vector<double> row_weights() const override;

    /** Those of the original times factors(). */
    std::vector<double> block_weights() const override;

    /**
     * As set_factors() with the quotients of the weights and those of the
     * original, none of which may be zero.
     */
    void set_block_weights(const std::vector<double> &weights) override;

    /** The factors $f_m \ge 0$. */
    const std::vector<double> &
    factors() const
    {
      return factors_of_blocks;
    }

    /** Change the factors; all processes have to set the same. */
    void set_factors(const std::vector<double> &factors);

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

    double add_weighted_gradient(
      const dealii::ArrayView<const double> &theta,
      const std::vector<double>             &factors,
      const dealii::ArrayView<double>       &gradient) const override;

    /** Copies the panels, unless all factors are one. */
    void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override;

  private:
    double transformed(const std::size_t i, const double row) const override;
    double slope(const std::size_t i, const double row) const override;

    bool
    is_linear() const override
    {
      return true;
    }

    std::vector<double> factors_of_blocks;
    // The roots of the factors, row by row.
    std::vector<double> scales;
    bool                is_original;
  };
} // namespace sobolev

#endif
