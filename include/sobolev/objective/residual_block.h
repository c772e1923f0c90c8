// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_residual_block_h
#define sobolev_objective_residual_block_h

#include <sobolev/network/jet_specification.h>
#include <sobolev/objective/loss_function.h>
#include <sobolev/sampling/input_points.h>

#include <deal.II/base/array_view.h>

#include <string>

namespace sobolev
{
  /**
   * Residuals of one kind at the locally owned points of one set: the strong
   * form in the interior, a boundary condition, a data mismatch.
   *
   * With the residuals $r_{e,i}$ of equation $e$ at point $i$, quadrature
   * weights $w_i$ and the weight $\lambda$ of the block, it contributes
   * $\lambda \sum_i w_i \sum_e \varrho(r_{e,i})$ to the loss, where $\varrho$ is
   * the square unless another LossFunction is set. Blocks know the jets of the
   * network at their points, not the network. The points lie in the space of
   * all inputs of the network.
   *
   * Local to the process; blocks without points are allowed.
   */
  class ResidualBlock
  {
  public:
    /**
     * Keeps the points.
     *
     * @throws InputError if a quadrature weight is negative.
     */
    ResidualBlock(const std::string &name,
                  InputPoints        points,
                  const double       weight);

    virtual ~ResidualBlock() = default;

    /** For reports, e.g. "interior", "boundary 3". */
    const std::string &
    name() const
    {
      return block_name;
    }

    /** The locally owned points with their quadrature weights $w_i$. */
    const InputPoints &
    points() const
    {
      return samples;
    }

    /** The weight $\lambda \ge 0$ of the block. */
    double
    weight() const
    {
      return block_weight;
    }

    /** Change the weight. */
    void set_weight(const double weight);

    /** What residuals contribute to the loss: their squares by default. */
    const LossFunction &
    loss_function() const
    {
      return residual_loss;
    }

    /** Change it, before the block becomes part of an objective. */
    void set_loss_function(const LossFunction &loss_function);

    /** The jets that the residuals depend on. */
    virtual JetSpecification jet_specification() const = 0;

    /** The outputs of the networks that it is for; 0 for any number. */
    virtual unsigned int
    n_outputs() const
    {
      return 0;
    }

    /** Equations per point. */
    virtual unsigned int n_equations() const = 0;

    /**
     * Residuals at the points @p first to `first + n_points - 1` and their
     * derivatives with respect to the jets.
     *
     * @param jets          Output $o$, channel $k$, point $p$ at
     *                      `(o * n_channels + k) * stride + p`.
     * @param residuals     Equation $e$, point $p$ at `e * stride + p`.
     * @param linearisation $\partial r_e /\partial$ (output $o$, channel $k$)
     *                      at `((e * n_outputs + o) * n_channels + k) * stride
     *                      + p`; an empty view skips it. Entries that are
     *                      always zero need to be written, too.
     */
    virtual void
    evaluate(const std::size_t                      first,
             const unsigned int                     n_points,
             const dealii::ArrayView<const double> &jets,
             const unsigned int                     stride,
             const dealii::ArrayView<double>       &residuals,
             const dealii::ArrayView<double>       &linearisation) const = 0;

  private:
    const std::string block_name;
    const InputPoints samples;
    double            block_weight;
    LossFunction      residual_loss;
  };
} // namespace sobolev

#endif
