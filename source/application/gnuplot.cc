// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/gnuplot.h>
#include <sobolev/application/parameter_errors.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

extern char **environ;

namespace sobolev
{
  namespace
  {
    namespace fs = std::filesystem;

    constexpr std::chrono::seconds time_limit(60);
    constexpr int                  could_not_start = 127;



    std::string
    read_file(const std::string &path)
    {
      std::ifstream in(path, std::ios::binary);
      return {std::istreambuf_iterator<char>(in), {}};
    }



    std::string
    encode_base64(const std::string &bytes)
    {
      static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz"
                                   "0123456789+/";
      std::string       result;
      result.reserve((bytes.size() + 2) / 3 * 4);
      for (std::size_t i = 0; i < bytes.size(); i += 3)
        {
          unsigned int block = 0;
          for (std::size_t j = i; j < i + 3; ++j)
            block =
              (block << 8) |
              (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0u);
          for (int shift = 18; shift >= 0; shift -= 6)
            result += digits[(block >> shift) & 63u];
        }
      const std::size_t n_padding = (3 - bytes.size() % 3) % 3;
      for (std::size_t i = 0; i < n_padding; ++i)
        result[result.size() - 1 - i] = '=';
      return result;
    }



    // Wait for a child process; end it if it takes too long.
    int
    wait_for(const pid_t child)
    {
      const auto start  = std::chrono::steady_clock::now();
      int        status = 0;
      while (true)
        {
          const pid_t ended = waitpid(child, &status, WNOHANG);
          if (ended == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
          if (ended < 0 && errno != EINTR)
            return -1;
          if (std::chrono::steady_clock::now() - start > time_limit)
            {
              kill(child, SIGKILL);
              waitpid(child, &status, 0);
              return -1;
            }
          std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }



    // Exit code of "gnuplot -d script", whose output goes to a file. No shell
    // is involved. The option keeps the user's settings out of our diagrams.
    int
    spawn_gnuplot(const std::string &script, const std::string &output)
    {
      std::string           program = "gnuplot", option = "-d", file = script;
      std::array<char *, 4> arguments{
        {program.data(), option.data(), file.data(), nullptr}};

      posix_spawn_file_actions_t actions;
      posix_spawn_file_actions_init(&actions);
      posix_spawn_file_actions_addopen(
        &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
      posix_spawn_file_actions_addopen(&actions,
                                       STDOUT_FILENO,
                                       output.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
      posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);

      pid_t     child;
      const int error = posix_spawnp(
        &child, "gnuplot", &actions, nullptr, arguments.data(), environ);
      posix_spawn_file_actions_destroy(&actions);
      return error == 0 ? wait_for(child) : could_not_start;
    }
  } // namespace



  Gnuplot::Gnuplot()
  {
    std::error_code error;
    const fs::path  parent = fs::temp_directory_path(error);
    std::string     path   = (parent / "sobolev-gnuplot-XXXXXX").string();
    if (error || mkdtemp(path.data()) == nullptr)
      failure = "No temporary folder could be made for gnuplot.";
    else
      folder = path;
  }



  Gnuplot::~Gnuplot()
  {
    std::error_code ignored;
    if (!folder.empty())
      fs::remove_all(folder, ignored);
  }



  std::string
  Gnuplot::write_columns(const std::vector<std::vector<double>> &columns)
  {
    const std::string path = next_file_name("txt");
    std::ofstream     out(path);
    out.precision(10);
    const std::size_t n_rows = columns.empty() ? 0 : columns[0].size();
    for (std::size_t i = 0; i < n_rows; ++i)
      {
        for (const std::vector<double> &column : columns)
          if (std::isfinite(column[i]))
            out << column[i] << ' ';
          else
            out << "? ";
        out << '\n';
      }
    return quote_for_gnuplot(path);
  }



  std::string
  Gnuplot::write_binary(const std::vector<double> &values)
  {
    const std::string path = next_file_name("bin");
    std::ofstream     out(path, std::ios::binary);
    out.write(reinterpret_cast<const char *>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(double)));
    return quote_for_gnuplot(path);
  }



  Picture
  Gnuplot::draw(const std::string &script,
                const unsigned int width,
                const unsigned int height,
                const Format       format)
  {
    const auto size = [&](const unsigned int scale) {
      return std::to_string(scale * width) + "," +
             std::to_string(scale * height);
    };
    const bool        is_png = format == Format::png;
    const std::string terminal =
      is_png ? "pngcairo enhanced size " + size(2) +
                 " font 'sans,11' fontscale 2 linewidth 1.5"
             : "svg enhanced size " + size(1) +
                 " font 'sans-serif,13' background '#ffffff'";
    const std::string output = next_file_name(is_png ? "png" : "svg");

    Picture picture;
    picture.error = run("set terminal " + terminal + "\nset output " +
                        quote_for_gnuplot(output) + '\n' + script);
    const std::string image =
      picture.error.empty() ? read_file(output) : std::string();
    if (!image.empty())
      picture.data_uri =
        (is_png ? "data:image/png;base64," : "data:image/svg+xml;base64,") +
        encode_base64(image);
    else if (is_png && failure.empty())
      return draw(script, width, height, Format::svg);
    else if (picture.error.empty())
      picture.error = "gnuplot wrote no picture.";
    return picture;
  }



  std::string
  Gnuplot::run(const std::string &script)
  {
    if (!failure.empty())
      return failure;
    const std::string path   = next_file_name("gp");
    const std::string output = next_file_name("log");
    std::ofstream(path) << script << "\nunset output\n";

    const int exit_code = spawn_gnuplot(path, output);
    if (exit_code == could_not_start)
      failure = "gnuplot is not installed (Debian: apt install gnuplot-nox), "
                "so there are no diagrams.";
    if (exit_code == 0 || !failure.empty())
      return failure;
    return "gnuplot could not draw this diagram: " +
           on_one_line(read_file(output)).substr(0, 300);
  }



  std::string
  Gnuplot::next_file_name(const std::string &extension)
  {
    return folder + "/" + std::to_string(++n_files) + "." + extension;
  }



  std::string
  quote_for_gnuplot(const std::string &text)
  {
    std::string result = "'";
    for (const char c : text)
      if (c == '\'')
        result += "''";
      else
        result += (c == '\n' ? ' ' : c);
    return result + "'";
  }
} // namespace sobolev
