// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/adam.h>
#include <sobolev/training/soap.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "training/small_networks.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // Rows of 14 parameters: a matrix with 3 rows and 4 columns between two
  // others.
  struct MatrixRows : FormulaSize<31, 14>
  {
    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      Number result = LinearRows::coefficient(i, 20);
      for (unsigned int k = 0; k < theta.size(); ++k)
        result += LinearRows::coefficient(i, k) * std::sin(theta[k] + 0.1 * i);
      return result;
    }
  };

  class MatrixObjective : public SmallObjective<MatrixRows>
  {
  public:
    using SmallObjective<MatrixRows>::SmallObjective;

    std::vector<ParameterGroup>
    parameter_groups() const override
    {
      using Kind = ParameterGroup::Kind;
      return {{Kind::other, 0, 1, 1},
              {Kind::hidden_weights, 1, 3, 4},
              {Kind::hidden_biases, 13, 1, 1}};
    }
  };

  MatrixObjective
  matrix_objective()
  {
    return MatrixObjective(
      MatrixRows(),
      dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD),
      dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD));
  }

  using Matrix = std::vector<Vector>;

  Matrix
  zero(const unsigned int m, const unsigned int n)
  {
    return Matrix(m, Vector(n, 0.));
  }

  Matrix
  transpose(const Matrix &A)
  {
    Matrix result = zero(A[0].size(), A.size());
    for (unsigned int i = 0; i < A.size(); ++i)
      for (unsigned int j = 0; j < A[0].size(); ++j)
        result[j][i] = A[i][j];
    return result;
  }

  Matrix
  operator*(const Matrix &A, const Matrix &B)
  {
    Matrix result = zero(A.size(), B[0].size());
    for (unsigned int i = 0; i < A.size(); ++i)
      for (unsigned int k = 0; k < B.size(); ++k)
        for (unsigned int j = 0; j < B[0].size(); ++j)
          result[i][j] += A[i][k] * B[k][j];
    return result;
  }

  // a A + b B
  Matrix
  combine(const double a, const Matrix &A, const double b, const Matrix &B)
  {
    Matrix result = A;
    for (unsigned int i = 0; i < A.size(); ++i)
      for (unsigned int j = 0; j < A[0].size(); ++j)
        result[i][j] = a * A[i][j] + b * B[i][j];
    return result;
  }

  // Eigenvectors by Jacobi's rotations, the largest eigenvalue first.
  Matrix
  eigenvectors(Matrix A)
  {
    const unsigned int n = A.size();
    Matrix             V = zero(n, n);
    for (unsigned int i = 0; i < n; ++i)
      V[i][i] = 1.;
    for (unsigned int sweep = 0; sweep < 50; ++sweep)
      for (unsigned int p = 0; p < n; ++p)
        for (unsigned int q = p + 1; q < n; ++q)
          {
            const double angle =
              0.5 * std::atan2(2. * A[p][q], A[q][q] - A[p][p]);
            Matrix J = zero(n, n);
            for (unsigned int i = 0; i < n; ++i)
              J[i][i] = 1.;
            J[p][p] = J[q][q] = std::cos(angle);
            J[p][q]           = std::sin(angle);
            J[q][p]           = -std::sin(angle);
            A                 = transpose(J) * A * J;
            V                 = V * J;
          }
    std::vector<unsigned int> order(n);
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](const auto a, const auto b) {
      return A[a][a] > A[b][b];
    });
    Matrix result = zero(n, n);
    for (unsigned int i = 0; i < n; ++i)
      for (unsigned int j = 0; j < n; ++j)
        result[i][j] = V[i][order[j]];
    return result;
  }

  // Gram and Schmidt, twice.
  Matrix
  orthonormal_columns(const Matrix &A)
  {
    Matrix Q = transpose(A);
    for (unsigned int k = 0; k < Q.size(); ++k)
      {
        for (unsigned int pass = 0; pass < 2; ++pass)
          for (unsigned int j = 0; j < k; ++j)
            Q[k] = moved(Q[k], -dot(Q[j], Q[k]), Q[j]);
        const double norm = std::sqrt(dot(Q[k], Q[k]));
        for (double &q : Q[k])
          q /= norm;
      }
    return transpose(Q);
  }

  // Algorithm 3 of the paper for MatrixObjective, with bias corrections.
  Vector
  plain_soap(const SOAPOptions         &options,
             const LeastSquaresProblem &problem,
             Vector                     theta,
             const unsigned int         n_steps)
  {
    const double b1 = options.beta_1, b2 = options.beta_2,
                 eps = options.epsilon;
    Matrix M = zero(3, 4), V = M, L = zero(3, 3), R = zero(4, 4), QL, QR;
    Vector m(14, 0.), v(14, 0.), g;
    for (unsigned int t = 1; t <= n_steps; ++t)
      {
        problem.gradient(theta, g);
        Matrix G = zero(3, 4);
        for (unsigned int i = 0; i < 3; ++i)
          for (unsigned int j = 0; j < 4; ++j)
            G[i][j] = g[1 + 4 * i + j];
        if (t == 1)
          {
            L  = G * transpose(G);
            R  = transpose(G) * G;
            QL = eigenvectors(L);
            QR = eigenvectors(R);
          }
        const Matrix rotated   = transpose(QL) * G * QR;
        M                      = combine(b1, M, 1. - b1, G);
        const Matrix rotated_M = transpose(QL) * M * QR;
        Matrix       N         = M;
        for (unsigned int i = 0; i < 3; ++i)
          for (unsigned int j = 0; j < 4; ++j)
            {
              V[i][j] =
                b2 * V[i][j] + (1. - b2) * rotated[i][j] * rotated[i][j];
              N[i][j] = rotated_M[i][j] / (1. - std::pow(b1, t)) /
                        (std::sqrt(V[i][j] / (1. - std::pow(b2, t))) + eps);
            }
        const Matrix step = QL * N * transpose(QR);
        for (unsigned int i = 0; i < 3; ++i)
          for (unsigned int j = 0; j < 4; ++j)
            theta[1 + 4 * i + j] -= options.learning_rate * step[i][j];
        for (const unsigned int k : {0, 13})
          {
            m[k] = b1 * m[k] + (1. - b1) * g[k];
            v[k] = b2 * v[k] + (1. - b2) * g[k] * g[k];
            theta[k] -= options.learning_rate * m[k] / (1. - std::pow(b1, t)) /
                        (std::sqrt(v[k] / (1. - std::pow(b2, t))) + eps);
          }
        if (t > 1)
          {
            L = combine(b2, L, 1. - b2, G * transpose(G));
            R = combine(b2, R, 1. - b2, transpose(G) * G);
          }
        if (t % options.refresh_interval == 0)
          {
            QL = orthonormal_columns(L * QL);
            QR = orthonormal_columns(R * QR);
          }
      }
    return theta;
  }

  Vector
  start()
  {
    Vector theta;
    for (unsigned int k = 0; k < 14; ++k)
      theta.push_back(LinearRows::coefficient(50, k));
    return theta;
  }

  double
  median(Vector values)
  {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }
} // namespace

BOOST_AUTO_TEST_SUITE(soap)

BOOST_AUTO_TEST_CASE(steps_are_those_of_the_paper)
{
  const auto                objective = matrix_objective();
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  SOAPOptions               options;
  options.learning_rate = 0.02;
  // Where a rotated gradient vanishes, the quotient is that of round-off and
  // this number.
  options.epsilon = 1e-2;
  for (const unsigned int interval : {2u, 3u})
    for (const unsigned int n_steps : {1u, 2u, 5u, 12u})
      {
        options.refresh_interval = interval;
        // The last record is about the parameters after n steps.
        const auto outcome =
          run(SOAP(options), objective, start(), iterations(n_steps + 1));

        const Vector expected = plain_soap(options, problem, start(), n_steps);
        BOOST_TEST(relative_error(outcome.theta, expected) < 1e-9);
        BOOST_TEST(relative_error(start(), expected) > 1e-3);
      }
}



BOOST_AUTO_TEST_CASE(sides_that_are_too_long_are_not_rotated)
{
  SOAPOptions options;
  options.learning_rate = 0.02;
  options.max_dimension = 1;
  AdamOptions adam;
  adam.learning_rate = options.learning_rate;
  adam.beta_1        = options.beta_1;
  adam.beta_2        = options.beta_2;

  const auto objective = matrix_objective();
  const auto outcome   = run(SOAP(options), objective, start(), iterations(20));
  const auto expected  = run(Adam(adam), objective, start(), iterations(20));

  BOOST_TEST(relative_error(outcome.theta, expected.theta) < 1e-12);
}



BOOST_AUTO_TEST_CASE(the_learning_rate_rises_and_falls)
{
  // With one parameter, a first step has the length of the learning rate.
  SOAPOptions options;
  options.learning_rate = 0.1;
  options.warm_up_steps = 4;
  options.decay_steps   = 2;
  options.decay_rate    = 0.25;
  options.beta_1        = 0.;
  options.beta_2        = 0.;
  const auto objective  = distributed(Rosenbrock());
  Vector     lengths;
  Vector     last{-1.2, 1.};
  for (unsigned int n = 2; n < 9; ++n)
    {
      const auto outcome =
        run(SOAP(options), objective, {-1.2, 1.}, iterations(n));
      lengths.push_back(std::abs(outcome.theta[0] - last[0]));
      last = outcome.theta;
    }
  // Without memory, every step is the learning rate times a sign.
  const Vector expected{0.025, 0.05, 0.075, 0.1, 0.05, 0.025, 0.0125};
  BOOST_TEST(relative_error(lengths, expected) < 1e-6);
}



BOOST_AUTO_TEST_CASE(trains_a_network_better_than_adam_in_as_many_steps)
{
  const SmallProblem problem(false);
  const Network      network   = problem.make_network({12, 12}, "tanh");
  const auto         objective = problem.make_objective(network, 120, 40);
  AdamOptions        adam;
  SOAPOptions        options;
  adam.learning_rate = options.learning_rate;

  Vector ratios;
  for (unsigned int seed = 1; seed <= 5; ++seed)
    {
      const auto theta = network.initial_parameters(seed);
      const auto soap  = run(SOAP(options), *objective, theta, iterations(300));
      const auto other = run(Adam(adam), *objective, theta, iterations(300));
      ratios.push_back(soap.best_loss / other.best_loss);
    }
  BOOST_TEST(median(ratios) < 0.5);
  BOOST_TEST_MESSAGE("loss of SOAP / loss of Adam: median " << median(ratios));
}

BOOST_AUTO_TEST_SUITE_END()
