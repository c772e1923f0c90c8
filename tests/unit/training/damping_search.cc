// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Steps of a given length against minimisers in extended precision.

#include <sobolev/training/damping_search.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "training/matrix_objective.h"
#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  using Owner = MatrixObjective::Owner;

  double
  norm(const Vector &v)
  {
    return std::sqrt(dot(v, v));
  }



  struct Setting
  {
    Setting(const std::string &kind,
            const DenseMatrix &matrix,
            const Owner        owner = Owner::in_turn)
      : matrix(matrix)
      , b(random_matrix(matrix.n_rows, 1, 9).entries)
      , objective(matrix, b, owner)
      , problem(&objective, nullptr, MPI_COMM_WORLD)
      , equations(make_damped_least_squares(kind, problem))
    {
      equations->assemble(Vector(matrix.n_columns, 0.));
    }

    double
    expected_length(const double damping) const
    {
      return norm(reference_step(matrix, b, damping));
    }

    const DenseMatrix                         matrix;
    const Vector                              b;
    const MatrixObjective                     objective;
    const LeastSquaresProblem                 problem;
    const std::unique_ptr<DampedLeastSquares> equations;
  };



  void
  check(const std::string &kind, const DenseMatrix &matrix, const Owner owner)
  {
    const Setting setting(kind, matrix, owner);
    DampingSearch search(1e-9, 60);
    search.reinit(*setting.equations, 1e-3);

    // Up and down, so that what is known is used from both sides.
    for (const double damping : {1e-2, 1e-5, 1e-1, 1e-7, 10., 3e-4, 1e-5})
      BOOST_TEST_CONTEXT(kind << ", damping " << damping)
      {
        const double radius = setting.expected_length(damping);

        BOOST_TEST(search.find(radius));

        BOOST_TEST(!search.is_limited_by_damping());
        BOOST_TEST(std::abs(search.length() / radius - 1.) < 1e-9);
        BOOST_TEST(std::abs(norm(search.step()) / radius - 1.) < 1e-9);
        BOOST_TEST(std::abs(setting.expected_length(search.damping()) / radius -
                            1.) < 1e-7);
        BOOST_TEST(
          relative_error(search.step(),
                         reference_step(matrix, setting.b, search.damping())) <
          1e-7);

        // The equations are those of this damping.
        Vector step;
        setting.equations->compute_step(step);
        BOOST_TEST((step == search.step()));
        check_same_on_all_ranks(search.step());
        check_same_on_all_ranks({search.damping(), search.length()});
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(damping_search)

BOOST_AUTO_TEST_CASE(steps_have_the_length_that_is_wanted)
{
  for (const Owner owner : {Owner::in_turn, Owner::last_rank})
    {
      for (const std::string kind : {"gram", "orthogonal", "sketched"})
        check(kind, graded_matrix(80, 20, 1e3), owner);
      check("dual", graded_matrix(15, 40, 1e3), owner);
    }
}



BOOST_AUTO_TEST_CASE(a_radius_beyond_all_steps_gives_the_smallest_damping)
{
  const auto matrix = graded_matrix(80, 20, 1e3);
  for (const std::string kind : {"gram", "orthogonal", "sketched"})
    BOOST_TEST_CONTEXT(kind)
    {
      const Setting setting(kind, matrix);
      const double  longest = setting.expected_length(0.);
      DampingSearch search;
      search.reinit(*setting.equations, 1e-3);

      for (const double radius : {2. * longest, 0.3 * longest, 5. * longest})
        {
          BOOST_TEST(search.find(radius));

          const bool is_beyond = radius > longest;
          BOOST_TEST(search.is_limited_by_damping() == is_beyond);
          if (is_beyond)
            {
              BOOST_TEST(std::abs(search.length() / longest - 1.) < 1e-5);
              BOOST_TEST(search.damping() ==
                         setting.equations->smallest_damping() *
                           setting.equations->largest_diagonal());
            }
          else
            BOOST_TEST(std::abs(search.length() / radius - 1.) <= 0.1);
        }
    }
}



// Normal equations fail long before the step is as long as wanted.
BOOST_AUTO_TEST_CASE(the_smallest_damping_that_can_be_factorised_is_found)
{
  auto matrix = random_matrix(60, 9, 1);
  for (unsigned int i = 0; i < matrix.n_rows; ++i)
    {
      matrix(i, 4) = matrix(i, 3);
      matrix(i, 8) = matrix(i, 1) - 2. * matrix(i, 2);
    }
  const Setting setting("gram", matrix);
  const double  longest = setting.expected_length(1e-10);
  DampingSearch search;
  search.reinit(*setting.equations, 1e-3);

  BOOST_TEST(search.find(3. * longest));

  BOOST_TEST(search.is_limited_by_damping());
  BOOST_TEST(std::abs(search.length() / longest - 1.) < 0.01);
  BOOST_TEST(search.damping() < 1e-11 * setting.equations->largest_diagonal());

  // What failed is not tried again.
  const unsigned int n_before = search.n_factorizations();
  BOOST_TEST(search.find(4. * longest));
  BOOST_TEST(search.is_limited_by_damping());
  BOOST_TEST(search.n_factorizations() <= n_before + 3);
}



BOOST_AUTO_TEST_CASE(few_factorisations_are_enough)
{
  // Singular values over ten decades, and radii that change as in training.
  const Setting setting("orthogonal", graded_matrix(120, 40, 1e10));
  DampingSearch search;
  search.reinit(*setting.equations, 1e-3);
  search.find(setting.expected_length(1e-6));
  const unsigned int n_first = search.n_factorizations();
  BOOST_TEST(n_first <= 8u);

  unsigned int n_radii = 0;
  for (double radius = search.length();
       radius < 1e3 * setting.expected_length(1e-6);
       radius *= 3.)
    {
      BOOST_TEST(search.find(radius));
      BOOST_TEST(std::abs(search.length() / radius - 1.) <= 0.1);
      ++n_radii;
    }
  BOOST_TEST(n_radii >= 6u);
  BOOST_TEST(search.n_factorizations() - n_first <= 2 * n_radii);
}



BOOST_AUTO_TEST_CASE(a_new_linearisation_begins_where_the_last_one_ended)
{
  Setting       setting("gram", graded_matrix(80, 20, 1e3));
  DampingSearch search;
  search.reinit(*setting.equations, 1e3);
  const double radius = setting.expected_length(1e-5);
  BOOST_TEST(search.find(radius));
  const unsigned int n_before = search.n_factorizations();

  setting.equations->assemble(Vector(20, 0.));
  search.reinit(*setting.equations, 1e3);
  BOOST_TEST(search.find(radius));

  BOOST_TEST(search.n_factorizations() == n_before + 1);
  BOOST_TEST(std::abs(search.length() / radius - 1.) <= 0.1);
}



BOOST_AUTO_TEST_CASE(where_there_is_nothing_to_gain_steps_are_zero)
{
  const auto                matrix = random_matrix(20, 4, 1);
  const MatrixObjective     objective(matrix, Vector(20, 0.), Owner::in_turn);
  const LeastSquaresProblem problem(&objective, nullptr, MPI_COMM_WORLD);
  const auto equations = make_damped_least_squares("gram", problem);
  equations->assemble(Vector(4, 0.));
  DampingSearch search;
  search.reinit(*equations, 1e-3);

  BOOST_TEST(search.find(1.));

  BOOST_TEST(search.is_limited_by_damping());
  BOOST_TEST((search.step() == Vector(4, 0.)));
}

BOOST_AUTO_TEST_SUITE_END()
