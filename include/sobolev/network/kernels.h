// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_kernels_h
#define sobolev_network_kernels_h

#include <sobolev/network/jet_specification.h>

#include <cstddef>

/**
 * The vectorised inner loops of jets, for the widest instruction set that the
 * processor has (Google Highway chooses at run time). Arrays hold one number
 * per point; the number of points @p n is always a multiple of 8, the channels
 * of one neuron follow one another with stride @p n. Nothing is allocated.
 */
namespace sobolev::kernels
{
  /**
   * Chain rule through an activation, for all channels but the value:
   * @f[
   *   a_i = f' z_i, \qquad
   *   a_h = f' z_h + f'' \sum_t c_t z_{a_t} z_{b_t} .
   * @f]
   */
  void apply_chain_rule(const JetSpecification &jet,
                        const std::size_t       n,
                        const double           *f1,
                        const double           *f2,
                        const double           *z,
                        double                 *a);

  /**
   * The transpose of the derivative of apply_chain_rule(), including the value
   * channel: from adjoints $\bar a$ of all channels to adjoints $\bar z$.
   */
  void apply_chain_rule_adjoint(const JetSpecification &jet,
                                const std::size_t       n,
                                const double           *f1,
                                const double           *f2,
                                const double           *f3,
                                const double           *z,
                                const double           *a_bar,
                                double                 *z_bar);

  /** $s_p = \sum_{c} \bar z_{c,p}\, a_{c,p}$ over @p n_channels channels. */
  void sum_channel_products(const unsigned int n_channels,
                            const std::size_t  n,
                            const double      *z_bar,
                            const double      *a,
                            double            *s);
} // namespace sobolev::kernels

#endif
