// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Slope recovery: the published numbers, derivatives in two ways, and that it
// counts once on any number of ranks.

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/joined_objective.h>
#include <sobolev/objective/slope_recovery.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <memory>
#include <vector>

#include "derivative_checks.h"
#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  Network
  make_network(const Architecture::Slopes::Kind kind,
               const unsigned int               n_layers = 4,
               const double                     scale    = 10.)
  {
    Architecture architecture;
    architecture.lower         = {0., 0.};
    architecture.upper         = {1., 1.};
    architecture.hidden_widths = std::vector<unsigned int>(n_layers, 5);
    architecture.slopes.kind   = kind;
    architecture.slopes.scale  = scale;
    return Network(architecture);
  }



  dealii::ArrayView<const double>
  view(const Vector &v)
  {
    return {v.data(), v.size()};
  }



  // Slopes that differ from layer to layer and from neuron to neuron.
  Vector
  some_parameters(const Network &network)
  {
    auto theta = network.initial_parameters(2);
    for (const auto &layer : network.layout().layers())
      for (unsigned int j = 0; j < layer.n_slopes; ++j)
        theta[layer.slopes + j] += 0.3 * std::sin(1. + 3. * layer.slopes + j);
    return theta;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(slope_recovery)

// Equal slopes a = 0.1 (n = 10, n a = 1): S = exp(-a), and in four hidden layers
// dS/da_k = -exp(-a)/4.
BOOST_AUTO_TEST_CASE(equal_slopes_of_a_tenth)
{
  const auto          network = make_network(Architecture::Slopes::Kind::layer);
  const SlopeRecovery recovery(network, 1., true);
  const auto          theta = network.initial_parameters(1);

  BOOST_TEST(std::abs(recovery.value(view(theta)) - std::exp(-0.1)) < 1e-15);
  BOOST_TEST(std::abs(recovery.value(view(theta)) - 0.904837) < 1e-6);
  Vector gradient(theta.size(), 0.);
  recovery.add_gradient(view(theta), dealii::make_array_view(gradient));
  double sum = 0.;
  for (const auto &layer : network.layout().layers())
    for (unsigned int j = 0; j < layer.n_slopes; ++j)
      {
        BOOST_TEST(std::abs(gradient[layer.slopes + j] + 0.226209) < 1e-6);
        sum += gradient[layer.slopes + j];
      }
  BOOST_TEST(std::abs(sum + std::exp(-0.1)) < 1e-14);
}



BOOST_AUTO_TEST_CASE(derivatives_are_those_of_the_value)
{
  for (const auto kind :
       {Architecture::Slopes::Kind::layer, Architecture::Slopes::Kind::neuron})
    {
      const auto          network = make_network(kind, 3, 5.);
      const double        weight  = 2.5;
      const SlopeRecovery recovery(network, weight, true);
      const auto          theta = some_parameters(network);
      Vector              gradient(theta.size(), 0.), product(theta.size(), 0.);
      const double        loss =
        recovery.add_gradient(view(theta), dealii::make_array_view(gradient));
      BOOST_TEST(std::abs(loss - weight * recovery.value(view(theta))) < 1e-15);

      // 1. By hand for one slope: S = L / sum_l exp(mean).
      double       sum = 0., of_first = 0.;
      unsigned int n_layers = 0;
      for (const auto &layer : network.layout().layers())
        if (layer.n_slopes > 0)
          {
            double mean = 0.;
            for (unsigned int j = 0; j < layer.n_slopes; ++j)
              mean += theta[layer.slopes + j] / layer.n_slopes;
            sum += std::exp(mean);
            if (++n_layers == 1)
              of_first = std::exp(mean) / layer.n_slopes;
          }
      BOOST_TEST(std::abs(recovery.value(view(theta)) - n_layers / sum) <
                 1e-15);
      const auto &first = network.layout().layers()[0];
      BOOST_TEST(std::abs(gradient[first.slopes] +
                          weight * n_layers * of_first / (sum * sum)) < 1e-15);

      // 2. By differences, for all.
      for (unsigned int k = 0; k < theta.size(); ++k)
        {
          constexpr double h     = 1e-5;
          Vector           right = theta, left = theta;
          right[k] += h;
          left[k] -= h;
          const double difference =
            weight *
            (recovery.value(view(right)) - recovery.value(view(left))) /
            (2. * h);
          BOOST_TEST(std::abs(gradient[k] - difference) < 1e-9);
        }

      // 3. 2 J^T rho, and the Jacobian itself.
      Vector row(1);
      recovery.compute_rows(view(theta), dealii::make_array_view(row));
      BOOST_TEST(std::abs(row[0] * row[0] - loss) < 1e-15);
      row[0] *= 2.;
      recovery.add_transpose_product(
        view(theta), view(row), dealii::make_array_view(product));
      BOOST_TEST(relative_error(product, gradient) < 1e-14);
      recovery.compute_jacobian(
        view(theta), [&](const LocalObjective::JacobianPanel &panel) {
          for (unsigned int k = 0; k < theta.size(); ++k)
            BOOST_TEST(std::abs(panel.jacobian[k * panel.leading] * row[0] -
                                gradient[k]) < 1e-15);
        });
    }
}



BOOST_AUTO_TEST_CASE(slopes_have_to_be_trained)
{
  const auto network = make_network(Architecture::Slopes::Kind::fixed, 2, 1.);
  BOOST_CHECK_THROW(SlopeRecovery(network, 1., true), InputError);
}



// Joined with the rows of points: sums, blocks, Jacobian; and one row in all,
// however many ranks there are.
BOOST_AUTO_TEST_CASE(joined_with_residuals)
{
  const SmallProblem small(false);
  Architecture       architecture =
    SmallProblem::make_network({5, 4}, "tanh").architecture();
  architecture.slopes.kind = Architecture::Slopes::Kind::neuron;
  const Network network(architecture);
  const bool    is_root =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  const auto theta = some_parameters(network);
  const auto alone = small.make_objective(network, 60, 20);
  std::vector<std::unique_ptr<LocalObjective>> parts;
  parts.push_back(small.make_objective(network, 60, 20));
  parts.push_back(std::make_unique<SlopeRecovery>(network, 3., is_root));
  JoinedObjective           joined(std::move(parts));
  const LeastSquaresProblem problem(&joined, nullptr, MPI_COMM_WORLD),
    only_points(alone.get(), nullptr, MPI_COMM_WORLD);
  const double S = SlopeRecovery(network, 1., true).value(view(theta));

  // 1. Losses and names.
  BOOST_TEST(std::abs(problem.loss(theta) - only_points.loss(theta) - 3. * S) <
             1e-12);
  const auto losses = problem.block_losses(theta);
  BOOST_TEST_REQUIRE(losses.size() == 3u);
  BOOST_TEST(std::abs(losses[2] - 3. * S) < 1e-14);
  BOOST_TEST(joined.block_names()[2] == "slope recovery");
  BOOST_TEST(joined.block_weights()[2] == 3.);

  // 2. Gradients: of the sum, of the blocks, by rows, by the Jacobian.
  Vector gradient, gradients, rows, by_rows;
  problem.gradient(theta, gradient);
  problem.block_gradients(theta, gradients);
  problem.compute_local_rows(theta, rows);
  problem.transpose_product(theta, rows, by_rows);
  Vector      by_jacobian(theta.size(), 0.);
  std::size_t n_seen = 0;
  joined.compute_jacobian(
    view(theta), [&](const LocalObjective::JacobianPanel &panel) {
      BOOST_TEST(panel.first_row == n_seen);
      n_seen += panel.rows.size();
      for (std::size_t i = 0; i < panel.rows.size(); ++i)
        {
          BOOST_TEST(std::abs(panel.rows[i] - rows[panel.first_row + i]) <
                     1e-13);
          for (unsigned int k = 0; k < theta.size(); ++k)
            by_jacobian[k] +=
              panel.rows[i] * panel.jacobian[k * panel.leading + i];
        }
    });
  BOOST_TEST(n_seen == joined.n_rows());
  problem.sum(dealii::make_array_view(by_jacobian));
  Vector by_blocks(theta.size(), 0.);
  for (unsigned int b = 0; b < 3; ++b)
    for (unsigned int k = 0; k < theta.size(); ++k)
      by_blocks[k] += gradients[b * theta.size() + k];
  for (Vector *const half : {&by_rows, &by_jacobian})
    for (double &entry : *half)
      entry *= 2.;
  BOOST_TEST(relative_error(by_rows, gradient) < 1e-13);
  BOOST_TEST(relative_error(by_jacobian, gradient) < 1e-13);
  BOOST_TEST(relative_error(by_blocks, gradient) < 1e-13);

  // 3. Rows for several parameters, and other weights.
  std::vector<Vector> for_each;
  problem.compute_local_rows({network.initial_parameters(5), theta}, for_each);
  BOOST_TEST((for_each[1] == rows));
  auto weights = joined.block_weights();
  weights[2]   = 0.5;
  joined.set_block_weights(weights);
  BOOST_TEST(std::abs(problem.block_losses(theta)[2] - 0.5 * S) < 1e-14);
  const auto blocks = joined.blocks_of_rows();
  BOOST_TEST(blocks.size() == joined.n_rows());
  BOOST_TEST((is_root ? blocks.back() == 2 : blocks.back() < 2));
}

BOOST_AUTO_TEST_SUITE_END()
