// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_selection_of_h
#define sobolev_application_selection_of_h

#include <deal.II/base/patterns.h>

#include <string>
#include <vector>

namespace sobolev
{
  /** What an entry of a parameter file may be that is one of some names. */
  dealii::Patterns::Selection
  selection_of(const std::vector<std::string> &names);
} // namespace sobolev

#endif
