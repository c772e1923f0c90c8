// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_sum_of_losses_h
#define sobolev_objective_sum_of_losses_h

#include <sobolev/objective/local_loss.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The sum of several losses of the same parameters, for instance an energy
   * and the squares of a boundary condition. Its blocks are those of its parts.
   */
  class SumOfLosses : public LocalLoss
  {
  public:
    /** There is at least one part. */
    explicit SumOfLosses(std::vector<std::unique_ptr<LocalLoss>> parts);

    unsigned int n_parameters() const override;

    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

  private:
    const std::vector<std::unique_ptr<LocalLoss>> parts;
  };
} // namespace sobolev

#endif
