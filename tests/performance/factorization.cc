// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The linear algebra of a Levenberg-Marquardt step for N rows and P parameters
// on one thread. Flops are those that the task needs, not those that a method
// does: N P^2 for J^T J, 2 N P^2 - 2/3 P^3 for R, 2/3 P^3 and 1/3 P^3 for each
// damping. "of dgemm" is their rate as a fraction of that of products of two
// large matrices, measured in between.

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/damped_triangle.h>
#include <sobolev/training/normal_equations.h>
#include <sobolev/training/orthogonal_factorization.h>
#include <sobolev/training/sketched_equations.h>
#include <sobolev/training/tall_factorization.h>

#include <deal.II/base/aligned_vector.h>
#include <deal.II/base/mpi.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <limits>
#include <type_traits>
#include <vector>

#include "machine.h"

extern "C" void dtrsm_(const char                    *side,
                       const char                    *triangle,
                       const char                    *transpose,
                       const char                    *diagonal,
                       const dealii::types::blas_int *m,
                       const dealii::types::blas_int *n,
                       const double                  *alpha,
                       const double                  *a,
                       const dealii::types::blas_int *lda,
                       double                        *b,
                       const dealii::types::blas_int *ldb);

extern "C" void dsyevd_(const char                    *job,
                        const char                    *triangle,
                        const dealii::types::blas_int *n,
                        double                        *a,
                        const dealii::types::blas_int *lda,
                        double                        *eigenvalues,
                        double                        *work,
                        const dealii::types::blas_int *work_size,
                        dealii::types::blas_int       *integer_work,
                        const dealii::types::blas_int *integer_work_size,
                        dealii::types::blas_int       *info);

using namespace sobolev;
using namespace sobolev::performance;

namespace
{
  using dealii::types::blas_int;
  using Matrix = dealii::AlignedVector<double>;

  // Random rows; the distance of columns is an odd number of cache lines.
  struct Jacobian
  {
    explicit Jacobian(const benchmark::State &state)
      : n_columns(state.range(0))
      , n_rows(state.range(1))
      , leading((n_rows + 7) / 8 % 2 == 1 ? (n_rows + 7) / 8 * 8
                                          : (n_rows + 15) / 8 * 8)
      , entries(std::size_t(leading) * n_columns)
    {
      for (std::size_t i = 0; i < entries.size(); ++i)
        entries[i] = 2. * CounterBasedRandom::uniform(1, 2, i) - 1.;
    }

    double
    flops_of_r() const
    {
      const double p = n_columns;
      return 2. * n_rows * p * p - 2. / 3. * p * p * p;
    }

    blas_int n_columns, n_rows, leading;
    Matrix   entries;
  };



  // A Jacobian with random rows rho, for what wants an objective.
  class GivenRows : public LocalObjective
  {
  public:
    explicit GivenRows(const Jacobian &jacobian)
      : jacobian(jacobian)
    {
      for (blas_int i = 0; i < jacobian.n_rows; ++i)
        rows.push_back(2. * CounterBasedRandom::uniform(1, 3, i) - 1.);
    }

    unsigned int
    n_parameters() const override
    {
      return jacobian.n_columns;
    }

    std::size_t
    n_rows() const override
    {
      return jacobian.n_rows;
    }

    std::vector<std::string>
    block_names() const override
    {
      return {"all"};
    }

    std::vector<unsigned int>
    blocks_of_rows() const override
    {
      return std::vector<unsigned int>(n_rows(), 0);
    }

    std::vector<double>
    block_weights() const override
    {
      return {1.};
    }

    void
    set_block_weights(const std::vector<double> &) override
    {
      AssertThrow(false, dealii::ExcNotImplemented());
    }

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &) const override
    {
      Assert(false, dealii::ExcNotImplemented());
      return {};
    }

    void
    compute_rows(const dealii::ArrayView<const double> &,
                 const dealii::ArrayView<double> &) const override
    {
      Assert(false, dealii::ExcNotImplemented());
    }

    double
    add_gradient(const dealii::ArrayView<const double> &,
                 const dealii::ArrayView<double> &) const override
    {
      Assert(false, dealii::ExcNotImplemented());
      return 0.;
    }

    void
    add_transpose_product(const dealii::ArrayView<const double> &,
                          const dealii::ArrayView<const double> &,
                          const dealii::ArrayView<double> &) const override
    {
      Assert(false, dealii::ExcNotImplemented());
    }

    void
    compute_jacobian(
      const dealii::ArrayView<const double> &,
      const std::function<void(const JacobianPanel &)> &action) const override
    {
      const std::size_t height = 512;
      for (std::size_t begin = 0; begin < rows.size(); begin += height)
        action({begin,
                dealii::ArrayView<const double>(
                  rows.data() + begin, std::min(height, rows.size() - begin)),
                jacobian.entries.data() + begin,
                std::size_t(jacobian.leading)});
    }

  private:
    const Jacobian     &jacobian;
    std::vector<double> rows;
  };



  // Times work() and as many matrix products.
  template <typename Prepare, typename Work>
  void
  measure(benchmark::State &state,
          const double      flops,
          const Prepare    &prepare,
          const Work       &work)
  {
    GemmRate<double> gemm_rate;
    double           seconds = 0.;
    for (auto _ : state)
      {
        prepare();
        const double start = thread_seconds();
        work();
        const double elapsed = thread_seconds() - start;
        state.SetIterationTime(elapsed);
        seconds += elapsed;
        gemm_rate.keep_up_with(seconds);
      }
    const double rate          = flops * state.iterations() / seconds;
    state.counters["Gflop"]    = flops * 1e-9;
    state.counters["Gflop/s"]  = rate * 1e-9;
    state.counters["of dgemm"] = rate / gemm_rate();
  }



  void
  squares_of_columns(const Jacobian &j, const blas_int height, Matrix &gram)
  {
    std::fill(gram.begin(), gram.end(), 0.);
    const double one = 1.;
    for (blas_int begin = 0; begin < j.n_rows; begin += height)
      {
        const blas_int size = std::min(height, j.n_rows - begin);
        dsyrk_("U",
               "T",
               &j.n_columns,
               &size,
               &one,
               j.entries.data() + begin,
               &j.leading,
               &one,
               gram.data(),
               &j.n_columns);
      }
  }



  void
  gram(benchmark::State &state)
  {
    const Jacobian j(state);
    Matrix         result(std::size_t(j.n_columns) * j.n_columns);
    measure(
      state,
      1. * j.n_rows * j.n_columns * j.n_columns,
      []() {},
      [&]() {
        squares_of_columns(j, 512, result);
      });
  }



  void
  own_qr(benchmark::State &state)
  {
    const Jacobian            j(state);
    const GivenRows           rows(j);
    const LeastSquaresProblem problem(&rows, nullptr, MPI_COMM_SELF);
    TallFactorization         factorization(problem, j.n_columns);
    const bool                keep = state.range(2) != 0;
    measure(
      state,
      j.flops_of_r(),
      []() {},
      [&]() {
        factorization.reinit(j.n_rows, keep);
        // As an objective hands them out.
        for (blas_int begin = 0; begin < j.n_rows; begin += 512)
          factorization.add_rows(std::min(j.n_rows - begin, 512),
                                 j.entries.data() + begin,
                                 j.leading,
                                 nullptr);
        factorization.finish();
      });
  }



  void
  lapack_qr(benchmark::State &state)
  {
    const Jacobian      j(state);
    Matrix              copy = j.entries;
    std::vector<double> tau(j.n_columns), work(64 * j.n_columns);
    const blas_int      work_size = work.size();
    measure(
      state,
      j.flops_of_r(),
      [&]() {
        std::copy(j.entries.begin(), j.entries.end(), copy.begin());
      },
      [&]() {
        blas_int info = 0;
        dgeqrf_(&j.n_rows,
                &j.n_columns,
                copy.data(),
                &j.leading,
                tau.data(),
                work.data(),
                &work_size,
                &info);
      });
  }



  // Fukaya, Kannan, Nakatsukasa, Yamamoto, Yanagisawa (2020), R only: the last
  // Q is not formed. Needs all rows in memory.
  void
  shifted_cholesky_qr3(benchmark::State &state)
  {
    const Jacobian j(state);
    Jacobian       q = j;
    Matrix         factor(std::size_t(j.n_columns) * j.n_columns);
    measure(
      state,
      j.flops_of_r(),
      [&]() {
        std::copy(j.entries.begin(), j.entries.end(), q.entries.begin());
      },
      [&]() {
        for (unsigned int pass = 0; pass < 3; ++pass)
          {
            squares_of_columns(q, q.n_rows, factor);
            if (pass == 0)
              for (blas_int k = 0; k < j.n_columns; ++k)
                factor[std::size_t(k) * (j.n_columns + 1)] +=
                  11. * j.n_rows * std::numeric_limits<double>::epsilon();
            blas_int     info = 0;
            const double one  = 1.;
            dpotrf_("U", &j.n_columns, factor.data(), &j.n_columns, &info);
            if (pass < 2)
              dtrsm_("R",
                     "U",
                     "N",
                     "N",
                     &j.n_rows,
                     &j.n_columns,
                     &one,
                     factor.data(),
                     &j.n_columns,
                     q.entries.data(),
                     &q.leading);
          }
      });
  }



  // The triangles of two processes.
  void
  two_triangles(benchmark::State &state)
  {
    const unsigned int n = state.range(0);
    Matrix             r(std::size_t(n) * n), upper, lower;
    for (unsigned int k = 0; k < n; ++k)
      for (unsigned int i = 0; i <= k; ++i)
        r[std::size_t(k) * n + i] =
          (i == k ? 10. : 0.) + CounterBasedRandom::uniform(1, i, k);
    TriangleUpdate update(n);
    Matrix         t(update.size_of_t(n));
    measure(
      state,
      2. / 3. * n * n * n,
      [&]() {
        upper = r;
        lower = r;
      },
      [&]() {
        update.compute(n,
                       n,
                       upper.data(),
                       n,
                       n,
                       lower.data(),
                       n,
                       t.data(),
                       TriangleUpdate::Shape::triangular);
      });
  }



  void
  damped_triangle(benchmark::State &state)
  {
    const unsigned int n = state.range(0);
    Matrix             r(std::size_t(n) * (n + 1));
    for (unsigned int k = 0; k < n + 1; ++k)
      for (unsigned int i = 0; i <= std::min(k, n - 1); ++i)
        r[std::size_t(k) * n + i] =
          (i == k ? 10. : 0.) + CounterBasedRandom::uniform(1, i, k);
    DampedTriangle damped(n);
    measure(
      state,
      2. / 3. * n * n * n,
      []() {},
      [&]() {
        damped.compute(r.data(), n, 1e-3, 0.);
      });
  }



  void
  cholesky(benchmark::State &state)
  {
    const blas_int n = state.range(0);
    Matrix         matrix(std::size_t(n) * n, 0.5), factor;
    for (blas_int k = 0; k < n; ++k)
      matrix[std::size_t(k) * (n + 1)] = n;
    measure(
      state,
      1. / 3. * n * n * n,
      [&]() {
        factor = matrix;
      },
      [&]() {
        blas_int info = 0;
        dpotrf_("L", &n, factor.data(), &n, &info);
      });
  }



  // All dampings at once, from J^T J.
  void
  eigenvalues(benchmark::State &state)
  {
    const blas_int n = state.range(0);
    Matrix         matrix(std::size_t(n) * n), copy;
    for (blas_int k = 0; k < n; ++k)
      for (blas_int i = k; i < n; ++i)
        matrix[std::size_t(k) * n + i] = CounterBasedRandom::uniform(1, i, k);
    std::vector<double>   values(n), work(1 + 6 * n + 2 * std::size_t(n) * n);
    std::vector<blas_int> integers(3 + 5 * n);
    const blas_int        work_size = work.size(), n_integers = integers.size();
    measure(
      state,
      4. * n * n * n,
      [&]() {
        copy = matrix;
      },
      [&]() {
        blas_int info = 0;
        dsyevd_("V",
                "L",
                &n,
                copy.data(),
                &n,
                values.data(),
                work.data(),
                &work_size,
                integers.data(),
                &n_integers,
                &info);
      });
  }



  // All dampings at once, from R.
  void
  singular_values(benchmark::State &state)
  {
    const blas_int n = state.range(0);
    Matrix         r(std::size_t(n) * n), copy, u(r), v(r);
    for (blas_int k = 0; k < n; ++k)
      for (blas_int i = 0; i <= k; ++i)
        r[std::size_t(k) * n + i] = CounterBasedRandom::uniform(1, i, k);
    std::vector<double>   sigma(n), work(8 * std::size_t(n) * n);
    std::vector<blas_int> integers(8 * n);
    const blas_int        work_size = work.size();
    measure(
      state,
      20. * n * n * n,
      [&]() {
        copy = r;
      },
      [&]() {
        blas_int info = 0;
        dgesdd_("A",
                &n,
                &n,
                copy.data(),
                &n,
                sigma.data(),
                u.data(),
                &n,
                v.data(),
                &n,
                work.data(),
                &work_size,
                integers.data(),
                &info);
      });
  }



  // All of a step with one damping, with the given rows.
  template <typename Equations>
  void
  step(benchmark::State &state)
  {
    const Jacobian            j(state);
    const GivenRows           rows(j);
    const LeastSquaresProblem problem(&rows, nullptr, MPI_COMM_SELF);
    Equations                 equations(problem);
    const std::vector<double> theta(j.n_columns, 0.);
    std::vector<double>       result;
    measure(
      state,
      j.flops_of_r(),
      []() {},
      [&]() {
        equations.assemble(theta);
        equations.factorize(1e-6);
        equations.compute_step(result);
      });
    if constexpr (std::is_same_v<Equations, SketchedEquations>)
      state.counters["iterations"] = equations.n_iterations();
  }



  void
  shapes(benchmark::internal::Benchmark *b)
  {
    for (const int n_columns : {921, 1000})
      for (const int n_rows : {3000, 10000})
        b->Args({n_columns, n_rows});
    b->ArgNames({"P", "N"})->UseManualTime()->Unit(benchmark::kMillisecond);
  }



  void
  shapes_and_whether_to_keep(benchmark::internal::Benchmark *b)
  {
    for (const int n_columns : {921, 1000})
      for (const int n_rows : {3000, 10000})
        for (const int keep : {0, 1})
          b->Args({n_columns, n_rows, keep});
    b->ArgNames({"P", "N", "keep Q"})
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  }



  void
  orders(benchmark::internal::Benchmark *b)
  {
    for (const int n : {921, 1000})
      b->Arg(n);
    b->ArgName("P")->UseManualTime()->Unit(benchmark::kMillisecond);
  }
} // namespace

BENCHMARK(gram)->Apply(shapes);
BENCHMARK(own_qr)->Apply(shapes_and_whether_to_keep);
BENCHMARK(lapack_qr)->Apply(shapes);
BENCHMARK(shifted_cholesky_qr3)->Apply(shapes);
BENCHMARK_TEMPLATE(step, NormalEquations)->Apply(shapes);
BENCHMARK_TEMPLATE(step, OrthogonalFactorization)->Apply(shapes);
BENCHMARK_TEMPLATE(step, SketchedEquations)->Apply(shapes);
BENCHMARK(two_triangles)->Apply(orders);
BENCHMARK(damped_triangle)->Apply(orders);
BENCHMARK(cholesky)->Apply(orders);
BENCHMARK(eigenvalues)->Apply(orders);
BENCHMARK(singular_values)->Apply(orders);

int
main(int argc, char **argv)
{
  const dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
