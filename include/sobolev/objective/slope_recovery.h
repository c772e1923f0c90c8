// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_slope_recovery_h
#define sobolev_objective_slope_recovery_h

#include <sobolev/network/network.h>
#include <sobolev/objective/local_objective.h>

namespace sobolev
{
  /**
   * Slope recovery (Jagtap, Kawaguchi, Karniadakis, Proc. R. Soc. A 476,
   * 20200334, 2020; arXiv:1909.12228): a term that makes the trained slopes of
   * activations, and with them the activity of the network, grow. With the
   * slope parameters $a^l_j$ of the hidden layers $l = 1, \dots, L$ (not $n a$),
   * @f[
   *   W_a S(a), \qquad S(a) = \Bigl[ \frac1L \sum_{l=1}^L \exp \bigl(
   *     \mathrm{mean}_j\, a^l_j \bigr) \Bigr]^{-1} ,
   * @f]
   * as the square of the one row $\sqrt{W_a S}$, so that methods for sums of
   * squares can use it. $S$ has no minimum: slopes grow as long as training
   * goes on, unless the weight falls.
   *
   * The term belongs to the parameters, not to points: one process owns it.
   */
  class SlopeRecovery : public LocalObjective
  {
  public:
    /**
     * @param network Referenced.
     * @param weight  $W_a \ge 0$.
     * @param is_owner Whether the row is that of this process.
     *
     * @throws InputError if the slopes of the network are not trained.
     */
    SlopeRecovery(const Network &network,
                  const double   weight,
                  const bool     is_owner);

    /** $S(a)$, whoever owns it. */
    double value(const dealii::ArrayView<const double> &theta) const;

    unsigned int n_parameters() const override;

    std::size_t n_rows() const override;

    /** "slope recovery". */
    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    std::vector<unsigned int> blocks_of_rows() const override;

    /** Zero: the row is not that of a point. */
    std::vector<double> row_weights() const override;

    std::vector<double> block_weights() const override;

    void set_block_weights(const std::vector<double> &weights) override;

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    void compute_rows(const dealii::ArrayView<const double> &theta,
                      const dealii::ArrayView<double> &rows) const override;

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

    void add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override;

    void compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override;

  private:
    // Add factor * dS/da.
    void add_derivative(const dealii::ArrayView<const double> &theta,
                        const double                           factor,
                        const dealii::ArrayView<double>       &result) const;

    const Network &network;
    double         weight;
    const bool     is_owner;
  };
} // namespace sobolev

#endif
