// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Rows, Jacobian and gradient of NetworkObjective against each other, against
// differences, and against Sacado through network and law.

#include <sobolev/network/formula_function.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/objective/residual_function.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/multithread_info.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "objective/test_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // One of test_laws(), with everything to be trained.
  struct Setting
  {
    explicit Setting(const unsigned int law_number,
                     const unsigned int n_points = 20,
                     const unsigned int rank     = 0,
                     const unsigned int n_ranks  = 1)
      : law(test_laws()[law_number])
      , network(make_network(*law))
      , objective(network, make_blocks(law, n_points, rank, n_ranks))
      , theta(network.initial_parameters(2))
    {
    }

    Vector
    rows(const Vector &parameters) const
    {
      Vector result(objective.n_rows());
      objective.compute_rows(view(parameters), view(result));
      return result;
    }

    // rows() and the loss as functions.
    Function
    all_rows() const
    {
      return [this](const Vector &parameters) {
        return rows(parameters);
      };
    }

    Function
    loss() const
    {
      return [this](const Vector &parameters) {
        const auto all = rows(parameters);
        return Vector{dot(all, all)};
      };
    }

    // Loss and gradient.
    std::pair<double, Vector>
    gradient() const
    {
      Vector       result(theta.size(), 0.);
      const double loss = objective.add_gradient(view(theta), view(result));
      return {loss, result};
    }

    // The rows that come with the Jacobian, and its columns.
    std::pair<Vector, std::vector<Vector>>
    jacobian() const
    {
      Vector              rows(objective.n_rows());
      std::vector<Vector> columns(theta.size(), rows);
      std::size_t         next_row = 0;
      objective.compute_jacobian(
        view(theta), [&](const LocalObjective::JacobianPanel &panel) {
          BOOST_TEST(panel.first_row == next_row);
          BOOST_TEST(panel.rows.size() <= panel.leading);
          std::copy(panel.rows.begin(),
                    panel.rows.end(),
                    rows.begin() + panel.first_row);
          for (std::size_t k = 0; k < columns.size(); ++k)
            std::copy_n(panel.jacobian + k * panel.leading,
                        panel.rows.size(),
                        columns[k].begin() + panel.first_row);
          next_row += panel.rows.size();
        });
      BOOST_TEST(next_row == objective.n_rows());
      return {rows, columns};
    }

    const std::shared_ptr<const Law<2>> law;
    const Network                       network;
    NetworkObjective                    objective;
    const Vector                        theta;
  };

  const auto law_numbers = boost::unit_test::data::xrange(3);



  // The loss of AnisotropicLaw with the formulas written out, with derivatives
  // in the parameters by Sacado.
  reference_network::ParameterNumber
  loss_written_out(const Setting &setting)
  {
    using Number              = reference_network::ParameterNumber;
    const auto  &architecture = setting.network.architecture();
    const auto   theta = reference_network::with_derivatives(setting.theta);
    const Vector weights{0.7, 2., 3., 4.};
    const auto   data = conditions(*setting.law);

    const std::vector<CollocationPoints<2>> points{interior_points(6),
                                                   boundary_points(0, 2),
                                                   boundary_points(1, 3),
                                                   boundary_points(2, 4)};

    Number loss(0.);
    for (unsigned int b = 0; b < 4; ++b)
      for (unsigned int i = 0; i < points[b].size(); ++i)
        {
          const auto &x = points[b].points[i];
          const auto &n = points[b].normals[i];
          const auto  u = reference_network::evaluate<
            reference_network::ForwardMode<Number, 2, 2>>(
            architecture, JetSpecification::hessian(2), theta, {x[0], x[1]})[0];
          const Number flux_x      = -(1. + u[0] * u[0]) * u[1] - 0.2 * u[2];
          const Number flux_y      = -0.2 * u[1] - std::exp(x[0]) * u[2];
          const Number normal_flux = n[0] * flux_x + n[1] * flux_y;
          const double g           = b > 0 ? data[b - 1].value->value(x) : 0.;

          Number r;
          if (b == 0)
            r = -2. * u[0] * u[1] * u[1] - (1. + u[0] * u[0]) * u[3] -
                0.4 * u[4] - std::exp(x[0]) * u[5] - u[0] * u[0] * u[0] + x[0];
          else if (b == 1)
            r = u[0] - g;
          else if (b == 2)
            r = normal_flux - g;
          else
            r =
              normal_flux - data[2].transfer_coefficient->value(x) * (u[0] - g);
          loss += weights[b] * points[b].weights[i] * r * r;
        }
    return loss;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(network_objective)

BOOST_AUTO_TEST_CASE(loss_and_gradient_equal_the_formulas_differentiated)
{
  const Setting setting(1, 6);

  const auto computed = setting.gradient();

  const auto expected = loss_written_out(setting);
  Vector     gradient;
  for (std::size_t k = 0; k < setting.theta.size(); ++k)
    gradient.push_back(expected.dx(k));
  const double error = relative_error(computed.second, gradient);
  BOOST_TEST(std::abs(computed.first / expected.val() - 1.) < 1e-12);
  BOOST_TEST(error < 1e-12, error);
}



BOOST_DATA_TEST_CASE(gradient_matches_differences, law_numbers, law)
{
  const Setting setting(law);

  const auto   computed = setting.gradient();
  const double error =
    relative_error(computed.second, gradient(setting.loss(), setting.theta));

  BOOST_TEST(std::abs(computed.first - setting.loss()(setting.theta)[0]) <=
             1e-14 * computed.first);
  BOOST_TEST(error < 1e-7, error);
}



BOOST_DATA_TEST_CASE(taylor_remainder_of_the_loss_is_of_second_order,
                     law_numbers,
                     law)
{
  const Setting setting(law);
  Vector        direction;
  for (std::size_t k = 0; k < setting.theta.size(); ++k)
    direction.push_back(pseudo_random(20, k));

  check_taylor_remainder(setting.loss(),
                         setting.theta,
                         direction,
                         dot(setting.gradient().second, direction),
                         std::numeric_limits<double>::quiet_NaN(),
                         1e-4);
}



BOOST_DATA_TEST_CASE(jacobian_matches_differences_of_the_rows, law_numbers, law)
{
  const Setting setting(law);

  const auto jacobian = setting.jacobian().second;

  for (std::size_t k = 0; k < setting.theta.size(); ++k)
    {
      const double error = relative_error(
        jacobian[k], jacobian_column(setting.all_rows(), setting.theta, k));
      BOOST_TEST(error < 1e-7, "column " << k << ": " << error);
    }
}



BOOST_DATA_TEST_CASE(jacobian_reproduces_rows_and_half_the_gradient,
                     law_numbers *boost::unit_test::data::make({5, 37, 700}),
                     law,
                     n_points)
{
  // 700 points are several panels.
  const Setting setting(law, n_points);

  const auto jacobian = setting.jacobian();

  BOOST_TEST((jacobian.first == setting.rows(setting.theta)));
  Vector product;
  for (const Vector &column : jacobian.second)
    product.push_back(2. * dot(column, jacobian.first));
  BOOST_TEST(relative_error(product, setting.gradient().second) < 1e-13);
}



BOOST_DATA_TEST_CASE(transpose_product_is_the_adjoint_of_the_jacobian,
                     law_numbers,
                     law)
{
  const Setting setting(law, 50);
  Vector        w(setting.objective.n_rows()), v(setting.theta.size());
  for (std::size_t i = 0; i < w.size(); ++i)
    w[i] = pseudo_random(21, i);
  for (std::size_t k = 0; k < v.size(); ++k)
    v[k] = pseudo_random(22, k);

  Vector transpose_J_w(v.size(), 0.);
  setting.objective.add_transpose_product(
    view(setting.theta), view(w), view(transpose_J_w));

  Vector     J_v(w.size(), 0.);
  const auto columns = setting.jacobian().second;
  for (std::size_t k = 0; k < v.size(); ++k)
    J_v = moved(J_v, v[k], columns[k]);
  check_adjoint(J_v, w, v, transpose_J_w, 1e-13);

  // What is there is kept.
  auto twice = transpose_J_w;
  setting.objective.add_transpose_product(
    view(setting.theta), view(w), view(twice));
  BOOST_TEST(relative_error(twice, moved(transpose_J_w, 1., transpose_J_w)) <
             1e-15);
}



BOOST_DATA_TEST_CASE(rows_for_several_vectors_of_parameters_are_the_same_bits,
                     law_numbers *boost::unit_test::data::make({0, 20, 700}),
                     law,
                     n_points)
{
  const unsigned int n_before = dealii::MultithreadInfo::n_threads();
  for (const unsigned int n_threads : {1, 2})
    {
      dealii::MultithreadInfo::set_thread_limit(n_threads);
      // On a process without points, too.
      const Setting       setting(law,
                            std::max(n_points, 20),
                            n_points == 0 ? 50 : 0,
                            n_points == 0 ? 51 : 1);
      std::vector<Vector> thetas, expected;
      for (unsigned int k = 0; k < 4; ++k)
        {
          thetas.push_back(setting.network.initial_parameters(5 + k));
          expected.push_back(setting.rows(thetas.back()));
        }
      thetas.push_back(setting.theta);
      expected.push_back(setting.rows(setting.theta));

      for (const unsigned int n_vectors : {5, 1, 0, 3})
        {
          const std::vector<Vector> some(thetas.begin(),
                                         thetas.begin() + n_vectors);
          std::vector<Vector>       rows(n_vectors,
                                   Vector(setting.objective.n_rows(), 1e300));
          setting.objective.compute_rows_for_each(some, rows);

          BOOST_TEST(
            (rows == std::vector<Vector>(expected.begin(),
                                         expected.begin() + n_vectors)));
        }
      // It does not change what the objective itself works with.
      BOOST_TEST((setting.rows(setting.theta) == expected[4]));
    }
  dealii::MultithreadInfo::set_thread_limit(n_before);
}



BOOST_DATA_TEST_CASE(rows_belong_to_blocks, law_numbers, law)
{
  const Setting setting(law, 50);

  const auto blocks = setting.objective.blocks_of_rows();
  const auto rows   = setting.rows(setting.theta);

  BOOST_TEST(blocks.size() == rows.size());
  Vector losses(4, 0.);
  for (std::size_t i = 0; i < rows.size(); ++i)
    losses[blocks[i]] += rows[i] * rows[i];
  BOOST_TEST(relative_error(
               losses, setting.objective.block_losses(view(setting.theta))) <
             1e-14);
}



BOOST_DATA_TEST_CASE(block_losses_add_up_to_the_loss, law_numbers, law)
{
  const Setting setting(law, 50);

  const auto losses = setting.objective.block_losses(view(setting.theta));
  const auto loss   = setting.gradient().first;

  BOOST_TEST((setting.objective.block_names() ==
              std::vector<std::string>{
                "interior", "boundary 0", "boundary 1", "boundary 2"}));
  BOOST_TEST(losses.size() == 4u);
  for (const double block_loss : losses)
    BOOST_TEST(block_loss > 0.);
  BOOST_TEST(std::abs(std::accumulate(losses.begin(), losses.end(), 0.) / loss -
                      1.) < 1e-14);
}



BOOST_AUTO_TEST_CASE(a_weight_of_zero_removes_a_block)
{
  const auto    law = isotropic_law();
  const Network network(make_network(*law));
  const auto    theta = network.initial_parameters(2);
  std::vector<std::unique_ptr<ResidualBlock>> blocks;
  blocks.push_back(
    std::make_unique<InteriorResidual<2>>(law, interior_points(20), 0.));
  const NetworkObjective objective(network, std::move(blocks));

  Vector gradient(theta.size(), 0.);
  BOOST_TEST(objective.add_gradient(view(theta), view(gradient)) == 0.);
  BOOST_TEST((gradient == Vector(theta.size(), 0.)));
}



BOOST_AUTO_TEST_CASE(blocks_without_points_are_allowed)
{
  // As on a process that owns no cell.
  for (unsigned int law = 0; law < 3; ++law)
    {
      const Setting setting(law, 20, 50, 51);

      const auto result = setting.gradient();

      BOOST_TEST(setting.objective.n_rows() == 0u);
      BOOST_TEST(setting.objective.n_points() == 0u);
      BOOST_TEST(result.first == 0.);
      BOOST_TEST((result.second == Vector(setting.theta.size(), 0.)));
      BOOST_TEST(setting.jacobian().first.empty());
      for (const double loss :
           setting.objective.block_losses(view(setting.theta)))
        BOOST_TEST(loss == 0.);
    }
}



BOOST_DATA_TEST_CASE(weights_of_blocks_may_be_changed, law_numbers, law)
{
  Setting    setting(law, 50);
  const auto losses   = setting.objective.block_losses(view(setting.theta));
  const auto gradient = setting.gradient().second;
  const auto jacobian = setting.jacobian();
  const auto weights  = setting.objective.block_weights();
  BOOST_TEST((weights == Vector{0.7, 2., 3., 4.}));

  const Vector factors{4., 0., 0.25, 1.};
  auto         changed = weights;
  for (unsigned int b = 0; b < 4; ++b)
    changed[b] *= factors[b];
  setting.objective.set_block_weights(changed);

  BOOST_TEST((setting.objective.block_weights() == changed));
  const auto new_losses = setting.objective.block_losses(view(setting.theta));
  double     sum        = 0.;
  for (unsigned int b = 0; b < 4; ++b)
    {
      BOOST_TEST(std::abs(new_losses[b] - factors[b] * losses[b]) <=
                 1e-14 * losses[b]);
      sum += new_losses[b];
    }
  BOOST_TEST(std::abs(setting.gradient().first / sum - 1.) < 1e-14);
  const auto new_jacobian = setting.jacobian();
  BOOST_TEST((new_jacobian.first == setting.rows(setting.theta)));
  const double error =
    relative_error(setting.gradient().second,
                   derivative_checks::gradient(setting.loss(), setting.theta));
  BOOST_TEST(error < 1e-7, error);

  // And back.
  setting.objective.set_block_weights(weights);
  BOOST_TEST((setting.gradient().second == gradient));
  BOOST_TEST((setting.jacobian() == jacobian));
}



BOOST_DATA_TEST_CASE(sums_over_ranks_do_not_depend_on_their_number,
                     law_numbers,
                     law)
{
  const unsigned int rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  const unsigned int n_ranks =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  const Setting serial(law, 45), local(law, 45, rank, n_ranks);

  auto result  = local.gradient();
  result.first = dealii::Utilities::MPI::sum(result.first, MPI_COMM_WORLD);
  for (double &g : result.second)
    g = dealii::Utilities::MPI::sum(g, MPI_COMM_WORLD);

  const auto expected = serial.gradient();
  BOOST_TEST(std::abs(result.first / expected.first - 1.) < 1e-13);
  BOOST_TEST(relative_error(result.second, expected.second) < 1e-13);
}



BOOST_DATA_TEST_CASE(results_do_not_depend_on_the_number_of_threads,
                     law_numbers,
                     law)
{
  const unsigned int n_before = dealii::MultithreadInfo::n_threads();
  dealii::MultithreadInfo::set_thread_limit(1);
  const Setting one(law, 700);
  dealii::MultithreadInfo::set_thread_limit(3);
  const Setting three(law, 700);

  BOOST_TEST((three.rows(three.theta) == one.rows(one.theta)));
  BOOST_TEST((three.jacobian() == one.jacobian()));
  BOOST_TEST((three.objective.block_losses(view(three.theta)) ==
              one.objective.block_losses(view(one.theta))));
  const auto result = three.gradient(), expected = one.gradient();
  BOOST_TEST(result.first == expected.first);
  BOOST_TEST(relative_error(result.second, expected.second) < 1e-14);
  // Twice the same.
  BOOST_TEST((three.gradient() == result));

  dealii::MultithreadInfo::set_thread_limit(n_before);
}



BOOST_DATA_TEST_CASE(single_precision_is_close_to_double, law_numbers, law)
{
  const Setting          exact(law, 300);
  const NetworkObjective rough(
    exact.network, make_blocks(exact.law, 300), Precision::single_precision);

  Vector       gradient(exact.theta.size(), 0.);
  const double loss = rough.add_gradient(view(exact.theta), view(gradient));

  const auto   expected   = exact.gradient();
  const double difference = relative_error(gradient, expected.second);
  BOOST_TEST(std::abs(loss / expected.first - 1.) < 1e-4);
  BOOST_TEST(difference < 1e-4, difference);
  // Not the same numbers in disguise.
  BOOST_TEST(difference > 1e-12, difference);
}



BOOST_AUTO_TEST_CASE(tiles_do_not_grow_with_the_number_of_points)
{
  const Setting few(0, 500), many(0, 20000);

  BOOST_TEST(few.objective.tile_memory_consumption() ==
             many.objective.tile_memory_consumption());
}



// Features, offsets and factors are kept from the first evaluation on; the
// function that evaluates them afresh must see the same residuals.
BOOST_DATA_TEST_CASE(known_functions_are_kept_rightly, law_numbers, law_number)
{
  const auto law     = test_laws()[law_number];
  const auto formula = [](const std::string &text) {
    return std::make_shared<FormulaFunction>(
      text, std::vector<std::string>{"x", "y"});
  };
  Architecture architecture =
    make_architecture(2, {6, 5}, law->n_components(), "tanh");
  architecture.features = {formula("sin(3*x)*y"), formula("exp(x - y)")};
  architecture.factors.assign(law->n_components(), formula("1 + x^2*y"));
  architecture.offsets.assign(law->n_components(), nullptr);
  architecture.offsets.back() = formula("cos(x + 2*y)");
  const Network network(architecture);
  const auto    theta  = network.initial_parameters(3);
  const auto    points = interior_points(200);

  std::vector<std::unique_ptr<ResidualBlock>> blocks;
  blocks.push_back(std::make_unique<InteriorResidual<2>>(law, points, 0.7));
  const NetworkObjective objective(network, std::move(blocks));
  Vector                 gradient(theta.size());
  objective.add_gradient(view(theta), view(gradient));
  const auto losses = objective.block_losses(view(theta));

  const ResidualFunction<2>           residual(law, network, theta);
  std::vector<dealii::Vector<double>> values(
    points.size(), dealii::Vector<double>(law->n_components()));
  residual.vector_value_list(points.points, values);
  double expected = 0.;
  for (unsigned int i = 0; i < points.size(); ++i)
    expected += 0.7 * points.weights[i] * values[i].norm_sqr();
  BOOST_TEST(std::abs(losses[0] / expected - 1.) < 1e-13);
}

BOOST_AUTO_TEST_SUITE_END()
