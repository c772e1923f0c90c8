// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/report_figures.h>
#include <sobolev/base/exceptions.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

namespace sobolev
{
  namespace
  {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();

    // Colours of curves, distinguishable also by colour-blind readers.
    const char *const line_colors[] = {"#1b5e9e",
                                       "#d9601a",
                                       "#2a8f6f",
                                       "#8a4fa3",
                                       "#6b6b6b"};

    // Lightness grows evenly from the first to the last colour.
    const char *const sequential_palette =
      "set palette defined (0 '#20124d', 1 '#3a3a8c', 2 '#2e6a9e', "
      "3 '#23938f', 4 '#5bb873', 5 '#b5d557', 6 '#fbea6a')\n";

    // Errors in warm colours: they are another quantity than the solution.
    const char *const error_palette =
      "set palette defined (0 '#16102e', 1 '#4a1b60', 2 '#8c2663', "
      "3 '#c9434f', 4 '#ee7a3c', 5 '#fab75a', 6 '#fdf0b0')\n";

    const char *const diverging_palette =
      "set palette defined (0 '#1d4f91', 1 '#7fb0d8', 2 '#ffffff', "
      "3 '#eba07c', 4 '#9e2a2b')\n";

    // Grey axes and a faint grid, so that the data stand out.
    const char *const axes_style =
      "set border 3 linecolor '#555555'\n"
      "set tics nomirror textcolor '#222222'\n"
      "set grid linecolor '#dddddd' linetype 1 linewidth 0.6\n"
      "set datafile missing '?'\n"
      "set key outside top center horizontal textcolor '#222222'\n";



    std::vector<std::string>
    split_at_commas(const std::string &line)
    {
      std::vector<std::string> cells;
      std::istringstream       in(line);
      for (std::string cell; std::getline(in, cell, ',');)
        {
          const std::size_t begin = cell.find_first_not_of(" \t\r\"");
          const std::size_t end   = cell.find_last_not_of(" \t\r\"");
          cells.push_back(begin == std::string::npos
                            ? ""
                            : cell.substr(begin, end - begin + 1));
        }
      return cells;
    }



    // What is not a number is missing.
    double
    to_number(const std::vector<std::string> &cells, const std::size_t column)
    {
      if (column >= cells.size() || cells[column].empty())
        return missing;
      char        *end   = nullptr;
      const double value = std::strtod(cells[column].c_str(), &end);
      return *end == '\0' ? value : missing;
    }



    // On a logarithmic axis, only positive numbers can be shown.
    std::vector<double>
    keep_positive(std::vector<double> values)
    {
      for (double &value : values)
        value = std::abs(value) > 0. ? std::abs(value) : missing;
      return values;
    }



    // Of the rows between two that are kept, the last number counts: some
    // columns have few.
    void
    thin_out(std::vector<double> &values, const std::size_t max_rows)
    {
      const std::size_t n = values.size();
      if (n <= max_rows)
        return;
      std::vector<double> result(max_rows, missing);
      for (std::size_t i = 0, row = 0; i < max_rows; ++i)
        for (; row <= i * (n - 1) / (max_rows - 1); ++row)
          if (std::isfinite(values[row]))
            result[i] = values[row];
      values = std::move(result);
    }



    unsigned int
    count_finite(const std::vector<double> &values)
    {
      return std::count_if(values.begin(), values.end(), [](const double v) {
        return std::isfinite(v);
      });
    }



    std::string
    number(const double value)
    {
      std::ostringstream out;
      out.precision(12);
      out << value;
      return out.str();
    }



    // Ranges that gnuplot can draw: not empty.
    std::pair<double, double>
    widen(double lower, double upper, const bool logarithmic)
    {
      if (upper > lower)
        return {lower, upper};
      if (logarithmic)
        return {lower / 2., upper * 2.};
      const double half = lower == 0. ? 1. : 0.1 * std::abs(lower);
      return {lower - half, upper + half};
    }



    // Distance of about five marks on an axis: 1, 2 or 5 times a power of ten.
    std::string
    mark_distance(const double length)
    {
      const double power = std::pow(10., std::floor(std::log10(length / 5.)));
      for (const double factor : {1., 2., 5.})
        if (length / (factor * power) <= 5.)
          return number(factor * power);
      return number(10. * power);
    }



    // "plot file using 1:2 ..., file using 1:3 ..."
    std::string
    plot_columns(const std::string &file, const std::vector<std::string> &names)
    {
      std::string script = "plot ";
      for (std::size_t i = 0; i < names.size(); ++i)
        script +=
          (i == 0 ? "" : ", ") + file + " using 1:" + std::to_string(i + 2) +
          " with lines linewidth 2 dashtype " + std::to_string(i == 0 ? 1 : 2) +
          " linecolor '" + line_colors[i % 5] + "' title " +
          quote_for_gnuplot(names[i]) + " noenhanced";
      return script + '\n';
    }
  } // namespace



  TrainingHistory
  read_training_history(const std::string &path, const unsigned int max_rows)
  {
    std::ifstream in(path);
    AssertInput(in.good(), "the file '" << path << "' cannot be read.");
    std::string line;
    std::getline(in, line);
    const std::vector<std::string> header = split_at_commas(line);
    const auto column = [&](const std::string &name) -> std::size_t {
      return std::find(header.begin(), header.end(), name) - header.begin();
    };
    for (const char *name : {"iteration", "seconds", "loss"})
      AssertInput(column(name) < header.size(),
                  "the file '" << path << "' has no column '" << name << "'.");

    TrainingHistory history;
    const bool      with_holdout = column("holdout_loss") < header.size();
    while (std::getline(in, line))
      {
        const std::vector<std::string> cells = split_at_commas(line);
        history.iteration.push_back(to_number(cells, column("iteration")));
        history.seconds.push_back(to_number(cells, column("seconds")));
        history.loss.push_back(to_number(cells, column("loss")));
        if (with_holdout)
          history.holdout_loss.push_back(
            to_number(cells, column("holdout_loss")));
      }
    for (std::vector<double> *values : {&history.iteration,
                                        &history.seconds,
                                        &history.loss,
                                        &history.holdout_loss})
      thin_out(*values, std::max(2u, max_rows));
    return history;
  }



  FieldCurve
  read_block_weights(const std::string &path)
  {
    const std::string prefix = "weight of ";
    std::ifstream     in(path);
    AssertInput(in.good(), "the file '" << path << "' cannot be read.");
    FieldCurve curve;
    curve.title       = "Weights of the blocks";
    curve.x_label     = "iteration";
    curve.logarithmic = true;
    std::string line;
    std::getline(in, line);
    const std::vector<std::string> header = split_at_commas(line);
    std::vector<std::size_t>       columns;
    for (std::size_t c = 0; c < header.size(); ++c)
      if (header[c].compare(0, prefix.size(), prefix) == 0)
        {
          columns.push_back(c);
          curve.series.push_back({header[c].substr(prefix.size()), {}});
        }
    while (std::getline(in, line))
      {
        const std::vector<std::string> cells = split_at_commas(line);
        curve.x.push_back(to_number(cells, 0));
        for (std::size_t k = 0; k < columns.size(); ++k)
          curve.series[k].second.push_back(to_number(cells, columns[k]));
      }
    return curve;
  }



  Picture
  draw_history(const TrainingHistory &history,
               const bool             against_seconds,
               Gnuplot               &gnuplot)
  {
    const std::vector<double> &x =
      against_seconds ? history.seconds : history.iteration;
    std::vector<std::vector<double>> columns = {x, keep_positive(history.loss)};
    std::vector<std::string>         names   = {"training points"};
    if (count_finite(history.holdout_loss) > 0)
      {
        columns.push_back(keep_positive(history.holdout_loss));
        names.push_back("hold-out points");
      }
    if (x.size() < 2 || count_finite(columns[1]) < 2)
      return {"", "There are fewer than two iterations to draw."};

    const std::string script =
      axes_style +
      std::string("set logscale y\nset format y '10^{%T}'\nset xlabel ") +
      (against_seconds ? "'time of training [s]'" : "'iteration'") +
      "\nset ylabel 'loss'\n" +
      plot_columns(gnuplot.write_columns(columns), names);
    return gnuplot.draw(script, 520, 340, Gnuplot::Format::svg);
  }



  Picture
  draw_field(const FieldImage &field, Gnuplot &gnuplot)
  {
    const std::size_t n_values = std::size_t(field.nx) * field.ny;
    if (field.nx < 2 || field.ny < 2 || field.values.size() != n_values ||
        !(field.x1 > field.x0) || !(field.y1 > field.y0) ||
        count_finite(field.values) == 0)
      return {"", "There are no values to draw."};

    // 1. Colours: range and palette.
    std::vector<double> values = field.values;
    if (field.logarithmic)
      values = keep_positive(std::move(values));
    double lower = std::numeric_limits<double>::max(), upper = -lower;
    for (const double value : values)
      if (std::isfinite(value))
        {
          lower = std::min(lower, value);
          upper = std::max(upper, value);
        }
    if (lower > upper) // logarithm of a field that is zero
      return {"", "All values are zero."};
    if (field.color_max > field.color_min)
      {
        lower = field.color_min;
        upper = field.color_max;
      }
    if (field.palette == FieldImage::Palette::diverging)
      {
        upper = std::max(std::abs(lower), std::abs(upper));
        lower = -upper;
      }
    if (field.logarithmic)
      {
        // Whole decades, so that there are marks, and at most six of them.
        upper = std::pow(10., std::ceil(std::log10(upper) - 1e-9));
        lower = std::pow(10., std::floor(std::log10(lower) + 1e-9));
        lower = std::max(lower, 1e-6 * upper);
      }
    const auto range = widen(lower, upper, field.logarithmic);
    for (double &value : values)
      if (std::isfinite(value))
        value = std::min(std::max(value, range.first), range.second);

    // 2. Layout: as high as the rectangle's shape needs.
    const double width = field.x1 - field.x0, height = field.y1 - field.y0;
    const unsigned int picture_height = static_cast<unsigned int>(
      std::min(520., std::max(150., 60. + 270. * height / width)));

    // 3. Commands.
    const double dx = width / (field.nx - 1), dy = height / (field.ny - 1);
    std::string  script = field.palette == FieldImage::Palette::diverging
                            ? diverging_palette
                          : field.logarithmic ? error_palette
                                              : sequential_palette;
    script += "unset key\nset border 0\nset tics nomirror out scale 0.4\n"
              "set size ratio -1\nset xrange [" +
              number(field.x0 - dx / 2) + ":" + number(field.x1 + dx / 2) +
              "]\nset yrange [" + number(field.y0 - dy / 2) + ":" +
              number(field.y1 + dy / 2) + "]\nset xtics " +
              mark_distance(width) + "\nset ytics " + mark_distance(height) +
              "\nset format xy '%.3g'\n";
    script += field.logarithmic
                ? std::string("set logscale cb\nset format cb '10^{%T}'\n")
                : "set format cb '%.3g'\nset cbtics " +
                    mark_distance(range.second - range.first) + '\n';
    script += "set cbrange [" + number(range.first) + ":" +
              number(range.second) + "]\n";
    script += "plot " + gnuplot.write_binary(values) + " binary array=(" +
              std::to_string(field.nx) + "," + std::to_string(field.ny) +
              ") format='%float64' dx=" + number(dx) + " dy=" + number(dy) +
              " origin=(" + number(field.x0) + "," + number(field.y0) +
              ") with image\n";
    return gnuplot.draw(script, 370, picture_height, Gnuplot::Format::png);
  }



  Picture
  draw_curve(const FieldCurve &curve, Gnuplot &gnuplot)
  {
    std::vector<std::vector<double>> columns = {curve.x};
    std::vector<std::string>         names;
    bool                             is_drawable = curve.x.size() > 1;
    for (const auto &[name, values] : curve.series)
      {
        is_drawable = is_drawable && values.size() == curve.x.size() &&
                      count_finite(values) > 0;
        columns.push_back(curve.logarithmic ? keep_positive(values) : values);
        is_drawable = is_drawable && count_finite(columns.back()) > 0;
        names.push_back(name);
      }
    if (!is_drawable || names.empty())
      return {"", "There are no values to draw."};

    std::string script = axes_style + std::string("set xlabel ") +
                         quote_for_gnuplot(curve.x_label) + " noenhanced\n";
    if (curve.logarithmic)
      script += "set logscale y\nset format y '10^{%T}'\n";
    script += plot_columns(gnuplot.write_columns(columns), names);
    return gnuplot.draw(script, 520, 340, Gnuplot::Format::svg);
  }
} // namespace sobolev
