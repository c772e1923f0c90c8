// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/activation_pattern.h>
#include <sobolev/network/activation.h>

#include <string>

namespace sobolev
{
  dealii::Patterns::Selection
  activation_pattern()
  {
    std::string names;
    for (const std::string &name : activation_names())
      names += (names.empty() ? "" : "|") + name;
    return dealii::Patterns::Selection(names);
  }
} // namespace sobolev
