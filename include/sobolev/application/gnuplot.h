// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_gnuplot_h
#define sobolev_application_gnuplot_h

#include <string>
#include <vector>

namespace sobolev
{
  /** A drawn diagram, or the reason why there is none. */
  struct Picture
  {
    /** "data:image/..." for the `src` of an HTML image; empty on failure. */
    std::string data_uri;

    /** One sentence; empty on success. */
    std::string error;
  };



  /**
   * Runs gnuplot, which is looked for in the PATH at run time, in a scratch
   * folder that lives as long as the object.
   *
   * Nothing here throws because of gnuplot: a run must not be lost because a
   * diagram cannot be drawn. Local to the process.
   */
  class Gnuplot
  {
  public:
    /** The formats of draw(). */
    enum class Format
    {
      /** Scalable, for lines. */
      svg,
      /** Pixels, for colours; SVG if gnuplot has no PNG terminal. */
      png
    };

    Gnuplot();

    ~Gnuplot();

    Gnuplot(const Gnuplot &) = delete;

    Gnuplot &operator=(const Gnuplot &) = delete;

    /**
     * Write the columns, all of the same length, as text to a file in the
     * scratch folder. Entries that are not finite are marked as missing.
     *
     * @return The file's name, quoted for a script.
     */
    std::string write_columns(const std::vector<std::vector<double>> &columns);

    /** The same for a binary file of 64-bit numbers. */
    std::string write_binary(const std::vector<double> &values);

    /**
     * Draw with the commands of @p script, which neither set the terminal nor
     * the output.
     *
     * @param width, height Size [px]; PNG pictures have twice as many pixels.
     */
    Picture draw(const std::string &script,
                 const unsigned int width,
                 const unsigned int height,
                 const Format       format);

  private:
    // Returns an empty string, or what went wrong.
    std::string run(const std::string &script);

    std::string next_file_name(const std::string &extension);

    std::string  folder;
    std::string  failure;
    unsigned int n_files = 0;
  };

  /** @p text between single quotes, as gnuplot reads it. */
  std::string quote_for_gnuplot(const std::string &text);
} // namespace sobolev

#endif
