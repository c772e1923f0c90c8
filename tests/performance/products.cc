// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The matrix products of a layer, by LayerKernels and by the BLAS: 288 rows,
// equally many neurons before and behind.

#include <sobolev/network/layer_kernels.h>

#include <deal.II/base/aligned_vector.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <benchmark/benchmark.h>

#include "machine.h"

using namespace sobolev;
using namespace sobolev::performance;

namespace
{
  constexpr dealii::types::blas_int n_rows = 288;



  // Columns an odd number of cache lines apart, and operands of one layer.
  struct Operands
  {
    explicit Operands(const unsigned int width)
      : width(width)
      , a(leading * width)
      , c(leading * width)
      , w(width * width)
    {
      std::fill(a.begin(), a.end(), 0.5);
      std::fill(c.begin(), c.end(), 0.25);
      std::fill(w.begin(), w.end(), 1e-3);
    }

    static constexpr dealii::types::blas_int leading = n_rows + 8;

    const dealii::types::blas_int width;
    dealii::AlignedVector<double> a, c, w;
  };



  // own() and blas() in turn.
  template <typename Own, typename Blas>
  void
  compare(benchmark::State &state, const Own &own, const Blas &blas)
  {
    const double repetitions = 100., flops = 2. * n_rows * state.range(0) *
                                             state.range(0) * repetitions;
    double of_own = 0., of_blas = 0.;
    for (auto _ : state)
      {
        const double start = thread_seconds();
        for (unsigned int i = 0; i < repetitions; ++i)
          own();
        const double middle = thread_seconds();
        for (unsigned int i = 0; i < repetitions; ++i)
          blas();
        of_own += middle - start;
        of_blas += thread_seconds() - middle;
      }
    state.counters["own Gflop/s"] = flops * state.iterations() / of_own * 1e-9;
    state.counters["BLAS Gflop/s"] =
      flops * state.iterations() / of_blas * 1e-9;
    state.counters["ratio"] = of_blas / of_own;
  }



  void
  forward_product(benchmark::State &state)
  {
    Operands     o(state.range(0));
    const double one = 1., zero = 0.;
    compare(
      state,
      [&]() {
        layer_kernels<double>().multiply(n_rows,
                                         o.width,
                                         o.width,
                                         o.a.data(),
                                         o.leading,
                                         o.w.data(),
                                         o.c.data(),
                                         false);
      },
      [&]() {
        dealii::gemm("N",
                     "N",
                     &n_rows,
                     &o.width,
                     &o.width,
                     &one,
                     o.a.data(),
                     &o.leading,
                     o.w.data(),
                     &o.width,
                     &zero,
                     o.c.data(),
                     &o.leading);
      });
  }



  void
  weight_gradient(benchmark::State &state)
  {
    Operands     o(state.range(0));
    const double one = 1.;
    compare(
      state,
      [&]() {
        layer_kernels<double>().add_transpose_product(n_rows,
                                                      o.width,
                                                      o.width,
                                                      o.a.data(),
                                                      o.c.data(),
                                                      o.leading,
                                                      o.w.data());
      },
      [&]() {
        dealii::gemm("T",
                     "N",
                     &o.width,
                     &o.width,
                     &n_rows,
                     &one,
                     o.a.data(),
                     &o.leading,
                     o.c.data(),
                     &o.leading,
                     &one,
                     o.w.data(),
                     &o.width);
      });
  }
} // namespace

BENCHMARK(forward_product)->Arg(20)->Arg(32)->Arg(64)->Arg(128);
BENCHMARK(weight_gradient)->Arg(20)->Arg(32)->Arg(64)->Arg(128);

BENCHMARK_MAIN();
