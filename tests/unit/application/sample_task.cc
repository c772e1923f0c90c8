// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Losses of energies and forces: scales of labels, mini-batches on any number of
// processes, errors.

#include <sobolev/application/energy_force_errors.h>
#include <sobolev/application/sample_task.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/random_features.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>

#include "derivative_checks.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // All that the application reads from a file, from some lines of one.
  struct Task
  {
    explicit Task(const std::string &lines,
                  const unsigned int batch_size   = 0,
                  const MPI_Comm     communicator = MPI_COMM_WORLD)
    {
      dealii::ParameterHandler prm;
      sample_parameters.declare_parameters(prm);
      label_parameters.declare_parameters(prm);
      network_parameters.declare_parameters(prm);
      prm.parse_input_from_string(lines);
      sample_parameters.parse_parameters();
      label_parameters.parse_parameters();
      network_parameters.parse_parameters(prm);
      sets = sample_parameters.make_samples(2, "", "", communicator);
      if (sets.training.is_cluster())
        features = std::make_unique<ClusterFeatures>(
          sample_parameters.make_features(sets.training));
      task    = std::make_unique<SampleTask>(sets,
                                          features.get(),
                                          network_parameters,
                                          label_parameters,
                                          batch_size,
                                          communicator);
      network = std::make_unique<Network>(task->make_architecture(1));
      theta   = network->initial_parameters(1);
    }

    SampleParameters                 sample_parameters;
    LabelParameters                  label_parameters;
    NetworkParameters                network_parameters;
    SampleSets                       sets;
    std::unique_ptr<ClusterFeatures> features;
    std::unique_ptr<SampleTask>      task;
    std::unique_ptr<Network>         network;
    Vector                           theta;
  };



  std::string
  section(const std::string &name, const std::vector<std::string> &entries)
  {
    std::string text = "subsection " + name + "\n";
    for (const std::string &entry : entries)
      text += "set " + entry + "\n";
    return text + "end\n";
  }



  const std::string small_surface =
    section("Data",
            {"training samples = 53",
             "hold-out samples = 7",
             "test samples = 20",
             "energy offset = -1e4"}) +
    section("Network", {"hidden layers = 30", "activation = tanh"});

  const std::string small_cluster =
    section("Data",
            {"potential = Gupta",
             "atoms = 6",
             "training samples = 11",
             "hold-out samples = 2",
             "test samples = 5"}) +
    section("Network", {"hidden layers = 4", "activation = silu"});



  // Losses and gradients of all batches, summed over the processes.
  Vector
  losses_and_gradients(const Task &task)
  {
    const auto loss = task.task->training_task().make_loss(*task.network, {});
    auto      &objective = dynamic_cast<NetworkObjective &>(*loss.local);
    Vector     all;
    for (unsigned int batch = 0; batch < objective.n_batches(); ++batch)
      {
        Vector gradient(task.theta.size(), 0.);
        objective.use_batch(batch);
        all.push_back(objective.add_gradient(view(task.theta), view(gradient)));
        all.insert(all.end(), gradient.begin(), gradient.end());
      }
    return all;
  }



  // The last layer, fitted to the labels by linear least squares.
  Vector
  fit_last_layer(const Task &task)
  {
    const auto loss = task.task->training_task().make_loss(*task.network, {});
    const LeastSquaresProblem problem(
      dynamic_cast<const LocalObjective *>(loss.local.get()),
      nullptr,
      MPI_COMM_WORLD);
    MonitorOptions limits;
    limits.max_iterations = 2;
    TrainingMonitor monitor(problem, limits, nullptr);
    Vector          theta = task.theta;
    RandomFeatures().minimize(problem, theta, monitor);
    return monitor.best_parameters();
  }
} // namespace

BOOST_AUTO_TEST_SUITE(sample_task)

BOOST_AUTO_TEST_CASE(one_scale_for_all_labels_does_not_change_a_linear_fit)
{
  const std::string squares = "loss = squares";
  const Task        plain(small_surface +
                   section("Labels", {squares, "centring = mean"}));
  const Task        scaled(
    small_surface +
    section("Labels", {squares, "centring = mean", "scale = 1e3"}));
  const auto one =
    make_prediction(*plain.network, fit_last_layer(plain), nullptr);
  const auto two =
    make_prediction(*scaled.network, fit_last_layer(scaled), nullptr);

  const auto &test = plain.sets.test;
  Vector      energies, expected_energies, forces, expected_forces;
  for (std::size_t i = 0; i < test.size(); ++i)
    {
      const dealii::ArrayView<const double> q(&test.coordinates[2 * i], 2);
      Vector                                f(2);
      expected_energies.push_back(one(q, view(f)) + 1e4);
      expected_forces.insert(expected_forces.end(), f.begin(), f.end());
      energies.push_back(two(q, view(f)) + 1e4);
      forces.insert(forces.end(), f.begin(), f.end());
    }
  BOOST_TEST(relative_error(energies, expected_energies) < 1e-7);
  BOOST_TEST(relative_error(forces, expected_forces) < 1e-7);

  // The fit is one: otherwise nothing is shown.
  const auto errors =
    compute_energy_force_errors(two, plain.sets.training, MPI_COMM_WORLD);
  BOOST_TEST(errors.energy.relative_rmse < 0.7);
}



BOOST_AUTO_TEST_CASE(the_loss_is_in_units_of_the_scale)
{
  // Mean absolute errors of both labels, by the application's own errors.
  const Task task(
    small_surface +
    section("Labels",
            {"scale = 100", "energy weight = 2", "force weight = 5"}));
  const auto loss   = task.task->training_task().make_loss(*task.network, {});
  auto       losses = loss.local->block_losses(view(std::as_const(task.theta)));
  for (double &value : losses)
    value = dealii::Utilities::MPI::sum(value, MPI_COMM_WORLD);
  const auto errors = compute_energy_force_errors(
    make_prediction(*task.network, task.theta, nullptr),
    task.sets.training,
    MPI_COMM_WORLD);
  BOOST_TEST((loss.local->block_names() ==
              std::vector<std::string>{"energy", "forces"}));
  BOOST_TEST(std::abs(losses[0] / (2. * errors.energy.mae / 100.) - 1.) <
             1e-12);
  BOOST_TEST(std::abs(losses[1] / (5. * errors.forces.mae / 100.) - 1.) <
             1e-12);
}



BOOST_AUTO_TEST_CASE(batches_are_the_same_on_any_number_of_processes)
{
  for (const std::string &lines : {small_surface, small_cluster})
    {
      const Task distributed(lines, 5), alone(lines, 5, MPI_COMM_SELF);
      BOOST_TEST(distributed.task->n_batches() ==
                 (distributed.features ? 3 : 11));
      Vector sum = losses_and_gradients(distributed);
      for (double &value : sum)
        value = dealii::Utilities::MPI::sum(value, MPI_COMM_WORLD);
      BOOST_TEST(relative_error(sum, losses_and_gradients(alone)) < 1e-12);
    }
}



BOOST_AUTO_TEST_CASE(forces_of_a_cluster_in_the_loss_are_those_of_its_energy)
{
  // The loss has forward derivatives and Jacobians, the prediction reverse
  // passes.
  const Task task(small_cluster + section("Labels", {"loss = squares"}));
  const auto loss   = task.task->training_task().make_loss(*task.network, {});
  auto       losses = loss.local->block_losses(view(std::as_const(task.theta)));
  for (double &value : losses)
    value = dealii::Utilities::MPI::sum(value, MPI_COMM_WORLD);
  const auto errors = compute_energy_force_errors(
    make_prediction(*task.network, task.theta, task.features.get()),
    task.sets.training,
    MPI_COMM_WORLD);
  BOOST_TEST(std::abs(losses[0] / std::pow(errors.energy.rmse, 2) - 1.) <
             1e-11);
  BOOST_TEST(
    std::abs(losses[1] / (30. * std::pow(errors.forces.rmse, 2)) - 1.) < 1e-11);
}



BOOST_AUTO_TEST_CASE(labels_are_centred_and_scaled_by_their_deviation)
{
  LabelParameters          labels;
  dealii::ParameterHandler prm;
  labels.declare_parameters(prm);
  prm.parse_input_from_string(
    section("Labels", {"scale = deviation", "centring = mean"}));
  labels.parse_parameters();
  const auto scaling = labels.make_scaling({3., 5., 3., 5.});
  BOOST_TEST(scaling.shift == 4.);
  BOOST_TEST(scaling.scale == 1.);
  BOOST_CHECK_THROW(labels.make_scaling({2., 2.}), InputError);
}



BOOST_AUTO_TEST_CASE(sets_of_samples_have_no_common_ones)
{
  const Task          task(small_surface);
  std::vector<double> x;
  for (const auto *set :
       {&task.sets.training, &task.sets.hold_out, &task.sets.test})
    for (std::size_t i = 0; i < set->size(); ++i)
      x.push_back(set->coordinates[2 * i]);
  std::sort(x.begin(), x.end());
  BOOST_TEST(x.size() == 80);
  BOOST_TEST((std::adjacent_find(x.begin(), x.end()) == x.end()));
}

BOOST_AUTO_TEST_SUITE_END()
