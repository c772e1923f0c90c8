// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/dual_equations.h>
#include <sobolev/training/normal_equations.h>
#include <sobolev/training/orthogonal_factorization.h>
#include <sobolev/training/sketched_equations.h>

#include <cmath>
#include <numeric>

#include "blas.h"

namespace sobolev
{
  DampedLeastSquares::DampedLeastSquares(const LeastSquaresProblem &problem)
    : problem(problem)
    , n(problem.n_parameters())
    , right_hand_side(n)
    , maximal_diagonal(0.)
    , damping(0.)
  {
  }



  bool
  DampedLeastSquares::factorize(const double new_damping)
  {
    damping        = new_damping;
    double success = problem.is_root() && !factorize_on_root() ? 0. : 1.;
    problem.broadcast(dealii::ArrayView<double>(&success, 1));
    return success > 0.;
  }



  void
  DampedLeastSquares::compute_step_for(const std::vector<double> &v,
                                       std::vector<double>       &step) const
  {
    problem.transpose_product(parameters, v, step);
    for (double &s : step)
      s = -s;
    solve(step);
  }



  double
  DampedLeastSquares::assemble_rows(
    const std::vector<double>                                        &theta,
    const std::function<void(const LocalObjective::JacobianPanel &)> &action)
  {
    parameters = theta;
    rows.resize(problem.local().n_rows());

    // The loss travels with the gradient.
    std::vector<double> sums(n + 1, 0.);
    problem.local().compute_jacobian(
      dealii::make_array_view(parameters),
      [&](const LocalObjective::JacobianPanel &panel) {
        std::copy(
          panel.rows.begin(), panel.rows.end(), rows.begin() + panel.first_row);
        internal::multiply_vector('T',
                                  panel.rows.size(),
                                  n,
                                  1.,
                                  panel.jacobian,
                                  panel.leading,
                                  panel.rows.data(),
                                  1.,
                                  sums.data());
        action(panel);
      });
    sums[n] = std::inner_product(rows.begin(), rows.end(), rows.begin(), 0.);
    problem.sum(dealii::make_array_view(sums));
    right_hand_side.assign(sums.begin(), sums.end() - 1);
    return sums[n];
  }



  void
  DampedLeastSquares::set_largest_diagonal(const std::vector<double> &diagonal)
  {
    maximal_diagonal = 0.;
    for (const double entry : diagonal)
      // NaN stays.
      if (std::isnan(entry) || entry > maximal_diagonal)
        {
          maximal_diagonal = entry;
          if (std::isnan(entry))
            break;
        }
    problem.broadcast(dealii::ArrayView<double>(&maximal_diagonal, 1));
  }



  std::unique_ptr<DampedLeastSquares>
  make_damped_least_squares(const std::string         &kind,
                            const LeastSquaresProblem &problem,
                            const double               refinement_damping)
  {
    // More make the triangle too expensive to compute from all rows.
    constexpr unsigned int many_parameters = 3000;

    if (kind == "gram")
      return std::make_unique<NormalEquations>(problem, refinement_damping);
    if (kind == "orthogonal")
      return std::make_unique<OrthogonalFactorization>(problem);
    if (kind == "dual")
      return std::make_unique<DualEquations>(problem);
    if (kind == "sketched")
      return std::make_unique<SketchedEquations>(problem);

    AssertInput(kind == "automatic",
                "'" << kind
                    << "' is not a kind of linear algebra: use automatic, "
                       "gram, orthogonal, dual or sketched");
    const unsigned int n_parameters = problem.n_parameters();
    if (problem.sum(1. * problem.local().n_rows()) < n_parameters)
      return make_damped_least_squares("dual", problem);
    return make_damped_least_squares(n_parameters > many_parameters ? "sketched"
                                                                    : "gram",
                                     problem,
                                     refinement_damping);
  }
} // namespace sobolev
