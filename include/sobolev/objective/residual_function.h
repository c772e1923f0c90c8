// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_residual_function_h
#define sobolev_objective_residual_function_h

#include <sobolev/network/network.h>
#include <sobolev/problem/law.h>

#include <deal.II/base/function.h>

#include <memory>
#include <vector>

namespace sobolev
{
  /**
   * The strong residual of a network in a law as a deal.II function,
   * component $c$ being $\nabla\cdot F_c - S_c$: for pictures and for marking
   * cells. Not a model of the error: see reference/ for that.
   *
   * Local to the process, thread-safe.
   */
  template <int dim>
  class ResidualFunction : public dealii::Function<dim>
  {
  public:
    /** Shares @p law, references @p network, copies @p theta. */
    ResidualFunction(std::shared_ptr<const Law<dim>> law,
                     const Network                  &network,
                     const std::vector<double>      &theta);

    double value(const dealii::Point<dim> &p,
                 const unsigned int        component = 0) const override;

    void vector_value_list(
      const std::vector<dealii::Point<dim>> &points,
      std::vector<dealii::Vector<double>>   &values) const override;

  private:
    const std::shared_ptr<const Law<dim>> law;
    const Network                        &network;
    const std::vector<double>             theta;
  };
} // namespace sobolev

#endif
