// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_transformed_objective_h
#define sobolev_objective_transformed_objective_h

#include <sobolev/objective/local_objective.h>

#include <deal.II/base/aligned_vector.h>

namespace sobolev
{
  /**
   * A sum of squares whose rows are functions of the single rows of another one,
   * $\rho'_i = h_i(\rho_i)$, which itself stays as it is: weights and multipliers
   * that change while training. Derived classes say what $h_i$ is.
   */
  class TransformedObjective : public LocalObjective
  {
  public:
    unsigned int n_parameters() const override;

    std::size_t n_rows() const override;

    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    std::vector<unsigned int> blocks_of_rows() const override;

    std::vector<double> points_of_rows() const override;

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    void compute_rows(const dealii::ArrayView<const double> &theta,
                      const dealii::ArrayView<double> &rows) const override;

    void compute_rows_for_each(
      const std::vector<std::vector<double>> &thetas,
      std::vector<std::vector<double>>       &rows) const override;

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

    /** Evaluates the rows, too, unless slopes do not depend on them. */
    void add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override;

    /** Copies the panels. */
    void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override;

  protected:
    /** @param original Referenced; must outlive this object. */
    explicit TransformedObjective(const LocalObjective &original);

    /** $h_i(\rho_i)$. */
    virtual double transformed(const std::size_t i, const double row) const = 0;

    /** $h'_i(\rho_i)$. */
    virtual double slope(const std::size_t i, const double row) const = 0;

    /** Whether no slope depends on its row. */
    virtual bool
    is_linear() const
    {
      return false;
    }

    const LocalObjective           &original;
    const std::vector<unsigned int> blocks;

  private:
    mutable std::vector<double>           buffer;
    mutable dealii::AlignedVector<double> panel;
  };
} // namespace sobolev

#endif
