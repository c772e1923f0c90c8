// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_data_residual_h
#define sobolev_objective_data_residual_h

#include <sobolev/objective/residual_block.h>
#include <sobolev/sampling/observations.h>

namespace sobolev
{
  /**
   * The mismatch between outputs of a network and measured values: at the point
   * $x_i$, $r_{e,i} = u_{o_e}(x_i) - d_{e,i}$ with one equation $e$ per
   * observed output $o_e$. With the weights of Observations, the block
   * contributes $\lambda$ times the mean over the points of the squared
   * mismatch to the loss.
   */
  class DataResidual : public ResidualBlock
  {
  public:
    /**
     * @param observations Those of this process.
     * @param n_outputs    Outputs of the network.
     */
    DataResidual(const std::string  &name,
                 const Observations &observations,
                 const unsigned int  n_outputs,
                 const double        weight);

    JetSpecification jet_specification() const override;

    unsigned int n_outputs() const override;

    unsigned int n_equations() const override;

    void
    evaluate(const std::size_t                      first,
             const unsigned int                     n_points,
             const dealii::ArrayView<const double> &jets,
             const unsigned int                     stride,
             const dealii::ArrayView<double>       &residuals,
             const dealii::ArrayView<double> &linearisation) const override;

  private:
    const std::vector<unsigned int>        observed;
    const std::vector<std::vector<double>> values;
    const unsigned int                     n_network_outputs;
  };
} // namespace sobolev

#endif
