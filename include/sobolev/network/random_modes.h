// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_random_modes_h
#define sobolev_network_random_modes_h

#include <cstdint>
#include <string>
#include <vector>

namespace sobolev
{
  /** How many waves random_modes() adds, and which. */
  struct RandomModes
  {
    /** Number of modes [-]. */
    unsigned int n_modes = 20;

    /** The wavenumbers are 1, ..., this number, with equal probability [1/x].
     */
    unsigned int largest_wavenumber = 4;

    /** The amplitudes are uniformly distributed up to plus and minus this. */
    double largest_amplitude = 5.;

    std::uint64_t seed = 1;
  };



  /**
   * The text of a random smooth function of the inputs $x_1, \dots, x_n$,
   * @f[
   *   u(x) = \sum_{m=1}^M \prod_{i=1}^n A_{m,i}\, c_i(l_{m,i} x_i +
   *   \varphi_{m,i}) ,
   * @f]
   * where $c_i$ is the cosine for odd and the sine for even $i$, $l$ are the
   * wavenumbers, $A$ the amplitudes, and the phases $\varphi$ are uniformly
   * distributed in $(0, 2\pi)$: the functions that Maddu, Sturm, Mueller,
   * Sbalzarini (arXiv:2107.00940) train with their derivatives.
   *
   * It is a formula for FormulaParser, with all digits, that depends on the
   * arguments only. Local.
   */
  std::string random_modes(const std::vector<std::string> &inputs,
                           const RandomModes              &options);
} // namespace sobolev

#endif
