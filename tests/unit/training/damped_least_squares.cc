// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// All implementations against the same minimiser in extended precision, for
// many shapes and distributions of the rows.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/dual_equations.h>
#include <sobolev/training/normal_equations.h>
#include <sobolev/training/orthogonal_factorization.h>
#include <sobolev/training/sketched_equations.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "training/matrix_objective.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Owner = MatrixObjective::Owner;

  const std::vector<Owner> all_owners{Owner::in_turn,
                                      Owner::last_rank,
                                      Owner::first_rank};

  const std::vector<std::string> all_kinds{"gram",
                                           "orthogonal",
                                           "dual",
                                           "sketched"};



  struct Setting
  {
    Setting(const DenseMatrix &matrix, const Owner owner)
      : matrix(matrix)
      , b(random_matrix(matrix.n_rows, 1, 9).entries)
      , objective(matrix, b, owner)
      , problem(&objective, nullptr, MPI_COMM_WORLD)
    {
    }

    const DenseMatrix         matrix;
    const Vector              b;
    const MatrixObjective     objective;
    const LeastSquaresProblem problem;
  };



  // As many rows and parameters as wanted, without a matrix.
  class EmptyObjective : public MatrixObjective
  {
  public:
    EmptyObjective(const unsigned int n_rows, const unsigned int n_parameters)
      : MatrixObjective(DenseMatrix(0, 0), {}, Owner::in_turn)
      , n_local_rows(n_rows)
      , n_columns(n_parameters)
    {
    }

    unsigned int
    n_parameters() const override
    {
      return n_columns;
    }

    std::size_t
    n_rows() const override
    {
      return n_local_rows;
    }

  private:
    const unsigned int n_local_rows, n_columns;
  };



  Vector
  transpose_times(const DenseMatrix &matrix, const Vector &v)
  {
    Vector product(matrix.n_columns, 0.);
    for (unsigned int k = 0; k < matrix.n_columns; ++k)
      for (unsigned int i = 0; i < matrix.n_rows; ++i)
        product[k] += matrix(i, k) * v[i];
    return product;
  }



  double
  largest_square_of_columns(const DenseMatrix &matrix)
  {
    double largest = 0.;
    for (unsigned int k = 0; k < matrix.n_columns; ++k)
      {
        double square = 0.;
        for (unsigned int i = 0; i < matrix.n_rows; ++i)
          square += matrix(i, k) * matrix(i, k);
        largest = std::max(largest, square);
      }
    return largest;
  }



  // Everything that the interface offers, for well-conditioned matrices.
  void
  check(const std::string &kind, const DenseMatrix &matrix, const Owner owner)
  {
    BOOST_TEST_CONTEXT(kind << ", " << matrix.n_rows << " x "
                            << matrix.n_columns << ", distribution "
                            << static_cast<int>(owner))
    {
      const Setting setting(matrix, owner);
      const Vector  zero(matrix.n_columns, 0.);
      const auto equations = make_damped_least_squares(kind, setting.problem);

      const double loss = equations->assemble(zero);

      BOOST_TEST(std::abs(loss / dot(setting.b, setting.b) - 1.) < 1e-14);
      BOOST_TEST(relative_error(equations->transpose_times_rows(),
                                transpose_times(matrix, setting.b)) < 1e-13);
      BOOST_TEST(
        (equations->local_rows() == setting.objective.local_part(setting.b)));
      BOOST_TEST(std::abs(equations->largest_diagonal() /
                            largest_square_of_columns(matrix) -
                          1.) < 1e-13);
      check_same_on_all_ranks(
        {loss, equations->largest_diagonal(), equations->smallest_damping()});

      // With more rows than parameters, the dual matrix has eigenvalues that
      // are as small as the damping.
      const double tolerance =
        kind == "dual" && matrix.n_rows > matrix.n_columns ? 1e-8 : 1e-10;
      const Vector v = random_matrix(matrix.n_rows, 1, 10).entries;
      for (const double damping : {10., 1e-2, 1e-4})
        {
          BOOST_TEST(equations->factorize(damping));
          Vector step;
          equations->compute_step(step);
          BOOST_TEST(
            relative_error(step, reference_step(matrix, setting.b, damping)) <
            tolerance);
          check_same_on_all_ranks(step);

          equations->compute_step_for(setting.objective.local_part(v), step);
          const auto expected = reference_step(matrix, v, damping);
          BOOST_TEST(relative_error(step, expected) < tolerance);
          check_same_on_all_ranks(step);

          Vector solution = transpose_times(matrix, v);
          equations->solve(solution);
          BOOST_TEST(relative_error(moved(zero, -1., solution), expected) <
                     1e-8);
          check_same_on_all_ranks(solution);
        }
    }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(damped_least_squares)

BOOST_DATA_TEST_CASE(more_rows_than_parameters,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  for (const Owner owner : all_owners)
    {
      check(kind, random_matrix(83, 12, 1), owner);
      check(kind, random_matrix(300, 31, 1), owner);
      check(kind, random_matrix(13, 1, 1), owner);
    }
}



BOOST_DATA_TEST_CASE(fewer_rows_than_parameters,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  for (const Owner owner : all_owners)
    {
      check(kind, random_matrix(12, 31, 1), owner);
      check(kind, random_matrix(1, 5, 1), owner);
    }
}



BOOST_DATA_TEST_CASE(rows_of_zeros_change_nothing,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  auto matrix = random_matrix(90, 12, 1);
  for (unsigned int i = 0; i < matrix.n_rows; ++i)
    if (i % 3 != 0)
      for (unsigned int k = 0; k < matrix.n_columns; ++k)
        matrix(i, k) = 0.;
  for (const Owner owner : all_owners)
    check(kind, matrix, owner);
}



BOOST_DATA_TEST_CASE(dependent_columns_need_damping_only,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  auto matrix = random_matrix(60, 9, 1);
  for (unsigned int i = 0; i < matrix.n_rows; ++i)
    {
      matrix(i, 0) = 0.;
      matrix(i, 4) = matrix(i, 3);
      matrix(i, 8) = matrix(i, 1) - 2. * matrix(i, 2);
    }
  for (const Owner owner : all_owners)
    check(kind, matrix, owner);
}



BOOST_DATA_TEST_CASE(a_second_assembly_forgets_the_first,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  const auto                local = distributed(CurveFit());
  const LeastSquaresProblem problem(&local, nullptr, MPI_COMM_WORLD);
  const auto equations = make_damped_least_squares(kind, problem),
             fresh     = make_damped_least_squares(kind, problem);
  const Vector theta{0.8, 1.7, 0.1};

  equations->assemble({0., 0.1, 0.});
  equations->factorize(1e-3);
  Vector step, expected;
  equations->compute_step(step);
  const double loss = equations->assemble(theta);

  BOOST_TEST(loss == fresh->assemble(theta));
  BOOST_TEST(equations->largest_diagonal() == fresh->largest_diagonal());
  BOOST_TEST(equations->factorize(1e-3));
  BOOST_TEST(fresh->factorize(1e-3));
  equations->compute_step(step);
  fresh->compute_step(expected);
  BOOST_TEST((step == expected));
}



BOOST_DATA_TEST_CASE(the_number_of_ranks_does_not_matter,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  const auto                     local = distributed(CurveFit());
  const SmallObjective<CurveFit> all{CurveFit()};
  const LeastSquaresProblem      problem(&local, nullptr, MPI_COMM_WORLD),
    serial(&all, nullptr, MPI_COMM_SELF);
  const auto equations = make_damped_least_squares(kind, problem),
             expected  = make_damped_least_squares(kind, serial);
  const Vector theta{0.8, 1.7, 0.1};
  equations->assemble(theta);
  expected->assemble(theta);
  equations->factorize(1e-3);
  expected->factorize(1e-3);

  Vector step, expected_step;
  equations->compute_step(step);
  expected->compute_step(expected_step);

  BOOST_TEST(relative_error(step, expected_step) < 1e-11);
}



BOOST_DATA_TEST_CASE(derivatives_that_are_not_finite_are_reported,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()})
    {
      auto matrix   = random_matrix(30, 4, 1);
      matrix(17, 2) = wrong;
      const Setting setting(matrix, Owner::in_turn);
      const auto equations = make_damped_least_squares(kind, setting.problem);

      equations->assemble(Vector(4, 0.));

      BOOST_TEST(!std::isfinite(equations->largest_diagonal()));
      BOOST_TEST(!equations->factorize(1e-3));
    }
}



BOOST_DATA_TEST_CASE(negative_damping_is_reported,
                     boost::unit_test::data::make(all_kinds),
                     kind)
{
  const Setting setting(random_matrix(30, 4, 1), Owner::in_turn);
  const auto    equations = make_damped_least_squares(kind, setting.problem);
  equations->assemble(Vector(4, 0.));

  BOOST_TEST(!equations->factorize(-2. * equations->largest_diagonal()));
  BOOST_TEST(equations->factorize(1e-6));
}



// The claims of smallest_damping(): singular values from 1 to 1e-12, so that
// the condition number of the damped problem is 1 / sqrt(damping).
BOOST_AUTO_TEST_CASE(small_damping_spoils_squares_but_not_the_factorization)
{
  const unsigned int n      = 40;
  const auto         matrix = graded_matrix(130, n, 1e12);
  for (const Owner owner : all_owners)
    {
      const Setting           setting(matrix, owner);
      NormalEquations         gram(setting.problem);
      OrthogonalFactorization orthogonal(setting.problem);
      SketchedEquations       sketched(setting.problem);
      gram.assemble(Vector(n, 0.));
      orthogonal.assemble(Vector(n, 0.));
      sketched.assemble(Vector(n, 0.));

      // Round-off times 1 / damping or 1 / sqrt(damping), both times a hundred.
      for (const double damping : {1e-8, 1e-12, 1e-16, 1e-20, 1e-24})
        BOOST_TEST_CONTEXT("damping " << damping)
        {
          const auto expected = reference_step(matrix, setting.b, damping);
          Vector     step;
          BOOST_TEST(orthogonal.factorize(damping));
          orthogonal.compute_step(step);
          BOOST_TEST(relative_error(step, expected) <
                     2e-14 / std::sqrt(damping));
          orthogonal.compute_step_for(setting.objective.local_part(setting.b),
                                      step);
          BOOST_TEST(relative_error(step, expected) <
                     2e-14 / std::sqrt(damping));

          BOOST_TEST(sketched.factorize(damping));
          sketched.compute_step(step);
          BOOST_TEST(relative_error(step, expected) <
                     2e-12 / std::sqrt(damping));

          const bool success = gram.factorize(damping);
          double     error   = std::numeric_limits<double>::infinity();
          if (success)
            {
              gram.compute_step(step);
              error = relative_error(step, expected);
            }
          if (damping >= 1e-12)
            BOOST_TEST(error < 2e-14 / damping);
          else if (damping < 1e-18)
            BOOST_TEST(!(error < 0.5));
        }
    }
}



BOOST_AUTO_TEST_CASE(refinement_improves_a_step_of_the_normal_equations)
{
  const unsigned int n       = 40;
  const auto         matrix  = graded_matrix(130, n, 1e12);
  const double       damping = 1e-12;
  const Setting      setting(matrix, Owner::in_turn);
  NormalEquations    gram(setting.problem);
  gram.assemble(Vector(n, 0.));
  BOOST_TEST(gram.factorize(damping));

  Vector step;
  gram.compute_step(step);
  const auto   expected     = reference_step(matrix, setting.b, damping);
  const double error_before = relative_error(step, expected);
  gram.refine(step);

  BOOST_TEST(relative_error(step, expected) < 0.03 * error_before);
  check_same_on_all_ranks(step);
}



BOOST_AUTO_TEST_CASE(automatic_choice)
{
  const auto is_of_type = [](const auto        *type,
                             const unsigned int n_rows,
                             const unsigned int n_parameters) {
    const EmptyObjective      objective(n_rows, n_parameters);
    const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
    const auto equations = make_damped_least_squares("automatic", problem);
    return dynamic_cast<decltype(type)>(equations.get()) != nullptr;
  };
  const NormalEquations   *gram     = nullptr;
  const DualEquations     *dual     = nullptr;
  const SketchedEquations *sketched = nullptr;

  BOOST_TEST(is_of_type(gram, 7, 7));
  BOOST_TEST(is_of_type(dual, 7, 50));
  BOOST_TEST(is_of_type(gram, 3000, 3000));
  BOOST_TEST(is_of_type(sketched, 3001, 3001));
}



BOOST_AUTO_TEST_CASE(an_unknown_kind_is_an_error)
{
  const Setting setting(random_matrix(5, 2, 1), Owner::in_turn);

  BOOST_CHECK_EXCEPTION(make_damped_least_squares("cholesky", setting.problem),
                        InputError,
                        [](const InputError &error) {
                          return contains(error.what(), "'cholesky'") &&
                                 contains(error.what(), "orthogonal");
                        });
}

BOOST_AUTO_TEST_SUITE_END()
