// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/base/quoted_list.h>
#include <sobolev/network/formula_operation.h>
#include <sobolev/objective/formula_names.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace sobolev
{
  std::vector<std::string>
  FormulaNames::outputs() const
  {
    std::vector<std::string> all = unknowns;
    all.insert(all.end(), coefficients.begin(), coefficients.end());
    return all;
  }



  unsigned int
  FormulaNames::reference_number(const std::string &name) const
  {
    AssertInput(!reference.names.empty(),
                "reference(" << name
                             << ") is not possible without a known solution");
    const auto place =
      std::find(reference.names.begin(), reference.names.end(), name);
    AssertInput(place != reference.names.end(),
                "reference(" << name
                             << ") is not possible; the known solution "
                                "consists of "
                             << quoted_list(reference.names));
    return place - reference.names.begin();
  }



  void
  FormulaNames::check() const
  {
    std::set<std::string> seen;
    const auto check = [&](const std::string &name, const std::string &what) {
      const auto is_letter_or_digit = [](const char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0;
      };
      AssertInput(!name.empty() &&
                    std::isalpha(static_cast<unsigned char>(name[0])) &&
                    std::all_of(name.begin(), name.end(), is_letter_or_digit),
                  "'" << name << "' cannot be the name of an " << what
                      << "; letters and digits are allowed, a letter first.");
      AssertInput(!find_formula_operation(name) && name != "laplacian" &&
                    name != "bilaplacian" && name != "reference" &&
                    name != "diff" && name != "pi" && name != "e",
                  "'" << name << "' cannot be the name of an " << what
                      << ", because formulas know it already.");
      AssertInput(seen.insert(name).second && constants.count(name) == 0,
                  "the name '" << name
                               << "' is there twice among inputs, unknowns, "
                                  "coefficients and constants.");
    };
    AssertInput(!inputs.empty() && !unknowns.empty(),
                "there must be an input and an unknown.");
    for (const std::string &name : inputs)
      check(name, "input");
    for (const std::string &name : unknowns)
      check(name, "unknown");
    for (const std::string &name : coefficients)
      check(name, "unknown coefficient");
  }
} // namespace sobolev
