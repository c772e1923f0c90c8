// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_levenberg_marquardt_run_h
#define sobolev_training_levenberg_marquardt_run_h

#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/normal_equations.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  namespace internal
  {
    // The state of one run of Levenberg-Marquardt: what belongs to the current
    // parameters and what a trial step needs. How steps are chosen is a matter
    // of the derived classes.
    class LevenbergMarquardtRun
    {
    public:
      // A step that was not taken yet.
      struct Trial
      {
        double damping = 0.;
        // The linear part, then all of it.
        std::vector<double> step;
        // Of the linear part: its length and the decrease that it predicts.
        double              length = 0., predicted = 0.;
        std::vector<double> theta;
      };

      // All are referenced.
      LevenbergMarquardtRun(const LevenbergMarquardtOptions &options,
                            const LeastSquaresProblem       &problem,
                            std::vector<double>             &theta);

      virtual ~LevenbergMarquardtRun() = default;

      // Linearise at the current parameters.
      void linearize();

      // Choose between normal equations and an orthogonal factorisation for
      // the next linearisation. Returns whether it is another one than so far.
      bool choose_linear_algebra();

      bool
      uses_orthogonal() const
      {
        return is_orthogonal;
      }

      // Compute trial steps and take one if it is good enough. Returns whether
      // one was taken; adapts the damping or the radius.
      virtual bool try_step() = 0;

      // Whether further trials are of no use.
      virtual bool is_exhausted() const = 0;

      // What follows from #problem_found, in words.
      virtual std::string consequence() const = 0;

      const LevenbergMarquardtOptions    &options;
      const LeastSquaresProblem          &problem;
      std::unique_ptr<DampedLeastSquares> equations;
      const bool                          may_change;
      std::vector<double>                &theta;

      double       loss = 0., damping = 0., step_norm = 0.;
      unsigned int trials = 0;
      // What was not finite or otherwise wrong in the last trial.
      std::string problem_found;

    protected:
      virtual void
      begin_linearization()
      {
      }

      // Complete a trial with damping and linear step. Returns whether it is
      // worth a trial; #problem_found says why not, if that needs saying.
      bool complete(Trial &trial);

      void take(const Trial &trial, const double decrease);

      bool is_orthogonal = false, is_singular = false;

    private:
      // -1/2 (J^T J + lambda)^-1 J^T r'' for the step p.
      std::vector<double> compute_acceleration(const std::vector<double> &p);

      std::vector<std::vector<double>> moved_rows;
    };



    // One trial at a time; the damping follows the ratio of decreases.
    std::unique_ptr<LevenbergMarquardtRun>
    make_damping_run(const LevenbergMarquardtOptions &options,
                     const LeastSquaresProblem       &problem,
                     std::vector<double>             &theta);



    // Several trials at once, with steps of lengths around a radius.
    std::unique_ptr<LevenbergMarquardtRun>
    make_radius_run(const LevenbergMarquardtOptions &options,
                    const LeastSquaresProblem       &problem,
                    std::vector<double>             &theta);
  } // namespace internal
} // namespace sobolev

#endif
