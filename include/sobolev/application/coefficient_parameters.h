// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_coefficient_parameters_h
#define sobolev_application_coefficient_parameters_h

#include <sobolev/network/architecture.h>
#include <sobolev/network/formula.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/sampling/box.h>

#include <deal.II/base/parameter_handler.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The section `Unknown coefficients` of a parameter file: coefficients of
   * equations that are trained together with the network, see
   * Architecture::Coefficient.
   *
   * A coefficient is `name = initial value in (lower, upper)`; without bounds,
   * or with one infinite bound, everything beyond is allowed. A field has the
   * inputs that it depends on behind its name, `a(x, y) = 1 in (0, inf)`.
   *
   * | bounds | map $T(z)$ with the initial value $c_0$                    |
   * | ------ | ---------------------------------------------------------- |
   * | none   | $s z$ with the scale $s$                                   |
   * | one, $m$ | $m + (c_0 - m) e^z$, or with $\ln(1 + e^z)$ in place of $e^z$ |
   * | both   | $l + (u - l) / (1 + e^{-z})$                               |
   */
  class CoefficientParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /**
     * Take over the entries, and add the names of the coefficients to
     * @p names.
     *
     * @throws InputError for everything that does not fit together.
     */
    void parse(FormulaNames &names);

    /** Names in their order. */
    const std::vector<std::string> &
    names() const
    {
      return all_names;
    }

    bool
    is_field(const unsigned int k) const
    {
      return !field_inputs[k].empty();
    }

    /** Add the coefficients to a network for inputs within @p box. */
    void add_to(Architecture &architecture, const Box &box) const;

    /** Whether their true values are known. */
    bool
    has_exact_values() const
    {
      return !exact_formulas.empty();
    }

    /** The true value of coefficient @p k at a point. */
    double
    exact_value(const std::vector<double> &x, const unsigned int k) const;

    /** The relative error that is expected; 0 for nothing. */
    double expected_error = 0.;

  private:
    // One item of the list.
    void parse_coefficient(const std::string &item, const FormulaNames &names);

    CoefficientMap
    make_map(const double initial, const std::vector<double> &bounds) const;

    std::string               list, half_line = "exponential", exact_values;
    std::string               scales = "1";
    std::vector<unsigned int> hidden_layers{20, 20};
    std::string               activation  = "tanh";
    double                    first_slope = 1.;

    std::vector<std::string>    all_names;
    std::vector<CoefficientMap> maps;
    std::vector<double>         initial_values;
    // Numbers of the inputs that a field depends on; none for a number.
    std::vector<std::vector<unsigned int>> field_inputs;
    std::vector<Formula>                   exact_formulas;
  };
} // namespace sobolev

#endif
