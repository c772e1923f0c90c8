// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_activation_pattern_h
#define sobolev_application_activation_pattern_h

#include <deal.II/base/patterns.h>

namespace sobolev
{
  /** What an entry of a parameter file may be that names an activation. */
  dealii::Patterns::Selection activation_pattern();
} // namespace sobolev

#endif
