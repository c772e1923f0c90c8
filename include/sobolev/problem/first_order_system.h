// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_first_order_system_h
#define sobolev_problem_first_order_system_h

#include <sobolev/problem/law.h>

#include <memory>

namespace sobolev
{
  /**
   * Any law with its fluxes as further unknowns $\sigma_c$,
   * @f[
   *   \nabla \cdot \sigma_c = S_c(x, u, \nabla u), \qquad
   *   \sigma_c = F_c(x, u, \nabla u), \qquad c = 0, \dots, n-1 ,
   * @f]
   * so that residuals contain first derivatives only (Basir, Commun. Comput.
   * Phys. 33 (2023) 1240). Coefficients in the flux are not differentiated and
   * may be discontinuous: $\sigma$ has a continuous normal component there.
   *
   * As a law, the system has the fluxes $\sigma_c$ and sources $S_c$ of $u_c$,
   * and for component $i$ of $\sigma_c$ no flux and the source $F_{c,i} -
   * \sigma_{c,i}$. So Neumann and Robin conditions for $u_c$ are conditions
   * for the unknowns $n \cdot \sigma_c$.
   *
   * | unknowns                  | number      | equations                 | block      |
   * | ------------------------- | ----------- | ------------------------- | ---------- |
   * | $u_c$                     | n           | $\nabla\cdot\sigma_c - S_c$ | "interior" |
   * | $\sigma_{c,i}$, $i$ first | n dim       | $\sigma_{c,i} - F_{c,i}$  | "flux"     |
   * | unknown coefficients of the law | all others | none                 |            |
   */
  template <int dim>
  class FirstOrderSystem : public Law<dim>
  {
  public:
    /** The @p law is shared; it must not be of first order already. */
    explicit FirstOrderSystem(std::shared_ptr<const Law<dim>> law);

    std::string name() const override;

    unsigned int n_components() const override;

    unsigned int n_equations() const override;

    std::vector<EquationBlock> equation_blocks() const override;

    SecondDerivatives second_derivatives() const override;

    bool is_symmetric() const override;

    bool is_linear() const override;

    const Coefficients<dim> &coefficients() const override;

    void strong_residuals(
      const JetBatch<dim>             &batch,
      const dealii::ArrayView<double> &residuals,
      const dealii::ArrayView<double> &linearisation) const override;

    void
    evaluate(const dealii::Point<dim>                              &point,
             const CoefficientTable<dim>                           &table,
             const std::size_t                                      index,
             const dealii::ArrayView<const double>                 &values,
             const dealii::ArrayView<const dealii::Tensor<1, dim>> &gradients,
             WeakForm<dim> &weak_form) const override;

    /** The number of the unknown $\sigma_{c,i}$, and of its equation. */
    unsigned int
    flux_component(const unsigned int c, const unsigned int i) const
    {
      return n + c * dim + i;
    }

  private:
    // Which unknown of the system unknown d of the law is.
    unsigned int
    component(const unsigned int d) const
    {
      return d < n ? d : d + n * dim;
    }

    // Flux and source of the law, with its unknowns given by
    // value_and_gradient(component, k), k = 0 for the value. What is returned
    // belongs to the thread and stays until the next call.
    template <typename Jet>
    const WeakForm<dim> &evaluate_law(const dealii::Point<dim>    &point,
                                      const CoefficientTable<dim> &table,
                                      const std::size_t            index,
                                      const Jet &value_and_gradient) const;

    const std::shared_ptr<const Law<dim>> law;

    // Equations of the law.
    const unsigned int n;
  };
} // namespace sobolev

#endif
