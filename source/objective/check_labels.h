// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_check_labels_h
#define sobolev_objective_check_labels_h

#include <sobolev/base/exceptions.h>

#include <cmath>
#include <string>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    // That the labels of a block and their unit can be used.
    inline void
    check_labels(const std::string         &block,
                 const std::vector<double> &labels,
                 const double               unit)
    {
      AssertInput(unit > 0. && std::isfinite(unit),
                  "block '" << block << "': the unit " << unit
                            << " of the residuals is not a positive number.");
      for (std::size_t i = 0; i < labels.size(); ++i)
        AssertInput(std::isfinite(labels[i]),
                    "block '" << block << "': label " << i << " is "
                              << labels[i] << ", not a finite number.");
    }
  } // namespace internal
} // namespace sobolev

#endif
