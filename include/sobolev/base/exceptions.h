// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_base_exceptions_h
#define sobolev_base_exceptions_h

#include <sstream>
#include <stdexcept>
#include <string>

namespace sobolev
{
  /**
   * Something that a user gave us is wrong: a parameter entry, a mesh, a file.
   *
   * what() is one sentence that names the entry, its value and what is allowed.
   * It is all that run_application() prints, without file names and line
   * numbers of the library.
   */
  class InputError : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  /**
   * A computation on good input could not go on, for instance because the
   * loss of every trial step was NaN. what() is one sentence.
   */
  class ComputationError : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };
} // namespace sobolev

/**
 * Throw an InputError with the given streamed @p message unless @p condition
 * holds. Always checked, in Debug and in Release mode:
 * @code
 * AssertInput(width > 0, "width: " << width << " is not positive");
 * @endcode
 */
#define AssertInput(condition, message)                                        \
  do                                                                           \
    {                                                                          \
      if (!(condition))                                                        \
        {                                                                      \
          std::ostringstream sobolev_message;                                  \
          sobolev_message << message;                                          \
          throw ::sobolev::InputError(sobolev_message.str());                  \
        }                                                                      \
    }                                                                          \
  while (false)

#endif
