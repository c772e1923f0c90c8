// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_norms_h
#define sobolev_reference_norms_h

namespace sobolev
{
  /**
   * Norms of a function $e$ with components $e_c$, most often an error.
   *
   * | member   | norm                                                        |
   * | -------- | ----------------------------------------------------------- |
   * | `l2`     | $(\int \sum_c e_c^2)^{1/2}$                                 |
   * | `h1`     | $(\int \sum_c e_c^2 + \vert\nabla e_c\vert^2)^{1/2}$        |
   * | `linf`   | the largest $\vert e_c\vert$ at the quadrature points       |
   * | `energy` | $(\int \sum_{cd} -(\partial F_c/\partial\nabla u_d\,
   *              \nabla e_d) \cdot \nabla e_c - (\partial S_c / \partial u_d)
   *              e_d e_c)^{1/2}$                                             |
   *
   * The energy norm takes the tangent of the law at the finite element
   * solution. For $F = -a \nabla u$ and $S = f - c u$ it is
   * $(\int a \vert\nabla e\vert^2 + c e^2)^{1/2}$; advective terms do not
   * enter. It is zero if the form is negative, which a coercive law excludes.
   */
  struct Norms
  {
    double l2     = 0.;
    double h1     = 0.;
    double linf   = 0.;
    double energy = 0.;
  };

  /**
   * Each norm of @p error divided by that of @p reference. Where the latter
   * is zero, the result is infinity, or zero if the error is zero, too.
   */
  Norms relative_norms(const Norms &error, const Norms &reference);
} // namespace sobolev

#endif
