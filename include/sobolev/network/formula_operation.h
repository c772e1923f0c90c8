// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_formula_operation_h
#define sobolev_network_formula_operation_h

#include <sobolev/network/jet.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A function or an operator that a Formula may contain. Operators have names
   * without letters; "neg" is the sign.
   */
  struct FormulaOperation
  {
    std::string  name;
    unsigned int least_arguments, most_arguments;

    /** The result and its derivatives from the arguments and theirs. */
    Jet (*evaluate)(const std::vector<Jet> &arguments);

    bool is_operator() const;
  };

  /** The operation with this name, or a null pointer. */
  const FormulaOperation *find_formula_operation(const std::string &name);

  /** The names of all functions, separated by commas. */
  std::string formula_function_names();
} // namespace sobolev

#endif
