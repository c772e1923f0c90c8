// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The distributed matrix and its solutions against a dense matrix made entry
// by entry.

#include <sobolev/training/normal_equations.h>

#include <deal.II/lac/full_matrix.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  const Vector theta{0.8, 1.7, 0.1};

  using Matrix = dealii::FullMatrix<double>;



  // J^T J + damping I
  Matrix
  dense_matrix(const double damping)
  {
    const SmallObjective<CurveFit>        all{CurveFit()};
    Matrix                                result(3, 3);
    const dealii::ArrayView<const double> at(theta.data(), theta.size());
    for (std::size_t i = 0; i < all.n_rows(); ++i)
      for (unsigned int k = 0; k < 3; ++k)
        for (unsigned int l = 0; l < 3; ++l)
          result(k, l) += all.derivative(i, k, at) * all.derivative(i, l, at);
    for (unsigned int k = 0; k < 3; ++k)
      result(k, k) += damping;
    return result;
  }



  void
  check(const SmallObjective<CurveFit> &local)
  {
    const SmallObjective<CurveFit> all{CurveFit()};
    const LeastSquaresProblem      problem(&local, nullptr, MPI_COMM_WORLD);
    const LeastSquaresProblem      serial(&all, nullptr, MPI_COMM_SELF);
    NormalEquations                equations(problem);

    const double loss = equations.assemble(theta);

    Vector       gradient, rows;
    const double expected_loss = serial.gradient(theta, gradient);
    problem.compute_local_rows(theta, rows);
    const auto &right_hand_side = equations.transpose_times_rows();
    BOOST_TEST(std::abs(loss / expected_loss - 1.) < 1e-14);
    BOOST_TEST(relative_error(moved(right_hand_side, 1., right_hand_side),
                              gradient) < 1e-14);
    BOOST_TEST((equations.local_rows() == rows));

    const Matrix matrix = dense_matrix(0.);
    BOOST_TEST(std::abs(equations.largest_diagonal() /
                          std::max({matrix(0, 0), matrix(1, 1), matrix(2, 2)}) -
                        1.) < 1e-14);

    for (const double damping : {0., 1e-3, 10.})
      {
        BOOST_TEST(equations.factorize(damping));
        Vector b{1., -2., 0.5};
        equations.solve(b);

        Matrix inverse = dense_matrix(damping);
        inverse.gauss_jordan();
        Vector expected(3, 0.);
        for (unsigned int k = 0; k < 3; ++k)
          expected[k] =
            inverse(k, 0) - 2. * inverse(k, 1) + 0.5 * inverse(k, 2);
        BOOST_TEST(relative_error(b, expected) < 1e-11);
        check_same_on_all_ranks(b);
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(normal_equations)

BOOST_AUTO_TEST_CASE(equal_the_dense_matrix)
{
  check(distributed(CurveFit()));
}



BOOST_AUTO_TEST_CASE(ranks_without_rows_take_part)
{
  check(on_last_rank(CurveFit()));
}



BOOST_AUTO_TEST_CASE(a_second_assembly_forgets_the_first)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  NormalEquations           equations(problem), fresh(problem);
  equations.assemble({0., 0., 0.});

  const double loss = equations.assemble(theta);

  BOOST_TEST(loss == fresh.assemble(theta));
  BOOST_TEST(equations.largest_diagonal() == fresh.largest_diagonal());
  BOOST_TEST(
    (equations.transpose_times_rows() == fresh.transpose_times_rows()));
}



BOOST_AUTO_TEST_CASE(an_indefinite_matrix_is_reported_on_all_ranks)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  NormalEquations           equations(problem);
  equations.assemble(theta);

  BOOST_TEST(!equations.factorize(-2. * equations.largest_diagonal()));
  BOOST_TEST(equations.factorize(1e-6));
}

BOOST_AUTO_TEST_SUITE_END()
