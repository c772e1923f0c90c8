// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_local_loss_h
#define sobolev_objective_local_loss_h

#include <sobolev/objective/parameter_group.h>

#include <deal.II/base/array_view.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A function $L(\theta)$ to be minimised, as far as it is owned by this
   * process: a sum of squares (LocalObjective), an energy (RitzEnergy), a sum
   * of such (SumOfLosses). The loss is the sum over all processes.
   *
   * Local to the process: nothing here communicates.
   */
  class LocalLoss
  {
  public:
    virtual ~LocalLoss() = default;

    virtual unsigned int n_parameters() const = 0;

    /** The names of the terms that $L$ is the sum of. */
    virtual std::vector<std::string> block_names() const = 0;

    /** The local part of each term. */
    virtual std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const = 0;

    /** Add $\partial L / \partial\theta$ to @p gradient and return $L$. */
    virtual double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &gradient) const = 0;

    /**
     * Which parameters belong together, in their order and without gaps; all
     * of them are one vector if nothing is known.
     */
    virtual std::vector<ParameterGroup>
    parameter_groups() const
    {
      return {{ParameterGroup::Kind::other, 0, n_parameters(), 1}};
    }
  };
} // namespace sobolev

#endif
