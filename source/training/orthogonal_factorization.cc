// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/orthogonal_factorization.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "blas.h"

namespace sobolev
{
  using namespace internal;

  namespace
  {
    // The same decision on all processes.
    bool
    fits_everywhere(const LeastSquaresProblem &problem, const double max_memory)
    {
      const double memory = sizeof(double) * (problem.n_parameters() + 1.) *
                            problem.local().n_rows();
      return problem.sum(memory > max_memory ? 1. : 0.) == 0.;
    }
  } // namespace



  OrthogonalFactorization::OrthogonalFactorization(
    const LeastSquaresProblem &problem,
    const double               max_memory_of_q)
    : DampedFactorization(problem)
    , keep(fits_everywhere(problem, max_memory_of_q))
  {
  }



  double
  OrthogonalFactorization::assemble(const std::vector<double> &theta)
  {
    factorization.reinit(problem.local().n_rows(), keep);
    const double loss =
      assemble_rows(theta, [&](const LocalObjective::JacobianPanel &panel) {
        factorization.add_rows(
          panel.rows.size(), panel.jacobian, panel.leading, panel.rows.data());
      });
    factorization.finish();
    sigma.clear();

    std::vector<double> diagonal;
    if (problem.is_root())
      for (unsigned int k = 0; k < n; ++k)
        {
          const double *column =
            factorization.triangle().data() + std::size_t(k) * (n + 1);
          double square = 0.;
          for (unsigned int i = 0; i <= k; ++i)
            square += column[i] * column[i];
          diagonal.push_back(square);
        }
    set_largest_diagonal(diagonal);
    return loss;
  }



  void
  OrthogonalFactorization::compute_step(std::vector<double> &step) const
  {
    step.assign(n, 0.);
    if (problem.is_root())
      std::copy_n(damped->right_hand_side(), n, step.begin());
    substitute(step);
  }



  void
  OrthogonalFactorization::compute_step_for(const std::vector<double> &v,
                                            std::vector<double> &step) const
  {
    if (!keep)
      {
        DampedLeastSquares::compute_step_for(v, step);
        return;
      }
    factorization.multiply_by_transpose(v, step);
    step.resize(n);
    if (problem.is_root())
      damped->multiply_by_transpose(step.data());
    substitute(step);
  }



  void
  OrthogonalFactorization::solve(std::vector<double> &b) const
  {
    if (problem.is_root())
      {
        damped->substitute_transposed(b.data());
        damped->substitute(b.data());
      }
    problem.broadcast(dealii::make_array_view(b));
  }



  const std::vector<double> &
  OrthogonalFactorization::singular_values()
  {
    if (!sigma.empty())
      return sigma;

    sigma.assign(n, 0.);
    if (problem.is_root())
      {
        const std::size_t             size = n;
        dealii::AlignedVector<double> matrix(size * n), left(size * n);
        right_vectors.resize(size * n);
        const double *r = factorization.triangle().data();
        for (std::size_t k = 0; k < n; ++k)
          std::copy_n(r + k * (n + 1), n, matrix.data() + k * n);

        const blas_int        order = n;
        blas_int              info = 0, work_size = -1;
        std::vector<double>   work(1);
        std::vector<blas_int> integers(8 * size);
        for (unsigned int pass = 0; pass < 2; ++pass)
          {
            dgesdd_("A",
                    &order,
                    &order,
                    matrix.data(),
                    &order,
                    sigma.data(),
                    left.data(),
                    &order,
                    right_vectors.data(),
                    &order,
                    work.data(),
                    &work_size,
                    integers.data(),
                    &info);
            work_size = static_cast<blas_int>(work[0]);
            work.resize(work_size);
          }
        // Not finite, or no convergence.
        if (info != 0)
          sigma.assign(n, std::numeric_limits<double>::quiet_NaN());

        left_vectors_times_c.assign(n, 0.);
        multiply_vector('T',
                        n,
                        n,
                        1.,
                        left.data(),
                        n,
                        r + size * (n + 1),
                        0.,
                        left_vectors_times_c.data());
      }
    problem.broadcast(dealii::make_array_view(sigma));
    return sigma;
  }



  void
  OrthogonalFactorization::compute_step_by_singular_values(
    const double         damping,
    std::vector<double> &step)
  {
    singular_values();
    step.assign(n, 0.);
    if (problem.is_root())
      {
        const double        epsilon = std::numeric_limits<double>::epsilon();
        std::vector<double> scaled(n);
        for (unsigned int k = 0; k < n; ++k)
          {
            const double s = sigma[k];
            if (damping == 0. && s <= n * epsilon * sigma[0])
              scaled[k] = 0.;
            else
              scaled[k] = -left_vectors_times_c[k] * s / (s * s + damping);
          }
        multiply_vector('T',
                        n,
                        n,
                        1.,
                        right_vectors.data(),
                        n,
                        scaled.data(),
                        0.,
                        step.data());
      }
    problem.broadcast(dealii::make_array_view(step));
  }



  void
  OrthogonalFactorization::substitute(std::vector<double> &step) const
  {
    if (problem.is_root())
      {
        damped->substitute(step.data());
        for (double &s : step)
          s = -s;
      }
    problem.broadcast(dealii::make_array_view(step));
  }
} // namespace sobolev
