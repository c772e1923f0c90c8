// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Losses other than squares: as rows, and in an objective.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/derivative_mismatch.h>
#include <sobolev/objective/loss_function.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/objective/value_mismatch.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <numeric>

#include "objective/block_checks.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Kind = LossFunction::Kind;

  const auto kinds = boost::unit_test::data::make(loss_function_names());

  // On both sides of the threshold, with both signs.
  const Vector residuals{-3., -0.4, -1e-3, 1e-6, 0.3, 0.7, 1.9, 1e4};



  LossFunction
  make_loss(const std::string &name)
  {
    return {make_loss_function_kind(name), 0.5};
  }



  // Values and gradients of a function of two inputs as labels.
  struct Fit
  {
    explicit Fit(const LossFunction             &loss,
                 const std::vector<std::size_t> &batch_sizes = {})
      : network(make_architecture(2, {5, 4}, 1, "tanh"))
      , theta(network.initial_parameters(2))
    {
      constexpr unsigned int n = 23;
      InputPoints            points(2, n);
      points.batch_sizes = batch_sizes;
      Vector values, gradients;
      for (unsigned int p = 0; p < n; ++p)
        {
          const double x = points(0, p) = pseudo_random(7, p);
          const double y = points(1, p) = pseudo_random(8, p);
          points.weights[p]             = 0.1 + 0.01 * p;
          values.push_back(std::sin(x) * y);
          gradients.push_back(std::cos(x) * y);
          gradients.push_back(std::sin(x));
        }
      std::vector<std::unique_ptr<ResidualBlock>> blocks;
      blocks.push_back(
        std::make_unique<ValueMismatch>("values", points, values, 2., 1.5));
      blocks.push_back(std::make_unique<DerivativeMismatch>(
        "gradients", points, 2, gradients, Vector(), 2., 0.7));
      for (auto &block : blocks)
        block->set_loss_function(loss);
      objective =
        std::make_unique<NetworkObjective>(network, std::move(blocks));
    }

    double
    loss(const Vector &parameters) const
    {
      const auto losses = objective->block_losses(view(parameters));
      return std::accumulate(losses.begin(), losses.end(), 0.);
    }

    Vector
    difference_gradient() const
    {
      return gradient(
        [&](const Vector &parameters) {
          return Vector{loss(parameters)};
        },
        theta,
        1e-5);
    }

    const Network                     network;
    const Vector                      theta;
    std::unique_ptr<NetworkObjective> objective;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(loss_function)

BOOST_DATA_TEST_CASE(squares_of_rows_are_the_loss, kinds, kind)
{
  const LossFunction loss = make_loss(kind);
  Vector             rows = residuals;
  loss.make_rows(view(rows), dealii::ArrayView<double>());

  for (std::size_t i = 0; i < rows.size(); ++i)
    {
      BOOST_TEST(std::abs(rows[i] * rows[i] / loss.value(residuals[i]) - 1.) <
                 1e-14);
      BOOST_TEST(std::signbit(rows[i]) == std::signbit(residuals[i]));
    }
}



BOOST_DATA_TEST_CASE(slopes_of_rows_match_differences, kinds, kind)
{
  // Two columns of slopes, the second one twice the first.
  const LossFunction loss = make_loss(kind);
  const std::size_t  n    = residuals.size();
  Vector             rows = residuals, slopes(2 * n, 1.);
  std::fill(slopes.begin() + n, slopes.end(), 2.);
  loss.make_rows(view(rows), view(slopes));

  for (std::size_t i = 0; i < n; ++i)
    {
      const auto row = [&](const Vector &r) {
        Vector result = r;
        loss.make_rows(view(result), dealii::ArrayView<double>());
        return result;
      };
      const double slope =
        gradient(row, {residuals[i]}, 1e-4 * std::abs(residuals[i]))[0];
      BOOST_TEST(std::abs(slopes[i] / slope - 1.) < 1e-8);
      BOOST_TEST(slopes[n + i] == 2. * slopes[i]);
    }
}



BOOST_AUTO_TEST_CASE(values_by_hand)
{
  const auto value = [](const Kind kind, const double r) {
    return LossFunction{kind, 0.5}.value(r);
  };
  BOOST_TEST(value(Kind::squares, -3.) == 9.);
  BOOST_TEST(value(Kind::absolute, -3.) == 3.);
  BOOST_TEST(value(Kind::huber, 0.25) == 0.0625);
  BOOST_TEST(value(Kind::huber, 0.5) == 0.25);
  BOOST_TEST(value(Kind::huber, -3.) == 0.5 * 5.5);
}



BOOST_DATA_TEST_CASE(zero_has_no_slope_of_the_loss, kinds, kind)
{
  Vector row{0.}, slope{1.};
  make_loss(kind).make_rows(view(row), view(slope));
  BOOST_TEST(row[0] == 0.);
  BOOST_TEST(std::isfinite(slope[0]));
  BOOST_TEST(row[0] * slope[0] == 0.);
}



BOOST_DATA_TEST_CASE(gradients_of_an_objective_match_differences, kinds, kind)
{
  const Fit    fit(make_loss(kind));
  Vector       computed(fit.theta.size(), 0.);
  const double loss =
    fit.objective->add_gradient(view(fit.theta), view(computed));

  BOOST_TEST(std::abs(loss - fit.loss(fit.theta)) < 1e-13 * loss);
  BOOST_TEST(relative_error(computed, fit.difference_gradient()) < 1e-7);
}



BOOST_DATA_TEST_CASE(rows_have_their_own_jacobian, kinds, kind)
{
  // J^T rows is half of the gradient, for all losses.
  const Fit fit(make_loss(kind));
  Vector    product(fit.theta.size(), 0.), gradient(fit.theta.size(), 0.);
  fit.objective->compute_jacobian(
    view(fit.theta), [&](const LocalObjective::JacobianPanel &panel) {
      for (std::size_t k = 0; k < product.size(); ++k)
        for (std::size_t i = 0; i < panel.rows.size(); ++i)
          product[k] +=
            2. * panel.rows[i] * panel.jacobian[k * panel.leading + i];
    });
  fit.objective->add_gradient(view(fit.theta), view(gradient));
  BOOST_TEST(relative_error(product, gradient) < 1e-12);
}



BOOST_AUTO_TEST_CASE(a_threshold_has_to_be_positive)
{
  ValueMismatch block("energy", InputPoints(1, 0), {}, 1., 1.);
  BOOST_CHECK_THROW(block.set_loss_function({Kind::huber, 0.}), InputError);
  BOOST_CHECK_THROW(make_loss_function_kind("cubic"), InputError);
}



BOOST_AUTO_TEST_CASE(labels_have_to_be_numbers)
{
  InputPoints points(1, 1);
  points.weights = {1.};
  BOOST_CHECK_THROW(ValueMismatch("energy", points, {NAN}, 1., 1.), InputError);
  BOOST_CHECK_THROW(ValueMismatch("energy", points, {1.}, 0., 1.), InputError);
  BOOST_CHECK_THROW(DerivativeMismatch("forces", points, 1, {1.}, {}, NAN, 1.),
                    InputError);
}



BOOST_AUTO_TEST_CASE(mismatches_are_what_they_say)
{
  // Five points, of which block_checks uses the last three.
  InputPoints points(2, 5);
  Vector      values, labels, jacobians;
  for (unsigned int p = 0; p < 5; ++p)
    {
      points.weights[p] = 1.;
      values.push_back(pseudo_random(1, p));
      for (unsigned int k = 0; k < 3; ++k)
        {
          labels.push_back(pseudo_random(2, 3 * p + k));
          for (unsigned int m = 0; m < 2; ++m)
            jacobians.push_back(pseudo_random(3, 6 * p + 2 * k + m));
        }
    }
  const ValueMismatch      energy("energy", points, values, 4., 1.);
  const DerivativeMismatch forces(
    "forces", points, 3, labels, jacobians, 4., 1.);
  const block_checks::Evaluation of_energy(energy, 1), of_forces(forces, 1);
  block_checks::check_linearisation(of_energy);
  block_checks::check_linearisation(of_forces);

  const auto &jets = of_forces.jets;
  const auto  r    = of_forces.residuals(jets);
  BOOST_TEST(energy.n_equations() == 1);
  BOOST_TEST(forces.n_equations() == 3);
  for (unsigned int p = 0; p < block_checks::n_points; ++p)
    {
      const unsigned int i = block_checks::first + p;
      BOOST_TEST(std::abs(of_energy.residuals(of_energy.jets)[p] -
                          (of_energy.jets[p] - values[i]) / 4.) < 1e-15);
      for (unsigned int k = 0; k < 3; ++k)
        {
          double sum = -labels[3 * i + k];
          for (unsigned int m = 0; m < 2; ++m)
            sum += jacobians[6 * i + 2 * k + m] *
                   jets[(1 + m) * block_checks::stride + p];
          BOOST_TEST(std::abs(r[k * block_checks::stride + p] - sum / 4.) <
                     1e-15);
        }
    }
}



BOOST_AUTO_TEST_CASE(batches_have_the_gradient_of_all_points_in_the_mean)
{
  // One of them is empty here, as it may be on a process.
  const Fit    all({Kind::absolute, 1.});
  const Fit    batches({Kind::absolute, 1.}, {9, 0, 10, 4});
  const Vector zero(all.theta.size(), 0.);
  Vector       expected = zero, mean = zero, batch_gradient;
  const double loss =
    all.objective->add_gradient(view(all.theta), view(expected));

  BOOST_TEST(all.objective->n_batches() == 1);
  BOOST_TEST(batches.objective->n_batches() == 4);
  double mean_loss = 0.;
  for (unsigned int batch = 0; batch < 4; ++batch)
    {
      batch_gradient = zero;
      batches.objective->use_batch(batch);
      const double batch_loss =
        batches.objective->add_gradient(view(all.theta), view(batch_gradient));
      mean_loss += 0.25 * batch_loss;
      BOOST_TEST((batch == 1) == (batch_gradient == zero));
      BOOST_TEST(std::abs(batches.loss(all.theta) - batch_loss) <=
                 1e-13 * batch_loss);

      // One block only, three times.
      const double factor = 3.;
      Vector       of_block(zero), of_blocks(2 * zero.size(), 0.);
      const double block_loss = batches.objective->add_weighted_gradient(
        view(all.theta), {0., factor}, view(of_block));
      const auto losses = batches.objective->add_block_gradients(
        view(all.theta), view(of_blocks));
      BOOST_TEST(std::abs(block_loss - factor * losses[1]) <=
                 1e-13 * block_loss);
      BOOST_TEST(std::abs(losses[0] + losses[1] - batch_loss) <=
                 1e-13 * batch_loss);
      for (std::size_t k = 0; k < zero.size(); ++k)
        {
          const double second = of_blocks[zero.size() + k];
          BOOST_TEST(std::abs(of_block[k] - factor * second) < 1e-12);
          BOOST_TEST(std::abs(of_blocks[k] + second - batch_gradient[k]) <
                     1e-12);
        }
      for (std::size_t k = 0; k < mean.size(); ++k)
        mean[k] += 0.25 * batch_gradient[k];
    }
  batches.objective->use_all_points();
  BOOST_TEST(std::abs(mean_loss - loss) < 1e-13 * loss);
  BOOST_TEST(relative_error(mean, expected) < 1e-12);
  BOOST_TEST(std::abs(batches.loss(all.theta) - loss) < 1e-13 * loss);
}

BOOST_AUTO_TEST_SUITE_END()
