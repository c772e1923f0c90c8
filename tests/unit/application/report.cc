// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/report.h>
#include <sobolev/application/report_figures.h>
#include <sobolev/base/exceptions.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdlib.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace
{
  namespace fs = std::filesystem;
  using sobolev::FieldImage;
  using sobolev::Report;

  // A folder of this process, with blanks and quotes in its name.
  struct ScratchFolder
  {
    ScratchFolder()
      : path(fs::temp_directory_path() /
             ("sobolev it's a report " + std::to_string(getpid())))
    {
      fs::create_directories(path);
    }

    ~ScratchFolder()
    {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }

    const fs::path path;
  };



  // Another value of an environment variable for a while.
  struct Environment
  {
    Environment(const std::string &name, const std::string &value)
      : name(name)
      , old_value(getenv(name.c_str()) ? getenv(name.c_str()) : "")
    {
      setenv(name.c_str(), value.c_str(), 1);
    }

    ~Environment()
    {
      if (old_value.empty())
        unsetenv(name.c_str());
      else
        setenv(name.c_str(), old_value.c_str(), 1);
    }

    const std::string name;
    const std::string old_value;
  };



  std::string
  content_of(const fs::path &path)
  {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }



  unsigned int
  count(const std::string &text, const std::string &part)
  {
    unsigned int n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos;
         at             = text.find(part, at + part.size()))
      ++n;
    return n;
  }



  // A bump on an L-shaped domain.
  FieldImage
  make_field(const std::string &title)
  {
    FieldImage field;
    field.title = title;
    field.nx    = 20;
    field.ny    = 10;
    field.x0    = -1.;
    for (unsigned int j = 0; j < field.ny; ++j)
      for (unsigned int i = 0; i < field.nx; ++i)
        field.values.push_back(i > 10 && j > 5
                                 ? std::numeric_limits<double>::quiet_NaN()
                                 : std::sin(0.2 * i) * std::cos(0.3 * j));
    return field;
  }



  Report
  make_report(const ScratchFolder &folder)
  {
    std::ofstream(folder.path / "history.csv")
      << "iteration,seconds,damping,loss,holdout_loss\n"
         "0,0.1,1,10,11\n1,0.2,1,1e-2,nan\n2,0.35,0.1,1e-5,2e-5\n";

    Report report;
    report.title        = "A & B <script>";
    report.facts        = {{"parameters", "921"}};
    report.tables       = {{"Errors", {"norm", "error"}, {{"L2", "1e-6"}}, ""}};
    report.history_file = folder.path / "history.csv";
    report.fields       = {make_field("surrogate"), make_field("error")};
    report.fields[1].logarithmic = true;
    report.curves = {{"solution", {0., 1.}, {{"it's u", {1., 2.}}}, false}};
    return report;
  }



  bool
  has_gnuplot()
  {
    return sobolev::Gnuplot()
      .draw("plot x\n", 100, 100, sobolev::Gnuplot::Format::svg)
      .error.empty();
  }
} // namespace


BOOST_AUTO_TEST_SUITE(report)

BOOST_AUTO_TEST_CASE(the_file_has_all_pieces_and_refers_to_no_other)
{
  const ScratchFolder folder;
  sobolev::write_report(make_report(folder), folder.path / "report.html");
  const std::string html = content_of(folder.path / "report.html");

  BOOST_TEST(count(html, "<h1>A &amp; B &lt;script&gt;</h1>") == 1u);
  BOOST_TEST(count(html, "<td>L2</td><td>1e-6</td>") == 1u);
  BOOST_TEST(count(html, "<dt>parameters</dt><dd>921</dd>") == 1u);
  BOOST_TEST(count(html, "</html>") == 1u);
  BOOST_TEST(count(html, "http") == 0u);
  BOOST_TEST(count(html, "<script") == 0u);
  BOOST_TEST(count(html, "<figure>") == 5u);
  if (has_gnuplot())
    {
      BOOST_TEST(count(html, "class=\"missing\"") == 0u);
      BOOST_TEST(count(html, "src=\"data:image/svg+xml;base64,") >= 3u);
      BOOST_TEST(count(html, "src=\"data:image/") == 5u);
    }
}



BOOST_AUTO_TEST_CASE(without_gnuplot_the_report_says_so)
{
  const ScratchFolder folder;
  const Environment   no_programs("PATH", folder.path.string());

  sobolev::write_report(make_report(folder), folder.path / "report.html");

  const std::string html = content_of(folder.path / "report.html");
  BOOST_TEST(count(html, "gnuplot is not installed") == 5u);
  BOOST_TEST(count(html, "<td>L2</td><td>1e-6</td>") == 1u);
}



BOOST_AUTO_TEST_CASE(no_scratch_files_are_left_behind)
{
  const ScratchFolder folder;
  fs::create_directories(folder.path / "scratch");
  const Environment temporary("TMPDIR", (folder.path / "scratch").string());

  sobolev::write_report(make_report(folder), folder.path / "report.html");

  BOOST_TEST(fs::is_empty(folder.path / "scratch"));
}



BOOST_AUTO_TEST_CASE(data_that_cannot_be_drawn_become_a_sentence)
{
  const ScratchFolder folder;
  Report              report = make_report(folder);
  report.history_file        = folder.path / "missing.csv";
  report.fields[0].values.pop_back();
  report.fields[1].values.assign(200, 0.);
  report.curves[0].series.clear();

  sobolev::write_report(report, folder.path / "report.html");

  const std::string html = content_of(folder.path / "report.html");
  BOOST_TEST(count(html, "class=\"missing\"") == 4u);
  BOOST_TEST(count(html, "missing.csv") == 1u);
}



BOOST_AUTO_TEST_CASE(weights_of_blocks_are_drawn_if_there_are_any)
{
  const ScratchFolder folder;
  Report              report = make_report(folder);
  report.weights_file        = folder.path / "weights.csv";
  sobolev::write_report(report, folder.path / "report.html");
  BOOST_TEST(count(content_of(folder.path / "report.html"),
                   "Weights of the blocks") == 0u);

  std::ofstream(folder.path / "weights.csv")
    << "iteration,weight of a,loss of a,weight of b,loss of b\n"
    << "0,1,2,1,3\n5,1,2,7,3\n";
  const auto curve = sobolev::read_block_weights(folder.path / "weights.csv");
  BOOST_TEST_REQUIRE(curve.series.size() == 2u);
  BOOST_TEST(curve.series[1].first == "b");
  BOOST_TEST((curve.series[1].second == std::vector<double>{1., 7.}));
  BOOST_TEST((curve.x == std::vector<double>{0., 5.}));
  sobolev::write_report(report, folder.path / "report.html");
  const std::string html = content_of(folder.path / "report.html");
  BOOST_TEST(count(html, "Weights of the blocks") >= 1u);
  if (has_gnuplot())
    BOOST_TEST(count(html, "class=\"missing\"") == 0u);
}



BOOST_AUTO_TEST_CASE(constant_fields_can_be_drawn)
{
  if (!has_gnuplot())
    return;
  sobolev::Gnuplot gnuplot;
  FieldImage       field = make_field("constant");
  field.values.assign(200, 3.);

  BOOST_TEST(sobolev::draw_field(field, gnuplot).error == "");
  field.values.assign(200, 0.);
  BOOST_TEST(sobolev::draw_field(field, gnuplot).error == "");
  field.palette = FieldImage::Palette::diverging;
  BOOST_TEST(sobolev::draw_field(field, gnuplot).error == "");
  field.values.assign(200, 3.);
  field.logarithmic = true;
  field.palette     = FieldImage::Palette::sequential;
  BOOST_TEST(sobolev::draw_field(field, gnuplot).error == "");
}



BOOST_AUTO_TEST_CASE(a_failing_script_is_reported_not_thrown)
{
  if (!has_gnuplot())
    return;
  sobolev::Gnuplot gnuplot;

  const sobolev::Picture picture =
    gnuplot.draw("frobnicate\n", 100, 100, sobolev::Gnuplot::Format::png);

  BOOST_TEST(picture.data_uri == "");
  BOOST_TEST(count(picture.error, "could not draw") == 1u);
}



BOOST_AUTO_TEST_CASE(long_histories_are_thinned_out_but_end_at_their_end)
{
  const ScratchFolder folder;
  {
    std::ofstream out(folder.path / "history.csv");
    out << "loss,seconds,iteration\n";
    for (unsigned int i = 0; i < 5000; ++i)
      out << 1. / (1. + i) << ',' << 0.1 * i << ',' << i << '\n';
  }

  const sobolev::TrainingHistory history =
    sobolev::read_training_history(folder.path / "history.csv", 100);

  BOOST_TEST(history.loss.size() == 100u);
  BOOST_TEST(history.iteration.front() == 0.);
  BOOST_TEST(history.iteration.back() == 4999.);
  BOOST_TEST(history.holdout_loss.empty());
}



// Once, nearly all rows with a hold-out loss were among those left out.
BOOST_AUTO_TEST_CASE(numbers_in_few_rows_survive)
{
  const ScratchFolder folder;
  {
    std::ofstream out(folder.path / "history.csv");
    out << "iteration,seconds,loss,holdout_loss\n";
    for (unsigned int i = 1; i <= 2000; ++i)
      {
        out << i << ",1,1,";
        if (i % 50 == 0)
          out << i;
        out << '\n';
      }
  }

  const auto history =
    sobolev::read_training_history(folder.path / "history.csv", 150);

  BOOST_TEST(history.holdout_loss.size() == 150u);
  unsigned int n_found = 0;
  for (std::size_t row = 0; row < 150; ++row)
    if (std::isfinite(history.holdout_loss[row]))
      {
        ++n_found;
        BOOST_TEST(history.holdout_loss[row] <= history.iteration[row]);
        BOOST_TEST(history.holdout_loss[row] > history.iteration[row] - 15.);
      }
  BOOST_TEST(n_found == 40u);
}

BOOST_AUTO_TEST_SUITE_END()
