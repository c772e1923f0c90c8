// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_corner_function_h
#define sobolev_network_corner_function_h

#include <sobolev/network/input_function.h>

namespace sobolev
{
  /**
   * Real or imaginary part of $(e^{-i\theta_0} z)^{\pi/\omega}$, $z = x - x_v +
   * i (y - y_v)$: the leading singular function of the Laplacian at a corner
   * $(x_v,y_v)$ of a plane domain,
   * @f[
   *   \phi_s = r^{\pi/\omega} \sin\frac{\pi(\theta-\theta_0)}{\omega}, \qquad
   *   \phi_c = r^{\pi/\omega} \cos\frac{\pi(\theta-\theta_0)}{\omega} .
   * @f]
   *
   * The domain fills the angles $\theta_0 < \theta < \theta_0 + \omega$. Both
   * are harmonic, and all further singular functions of the corner are
   * polynomials in the two (Grisvard 1985), so a smooth function of $(x, y,
   * \phi_s, \phi_c)$ can represent the solution up to the corner.
   *
   * | symbol            | meaning                       | unit          |
   * | ----------------- | ----------------------------- | ------------- |
   * | $(x_v, y_v)$      | the vertex                    | [x]           |
   * | $\theta_0$        | direction of the first side   | rad           |
   * | $\omega$          | interior angle                | rad           |
   *
   * At the vertex itself the derivatives do not exist for $\omega > \pi$; there
   * they are evaluated at a distance of $10^{-12}$. Inputs after the first two
   * are ignored. In files: "corner sine" and "corner cosine" with the
   * parameters $x_v, y_v, \theta_0, \omega$.
   */
  class CornerFunction : public InputFunction
  {
  public:
    enum class Part
    {
      sine,
      cosine
    };

    /** @throws InputError unless $0 < \omega \le 2\pi$. */
    CornerFunction(const Part   part,
                   const double vertex_x,
                   const double vertex_y,
                   const double first_angle,
                   const double interior_angle);

    std::string name() const override;

    std::vector<double> parameters() const override;

    Jet evaluate(const dealii::ArrayView<const Jet> &x) const override;

  private:
    const Part   part;
    const double vertex_x, vertex_y;
    const double first_angle, interior_angle;
  };
} // namespace sobolev

#endif
