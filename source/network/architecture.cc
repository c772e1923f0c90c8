// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>
#include <sobolev/network/architecture.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  void
  Architecture::check() const
  {
    AssertInput(n_inputs() > 0 && upper.size() == lower.size(),
                "network: the input box has "
                  << lower.size() << " lower and " << upper.size()
                  << " upper bounds; one of each per input is needed.");
    for (unsigned int i = 0; i < n_inputs(); ++i)
      AssertInput(std::isfinite(lower[i]) && std::isfinite(upper[i]) &&
                    lower[i] < upper[i],
                  "network: the range [" << lower[i] << ", " << upper[i]
                                         << "] of input " << i << " is empty.");

    AssertInput(!hidden_widths.empty(),
                "network: there must be at least one hidden layer.");
    for (const unsigned int width : hidden_widths)
      AssertInput(width > 0,
                  "network: every hidden layer must have at least one neuron.");

    AssertInput(
      n_layer_outputs() > 0 && output_shift.size() == n_layer_outputs(),
      "network: there are " << output_scale.size() << " output scales and "
                            << output_shift.size()
                            << " output shifts; one of each per "
                               "output is needed.");
    for (unsigned int o = 0; o < n_layer_outputs(); ++o)
      AssertInput(std::isfinite(output_scale[o]) && output_scale[o] > 0. &&
                    std::isfinite(output_shift[o]),
                  "network: the scale " << output_scale[o] << " of output " << o
                                        << " is not a positive number.");

    check_first_layer();
    check_slopes();
    check_coefficients();

    for (const auto *functions : {&offsets, &factors})
      AssertInput(functions->empty() || functions->size() == n_layer_outputs(),
                  "network: there are "
                    << functions->size()
                    << " functions for the hard constraint, but "
                    << n_layer_outputs() << " outputs.");
    make_activation(activation);
  }



  void
  Architecture::check_first_layer() const
  {
    for (const unsigned int i : omitted_inputs)
      AssertInput(
        i < n_inputs() &&
          std::count(omitted_inputs.begin(), omitted_inputs.end(), i) == 1,
        "network: the omitted input "
          << i << " does not exist or is listed twice; there are " << n_inputs()
          << " inputs.");
    for (const auto &wave : waves)
      {
        AssertInput(wave.size() == n_inputs(),
                    "network: a wave vector has "
                      << wave.size() << " components, but there are "
                      << n_inputs() << " inputs.");
        for (const double component : wave)
          AssertInput(std::isfinite(component),
                      "network: a wave vector has the component "
                        << component << ", which is not a finite number.");
      }
    for (const auto &feature : features)
      AssertInput(feature != nullptr, "network: a feature is missing.");
    AssertInput(n_first_inputs() > 0,
                "network: all inputs are omitted, and there are no waves and "
                "features.");
  }



  void
  Architecture::check_slopes() const
  {
    AssertInput(std::isfinite(slopes.scale) && slopes.scale > 0.,
                "network: the slope scale " << slopes.scale
                                            << " is not a positive number.");
    for (const double slope : {slopes.first, slopes.other})
      AssertInput(std::isfinite(slope) && slope != 0.,
                  "network: the slope " << slope
                                        << " is not a finite number other "
                                           "than zero.");
    AssertInput(std::isfinite(factorization_mean) &&
                  std::isfinite(factorization_spread) &&
                  factorization_spread >= 0.,
                "network: mean " << factorization_mean << " and spread "
                                 << factorization_spread
                                 << " of the weight factors are not possible; "
                                    "the spread must not be negative.");
  }


  void
  Architecture::check_coefficients() const
  {
    for (const Coefficient &coefficient : coefficients)
      {
        coefficient.map.check();
        if (!coefficient.field)
          {
            coefficient.map.inverse(coefficient.initial);
            continue;
          }
        const Architecture &field = *coefficient.field;
        AssertInput(field.n_inputs() == n_inputs() && field.n_outputs() == 1 &&
                      field.coefficients.empty() &&
                      field.normalization != Normalization::batch,
                    "network: that of a coefficient must have "
                      << n_inputs() << " inputs and one output, no "
                      << "coefficients and no batch normalisation.");
        field.check();
      }
  }
} // namespace sobolev
