// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace
{
  namespace fs = std::filesystem;

  // A folder of this process, removed with the object.
  struct ScratchFolder
  {
    ScratchFolder()
      : path(fs::temp_directory_path() /
             ("sobolev atomic file " + std::to_string(getpid())))
    {
      fs::create_directories(path);
    }

    ~ScratchFolder()
    {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }

    unsigned int
    n_files() const
    {
      return std::distance(fs::directory_iterator(path),
                           fs::directory_iterator());
    }

    const fs::path path;
  };



  std::string
  content_of(const fs::path &path)
  {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
} // namespace


BOOST_AUTO_TEST_SUITE(atomic_file)

BOOST_AUTO_TEST_CASE(the_last_text_replaces_the_first)
{
  const ScratchFolder folder;
  const std::string   path = folder.path / "a.txt";

  sobolev::write_text_atomically(path, "first");
  sobolev::write_text_atomically(path, "second\n");

  BOOST_TEST(content_of(path) == "second\n");
  BOOST_TEST(folder.n_files() == 1u);
}



BOOST_AUTO_TEST_CASE(a_failing_writer_leaves_the_old_file_alone)
{
  const ScratchFolder folder;
  const std::string   path = folder.path / "a.txt";
  sobolev::write_text_atomically(path, "old");

  BOOST_CHECK_THROW(
    sobolev::write_atomically(path,
                              [](const std::string &temporary) {
                                std::ofstream(temporary) << "half";
                                throw std::runtime_error("disk on fire");
                              }),
    std::runtime_error);

  BOOST_TEST(content_of(path) == "old");
  BOOST_TEST(folder.n_files() == 1u);
}



BOOST_AUTO_TEST_CASE(a_missing_folder_is_an_input_error_that_names_the_file)
{
  const ScratchFolder folder;
  const std::string   path = folder.path / "not there" / "a.txt";

  BOOST_CHECK_EXCEPTION(sobolev::write_text_atomically(path, "text"),
                        sobolev::InputError,
                        [&](const sobolev::InputError &error) {
                          return std::string(error.what()).find(path) !=
                                 std::string::npos;
                        });
}

BOOST_AUTO_TEST_SUITE_END()
