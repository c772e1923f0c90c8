// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// When training stops, which parameters are kept, and what is written where.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/training_monitor.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "training/small_objectives.h"

using namespace sobolev;

namespace
{
  constexpr double not_finite = std::numeric_limits<double>::quiet_NaN();

  // A monitor on MPI_COMM_WORLD that an optimizer "test" has started. The
  // hold-out loss is the square of the only parameter.
  struct Setting
  {
    explicit Setting(const MonitorOptions &options,
                     const bool            with_hold_out = false)
      : objective(distributed(DistanceTo<0>()))
      , problem(&objective,
                with_hold_out ? &objective : nullptr,
                MPI_COMM_WORLD)
      , monitor(problem, options, &progress)
    {
      monitor.start("test", 1000, 1);
    }

    // Record a loss, and parameters that give the hold-out loss.
    bool
    record(const double loss, const double hold_out = 0.)
    {
      IterationRecord record;
      record.loss = loss;
      return monitor.record(record, {std::sqrt(hold_out)});
    }

    const SmallObjective<DistanceTo<0>> objective;
    const LeastSquaresProblem           problem;
    std::ostringstream                  progress;
    TrainingMonitor                     monitor;
  };



  // A file name of this process; the file is removed with the object.
  struct ScratchFile
  {
    ScratchFile()
      : name(std::filesystem::temp_directory_path() /
             ("sobolev_history_" + std::to_string(getpid()) + ".csv"))
    {
    }

    ~ScratchFile()
    {
      std::error_code ignored;
      std::filesystem::remove(name, ignored);
    }

    const std::string name;
  };



  std::vector<std::string>
  lines_of(std::istream &in)
  {
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
      lines.push_back(line);
    return lines;
  }



  bool
  is_root()
  {
    return dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(training_monitor)

BOOST_AUTO_TEST_CASE(stops_at_the_maximum_of_iterations)
{
  Setting setting(iterations(3));

  BOOST_TEST(setting.record(3.));
  BOOST_TEST(setting.record(2.));
  BOOST_TEST(!setting.record(1.));

  BOOST_TEST(contains(setting.monitor.stop_reason(), "3 iterations"));
  BOOST_TEST(setting.monitor.n_iterations() == 3u);
}



BOOST_AUTO_TEST_CASE(stops_at_the_target_loss)
{
  Setting setting(iterations(10, 0.5));

  BOOST_TEST(setting.record(0.6));
  BOOST_TEST(!setting.record(0.5));

  BOOST_TEST(contains(setting.monitor.stop_reason(), "target of 0.5"));
}



BOOST_AUTO_TEST_CASE(stops_when_time_is_over)
{
  MonitorOptions options;
  options.max_seconds = 0.;
  Setting setting(options);

  BOOST_TEST(!setting.record(1.));

  BOOST_TEST(contains(setting.monitor.stop_reason(), "0 seconds"));
  check_same_on_all_ranks({setting.monitor.seconds()});
}



BOOST_AUTO_TEST_CASE(stops_when_the_hold_out_loss_stagnates)
{
  // The training loss falls all the time, which must not matter.
  MonitorOptions options;
  options.patience = 3;
  Setting setting(options, true);

  BOOST_TEST(setting.record(10., 2.));
  BOOST_TEST(setting.record(9., 1.));
  BOOST_TEST(setting.record(8., 1.5));
  BOOST_TEST(setting.record(7., 0.999)); // less than one percent better
  BOOST_TEST(!setting.record(6., 1.1));

  BOOST_TEST(contains(setting.monitor.stop_reason(),
                      "hold-out loss did not improve for 3 iterations"));
  BOOST_TEST(std::abs(setting.monitor.best_hold_out_loss() - 0.999) < 1e-14);
  BOOST_TEST(setting.monitor.best_loss() == 7.);
  BOOST_TEST(setting.monitor.best_parameters()[0] == std::sqrt(0.999));
}



BOOST_AUTO_TEST_CASE(stops_when_the_loss_stagnates_without_hold_out_points)
{
  MonitorOptions options;
  options.patience = 2;
  Setting setting(options);

  BOOST_TEST(setting.record(1.));
  BOOST_TEST(setting.record(2.));
  BOOST_TEST(!setting.record(3.));

  BOOST_TEST(contains(setting.monitor.stop_reason(), "did not improve"));
  BOOST_TEST(std::isnan(setting.monitor.best_hold_out_loss()));
}



BOOST_AUTO_TEST_CASE(evaluates_the_hold_out_loss_at_the_given_interval)
{
  const ScratchFile file;
  MonitorOptions    options;
  options.hold_out_interval = 3;
  options.history_file      = file.name;
  {
    Setting setting(options, true);
    for (unsigned int i = 1; i <= 7; ++i)
      setting.record(1. / i, 1. / i);
    setting.monitor.stop("enough");
  }

  if (is_root())
    {
      std::ifstream in(file.name);
      const auto    lines = lines_of(in);
      for (unsigned int i = 1; i <= 7; ++i)
        BOOST_TEST(contains(lines[i], ",,") == (i != 1 && i % 3 != 0));
    }
}



BOOST_AUTO_TEST_CASE(keeps_the_best_parameters)
{
  Setting setting(iterations(10));

  setting.record(3., 0.3);
  setting.record(1., 0.1);
  setting.record(2., 0.2);
  setting.record(not_finite, 0.4);

  BOOST_TEST(setting.monitor.best_loss() == 1.);
  BOOST_TEST(setting.monitor.best_parameters()[0] == std::sqrt(0.1));
}



BOOST_AUTO_TEST_CASE(a_second_optimizer_goes_on_counting)
{
  Setting setting(iterations(5));
  setting.record(2.);
  setting.record(1., 0.1);
  setting.monitor.stop("enough of the first");

  setting.monitor.start("second", 1000, 1);

  BOOST_TEST(setting.monitor.stop_reason().empty());
  BOOST_TEST(setting.record(3.));
  BOOST_TEST(setting.monitor.n_iterations() == 3u);
  BOOST_TEST(setting.monitor.best_loss() == 1.);
}



BOOST_AUTO_TEST_CASE(the_first_reason_to_stop_counts)
{
  Setting setting(iterations(5));

  setting.monitor.stop("first");
  setting.monitor.stop("second");

  BOOST_TEST(setting.monitor.stop_reason() == "first");
}



BOOST_AUTO_TEST_CASE(history_has_one_row_per_iteration)
{
  const ScratchFile file;
  MonitorOptions    options = iterations(4);
  options.history_file      = file.name;
  {
    Setting setting(options);
    while (setting.record(0.125))
      ;
  }

  BOOST_TEST(std::filesystem::exists(file.name) == is_root());
  if (is_root())
    {
      std::ifstream in(file.name);
      const auto    lines = lines_of(in);
      BOOST_TEST(lines.size() == 5u);
      BOOST_TEST(lines[0].rfind("iteration,seconds,loss,", 0) == 0u);
      for (unsigned int i = 1; i < lines.size(); ++i)
        {
          BOOST_TEST(lines[i].rfind(std::to_string(i) + ',', 0) == 0u);
          BOOST_TEST(contains(lines[i], ",0.125,"));
          BOOST_TEST(std::count(lines[i].begin(), lines[i].end(), ',') ==
                     std::count(lines[0].begin(), lines[0].end(), ','));
        }
    }
}



BOOST_AUTO_TEST_CASE(a_later_part_of_a_run_goes_on_where_the_first_one_ended)
{
  const ScratchFile file;
  MonitorOptions    options;
  options.history_file = file.name;
  {
    Setting setting(options, true);
    setting.record(4., 3.);
    setting.record(2., 1.);
  }
  options.first_iteration = 2;
  options.first_second    = 50.;
  options.max_iterations  = 4;
  options.loss_scale      = 4.;
  Setting setting(options, true);

  BOOST_TEST(setting.record(1., 1.));
  BOOST_TEST(setting.monitor.seconds() >= 50.);
  BOOST_TEST(!setting.record(1., 1.));

  BOOST_TEST(setting.monitor.n_iterations() == 4u);
  BOOST_TEST(setting.monitor.loss_scale() == 4.);
  if (is_root())
    {
      // sqrt(1 / 4)
      BOOST_TEST(contains(setting.progress.str(), "residual 5.00e-01"));
      std::ifstream            history(file.name);
      std::vector<std::string> first_words;
      for (const std::string &line : lines_of(history))
        first_words.push_back(line.substr(0, line.find(',')));
      BOOST_TEST((first_words ==
                  std::vector<std::string>{"iteration", "1", "2", "3", "4"}));
    }
}



BOOST_AUTO_TEST_CASE(a_history_that_cannot_be_written_is_an_error_everywhere)
{
  MonitorOptions options;
  options.history_file = "/no such folder/history.csv";

  BOOST_CHECK_THROW(Setting{options}, InputError);
}



BOOST_AUTO_TEST_CASE(only_the_root_process_prints)
{
  MonitorOptions options    = iterations(2);
  options.progress_interval = 0.;
  Setting setting(options);

  setting.record(2.);
  setting.record(1.);

  const std::string text = setting.progress.str();
  BOOST_TEST(text.empty() == !is_root());
  if (is_root())
    {
      BOOST_TEST(contains(text, "test: iteration     1"));
      BOOST_TEST(contains(text, "stopped after 2 iterations"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
