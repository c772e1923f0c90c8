// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>
#include <sobolev/network/architecture.h>

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

    AssertInput(n_outputs() > 0 && output_shift.size() == n_outputs(),
                "network: there are " << output_scale.size()
                                      << " output scales and "
                                      << output_shift.size()
                                      << " output shifts; one of each per "
                                         "output is needed.");
    for (unsigned int o = 0; o < n_outputs(); ++o)
      AssertInput(std::isfinite(output_scale[o]) && output_scale[o] > 0. &&
                    std::isfinite(output_shift[o]),
                  "network: the scale " << output_scale[o] << " of output " << o
                                        << " is not a positive number.");

    make_activation(activation);
  }
} // namespace sobolev
