// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_layer_kernels_h
#define sobolev_network_layer_kernels_h

#include <sobolev/network/jet_specification.h>

#include <cstddef>

namespace sobolev
{
  /**
   * The inner loops of layers, vectorised for the widest instruction set that
   * the processor has; see layer_kernels().
   *
   * A layer's data is a column-major matrix with one column per neuron. The
   * rows of a column are channels, and @p n points per channel: channel $c$,
   * point $p$ at `c * n + p`. Columns are @p leading numbers apart; @p n and
   * @p leading are multiples of the numbers in 64 bytes, and all arrays but
   * weights are aligned to 64 bytes. Nothing is allocated.
   */
  template <typename Number>
  struct LayerKernels
  {
    /**
     * $C_{rj} = \sum_k A_{rk} W_{jk}$, or $C \leftarrow C + \dots$ if @p add.
     *
     * General BLAS copies its operands into buffers of its own before it
     * computes, which costs as much as the product itself if a layer has 20 to
     * 60 neurons. Here, operands are read where they are.
     *
     * | argument | shape           | stored at         |
     * | -------- | --------------- | ----------------- |
     * | `a`      | n_rows x n_in   | `k * leading + r` |
     * | `w`      | n_out x n_in    | `j * n_in + k`    |
     * | `c`      | n_rows x n_out  | `j * leading + r` |
     */
    void (*multiply)(const std::size_t n_rows,
                     const std::size_t n_in,
                     const std::size_t n_out,
                     const Number     *a,
                     const std::size_t leading,
                     const Number     *w,
                     Number           *c,
                     const bool        add);

    /**
     * $G_{jk} \leftarrow G_{jk} + \sum_r Z_{rj} A_{rk}$, with $G$ at `j * n_in
     * + k` and in double precision whatever the others are.
     */
    void (*add_transpose_product)(const std::size_t n_rows,
                                  const std::size_t n_in,
                                  const std::size_t n_out,
                                  const Number     *a,
                                  const Number     *z,
                                  const std::size_t leading,
                                  double           *g);

    /** $x_i \leftarrow x_i + s$ for $i < n$. */
    void (*add_scalar)(const std::size_t n, const Number s, Number *x);

    /** $\sum_{i<n} x_i$. */
    double (*sum)(const std::size_t n, const Number *x);

    /** $y_i \leftarrow y_i + x_i$ for $i < n$. */
    void (*add)(const std::size_t n, const Number *x, Number *y);

    /**
     * The chain rule through an activation, for all channels $c > 0$ of one
     * neuron: $a_c = f' z_c$ and the terms of JetSpecification::composition().
     * Channel 0 is neither read nor written. `f[k]` holds $f^{(k)}$ at the @p n
     * points, $1 \le k \le$ order of the jet.
     */
    void (*apply_chain_rule)(const JetSpecification &jet,
                             const std::size_t       n,
                             const Number *const    *f,
                             const Number           *z,
                             Number                 *a);

    /**
     * The transpose of the derivative of the activation and of
     * apply_chain_rule(): from adjoints $\bar a$ of all channels to adjoints
     * $\bar z$. Needs `f[k]` up to the order of the jet plus one.
     */
    void (*apply_chain_rule_adjoint)(const JetSpecification &jet,
                                     const std::size_t       n,
                                     const Number *const    *f,
                                     const Number           *z,
                                     const Number           *a_bar,
                                     Number                 *z_bar);

    /**
     * $R_{pk} = \sum_c \bar z_{c,p}\, a_{c,p,k}$ for the @p n_in columns of
     * @p a, in double precision: column $k$ of the result begins at
     * `k * leading_rows`.
     */
    void (*sum_channel_products)(const unsigned int n_channels,
                                 const std::size_t  n,
                                 const std::size_t  n_in,
                                 const Number      *z_bar,
                                 const Number      *a,
                                 const std::size_t  leading,
                                 double            *rows,
                                 const std::size_t  leading_rows);
  };

  /**
   * The kernels for the instruction set of this processor, double or float.
   * Google Highway compiles them for each and chooses at run time.
   */
  template <typename Number>
  const LayerKernels<Number> &layer_kernels();
} // namespace sobolev

#endif
