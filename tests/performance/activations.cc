// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Nanoseconds per neuron and point of every activation with the derivatives
// that a Laplacian and its reverse sweep need, in the first-level cache.

#include <sobolev/network/activation.h>

#include <deal.II/base/aligned_vector.h>

#include <array>
#include <benchmark/benchmark.h>

using namespace sobolev;

namespace
{
  constexpr std::size_t  n     = 256;
  constexpr unsigned int order = 3;

  template <typename Number>
  void
  derivatives(benchmark::State &state, const std::string &name)
  {
    const auto                    function = make_activation(name);
    dealii::AlignedVector<Number> z(n);
    std::array<dealii::AlignedVector<Number>, order + 1> values;
    std::array<Number *, order + 1>                      f;
    for (std::size_t i = 0; i < n; ++i)
      z[i] = Number(6. * i / n - 3.);
    for (unsigned int k = 0; k <= order; ++k)
      {
        values[k].resize(n);
        f[k] = values[k].data();
      }

    for (auto _ : state)
      {
        function->derivatives(z.data(), n, order, f.data());
        benchmark::ClobberMemory();
      }
    state.counters["elements"] =
      benchmark::Counter(n,
                         benchmark::Counter::kIsIterationInvariantRate |
                           benchmark::Counter::kInvert);
  }
} // namespace



int
main(int argc, char *argv[])
{
  for (const std::string &name : activation_names())
    {
      benchmark::RegisterBenchmark(
        ("double/" + name).c_str(), derivatives<double>, name);
      benchmark::RegisterBenchmark(
        ("float/" + name).c_str(), derivatives<float>, name);
    }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
