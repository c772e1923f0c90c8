// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_cole_hopf_h
#define sobolev_reference_cole_hopf_h

#include <deal.II/base/function.h>

namespace sobolev
{
  /**
   * The solution of Burgers' equation $u_t + u u_x = \nu u_{xx}$ with $u(x,0) =
   * -\sin(\pi x)$, a function of the point $(x, t)$, $t \ge 0$:
   * @f[
   *   u(x,t) = -\frac{\int \sin(\pi y)\, w(y)\, dy}{\int w(y)\, dy},
   *   \qquad
   *   w(y) = \exp\Bigl(-\frac{\cos(\pi y)}{2\pi\nu} -
   *     \frac{(x-y)^2}{4\nu t}\Bigr)
   * @f]
   * (Hopf 1950, Cole 1951). It is zero at $x = 0, \pm 1$.
   *
   * The integrals over the whole line are those of entire functions, for which
   * the trapezoidal rule converges faster than any exponential; what is
   * left are rounding errors of about $10^{-16}/\nu$ relative to one.
   *
   * Thread-safe, local to the process.
   */
  class ColeHopf : public dealii::Function<2>
  {
  public:
    /** @param viscosity $\nu > 0$ [x^2/t]. */
    explicit ColeHopf(const double viscosity);

    double value(const dealii::Point<2> &point,
                 const unsigned int      component = 0) const override;

  private:
    const double viscosity;
  };
} // namespace sobolev

#endif
