// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/quoted_list.h>

namespace sobolev
{
  std::string
  quoted_list(const std::vector<std::string> &names)
  {
    std::string result;
    for (const std::string &name : names)
      result += (result.empty() ? "'" : ", '") + name + "'";
    return result;
  }
} // namespace sobolev
