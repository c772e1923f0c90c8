// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_parameter_errors_h
#define sobolev_application_parameter_errors_h

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The one of @p candidates that a reader most likely meant by @p name: the
   * one with the smallest edit distance, letters compared regardless of case.
   * Empty if none is near, that is if more than a third of the letters differ.
   */
  std::string nearest_name(const std::string              &name,
                           const std::vector<std::string> &candidates);

  /**
   * What a deal.II pattern allows, in words that continue "must be", e.g. "an
   * integer of at least 1" for `Patterns::Integer(1)`.
   *
   * @param description The text of `PatternBase::description()`. What is not
   * understood is returned without its brackets.
   */
  std::string describe_pattern(const std::string &description);

  /** @p text on one line, with single blanks and none at the ends. */
  std::string on_one_line(const std::string &text);
} // namespace sobolev

#endif
