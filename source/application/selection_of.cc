// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/selection_of.h>

namespace sobolev
{
  dealii::Patterns::Selection
  selection_of(const std::vector<std::string> &names)
  {
    std::string choices;
    for (const std::string &name : names)
      choices += (choices.empty() ? "" : "|") + name;
    return dealii::Patterns::Selection(choices);
  }
} // namespace sobolev
