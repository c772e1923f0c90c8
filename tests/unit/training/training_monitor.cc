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



  // A run of a sum of squares whose loss is 1 at the parameters zero, watched
  // by a monitor with these options.
  struct Course
  {
    explicit Course(const MonitorOptions &options)
      : objective(distributed(DistanceTo<1>()))
      , problem(&objective, &objective, MPI_COMM_WORLD)
      , monitor(problem, options, &progress)
    {
      monitor.start("test", 40, 1);
    }

    // Record loss and hold-out loss of an iteration.
    bool
    record(const double loss, const double hold_out)
    {
      IterationRecord record;
      record.loss    = loss;
      record.damping = 0.1 * loss;
      return monitor.record(record, {1. + std::sqrt(hold_out)});
    }

    // Record iterations in each of which losses are multiplied by a factor.
    // Returns after how many of them the run ended; 0 if it did not.
    unsigned int
    fall(const double start, const double factor, const unsigned int n)
    {
      for (unsigned int i = 1; i <= n; ++i)
        if (!record(start * std::pow(factor, i), start * std::pow(factor, i)))
          return i;
      return 0;
    }

    const SmallObjective<DistanceTo<1>> objective;
    const LeastSquaresProblem           problem;
    std::ostringstream                  progress;
    TrainingMonitor                     monitor;
  };



  MonitorOptions
  attempts(const unsigned int n)
  {
    MonitorOptions options        = iterations(1000);
    options.max_seconds           = 1e6;
    options.restarts.max_attempts = n;
    return options;
  }



  MonitorOptions
  interruptions(const unsigned int n)
  {
    MonitorOptions options                  = attempts(1);
    options.interruptions.max_interruptions = n;
    return options;
  }



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



BOOST_AUTO_TEST_CASE(keeps_the_last_parameters_if_told_so)
{
  auto options       = iterations(100);
  options.keeps_last = true;
  for (const bool with_hold_out : {false, true})
    {
      Setting setting(options, with_hold_out);
      setting.record(1., 1.);
      setting.record(0.1, 0.1);
      setting.record(0.5, 0.5);
      BOOST_TEST(setting.monitor.best_parameters()[0] == std::sqrt(0.5));
      BOOST_TEST(setting.monitor.best_loss() == 0.5);

      // What was rejected is not kept.
      IterationRecord rejected;
      rejected.loss     = 0.2;
      rejected.accepted = false;
      setting.monitor.record(rejected, {7.});
      BOOST_TEST(setting.monitor.best_parameters()[0] == std::sqrt(0.5));
    }
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



BOOST_AUTO_TEST_CASE(a_slow_run_far_from_good_stagnates)
{
  // A factor of 2.2 in 80 iterations, twice the patience of 40, and of 1.5.
  BOOST_TEST(Course(attempts(2)).fall(1., 0.99, 200) == 0u);
  Course slow(attempts(2));
  BOOST_TEST(slow.fall(1., 0.995, 200) == 81u);
  BOOST_TEST(contains(slow.monitor.stop_reason(), "stagnates"));
  BOOST_TEST(slow.monitor.should_restart());

  // In other words.
  MonitorOptions options                 = attempts(2);
  options.restarts.stagnation_factor     = 10.;
  options.restarts.stagnation_iterations = 20;
  BOOST_TEST(Course(options).fall(1., 0.9, 200) == 21u);
  BOOST_TEST(Course(options).fall(1., 0.89, 30) == 0u);
}



BOOST_AUTO_TEST_CASE(a_plateau_or_a_good_run_does_not_stagnate)
{
  // Slow for 79 iterations, then not.
  Course plateau(attempts(2));
  BOOST_TEST(plateau.fall(1., 0.997, 79) == 0u);
  BOOST_TEST(plateau.fall(0.1, 0.95, 60) == 0u);

  // As slow, where residuals are below a hundredth of those of zero.
  Course good(attempts(2));
  BOOST_TEST(good.fall(0.99e-4, 0.995, 200) == 0u);
}



BOOST_AUTO_TEST_CASE(peaks_of_the_loss_are_no_stagnation)
{
  Course course(attempts(2));
  for (unsigned int i = 0; i < 150; ++i)
    BOOST_TEST_REQUIRE(
      course.record(i % 10 == 3 ? 2. : std::pow(0.95, i), std::pow(0.95, i)));
}



BOOST_AUTO_TEST_CASE(the_last_attempt_may_be_slow)
{
  BOOST_TEST(Course(attempts(1)).fall(1., 0.995, 200) == 0u);

  Course course(attempts(2));
  BOOST_TEST(course.fall(1., 0.995, 200) == 81u);
  course.monitor.begin_attempt(course.problem);
  course.monitor.start("test", 40, 1);
  BOOST_TEST(course.fall(1., 0.995, 200) == 0u);
  BOOST_TEST(!course.monitor.should_restart());
}



BOOST_AUTO_TEST_CASE(energies_do_not_stagnate)
{
  const SumOfCosh       energy(2);
  const TrainingProblem problem(&energy, nullptr, MPI_COMM_WORLD);
  TrainingMonitor       monitor(problem, attempts(2), nullptr);
  monitor.start("test", 40, 1);

  IterationRecord record;
  for (unsigned int i = 1; i < 200; ++i)
    {
      record.loss = 7. - 0.001 * i;
      BOOST_TEST_REQUIRE(monitor.record(record, {0., 0.}));
    }
  monitor.stop("no step decreases the energy");
  BOOST_TEST(!monitor.should_restart());
}



BOOST_AUTO_TEST_CASE(only_a_run_that_ends_early_and_badly_is_repeated)
{
  Course stuck(attempts(2));
  stuck.record(0.5, 0.5);
  stuck.monitor.stop("no step decreases the loss");
  BOOST_TEST(stuck.monitor.should_restart());

  Course good(attempts(2));
  good.record(1e-5, 1e-5);
  good.monitor.stop("no step decreases the loss");
  BOOST_TEST(!good.monitor.should_restart());

  MonitorOptions options = attempts(2);
  options.max_iterations = 1;
  Course at_the_limit(options);
  BOOST_TEST(!at_the_limit.record(0.5, 0.5));
  BOOST_TEST(!at_the_limit.monitor.should_restart());

  Course overfitted(attempts(2));
  overfitted.record(0.5, 0.5);
  overfitted.record(1e-6, 0.6);
  overfitted.monitor.stop("it had its reasons");
  BOOST_TEST(!overfitted.monitor.should_restart());
}



BOOST_AUTO_TEST_CASE(the_best_attempt_wins)
{
  const ScratchFile file;
  MonitorOptions    options = attempts(3);
  options.history_file      = file.name;
  {
    Course course(options);
    for (const double hold_out : {0.5, 0.25, 0.36})
      {
        course.record(0.9, hold_out);
        course.monitor.stop("enough");
        if (course.monitor.should_restart())
          {
            course.monitor.begin_attempt(course.problem);
            BOOST_TEST(course.monitor.best_parameters_of_attempt().empty());
            course.monitor.start("test", 40, 1);
          }
      }

    BOOST_TEST(course.monitor.attempt() == 3u);
    BOOST_TEST(course.monitor.best_attempt() == 2u);
    BOOST_TEST(course.monitor.n_iterations() == 3u);
    BOOST_TEST(std::abs(course.monitor.best_hold_out_loss() - 0.25) < 1e-12);
    BOOST_TEST(course.monitor.best_parameters()[0] == 1.5);
    BOOST_TEST(course.monitor.best_parameters_of_attempt()[0] == 1.6);
  }

  if (is_root())
    {
      std::ifstream in(file.name);
      const auto    lines = lines_of(in);
      BOOST_TEST_REQUIRE(lines.size() == 4u);
      for (unsigned int i = 1; i < 4; ++i)
        BOOST_TEST(lines[i].substr(lines[i].size() - 4) ==
                   ",1," + std::to_string(i));
    }
}



BOOST_AUTO_TEST_CASE(too_large_a_hold_out_loss_interrupts)
{
  Course course(interruptions(2));
  for (unsigned int i = 0; i < 2; ++i)
    {
      BOOST_TEST(course.record(0.1, 0.299));
      BOOST_TEST(!course.monitor.is_interrupted());
      BOOST_TEST(!course.record(0.1, 0.301));
      BOOST_TEST(course.monitor.is_interrupted());
      BOOST_TEST(contains(course.monitor.stop_reason(), "3 times"));
      BOOST_TEST(!course.monitor.is_finished());

      course.monitor.resume(course.problem);
      BOOST_TEST(!course.monitor.is_interrupted());
      course.monitor.start("test", 40, 1);
      BOOST_TEST(course.monitor.is_continued());
      BOOST_TEST(course.monitor.damping() == 0.1 * 0.1);
      BOOST_TEST(course.monitor.stop_reason().empty());
    }

  // Twice is enough.
  BOOST_TEST(course.record(0.1, 0.9));
  BOOST_TEST(course.monitor.n_interruptions() == 2u);
  BOOST_TEST(course.monitor.n_iterations() == 5u);
  course.monitor.start("next", 40, 1);
  BOOST_TEST(!course.monitor.is_continued());
}



BOOST_AUTO_TEST_CASE(points_change_every_so_many_iterations)
{
  MonitorOptions options         = interruptions(10);
  options.max_iterations         = 100;
  options.interruptions.interval = 20;
  Course                    course(options);
  std::vector<unsigned int> numbers;
  for (double loss = 0.9; course.monitor.n_iterations() < 99; loss *= 0.9)
    if (!course.record(loss, loss))
      {
        numbers.push_back(course.monitor.n_iterations());
        course.monitor.resume(course.problem);
        course.monitor.start("test", 40, 1);
      }

  // Not in the last 30 iterations.
  BOOST_TEST((numbers == std::vector<unsigned int>{20, 40, 60}));
}



// A phase ends at its iteration, or where the optimizer does. What was best
// before does not count, nor does the target loss.
BOOST_AUTO_TEST_CASE(phases_follow_one_another)
{
  MonitorOptions options = attempts(2);
  options.target_loss    = 0.02;
  options.phase_starts   = {3, 50};
  Course course(options);
  BOOST_TEST(course.record(0.5, 0.5));
  BOOST_TEST(course.record(0.01, 0.01));
  BOOST_TEST(!course.record(0.3, 0.3));
  BOOST_TEST(course.monitor.is_interrupted());
  BOOST_TEST(course.monitor.is_end_of_phase());
  BOOST_TEST(!course.monitor.is_finished());

  course.monitor.begin_phase(course.problem);
  BOOST_TEST(course.monitor.phase() == 1u);
  BOOST_TEST(course.monitor.best_parameters().empty());
  course.monitor.start("test", 40, 1);
  BOOST_TEST(course.monitor.is_continued());
  BOOST_TEST(course.monitor.n_optimizer_iterations() == 3u);
  BOOST_TEST(course.record(0.9, 0.9));
  course.monitor.stop("there is nothing to do");
  BOOST_TEST(!course.monitor.is_interrupted());
  BOOST_TEST(course.monitor.is_end_of_phase());

  // The last one.
  course.monitor.begin_phase(course.problem);
  course.monitor.start("test", 40, 1);
  BOOST_TEST(course.record(0.8, 0.8));
  BOOST_TEST(!course.monitor.is_end_of_phase());
  BOOST_TEST(course.monitor.best_loss() == 0.8);
  BOOST_TEST(!course.record(0.01, 0.01));
  BOOST_TEST(course.monitor.is_finished());

  // Another attempt has all phases again.
  Course second(options);
  second.record(0.5, 0.5);
  second.monitor.begin_attempt(second.problem);
  second.monitor.start("test", 40, 1);
  BOOST_TEST(second.monitor.phase() == 0u);
  BOOST_TEST(second.record(0.5, 0.5));
  BOOST_TEST(second.record(0.4, 0.4));
  BOOST_TEST(!second.record(0.3, 0.3));
  BOOST_TEST(second.monitor.is_end_of_phase());
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
