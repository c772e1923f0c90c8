// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_base_atomic_file_h
#define sobolev_base_atomic_file_h

#include <functional>
#include <string>

namespace sobolev
{
  /**
   * Call @p write with the name of a temporary file next to @p path and rename
   * that file to @p path afterwards, so that a reader, or an interrupted run,
   * never sees half a file. Local to the process.
   *
   * @throws InputError if the folder is missing or not writable; whatever
   * @p write throws, after the temporary file has been removed.
   */
  void write_atomically(const std::string                              &path,
                        const std::function<void(const std::string &)> &write);

  /** Write @p text to @p path by write_atomically(). */
  void write_text_atomically(const std::string &path, const std::string &text);
} // namespace sobolev

#endif
