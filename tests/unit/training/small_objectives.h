// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_training_small_objectives_h
#define sobolev_tests_training_small_objectives_h

#include <sobolev/base/counter_based_random.h>
#include <sobolev/objective/local_objective.h>
#include <sobolev/training/optimizer.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <complex>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "derivative_checks.h"

namespace sobolev
{
  using derivative_checks::Vector;



  /**
   * Rows given by a formula: @p Rows has `n_parameters()`, `n_rows()` and a
   * template `row(i, theta)`. Derivatives are exact, by a step of 1e-200 along
   * the imaginary axis. Even and odd rows are two blocks. Of all rows, this process owns @p first,
   * @p first + @p stride, and so on.
   */
  template <typename Rows>
  class SmallObjective : public LocalObjective
  {
  public:
    explicit SmallObjective(const Rows        &formula,
                            const unsigned int first  = 0,
                            const unsigned int stride = 1)
      : formula(formula)
    {
      for (unsigned int i = first; i < formula.n_rows(); i += stride)
        owned.push_back(i);
    }

    unsigned int
    n_parameters() const override
    {
      return formula.n_parameters();
    }

    std::size_t
    n_rows() const override
    {
      return owned.size();
    }

    std::vector<std::string>
    block_names() const override
    {
      return {"even", "odd"};
    }

    std::vector<unsigned int>
    blocks_of_rows() const override
    {
      std::vector<unsigned int> blocks;
      for (const unsigned int i : owned)
        blocks.push_back(i % 2);
      return blocks;
    }

    std::vector<double>
    block_weights() const override
    {
      return weights;
    }

    void
    set_block_weights(const std::vector<double> &values) override
    {
      weights = values;
    }

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override
    {
      Vector rows(owned.size()), losses(2, 0.);
      compute_rows(theta, dealii::make_array_view(rows));
      for (std::size_t i = 0; i < owned.size(); ++i)
        losses[owned[i] % 2] += rows[i] * rows[i];
      return losses;
    }

    void
    compute_rows(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &rows) const override
    {
      const Vector values(theta.begin(), theta.end());
      for (std::size_t i = 0; i < owned.size(); ++i)
        rows[i] = scale(i) * formula.row(owned[i], values);
    }

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &gradient) const override
    {
      Vector rows(owned.size());
      compute_rows(theta, dealii::make_array_view(rows));
      const double loss = derivative_checks::dot(rows, rows);
      for (double &row : rows)
        row *= 2.;
      add_transpose_product(
        theta,
        dealii::ArrayView<const double>(rows.data(), rows.size()),
        gradient);
      return loss;
    }

    void
    add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override
    {
      for (std::size_t i = 0; i < owned.size(); ++i)
        for (unsigned int k = 0; k < n_parameters(); ++k)
          result[k] += v[i] * derivative(i, k, theta);
    }

    // Panels of at most four rows, with a leading dimension of five.
    void
    compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override
    {
      constexpr std::size_t panel_rows = 4, leading = 5;
      Vector                rows(owned.size());
      compute_rows(theta, dealii::make_array_view(rows));
      Vector jacobian(leading * n_parameters(), 1e300);
      for (std::size_t begin = 0; begin < owned.size(); begin += panel_rows)
        {
          const std::size_t size = std::min(panel_rows, owned.size() - begin);
          for (std::size_t i = 0; i < size; ++i)
            for (unsigned int k = 0; k < n_parameters(); ++k)
              jacobian[k * leading + i] = derivative(begin + i, k, theta);
          action({begin,
                  dealii::ArrayView<const double>(rows.data() + begin, size),
                  jacobian.data(),
                  leading});
        }
    }

    double
    derivative(const std::size_t                      i,
               const unsigned int                     k,
               const dealii::ArrayView<const double> &theta) const
    {
      std::vector<std::complex<double>> values(theta.begin(), theta.end());
      values[k] += std::complex<double>(0., 1e-200);
      return scale(i) * formula.row(owned[i], values).imag() / 1e-200;
    }

  private:
    double
    scale(const std::size_t i) const
    {
      return std::sqrt(weights[owned[i] % 2]);
    }

    const Rows                formula;
    std::vector<unsigned int> owned;
    std::vector<double>       weights{1., 1.};
  };



  /** $a_i \cdot \theta - b_i$ with random $a_i$, $b_i$. */
  struct LinearRows
  {
    unsigned int
    n_parameters() const
    {
      return 4;
    }

    unsigned int
    n_rows() const
    {
      return 13;
    }

    static double
    coefficient(const unsigned int i, const unsigned int k)
    {
      return 2. * CounterBasedRandom::uniform(6, k, i) - 1.;
    }

    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      Number result = -coefficient(i, n_parameters());
      for (unsigned int k = 0; k < theta.size(); ++k)
        result += coefficient(i, k) * theta[k];
      return result;
    }
  };



  /** $10 (y - x^2)$ and $1 - x$, with the minimum 0 at (1,1). */
  struct Rosenbrock
  {
    unsigned int
    n_parameters() const
    {
      return 2;
    }

    unsigned int
    n_rows() const
    {
      return 2;
    }

    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      return i == 0 ? 10. * (theta[1] - theta[0] * theta[0]) : 1. - theta[0];
    }
  };



  /** A fit of $\theta_1 e^{-\theta_0 t} + \theta_2$ to $2 e^{-1.3 t} + 0.5$. */
  struct CurveFit
  {
    unsigned int
    n_parameters() const
    {
      return 3;
    }

    unsigned int
    n_rows() const
    {
      return 21;
    }

    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      const double t = 0.1 * i;
      return theta[1] * std::exp(-t * theta[0]) + theta[2] -
             (2. * std::exp(-1.3 * t) + 0.5);
    }
  };



  /** NaN where the parameters' norm is larger than @p radius. */
  template <typename Rows>
  struct NaNOutside : Rows
  {
    explicit NaNOutside(const double radius)
      : radius(radius)
    {
    }

    template <typename Number>
    Number
    row(const unsigned int i, const std::vector<Number> &theta) const
    {
      double square = 0.;
      for (const Number &t : theta)
        square += std::real(t) * std::real(t);
      // Multiplied, so that the imaginary part becomes NaN, too.
      return Rows::row(i, theta) * (square > radius * radius
                                      ? std::numeric_limits<double>::quiet_NaN()
                                      : 1.);
    }

    double radius;
  };



  /** As NaNOutside, but only the derivatives are NaN, the rows are not. */
  template <typename Rows>
  struct NaNDerivativesOutside : NaNOutside<Rows>
  {
    using NaNOutside<Rows>::NaNOutside;

    double
    row(const unsigned int i, const Vector &theta) const
    {
      return Rows::row(i, theta);
    }

    std::complex<double>
    row(const unsigned int                       i,
        const std::vector<std::complex<double>> &theta) const
    {
      return NaNOutside<Rows>::row(i, theta);
    }
  };



  /**
   * $\sum_i (\cosh(\theta_i - i) - 2)$, which is no sum of squares and
   * negative at its minimum $\theta_i = i$. The terms are dealt to the ranks
   * in turns.
   */
  class SumOfCosh : public LocalLoss
  {
  public:
    explicit SumOfCosh(const unsigned int n)
      : n(n)
      , rank(dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD))
      , n_ranks(dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD))
    {
    }

    unsigned int
    n_parameters() const override
    {
      return n;
    }

    std::vector<std::string>
    block_names() const override
    {
      return {"cosh"};
    }

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override
    {
      Vector gradient(n);
      return {add_gradient(theta, dealii::make_array_view(gradient))};
    }

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &gradient) const override
    {
      double loss = 0.;
      for (unsigned int i = rank; i < n; i += n_ranks)
        {
          loss += std::cosh(theta[i] - i) - 2.;
          gradient[i] += std::sinh(theta[i] - i);
        }
      return loss;
    }

  private:
    const unsigned int n, rank, n_ranks;
  };



  /** The rows of this rank of MPI_COMM_WORLD. */
  template <typename Rows>
  SmallObjective<Rows>
  distributed(const Rows &formula)
  {
    return SmallObjective<Rows>(
      formula,
      dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD),
      dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD));
  }



  /** All rows on the last rank of MPI_COMM_WORLD, none on the others. */
  template <typename Rows>
  SmallObjective<Rows>
  on_last_rank(const Rows &formula)
  {
    const bool is_last =
      dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) + 1 ==
      dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
    return SmallObjective<Rows>(formula, is_last ? 0 : formula.n_rows());
  }



  /** Check that all ranks have the same bits. */
  inline void
  check_same_on_all_ranks(const Vector &values)
  {
    for (const double value : values)
      {
        const auto range =
          dealii::Utilities::MPI::min_max_avg(value, MPI_COMM_WORLD);
        BOOST_TEST(range.min == range.max);
      }
  }



  /** What an optimizer did with a problem on MPI_COMM_WORLD. */
  struct Outcome
  {
    Vector       theta, best;
    double       first_loss, last_loss, best_loss;
    unsigned int n_iterations;
    std::string  stop_reason, progress;
  };



  /** Run @p optimizer on @p problem from @p start. */
  inline Outcome
  run(const Optimizer       &optimizer,
      const TrainingProblem &problem,
      const Vector          &start,
      const MonitorOptions  &options)
  {
    std::ostringstream progress;
    TrainingMonitor    monitor(problem, options, &progress);

    Outcome outcome;
    outcome.theta      = start;
    outcome.first_loss = problem.loss(start);
    optimizer.minimize(problem, outcome.theta, monitor);
    outcome.last_loss    = problem.loss(outcome.theta);
    outcome.best         = monitor.best_parameters();
    outcome.best_loss    = monitor.best_loss();
    outcome.n_iterations = monitor.n_iterations();
    outcome.stop_reason  = monitor.stop_reason();
    outcome.progress     = progress.str();
    check_same_on_all_ranks(outcome.theta);
    return outcome;
  }



  /** The same for the sum of squares of @p objective. */
  inline Outcome
  run(const Optimizer      &optimizer,
      const LocalObjective &objective,
      const Vector         &start,
      const MonitorOptions &options)
  {
    return run(optimizer,
               LeastSquaresProblem(&objective, nullptr, MPI_COMM_WORLD),
               start,
               options);
  }



  inline MonitorOptions
  iterations(const unsigned int n, const double target_loss = 0.)
  {
    MonitorOptions options;
    options.max_iterations = n;
    options.target_loss    = target_loss;
    return options;
  }



  inline bool
  contains(const std::string &text, const std::string &part)
  {
    return text.find(part) != std::string::npos;
  }
} // namespace sobolev

#endif
