// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_performance_machine_h
#define sobolev_tests_performance_machine_h

#include <deal.II/base/aligned_vector.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace sobolev::performance
{
  /** Seconds since some time. */
  inline double
  now()
  {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
  }



  /** Seconds of processor time of this thread. */
  inline double
  thread_seconds()
  {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
  }



  /**
   * The rate of general matrix multiplication [flop/s] of the BLAS on this
   * machine now, on one thread: the best of several products of two 1024 x 1024 matrices of
   * @p Number, within about @p seconds.
   */
  template <typename Number>
  double
  gemm_rate(const double seconds = 0.5)
  {
    const dealii::types::blas_int n = 1024;
    dealii::AlignedVector<Number> a(n * n), b(n * n), c(n * n);
    const Number                  one = 1., zero = 0.;
    std::fill(a.begin(), a.end(), Number(0.5));
    std::fill(b.begin(), b.end(), Number(0.25));

    double       best = 0.;
    const double end  = now() + seconds;
    do
      {
        const double start = thread_seconds();
        dealii::gemm("N",
                     "N",
                     &n,
                     &n,
                     &n,
                     &one,
                     a.data(),
                     &n,
                     b.data(),
                     &n,
                     &zero,
                     c.data(),
                     &n);
        best = std::max(best, 2. * n * n * n / (thread_seconds() - start));
      }
    while (now() < end);
    return best;
  }
} // namespace sobolev::performance

#endif
