// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_report_figures_h
#define sobolev_application_report_figures_h

#include <sobolev/application/gnuplot.h>
#include <sobolev/application/report.h>

#include <string>
#include <vector>

namespace sobolev
{
  /** The columns of a history file that a report draws. */
  struct TrainingHistory
  {
    std::vector<double> iteration;
    std::vector<double> seconds;
    std::vector<double> loss;

    /** Empty if the file has no such column. */
    std::vector<double> holdout_loss;
  };

  /**
   * Read a history file, see Report::history_file. Rows are left out evenly if
   * there are more than @p max_rows; the last one is kept.
   *
   * @throws InputError if it cannot be read or lacks a column.
   */
  TrainingHistory read_training_history(const std::string &path,
                                        const unsigned int max_rows = 1000);

  /**
   * Read a file as BlockWeighting writes it: the weights of all blocks.
   *
   * @throws InputError if it cannot be read.
   */
  FieldCurve read_block_weights(const std::string &path);

  /** Loss against iterations, or against seconds. */
  Picture draw_history(const TrainingHistory &history,
                       const bool             against_seconds,
                       Gnuplot               &gnuplot);

  /** A field in colours, with equal scales on both axes. */
  Picture draw_field(const FieldImage &field, Gnuplot &gnuplot);

  /** Functions of one variable. */
  Picture draw_curve(const FieldCurve &curve, Gnuplot &gnuplot);
} // namespace sobolev

#endif
