// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_function_mismatch_h
#define sobolev_objective_function_mismatch_h

#include <sobolev/network/input_function.h>
#include <sobolev/objective/residual_block.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A linear combination of partial derivatives of one order: the positions in
   * each term are numbers of inputs, and the value is one term without any.
   */
  using DerivativeSum = std::vector<JetSpecification::Term>;

  /**
   * $D_k = \sum_i \partial_i^k$ over all inputs: the value, the sum of the
   * first derivatives, the Laplacian, ... @p order is at most
   * JetSpecification::max_order.
   */
  DerivativeSum
  sum_of_derivatives(const unsigned int n_inputs, const unsigned int order);

  /** Each partial derivative of one order, mixed ones included, once. */
  std::vector<DerivativeSum>
  all_derivatives(const unsigned int n_inputs, const unsigned int order);



  /**
   * The difference between derivatives of the unknowns and those of known
   * functions $g_c$, for Sobolev training (Czarnecki et al.,
   * arXiv:1706.04859): with sums $D_s$ of derivatives of one order, the
   * residuals are $r_{c,s} = D_s u_c - D_s g_c$, number $c\,n_s + s$.
   *
   * The derivatives of the known functions are exact, from their jets; they are
   * computed once, by the constructor. A sum is one channel of the network's
   * jet.
   *
   * With a multiplier $m$, an output of the network behind the unknowns, the
   * residuals are $r_{c,s} = m\, D_s u_c - D_s g_c$: the known derivatives are
   * in other units, which are found while training, as in the program of Maddu,
   * Sturm, Mueller, Sbalzarini (arXiv:2107.00940). Other outputs are not used.
   */
  class FunctionMismatch : public ResidualBlock
  {
  public:
    static constexpr unsigned int no_multiplier = -1;

    /**
     * @param functions The $g_c$, one per unknown.
     * @param sums      All of the same order, not empty.
     * @param multiplier The number of an output, or no_multiplier.
     *
     * @throws InputError if a derivative of a function is not a finite number
     * at a point of this process, or if there are so many inputs that a Jet
     * does not suffice.
     */
    FunctionMismatch(
      const std::string                                       &name,
      const std::vector<std::shared_ptr<const InputFunction>> &functions,
      const std::vector<DerivativeSum>                        &sums,
      InputPoints                                              points,
      const double                                             weight,
      const unsigned int multiplier = no_multiplier);

    JetSpecification jet_specification() const override;

    unsigned int n_equations() const override;

    void
    evaluate(const std::size_t                      first,
             const unsigned int                     n_points,
             const dealii::ArrayView<const double> &jets,
             const unsigned int                     stride,
             const dealii::ArrayView<double>       &residuals,
             const dealii::ArrayView<double> &linearisation) const override;

  private:
    void compute_labels(
      const std::vector<std::shared_ptr<const InputFunction>> &functions,
      const std::vector<DerivativeSum>                        &sums);

    const unsigned int        n_unknowns, multiplier;
    JetSpecification          jet;
    std::vector<unsigned int> channels;

    // D_s g_c at point p at (c * n_sums + s) * n_points + p.
    std::vector<double> labels;
  };
} // namespace sobolev

#endif
