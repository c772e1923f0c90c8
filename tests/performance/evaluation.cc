// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Values and gradients of a trained network at many points, beside a finite
// element field at the same points.

#include <sobolev/components/network_function.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/multithread_info.h>

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/mapping_q1.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/grid_tools_cache.h>
#include <deal.II/grid/tria.h>
#include <deal.II/lac/vector.h>
#include <deal.II/matrix_free/fe_point_evaluation.h>
#include <deal.II/numerics/fe_field_function.h>
#include <deal.II/numerics/vector_tools_interpolate.h>

#include <benchmark/benchmark.h>

#include "poisson.h"

using namespace dealii;
using namespace sobolev;
using namespace sobolev::performance;

namespace
{
  constexpr unsigned int n_points = 100000;

  NetworkFunction<2>
  make_surrogate(const unsigned int n_layers, const unsigned int width)
  {
    const Network network = make_network(n_layers, width);
    return NetworkFunction<2>(network, network.initial_parameters(1));
  }



  // The surrogate as a field of degree two on 32 x 32 cells.
  struct Field
  {
    Field()
      : element(2)
      , dof_handler(triangulation)
    {
      GridGenerator::hyper_cube(triangulation);
      triangulation.refine_global(5);
      dof_handler.distribute_dofs(element);
      solution.reinit(dof_handler.n_dofs());
      VectorTools::interpolate(dof_handler, make_surrogate(4, 32), solution);
    }

    Triangulation<2> triangulation;
    const FE_Q<2>    element;
    DoFHandler<2>    dof_handler;
    Vector<double>   solution;
  };



  void
  count(benchmark::State &state)
  {
    state.counters["points/s"] = benchmark::Counter(
      n_points, benchmark::Counter::kIsIterationInvariantRate);
  }



  void
  network_function(benchmark::State &state)
  {
    const auto surrogate = make_surrogate(state.range(0), state.range(1));
    const auto points    = make_points(n_points).points;
    std::vector<double>       values(n_points);
    std::vector<Tensor<1, 2>> gradients(n_points);
    for (auto _ : state)
      {
        surrogate.value_and_gradient_list(points, values, gradients);
        benchmark::ClobberMemory();
      }
    count(state);
  }



  void
  network_function_hessian_3d(benchmark::State &state)
  {
    Architecture architecture;
    architecture.lower         = {0., 0., 0.};
    architecture.upper         = {1., 1., 1.};
    architecture.hidden_widths = std::vector<unsigned int>(4, 32);
    const Network            network(architecture);
    const NetworkFunction<3> surrogate(network, network.initial_parameters(1));

    std::vector<Point<3>> points;
    for (unsigned int i = 0; i < n_points; ++i)
      points.emplace_back(CounterBasedRandom::uniform(1, 0, i),
                          CounterBasedRandom::uniform(1, 1, i),
                          CounterBasedRandom::uniform(1, 2, i));
    std::vector<SymmetricTensor<2, 3>> hessians(n_points);
    for (auto _ : state)
      {
        surrogate.hessian_list(points, hessians);
        benchmark::ClobberMemory();
      }
    count(state);
  }



  // Searches the cells of the points, too.
  void
  fe_field_function(benchmark::State &state)
  {
    const Field                   field;
    Functions::FEFieldFunction<2> function(field.dof_handler, field.solution);
    const auto                    points = make_points(n_points).points;
    std::vector<double>           values(n_points);
    std::vector<Tensor<1, 2>>     gradients(n_points);
    for (auto _ : state)
      {
        function.value_list(points, values);
        function.gradient_list(points, gradients);
        benchmark::ClobberMemory();
      }
    count(state);
  }



  // With cells and reference positions of the points known beforehand.
  void
  fe_point_evaluation(benchmark::State &state)
  {
    const Field         field;
    const MappingQ1<2>  mapping;
    GridTools::Cache<2> cache(field.triangulation, mapping);
    const auto          found =
      GridTools::compute_point_locations(cache, make_points(n_points).points);
    const auto &cells     = std::get<0>(found);
    const auto &positions = std::get<1>(found);

    FEPointEvaluation<1, 2> evaluator(
      mapping, field.element, update_values | update_gradients);
    std::vector<double> coefficients(field.element.dofs_per_cell);
    double              sum = 0.;
    for (auto _ : state)
      for (unsigned int c = 0; c < cells.size(); ++c)
        {
          const DoFHandler<2>::active_cell_iterator cell(&field.triangulation,
                                                         cells[c]->level(),
                                                         cells[c]->index(),
                                                         &field.dof_handler);
          cell->get_dof_values(
            field.solution, coefficients.begin(), coefficients.end());
          evaluator.reinit(cell, make_array_view(positions[c]));
          evaluator.evaluate(make_array_view(coefficients),
                             EvaluationFlags::values |
                               EvaluationFlags::gradients);
          for (unsigned int q = 0; q < positions[c].size(); ++q)
            sum += evaluator.get_value(q) + evaluator.get_gradient(q)[0];
        }
    benchmark::DoNotOptimize(sum);
    count(state);
  }
} // namespace

BENCHMARK(network_function)
  ->Args({3, 20})
  ->Args({4, 32})
  ->Unit(benchmark::kMillisecond);
BENCHMARK(network_function_hessian_3d)->Unit(benchmark::kMillisecond);
BENCHMARK(fe_field_function)->Unit(benchmark::kMillisecond);
BENCHMARK(fe_point_evaluation)->Unit(benchmark::kMillisecond);



int
main(int argc, char *argv[])
{
  const Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
