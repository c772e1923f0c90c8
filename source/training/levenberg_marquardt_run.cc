// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include "levenberg_marquardt_run.h"

#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    double
    dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }



    // a + factor b
    std::vector<double>
    add(const std::vector<double> &a,
        const double               factor,
        const std::vector<double> &b)
    {
      std::vector<double> sum(a.size());
      for (std::size_t i = 0; i < a.size(); ++i)
        sum[i] = a[i] + factor * b[i];
      return sum;
    }
  } // namespace



  internal::LevenbergMarquardtRun::LevenbergMarquardtRun(
    const LevenbergMarquardtOptions &options,
    const LeastSquaresProblem       &problem,
    std::vector<double>             &theta)
    : options(options)
    , problem(problem)
    , equations(make_damped_least_squares(options.linear_algebra,
                                          problem,
                                          options.refinement_damping))
    , may_change(options.linear_algebra == "automatic" &&
                 dynamic_cast<const NormalEquations *>(equations.get()) !=
                   nullptr)
    , theta(theta)
  {
  }



  void
  internal::LevenbergMarquardtRun::linearize()
  {
    loss = equations->assemble(theta);
    if (damping == 0.)
      damping = options.initial_damping * equations->largest_diagonal();
    trials = 0;
    begin_linearization();
  }



  bool
  internal::LevenbergMarquardtRun::choose_linear_algebra()
  {
    if (!may_change)
      return false;
    // Not back and forth.
    constexpr double margin   = 100.;
    const double     relative = damping / equations->largest_diagonal();
    const bool       is_small = relative < NormalEquations::damping_floor;
    const bool is_normal = relative > margin * NormalEquations::damping_floor;
    if (is_orthogonal ? !is_normal : !(is_small || is_singular))
      return false;
    is_orthogonal = !is_orthogonal;
    is_singular   = false;
    equations.reset();
    equations = make_damped_least_squares(is_orthogonal ? "orthogonal" : "gram",
                                          problem,
                                          options.refinement_damping);
    return true;
  }



  bool
  internal::LevenbergMarquardtRun::complete(Trial &trial)
  {
    // 1. The step of the linear model and the decrease it predicts.
    auto &step      = trial.step;
    trial.length    = std::sqrt(dot(step, step));
    trial.predicted = trial.damping * trial.length * trial.length -
                      dot(step, equations->transpose_times_rows());
    if (!std::isfinite(trial.length))
      {
        problem_found = "the step is not finite";
        return false;
      }

    // 2. Acceleration.
    if (options.acceleration)
      {
        const auto   second = compute_acceleration(step);
        const double ratio = 2. * std::sqrt(dot(second, second)) / trial.length;
        if (!(ratio <= options.acceleration_limit))
          {
            if (!std::isfinite(ratio))
              problem_found = "the acceleration is not finite";
            return false;
          }
        step = add(step, 1., second);
      }
    trial.theta = add(theta, 1., step);
    return true;
  }



  void
  internal::LevenbergMarquardtRun::take(const Trial &trial,
                                        const double decrease)
  {
    theta = trial.theta;
    loss -= decrease;
    step_norm = std::sqrt(dot(trial.step, trial.step));
  }



  std::vector<double>
  internal::LevenbergMarquardtRun::compute_acceleration(
    const std::vector<double> &p)
  {
    const double h    = options.acceleration_step;
    const auto  &rows = equations->local_rows();
    problem.compute_local_rows({add(theta, h, p), add(theta, -h, p)},
                               moved_rows);
    auto &second_rows = moved_rows[1];
    for (std::size_t i = 0; i < rows.size(); ++i)
      second_rows[i] =
        (moved_rows[0][i] - 2. * rows[i] + second_rows[i]) / (h * h);

    std::vector<double> acceleration;
    equations->compute_step_for(second_rows, acceleration);
    for (double &a : acceleration)
      a *= 0.5;
    return acceleration;
  }
} // namespace sobolev
