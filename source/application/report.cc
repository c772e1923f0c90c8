// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/report.h>
#include <sobolev/application/report_figures.h>
#include <sobolev/base/atomic_file.h>
#include <sobolev/base/exceptions.h>

#include <filesystem>
#include <sstream>

namespace sobolev
{
  namespace
  {
    const char *const style = R"(
body { font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
  color: #1c1c1c; background: #fff; max-width: 1160px; margin: 2.5em auto;
  padding: 0 1.5em; }
h1 { font-size: 1.8em; line-height: 1.2; margin: 0 0 .3em; }
h2 { font-size: 1.2em; margin: 2em 0 .6em; padding-bottom: .25em;
  border-bottom: 1px solid #d5d5d5; }
.summary { font-size: 1.08em; margin: 0 0 1.2em; max-width: 50em; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15em, 1fr));
  gap: .7em 1.5em; margin: 0; }
dt { font-size: .82em; color: #5a5a5a; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35em 1em; text-align: right; white-space: nowrap;
  border-bottom: 1px solid #e4e4e4; }
th { font-weight: 600; border-bottom: 2px solid #777; }
th:first-child, td:first-child { text-align: left; padding-left: .2em; }
.note { font-size: .88em; color: #4a4a4a; margin: .5em 0 0; max-width: 60em; }
.figures { display: grid; gap: 1.5em 1em; align-items: start; }
.two { grid-template-columns: repeat(2, 1fr); }
.three { grid-template-columns: repeat(3, 1fr); }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-weight: 600; font-size: .92em; margin-bottom: .3em; }
img { width: 100%; height: auto; display: block; }
.missing { background: #f4f1e6; border-left: 4px solid #b8922b;
  padding: .6em 1em; margin: 0; font-size: .92em; }
@media (max-width: 760px) { .two, .three { grid-template-columns: 1fr; } }
@media print { body { margin: 0; max-width: none; font-size: 11px; }
  h2 { break-after: avoid; } table { break-inside: avoid; } }
)";



    std::string
    escape(const std::string &text)
    {
      std::string result;
      for (const char c : text)
        switch (c)
          {
            case '&':
              result += "&amp;";
              break;
            case '<':
              result += "&lt;";
              break;
            case '>':
              result += "&gt;";
              break;
            case '"':
              result += "&quot;";
              break;
            case '\'':
              result += "&#39;";
              break;
            default:
              result += c;
          }
      return result;
    }



    void
    write_facts(const Report &report, std::ostream &out)
    {
      if (report.facts.empty())
        return;
      out << "<h2>Run</h2>\n<dl>\n";
      for (const auto &[name, value] : report.facts)
        out << "<div><dt>" << escape(name) << "</dt><dd>" << escape(value)
            << "</dd></div>\n";
      out << "</dl>\n";
    }



    void
    write_row(const std::vector<std::string> &cells,
              const std::string              &tag,
              std::ostream                   &out)
    {
      out << "<tr>";
      for (const std::string &cell : cells)
        out << '<' << tag << '>' << escape(cell) << "</" << tag << '>';
      out << "</tr>\n";
    }



    void
    write_table(const ReportTable &table, std::ostream &out)
    {
      out << "<h2>" << escape(table.title) << "</h2>\n<div class=\"wide\">"
          << "<table>\n<thead>";
      write_row(table.header, "th", out);
      out << "</thead>\n<tbody>\n";
      for (const std::vector<std::string> &row : table.rows)
        write_row(row, "td", out);
      out << "</tbody>\n</table></div>\n";
      if (!table.note.empty())
        out << "<p class=\"note\">" << escape(table.note) << "</p>\n";
    }



    void
    write_figure(const std::string &title,
                 const Picture     &picture,
                 std::ostream      &out)
    {
      out << "<figure><figcaption>" << escape(title) << "</figcaption>\n";
      if (picture.error.empty())
        out << "<img alt=\"" << escape(title) << "\" src=\"" << picture.data_uri
            << "\">";
      else
        out << "<p class=\"missing\">" << escape(picture.error) << "</p>";
      out << "</figure>\n";
    }



    void
    write_history(const std::string &file,
                  const std::string &weights_file,
                  Gnuplot           &gnuplot,
                  std::ostream      &out)
    {
      if (file.empty())
        return;
      out << "<h2>Convergence of the training</h2>\n"
          << "<div class=\"figures two\">\n";
      try
        {
          const TrainingHistory history = read_training_history(file);
          write_figure("Loss against iterations",
                       draw_history(history, false, gnuplot),
                       out);
          write_figure(
            "Loss against time", draw_history(history, true, gnuplot), out);
          if (std::filesystem::exists(weights_file))
            {
              const FieldCurve weights = read_block_weights(weights_file);
              write_figure(weights.title, draw_curve(weights, gnuplot), out);
            }
        }
      catch (const InputError &error)
        {
          write_figure("Loss", {"", error.what()}, out);
        }
      out << "</div>\n";
    }



    void
    write_fields(const Report &report, Gnuplot &gnuplot, std::ostream &out)
    {
      if (!report.fields.empty())
        {
          out << "<h2>Fields</h2>\n<div class=\"figures three\">\n";
          for (const FieldImage &field : report.fields)
            write_figure(field.title, draw_field(field, gnuplot), out);
          out << "</div>\n";
        }
      if (!report.curves.empty())
        {
          out << "<h2>Solutions</h2>\n<div class=\"figures two\">\n";
          for (const FieldCurve &curve : report.curves)
            write_figure(curve.title, draw_curve(curve, gnuplot), out);
          out << "</div>\n";
        }
    }
  } // namespace



  void
  write_report(const Report &report, const std::string &path)
  {
    Gnuplot            gnuplot;
    std::ostringstream out;
    out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
        << "<meta charset=\"utf-8\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width\">\n"
        << "<title>" << escape(report.title) << "</title>\n<style>" << style
        << "</style>\n</head>\n<body>\n<h1>" << escape(report.title)
        << "</h1>\n";
    if (!report.summary.empty())
      out << "<p class=\"summary\">" << escape(report.summary) << "</p>\n";
    for (const ReportTable &table : report.tables)
      write_table(table, out);
    write_fields(report, gnuplot, out);
    write_history(report.history_file, report.weights_file, gnuplot, out);
    write_facts(report, out);
    out << "</body>\n</html>\n";
    write_text_atomically(path, out.str());
  }
} // namespace sobolev
