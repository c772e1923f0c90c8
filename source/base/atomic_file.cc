// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace sobolev
{
  void
  write_atomically(const std::string                              &path,
                   const std::function<void(const std::string &)> &write)
  {
    const std::string temporary =
      path + ".tmp" + std::to_string(static_cast<long>(getpid()));
    std::error_code error;
    try
      {
        write(temporary);
      }
    catch (...)
      {
        std::filesystem::remove(temporary, error);
        throw;
      }
    std::filesystem::rename(temporary, path, error);
    AssertInput(!error,
                "the file '"
                  << path << "' cannot be written: " << error.message() << ".");
  }



  void
  write_text_atomically(const std::string &path, const std::string &text)
  {
    write_atomically(path, [&](const std::string &temporary) {
      std::ofstream out(temporary);
      out << text;
      out.close();
      AssertInput(out.good(),
                  "the file '" << path
                               << "' cannot be written; does its folder exist, "
                                  "and is there space on the disk?");
    });
  }
} // namespace sobolev
