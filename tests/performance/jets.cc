// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Loss and gradient, Jacobian rows, threads, memory: what training spends its
// time on. Rates are also printed as fractions of that of the BLAS, which is
// measured in between. Where one thread works, its processor time counts, which
// others on the machine disturb less.

#include <sobolev/objective/formula_residual.h>

#include <deal.II/base/multithread_info.h>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <functional>
#include <thread>

#include "machine.h"
#include "poisson.h"

using namespace sobolev;
using namespace sobolev::performance;

namespace
{
  constexpr unsigned int n_points   = 2500;
  constexpr unsigned int n_channels = 4;

  void
  run_gradient(const NetworkObjective    &objective,
               const std::vector<double> &theta,
               std::vector<double>       &gradient)
  {
    benchmark::DoNotOptimize(objective.add_gradient(
      dealii::make_array_view(theta), dealii::make_array_view(gradient)));
  }



  void
  run_jacobian(const NetworkObjective    &objective,
               const std::vector<double> &theta)
  {
    objective.compute_jacobian(dealii::make_array_view(theta),
                               [](const LocalObjective::JacobianPanel &panel) {
                                 benchmark::DoNotOptimize(panel.jacobian[0]);
                               });
  }



  // Arguments: hidden layers, neurons of each.
  template <typename Number>
  void
  loss_and_gradient(benchmark::State &state)
  {
    dealii::MultithreadInfo::set_thread_limit(1);
    const Network       network = make_network(state.range(0), state.range(1));
    const auto          theta   = network.initial_parameters(1);
    const auto          objective = make_poisson(network,
                                        n_points,
                                        std::is_same_v<Number, double>
                                                   ? Precision::double_precision
                                                   : Precision::single_precision);
    std::vector<double> gradient(theta.size(), 0.);
    run_gradient(*objective, theta, gradient);

    // Gradients and products of the BLAS in turn.
    GemmRate<Number> gemm;
    double           seconds = 0.;
    for (auto _ : state)
      {
        const double start = thread_seconds();
        run_gradient(*objective, theta, gradient);
        const double elapsed = thread_seconds() - start;
        seconds += elapsed;
        state.SetIterationTime(elapsed);
        gemm.keep_up_with(seconds);
      }

    const double flops =
      n_points * count_flops(network, n_channels, true) * state.iterations();
    state.counters["Mflop"]      = flops / state.iterations() * 1e-6;
    state.counters["Gflop/s"]    = flops / seconds * 1e-9;
    state.counters["gemm"]       = gemm() * 1e-9;
    state.counters["fraction"]   = flops / seconds / gemm();
    state.counters["parameters"] = network.n_parameters();
  }



  // Gradient and Jacobian in turn.
  void
  jacobian_over_gradient(benchmark::State &state)
  {
    dealii::MultithreadInfo::set_thread_limit(1);
    const Network network = make_network(state.range(0), state.range(1));
    const auto    theta   = network.initial_parameters(1);
    const auto    objective =
      make_poisson(network, n_points, Precision::double_precision);
    std::vector<double> gradient(theta.size(), 0.);
    run_gradient(*objective, theta, gradient);
    run_jacobian(*objective, theta);

    double of_gradient = 0., of_jacobian = 0.;
    for (auto _ : state)
      {
        const double start = thread_seconds();
        run_gradient(*objective, theta, gradient);
        const double middle = thread_seconds();
        run_jacobian(*objective, theta);
        of_gradient += middle - start;
        of_jacobian += thread_seconds() - middle;
      }
    state.counters["gradient ms"] = 1e3 * of_gradient / state.iterations();
    state.counters["jacobian ms"] = 1e3 * of_jacobian / state.iterations();
    state.counters["ratio"]       = of_jacobian / of_gradient;
  }



  // Burgers' equation as text: its residuals and their linearisation alone, and
  // the gradient of its loss.
  void
  formula_over_gradient(benchmark::State &state)
  {
    dealii::MultithreadInfo::set_thread_limit(1);
    const Network network = make_network(state.range(0), state.range(1));
    const auto    theta   = network.initial_parameters(1);
    FormulaNames  names;
    names.inputs     = {"x", "t"};
    const auto block = [&]() {
      return std::make_unique<FormulaResidual>(
        "interior",
        "interior",
        std::vector<std::string>{"u_t + u*u_x - 0.01/pi*u_xx - sin(x)*t"},
        names,
        InputPoints(make_points(n_points)),
        1.);
    };
    std::vector<std::unique_ptr<ResidualBlock>> blocks;
    blocks.push_back(block());
    const NetworkObjective objective(network, std::move(blocks));
    std::vector<double>    gradient(theta.size(), 0.);
    run_gradient(objective, theta, gradient);

    const auto             formula = block();
    constexpr unsigned int size = 250, stride = 256;
    std::vector<double>    jets(n_channels * stride, 0.5), rows(stride),
      linearisation(n_channels * stride);
    double of_gradient = 0., of_formula = 0.;
    for (auto _ : state)
      {
        const double start = thread_seconds();
        run_gradient(objective, theta, gradient);
        const double middle = thread_seconds();
        for (unsigned int first = 0; first < n_points; first += size)
          formula->evaluate(first,
                            size,
                            dealii::make_array_view(
                              static_cast<const std::vector<double> &>(jets)),
                            stride,
                            dealii::make_array_view(rows),
                            dealii::make_array_view(linearisation));
        benchmark::DoNotOptimize(linearisation[0]);
        of_gradient += middle - start;
        of_formula += thread_seconds() - middle;
      }
    state.counters["gradient ms"] = 1e3 * of_gradient / state.iterations();
    state.counters["formula ms"]  = 1e3 * of_formula / state.iterations();
    state.counters["fraction"]    = of_formula / of_gradient;
  }



  // The same product of the BLAS twice, by one thread and by two of them.
  double
  machine_speedup()
  {
    GemmRate<double> first, second;
    const auto       multiply = [](GemmRate<double> &gemm) {
      gemm.multiply();
    };

    const double start = now();
    multiply(first);
    multiply(second);
    const double middle = now();
    std::thread  other(multiply, std::ref(second));
    multiply(first);
    other.join();
    return (middle - start) / (now() - middle);
  }



  double
  median(std::vector<double> values)
  {
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  }



  // One thread and two in turn; beside it, what this machine makes of two
  // threads that have nothing to do with one another.
  void
  two_threads_over_one(benchmark::State &state)
  {
    const Network network = make_network(state.range(0), state.range(1));
    const auto    theta   = network.initial_parameters(1);
    dealii::MultithreadInfo::set_thread_limit(1);
    const auto one =
      make_poisson(network, 4 * n_points, Precision::double_precision);
    dealii::MultithreadInfo::set_thread_limit(2);
    const auto two =
      make_poisson(network, 4 * n_points, Precision::double_precision);
    std::vector<double> gradient(theta.size(), 0.);
    run_gradient(*one, theta, gradient);
    run_gradient(*two, theta, gradient);

    std::vector<double> speedups, of_machine;
    for (auto _ : state)
      {
        const double start = now();
        run_gradient(*one, theta, gradient);
        const double middle = now();
        run_gradient(*two, theta, gradient);
        speedups.push_back((middle - start) / (now() - middle));
        of_machine.push_back(machine_speedup());
      }
    state.counters["threads"] = dealii::MultithreadInfo::n_threads();
    state.counters["speedup"] = median(speedups);
    state.counters["gemm"]    = median(of_machine);
    state.counters["ratio"]   = median(speedups) / median(of_machine);
  }



  // The memory of the tiles is the same for any number of points.
  void
  memory(benchmark::State &state)
  {
    dealii::MultithreadInfo::set_thread_limit(1);
    const Network network = make_network(4, 64);
    const auto    theta   = network.initial_parameters(1);
    const auto    objective =
      make_poisson(network, state.range(0), Precision::double_precision);
    std::vector<double> gradient(theta.size(), 0.);
    for (auto _ : state)
      run_gradient(*objective, theta, gradient);

    state.counters["points"] = state.range(0);
    state.counters["tiles MiB"] =
      objective->tile_memory_consumption() / 1048576.;
    state.counters["all activations MiB"] =
      1. * state.range(0) * 4 * 64 * 2 * n_channels * sizeof(double) / 1048576.;
  }
} // namespace

BENCHMARK(loss_and_gradient<double>)
  ->Args({3, 20})
  ->Args({4, 32})
  ->Args({4, 50})
  ->Args({4, 64})
  ->Args({6, 64})
  ->Args({4, 128})
  ->UseManualTime()
  ->Unit(benchmark::kMillisecond);
BENCHMARK(loss_and_gradient<float>)
  ->Args({3, 20})
  ->Args({4, 32})
  ->Args({4, 50})
  ->Args({4, 64})
  ->Args({4, 128})
  ->UseManualTime()
  ->Unit(benchmark::kMillisecond);
BENCHMARK(jacobian_over_gradient)
  ->Args({3, 20})
  ->Args({4, 32})
  ->Args({4, 64})
  ->Unit(benchmark::kMillisecond);
BENCHMARK(formula_over_gradient)
  ->Args({3, 20})
  ->Args({4, 50})
  ->Unit(benchmark::kMillisecond);
BENCHMARK(two_threads_over_one)
  ->Args({4, 32})
  ->Args({4, 64})
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();
BENCHMARK(memory)
  ->Arg(10000)
  ->Arg(1000000)
  ->Unit(benchmark::kMillisecond)
  ->Iterations(1);

BENCHMARK_MAIN();
