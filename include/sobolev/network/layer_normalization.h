// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_layer_normalization_h
#define sobolev_network_layer_normalization_h

#include <sobolev/network/jet_specification.h>

#include <deal.II/base/aligned_vector.h>

#include <vector>

namespace sobolev
{
  /**
   * Layer normalisation (Ba, Kiros and Hinton 2016) of the jets of one layer,
   * over its $n$ neurons, at every point for itself:
   * @f[
   *   u_j = z_j - \frac 1n \sum_k z_k, \qquad
   *   v = \frac 1n \sum_k u_k^2 + \varepsilon, \qquad
   *   y_j = g_j\, u_j\, v^{-1/2} + h_j
   * @f]
   * with $\varepsilon = 10^{-5}$. All of these are products and compositions of
   * jets, so that input derivatives of all orders go through.
   *
   * Work space for one layer of one tile, in the layout of LayerKernels. Made
   * to be right, not fast: no network normalises unless it is told to.
   */
  template <typename Number>
  class LayerNormalization
  {
  public:
    LayerNormalization(const JetSpecification &jet,
                       const unsigned int      n_neurons,
                       const unsigned int      maximal_points);

    /** From $z$ to $y$, in place; @p n points per channel. */
    void normalize(const std::size_t          n,
                   const std::size_t          leading,
                   const std::vector<double> &gains,
                   const std::vector<double> &shifts,
                   Number                    *z);

    /**
     * From adjoints of $y$ to adjoints of $z$, in place. Sets @p gain_rows
     * `[j * n + p]` to the derivative with respect to $g_j$ at point $p$; that
     * with respect to $h_j$ is the adjoint of the value of $y_j$ on entry.
     */
    void transpose(const std::size_t          n,
                   const std::size_t          leading,
                   const std::vector<double> &gains,
                   Number                    *y_bar,
                   Number                    *gain_rows);

  private:
    using Column = dealii::AlignedVector<Number>;

    // result += factor * (product of jets one and two).
    void add_product(const std::size_t n,
                     const double      factor,
                     const Number     *one,
                     const Number     *two,
                     Number           *result) const;

    // result += factor * (transpose of the product with one) bar.
    void add_transposed_product(const std::size_t n,
                                const double      factor,
                                const Number     *one,
                                const Number     *bar,
                                Number           *result) const;

    const JetSpecification &jet;
    const unsigned int      n_neurons;
    const std::size_t       maximal_rows;
    Column                  centred, variance, inverse_root, mean;
    Column                  root_bar, variance_bar;
    std::vector<Column>     root_derivatives;
  };
} // namespace sobolev

#endif
