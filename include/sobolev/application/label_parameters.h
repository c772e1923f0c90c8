// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_label_parameters_h
#define sobolev_application_label_parameters_h

#include <sobolev/network/architecture.h>
#include <sobolev/objective/loss_function.h>

#include <deal.II/base/parameter_handler.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * How a network $N$ of order one gives energies, $E = C N + m$, and with the
   * same constant forces, $F = -C\, \partial N / \partial q$.
   */
  struct LabelScaling
  {
    /** $C > 0$ [u]. */
    double scale = 1.;

    /** $m$ [u]. */
    double shift = 0.;
  };



  /**
   * The section Labels of a parameter file: units and weights of energies and
   * forces in the loss
   * @f[
   *   L = \frac{\alpha}{n} \sum_i \varrho\Bigl(\frac{u_i - E_i}{C}\Bigr) +
   *     \frac{\beta}{n\, n_q} \sum_{i,k} \varrho\Bigl(\frac{\partial_k u_i +
   *     F_{i,k}}{C}\Bigr)
   * @f]
   * over $n$ samples with $n_q$ coordinates.
   *
   * One constant $C$ for both is the label rescaling of Lo and Huang
   * (arXiv:2310.01649); there is no way to have two, which would be wrong:
   * forces are derivatives of energies. Centring, $m$ being the mean of the
   * energies, has the same aim.
   */
  class LabelParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for a scale that is neither number nor name. */
    void parse_parameters();

    /** The scaling for the energies that are learned from. */
    LabelScaling make_scaling(const std::vector<double> &energies) const;

    /** What a residual contributes. */
    LossFunction loss_function() const;

    /** $\alpha$ and $\beta$ [-]. */
    double energy_weight = 1., force_weight = 30.;

  private:
    std::string scale = "1", centring = "none", loss = "absolute";
    double      threshold = 1.;
  };
} // namespace sobolev

#endif
