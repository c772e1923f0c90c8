// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_dense_inverse_hessian_h
#define sobolev_training_dense_inverse_hessian_h

#include <sobolev/training/inverse_hessian.h>

#include <deal.II/base/aligned_vector.h>

#include <vector>

namespace sobolev
{
  /**
   * A dense approximation $H$ of the inverse Hessian of a function of $n$
   * variables, updated by the self-scaled Broyden family.
   *
   * With the step $s = \alpha p$ along $p = -H g$, the change $y$ of the
   * gradient, $\varrho = 1 / y^T s$, $v = \varrho s - H y / (y^T H y)$,
   * @f[
   *   H_+ = \frac{1}{\tau} \Bigl( H - \frac{H y\, (H y)^T}{y^T H y}
   *     + \phi\, (y^T H y)\, v v^T \Bigr) + \varrho\, s s^T .
   * @f]
   * | Formula              | $\tau$, $\phi$                                |
   * | -------------------- | --------------------------------------------- |
   * | `bfgs`               | $\tau = \phi = 1$                             |
   * | `self_scaled_bfgs`   | $\tau = \min(1, 1/b)$, $\phi = 1$             |
   * | `self_scaled_broyden`| see coefficients()                            |
   *
   * where $b = s^T H^{-1} s / y^T s = -\alpha \varrho\, s^T g$. The secant
   * equation $H_+ y = s$ holds for all, and $H_+$ is positive definite if $H$
   * is and $y^T s > 0$ (Al-Baali 1998; Urban, Stefanou and Pons 2025,
   * J. Comput. Phys. 523, 113656).
   *
   * Takes $8 n^2$ bytes. Products and updates are BLAS-2 (`dsymv`, `dsyr`,
   * `dsyr2`), $O(n^2)$. Local to the process.
   */
  class DenseInverseHessian : public InverseHessian
  {
  public:
    enum class Formula
    {
      bfgs,
      self_scaled_bfgs,
      self_scaled_broyden
    };

    /** The identity. */
    DenseInverseHessian(const unsigned int n, const Formula formula);

    void reset() override;

    void multiply(const std::vector<double> &x,
                  std::vector<double>       &result) const override;

    /** Needs $y^T H y > 0$, too, which is so but for round-off. */
    bool update(const std::vector<double> &s,
                const std::vector<double> &y,
                const std::vector<double> &old_gradient,
                const double               alpha) override;

    /** The numbers $\tau$ and $\phi$ of an update. */
    struct Coefficients
    {
      double tau, phi;
    };

    /**
     * For the self-scaled Broyden formula with $h = \varrho\, y^T H y$, $a = b
     * h - 1 \ge 0$ and $c = \sqrt{a / (1 + a)}$,
     * @f[
     *   \varrho_- = \min(1, h (1 - c)), \quad
     *   \theta = \max\Bigl(\frac{\varrho_- - 1}{a},
     *     \min\bigl(\frac{1}{\varrho_-}, \frac{1 - b}{b}\bigr)\Bigr), \quad
     *   \sigma = 1 + \theta a, \quad r = \min(1, 1/b),
     * @f]
     * @f[
     *   \tau = \begin{cases}
     *     \min(r\,\sigma^{1/(1-n)}, \sigma) & \theta \le 0 \\
     *     r \min(\sigma^{1/(1-n)}, 1/\theta) & \theta > 0, \end{cases} \qquad
     *   \phi = \frac{1 - \theta}{1 + a \theta} .
     * @f]
     */
    static Coefficients coefficients(const Formula      formula,
                                     const unsigned int n,
                                     const double       b,
                                     const double       h);

  private:
    const unsigned int n;
    const Formula      formula;

    // H = scale * matrix, of which the lower triangle is kept: so a factor
    // 1 / tau costs no pass over the memory.
    double                        scale;
    dealii::AlignedVector<double> matrix;
    mutable std::vector<double>   product;
  };
} // namespace sobolev

#endif
