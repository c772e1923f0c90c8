// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_base_quoted_list_h
#define sobolev_base_quoted_list_h

#include <string>
#include <vector>

namespace sobolev
{
  /** The @p names for people: 'a', 'b', 'c'. */
  std::string quoted_list(const std::vector<std::string> &names);
} // namespace sobolev

#endif
