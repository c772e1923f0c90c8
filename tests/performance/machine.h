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
   * The rate of general matrix multiplication [flop/s] that the BLAS of this
   * machine has on one thread while something else is being timed: products of
   * two 1024 x 1024 matrices of @p Number in between, so that both meet the same
   * disturbances by others.
   */
  template <typename Number>
  class GemmRate
  {
  public:
    GemmRate()
      : a(n * n)
      , b(n * n)
      , c(n * n)
    {
      std::fill(a.begin(), a.end(), Number(0.5));
      std::fill(b.begin(), b.end(), Number(0.25));
      multiply();
      flops = seconds = 0.;
    }

    /** As many products as take about @p total seconds since the start. */
    void
    keep_up_with(const double total)
    {
      while (seconds < total)
        {
          const double start = thread_seconds();
          multiply();
          seconds += thread_seconds() - start;
          flops += 2. * n * n * n;
        }
    }

    double
    operator()() const
    {
      return flops / seconds;
    }

    /** One product, which does not count. */
    void
    multiply()
    {
      const Number one = 1., zero = 0.;
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
    }

  private:
    static constexpr dealii::types::blas_int n = 1024;

    dealii::AlignedVector<Number> a, b, c;
    double                        flops = 0., seconds = 0.;
  };
} // namespace sobolev::performance

#endif
