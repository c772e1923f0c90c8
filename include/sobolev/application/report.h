// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_report_h
#define sobolev_application_report_h

#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /** A table of a Report; all rows have as many cells as the header. */
  struct ReportTable
  {
    std::string                           title;
    std::vector<std::string>              header;
    std::vector<std::vector<std::string>> rows;

    /** A sentence below the table; may be empty. */
    std::string note;
  };



  /**
   * Values on a regular grid over a rectangle, to be shown in colours. The
   * fields of a Report stand side by side, usually surrogate, reference, error.
   */
  struct FieldImage
  {
    enum class Palette
    {
      /** From dark to light, equal steps look equal. */
      sequential,
      /** Blue, white, red, with white at zero. */
      diverging
    };

    std::string title;

    /** Number of grid points in x and y direction. */
    unsigned int nx = 0;
    unsigned int ny = 0;

    /** The rectangle $(x_0,x_1) \times (y_0,y_1)$ [x]. */
    double x0 = 0.;
    double x1 = 1.;
    double y0 = 0.;
    double y1 = 1.;

    /**
     * The value at column i (in x direction) and row j at `j * nx + i`; NaN
     * outside of the domain, which stays white.
     */
    std::vector<double> values;

    Palette palette = Palette::sequential;

    /** Logarithmic colours, of the absolute values. */
    bool logarithmic = false;

    /**
     * The range of colours if `color_max > color_min`, else that of the
     * values: fields that are to be compared need a common one.
     */
    double color_min = 0.;
    double color_max = 0.;
  };



  /** Functions of one variable in one diagram. */
  struct FieldCurve
  {
    std::string title;

    std::vector<double> x;

    /** Names and values at `x`. */
    std::vector<std::pair<std::string, std::vector<double>>> series;

    /** Logarithmic vertical axis, of the absolute values. */
    bool logarithmic = false;

    /** What `x` is. */
    std::string x_label = "x";
  };



  /** What a report shows: tables, fields, training, facts. */
  struct Report
  {
    std::string title;

    /** One or two sentences below the title; may be empty. */
    std::string summary;

    /** Names and values, e.g. "parameters" and "921". */
    std::vector<std::pair<std::string, std::string>> facts;

    std::vector<ReportTable> tables;

    /**
     * A file with comma-separated columns, whose first line has the names
     * `iteration`, `seconds`, `loss` and perhaps `holdout_loss` in any order
     * among others. Empty if there is none.
     */
    std::string history_file;

    /**
     * A file as BlockWeighting writes it, whose weights are drawn if it is
     * there.
     */
    std::string weights_file;

    std::vector<FieldImage> fields;
    std::vector<FieldCurve> curves;
  };

  /**
   * Write @p report as one self-contained HTML file: tables, and diagrams drawn
   * by gnuplot, all inside of the file, so that it can be mailed.
   *
   * Where gnuplot is not installed or fails, the report says so in place of
   * the diagram. Local to the process: call it on one of them.
   *
   * @throws InputError if the file cannot be written.
   */
  void write_report(const Report &report, const std::string &path);
} // namespace sobolev

#endif
