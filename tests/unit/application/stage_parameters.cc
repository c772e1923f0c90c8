// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Training in stages, from the entries of a parameter file to the surrogate.

#include <sobolev/application/stage_parameters.h>
#include <sobolev/application/training_run.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "training/small_networks.h"

using namespace sobolev;

namespace
{
  namespace fs = std::filesystem;

  constexpr int dim = 2;

  // The entries of section Training.
  void
  parse(const std::string &entries, TrainingParameters &parameters)
  {
    dealii::ParameterHandler prm;
    parameters.declare_parameters(prm);
    prm.parse_input_from_string("subsection Training\n" + entries + "\nend");
    parameters.parse_parameters();
  }



  StageParameters
  stages(const std::string &entries)
  {
    TrainingParameters parameters;
    parse(entries, parameters);
    return parameters.stages;
  }



  // A folder that all processes know, removed with the object.
  struct CommonFolder
  {
    CommonFolder()
      : path(fs::temp_directory_path() /
             ("sobolev stages " +
              std::to_string(dealii::Utilities::MPI::broadcast(MPI_COMM_WORLD,
                                                               int(getpid())))))
    {
      if (is_root())
        fs::create_directories(path);
      MPI_Barrier(MPI_COMM_WORLD);
    }

    ~CommonFolder()
    {
      MPI_Barrier(MPI_COMM_WORLD);
      std::error_code ignored;
      if (is_root())
        fs::remove_all(path, ignored);
    }

    static bool
    is_root()
    {
      return dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
    }

    const fs::path path;
  };



  // A run for SmallProblem with a network of one layer in the first stage.
  struct Setting
  {
    explicit Setting(const std::string &entries,
                     const fs::path    &folder,
                     const bool         is_linear = true)
      : small(is_linear)
      , all(text, CommonFolder::is_root())
    {
      parse("set max seconds = 1000\n" + entries, training);
      run.directory  = folder.string();
      task.make_loss = [this](const Network &network, const PointDraw &draw) {
        const bool is_training = draw.stream == PointRule::training_stream;
        TrainingTask::Loss loss;
        auto               objective =
          small.make_objective(network, is_training ? 150 : 100, 60);
        loss.n_points = objective->n_points();
        loss.local    = std::move(objective);
        return loss;
      };
      task.interior_points = [](const PointDraw &) {
        return InputPoints(CollocationPoints<dim>());
      };
      training_run = std::make_unique<TrainingRun>(
        std::make_unique<const Network>(
          SmallProblem::make_network({5}, "tanh")),
        training,
        run,
        TrainingRun::Provenance(),
        all,
        all,
        MPI_COMM_WORLD);
      theta = training_run->minimize(task);
    }

    double
    error() const
    {
      return SmallProblem::error(training_run->network(), theta);
    }

    const SmallProblem               small;
    std::ostringstream               text;
    const dealii::ConditionalOStream all;
    TrainingParameters               training;
    RunParameters                    run;
    TrainingTask                     task;
    std::unique_ptr<TrainingRun>     training_run;
    std::vector<double>              theta;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(stage_parameters)

BOOST_AUTO_TEST_CASE(shares_divide_the_limits)
{
  BOOST_TEST(stages("").n_stages() == 1u);
  BOOST_TEST(stages("").end_of(0) == 1.);
  BOOST_TEST(stages("set stages = 4").end_of(0) == 0.25);
  BOOST_TEST(stages("set stages = 4").end_of(2) == 0.75);

  const auto unequal = stages("set stages = 3\nsubsection Later stages\n"
                              "set shares = 1, 2, 1\nend");
  BOOST_TEST(unequal.end_of(0) == 0.25);
  BOOST_TEST(unequal.end_of(1) == 0.75);
  BOOST_TEST(unequal.end_of(2) == 1.);
}



BOOST_AUTO_TEST_CASE(every_slope_is_a_candidate)
{
  const auto candidates =
    stages("set stages = 2\nsubsection Later stages\n"
           "set hidden layers = 7, 6\nset activation = tanh\n"
           "set first slope = 3, 5\nset slope = 2\nend")
      .candidates();

  BOOST_TEST(candidates.size() == 2u);
  BOOST_TEST(candidates[0].first_slope == 3.);
  BOOST_TEST(candidates[1].first_slope == 5.);
  for (const auto &candidate : candidates)
    {
      BOOST_TEST(candidate.activation == "tanh");
      BOOST_TEST(candidate.slope == 2.);
      BOOST_TEST((candidate.hidden_widths == std::vector<unsigned int>{7, 6}));
    }
}



BOOST_AUTO_TEST_CASE(the_surrogate_is_the_sum_of_the_stages)
{
  const CommonFolder folder;
  const Setting      one("set max iterations = 120", folder.path);
  const Setting      two("set max iterations = 120\nset stages = 2\n"
                         "subsection Later stages\nset hidden layers = 6, 6\n"
                         "set first slope = 1, 2, 4\nend",
                    folder.path);
  const auto        &outcome = two.training_run->outcome();
  BOOST_TEST_MESSAGE("errors: " << one.error() << ", " << two.error());

  // 1. It is worth it.
  BOOST_TEST(two.error() < 0.05 * one.error());
  BOOST_TEST(outcome.stages.size() == 2u);
  BOOST_TEST(outcome.stages[1].is_kept);
  BOOST_TEST(outcome.hold_out < 1e-2 * outcome.stages[0].hold_out);
  BOOST_TEST(outcome.hold_out == outcome.stages[1].hold_out);
  BOOST_TEST(outcome.iterations ==
             outcome.stages[0].iterations + outcome.stages[1].iterations);
  BOOST_TEST(outcome.iterations <= 120u);
  BOOST_TEST(outcome.stages[0].iterations <= 60u);

  // 2. The file has all of it, and the history goes on.
  MPI_Barrier(MPI_COMM_WORLD);
  const auto surrogate =
    NetworkFunction<dim>::load((folder.path / "surrogate.h5").string());
  BOOST_TEST(SmallProblem::error(surrogate->network(), surrogate->theta()) ==
             two.error());
  std::ifstream history(folder.path / "history.csv");
  std::string   line;
  unsigned int  n_lines = 0;
  std::getline(history, line);
  while (std::getline(history, line))
    BOOST_TEST(line.rfind(std::to_string(++n_lines) + ',', 0) == 0u);
  BOOST_TEST(n_lines == outcome.iterations);

  // 3. It is said.
  JsonObject summary;
  two.training_run->add_to(summary);
  BOOST_TEST(summary.to_string().find("\"stage_2\"") != std::string::npos);
  BOOST_TEST(two.training_run->facts().back().first == "stage 2");
  if (CommonFolder::is_root())
    BOOST_TEST(two.text.str().find("Stage 2: network with") !=
               std::string::npos);
}



BOOST_AUTO_TEST_CASE(a_stage_that_does_not_help_is_left_out)
{
  // It begins far too large, and has one iteration.
  const CommonFolder folder;
  const Setting      setting("set max iterations = 21\nset stages = 3\n"
                             "subsection Later stages\nset shares = 20, 1, 10\n"
                             "set last layer factor = 1e6\nend",
                        folder.path,
                        false);
  const Setting      alone("set max iterations = 14", folder.path, false);
  const auto        &outcome = setting.training_run->outcome();

  BOOST_TEST(outcome.stages.size() == 2u);
  BOOST_TEST(!outcome.stages[1].is_kept);
  BOOST_TEST(outcome.hold_out == outcome.stages[0].hold_out);
  BOOST_TEST(setting.training_run->network().n_parameters() == 21u);
  BOOST_TEST((setting.theta == alone.theta));
  BOOST_TEST(setting.training_run->facts().back().first ==
             "stage 2 (left out)");
  if (CommonFolder::is_root())
    BOOST_TEST(setting.text.str().find("Stage 2 does not decrease") !=
               std::string::npos);
}



BOOST_AUTO_TEST_CASE(training_begins_with_a_surrogate_without_stages)
{
  const CommonFolder folder;
  const std::string  file = (folder.path / "surrogate.h5").string();
  const std::string  from = "\nset initial surrogate = " + file;
  Setting("set max iterations = 20", folder.path);
  MPI_Barrier(MPI_COMM_WORLD);

  const Setting second("set max iterations = 20\nset stages = 2" + from,
                       folder.path);
  MPI_Barrier(MPI_COMM_WORLD);

  BOOST_TEST(second.training_run->outcome().stages.size() == 2u);
  BOOST_CHECK_EXCEPTION(
    Setting("set max iterations = 20" + from, folder.path),
    InputError,
    [](const InputError &error) {
      return std::string(error.what()).find("was trained in stages") !=
             std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
