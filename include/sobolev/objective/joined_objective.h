// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_joined_objective_h
#define sobolev_objective_joined_objective_h

#include <sobolev/objective/local_objective.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The rows, and the blocks, of several objectives of the same parameters, one
   * after the other: the sum of their losses as a sum of squares.
   */
  class JoinedObjective : public LocalObjective
  {
  public:
    /** There is at least one part. */
    explicit JoinedObjective(
      std::vector<std::unique_ptr<LocalObjective>> parts);

    unsigned int n_parameters() const override;

    std::size_t n_rows() const override;

    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    std::vector<double> row_weights() const override;

    /** Zeros for rows of parts that have no points. */
    std::vector<double> points_of_rows() const override;

    std::vector<unsigned int> blocks_of_rows() const override;

    std::vector<double> block_weights() const override;

    void set_block_weights(const std::vector<double> &weights) override;

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

    double add_weighted_gradient(
      const dealii::ArrayView<const double> &theta,
      const std::vector<double>             &factors,
      const dealii::ArrayView<double>       &gradient) const override;

    void add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override;

    void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override;

  private:
    const std::vector<std::unique_ptr<LocalObjective>> parts;
    mutable std::vector<std::vector<double>>           rows_of_part;
  };
} // namespace sobolev

#endif
