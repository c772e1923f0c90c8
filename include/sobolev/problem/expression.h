// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_expression_h
#define sobolev_problem_expression_h

#include <deal.II/base/function.h>
#include <deal.II/base/function_parser.h>
#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>

#include <array>
#include <map>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A scalar function given by a muparser expression such as
   * `sin(pi*x)*exp(-y)`, with gradients good enough for strong residuals.
   *
   * The variables are x, y, z, as far as @p dim allows, and the constants are
   * pi and what the caller adds. The functions are those of
   * dealii::FunctionParser, among them `if(condition, then, else)`, `pow`,
   * `atan2` and `erfc`.
   *
   * **Gradients** are central differences of eighth order,
   * @f[
   *   \partial_d u(x) \approx \frac{1}{h} \sum_{k=1}^{4} c_k
   *     \left( u(x + k h e_d) - u(x - k h e_d) \right), \qquad
   *   c = \left( \tfrac45, -\tfrac15, \tfrac4{105}, -\tfrac1{280} \right),
   * @f]
   * with a relative accuracy of about 1e-11 for smooth functions. The first
   * step is $h = 2 \cdot 10^{-3}\,\ell$ with the length scale $\ell$; where
   * the formula of sixth order on the same points disagrees (a boundary layer,
   * a kink or the end of the domain of definition close by), $h$ is divided by
   * four, up to six times. Derivatives with respect to variables that the
   * expression does not contain are exactly zero. Where no step gives a finite
   * number, the gradient is NaN.
   *
   * Local to the process and thread-safe.
   */
  template <int dim>
  class Expression : public dealii::Function<dim>
  {
  public:
    using Constants = std::map<std::string, double>;

    /**
     * Parse @p expression.
     *
     * @param entry        What errors call the expression, for instance
     *                     "Law/source".
     * @param constants    Further constants by name.
     * @param length_scale $\ell$ [x], the diameter of the domain.
     *
     * @throws InputError if @p expression or a constant is not valid; the
     * sentence names @p entry, the expression and the allowed variables.
     */
    Expression(const std::string &entry,
               const std::string &expression,
               const Constants   &constants    = {},
               const double       length_scale = 1.);

    double value(const dealii::Point<dim> &point,
                 const unsigned int        component = 0) const override;

    void value_list(const std::vector<dealii::Point<dim>> &points,
                    std::vector<double>                   &values,
                    const unsigned int component = 0) const override;

    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim> &point,
             const unsigned int        component = 0) const override;

    void gradient_list(const std::vector<dealii::Point<dim>> &points,
                       std::vector<dealii::Tensor<1, dim>>   &gradients,
                       const unsigned int component = 0) const override;

    /** Whether the expression contains none of the variables. */
    bool is_constant() const;

    /** The expression as it was given. */
    const std::string &text() const;

  private:
    double
    derivative(const dealii::Point<dim> &point, const unsigned int d) const;

    const std::string           expression;
    const double                first_step;
    std::array<bool, dim>       depends_on;
    dealii::FunctionParser<dim> parser;
  };
} // namespace sobolev

#endif
