// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/sketched_equations.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "blas.h"

namespace sobolev
{
  using namespace internal;

  namespace
  {
    // Rows of the blocks in which the Jacobian is kept: few enough that a block
    // is still in the cache when it is used for the second time.
    constexpr std::size_t block_rows = 64;

    // Processes that factorise parts of the sketch. With q of them, the longest
    // path is 6 P^3 / q + 2/3 P^3 log_2 q operations: more hardly help.
    constexpr unsigned int max_shares = 4;

    constexpr std::uint64_t seed = 0x736b65746368;

    // Where orders say what to do.
    enum Task
    {
      finish,
      go_on,
      restart
    };



    double
    norm(const std::vector<double> &v)
    {
      return std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.));
    }



    std::size_t
    rows_of_ranks(const LeastSquaresProblem &problem,
                  const unsigned int         n_ranks)
    {
      const auto n_rows_of = dealii::Utilities::MPI::all_gather(
        problem.get_communicator(), problem.local().n_rows());
      return std::accumulate(
        n_rows_of.begin(), n_rows_of.begin() + n_ranks, std::size_t(0));
    }



    unsigned int
    count_sketch_rows(const SketchedEquationsOptions &options,
                      const unsigned int              n_parameters,
                      const std::size_t               n_rows)
    {
      const double wanted =
        std::ceil(options.rows_per_parameter * (n_parameters + 1));
      return n_rows <= wanted ? 0 : static_cast<unsigned int>(wanted);
    }
  } // namespace



  SketchedEquations::SketchedEquations(const LeastSquaresProblem      &problem,
                                       const SketchedEquationsOptions &options)
    : DampedFactorization(problem)
    , options(options)
    , n_rows(problem.local().n_rows())
    , n_all_rows(rows_of_ranks(
        problem,
        dealii::Utilities::MPI::n_mpi_processes(problem.get_communicator())))
    , first_row(rows_of_ranks(
        problem,
        dealii::Utilities::MPI::this_mpi_process(problem.get_communicator())))
    , n_sketch_rows(count_sketch_rows(options, n, n_all_rows))
    , jacobian(n_rows * n)
    , sketched(std::size_t(n_sketch_rows) * (n + 1))
    , n_iterations_done(0)
    , converged(false)
  {
  }



  double
  SketchedEquations::assemble(const std::vector<double> &theta)
  {
    // 1. Keep the rows.
    column_squares.assign(n, 0.);
    const double loss =
      assemble_rows(theta, [&](const LocalObjective::JacobianPanel &panel) {
        for (std::size_t i = 0; i < panel.rows.size();)
          {
            const std::size_t row    = panel.first_row + i,
                              block  = row / block_rows,
                              offset = row % block_rows,
                              height = std::min(block_rows,
                                                n_rows - block * block_rows),
                              size   = std::min(height - offset,
                                              panel.rows.size() - i);
            double *const to         = jacobian.data() + block * block_rows * n;
            for (unsigned int k = 0; k < n; ++k)
              {
                const double *from = panel.jacobian + k * panel.leading + i;
                std::copy_n(from, size, to + k * height + offset);
                column_squares[k] = std::inner_product(
                  from, from + size, from, column_squares[k]);
              }
            i += size;
          }
      });
    problem.sum_on_root(dealii::make_array_view(column_squares));
    set_largest_diagonal(column_squares);

    // 2. Factorise the sketch, or all if there is not more.
    if (n_sketch_rows > 0)
      sketch();
    else
      {
        factorization.reinit(n_rows, false);
        for (std::size_t begin = 0; begin < n_rows; begin += block_rows)
          {
            const std::size_t height = std::min(block_rows, n_rows - begin);
            factorization.add_rows(
              height, jacobian.data() + begin * n, height, rows.data() + begin);
          }
      }
    factorization.finish();
    return loss;
  }



  void
  SketchedEquations::sketch()
  {
    const std::size_t m = n_sketch_rows;

    // 1. Where each row goes: twice the number of the sketched row, plus one
    // for a positive sign.
    std::vector<std::size_t> targets(n_rows * options.n_nonzeros);
    for (std::size_t i = 0; i < n_rows; ++i)
      for (unsigned int e = 0; e < options.n_nonzeros; ++e)
        {
          const std::uint64_t bits =
            CounterBasedRandom::bits(seed, e, first_row + i);
          targets[i * options.n_nonzeros + e] =
            (bits >> 1) % m * 2 + (bits & 1);
        }

    // 2. The local part of the sum, column by column: one of them fits into the
    // cache, all of them do not.
    std::fill(sketched.begin(), sketched.end(), 0.);
    const double scale = 1. / std::sqrt(double(options.n_nonzeros));
    for (std::size_t k = 0; k < n + 1; ++k)
      {
        double *const      to     = sketched.data() + k * m;
        const std::size_t *target = targets.data();
        for (std::size_t begin = 0; begin < n_rows; begin += block_rows)
          {
            const std::size_t height = std::min(block_rows, n_rows - begin);
            const double     *from   = k < n
                                         ? jacobian.data() + begin * n + k * height
                                         : rows.data() + begin;
            for (std::size_t i = 0; i < height; ++i)
              {
                const double value       = scale * from[i];
                const double of_signs[2] = {-value, value};
                for (unsigned int e = 0; e < options.n_nonzeros; ++e, ++target)
                  to[*target / 2] += of_signs[*target % 2];
              }
          }
      }

    // 3. Some processes get the sums of some of its rows.
    const MPI_Comm     communicator = problem.get_communicator();
    const unsigned int n_shares     = std::min(
                         max_shares,
                         dealii::Utilities::MPI::n_mpi_processes(communicator)),
                       rank =
                         dealii::Utilities::MPI::this_mpi_process(communicator);
    factorization.reinit(0, false);
    std::vector<double> piece;
    for (unsigned int to = 0; to < n_shares; ++to)
      {
        const std::size_t begin = m * to / n_shares,
                          size  = m * (to + 1) / n_shares - begin;
        piece.resize(size * (n + 1));
        for (std::size_t k = 0; k < n + 1; ++k)
          std::copy_n(
            sketched.data() + k * m + begin, size, piece.data() + k * size);
        problem.sum_on(dealii::make_array_view(piece), to);
        if (to == rank)
          {
            factorization.reinit(size, false);
            factorization.add_rows(size, piece.data(), size, nullptr);
          }
      }
  }



  void
  SketchedEquations::compute_step(std::vector<double> &step) const
  {
    step.assign(n, 0.);
    if (problem.is_root())
      {
        // The sketch's own solution.
        std::copy_n(damped->right_hand_side(), n, step.begin());
        damped->substitute(step.data());
        for (double &s : step)
          s = -s;
        run_lsqr(rows, step);
        dismiss();
      }
    else
      serve(rows);
    share(step);
  }



  void
  SketchedEquations::compute_step_for(const std::vector<double> &v,
                                      std::vector<double>       &step) const
  {
    step.assign(n, 0.);
    if (problem.is_root())
      {
        run_lsqr(v, step);
        dismiss();
      }
    else
      serve(v);
    share(step);
  }



  void
  SketchedEquations::solve(std::vector<double> &b) const
  {
    if (problem.is_root())
      {
        run_conjugate_gradients(b);
        dismiss();
      }
    else
      serve(std::vector<double>(n_rows, 0.));
    share(b);
  }



  void
  SketchedEquations::run_lsqr(const std::vector<double> &v,
                              std::vector<double>       &step) const
  {
    // Minimise |(v; 0) + A R_lambda^-1 y| with A = (J; sqrt(lambda) I). The
    // vector u of the method is kept up to its norm beta, in two parts.
    constexpr unsigned int max_restarts    = 4;
    const double           root_of_damping = std::sqrt(damping);
    std::vector<double>    u(n_rows, 0.), bottom(n, 0.), z(n, 0.), w(n), h, y;

    // R_lambda^-T A^T u
    const auto precondition = [&](const std::vector<double> &product) {
      for (unsigned int k = 0; k < n; ++k)
        w[k] = product[k] + root_of_damping * bottom[k];
      damped->substitute_transposed(w.data());
    };

    n_iterations_done = 0;
    converged         = false;
    auto product      = multiply({z, -1., true}, v, u);
    precondition(product);
    const double target = options.tolerance * norm(w);

    for (unsigned int r = 0; r <= max_restarts; ++r)
      {
        // 1. The true residual -(v; 0) - A p.
        for (unsigned int k = 0; k < n; ++k)
          {
            z[k]      = -step[k];
            bottom[k] = -root_of_damping * step[k];
          }
        product = multiply({z, 1., true}, v, u);
        precondition(product);
        double alpha = norm(w);
        if (alpha <= std::max(target, round_off(product[n])))
          {
            converged = true;
            return;
          }
        if (r == max_restarts || n_iterations_done >= options.max_iterations ||
            !std::isfinite(alpha))
          return;

        // 2. LSQR for the correction.
        double beta = std::sqrt(product[n] + norm(bottom) * norm(bottom));
        alpha /= beta;
        for (double &entry : w)
          entry /= alpha * beta;
        h = w;
        y.assign(n, 0.);
        double phi_bar = beta, rho_bar = alpha;
        double estimate = phi_bar * alpha;
        while (estimate > 0.1 * target &&
               n_iterations_done < options.max_iterations)
          {
            ++n_iterations_done;
            z = w;
            damped->substitute(z.data());
            const double s = alpha / beta;
            product        = multiply({z, s, false}, v, u);
            for (unsigned int k = 0; k < n; ++k)
              bottom[k] = root_of_damping * z[k] - s * bottom[k];
            beta = std::sqrt(product[n] + norm(bottom) * norm(bottom));

            const std::vector<double> w_before = w;
            precondition(product);
            for (unsigned int k = 0; k < n; ++k)
              w[k] = w[k] / beta - beta * w_before[k];
            alpha = norm(w);

            const double rho    = std::hypot(rho_bar, beta);
            const double cosine = rho_bar / rho, sine = beta / rho;
            const double phi = cosine * phi_bar;
            phi_bar *= sine;
            rho_bar  = -cosine * alpha;
            estimate = phi_bar * alpha * std::abs(cosine);
            for (unsigned int k = 0; k < n; ++k)
              {
                y[k] += phi / rho * h[k];
                w[k] /= alpha;
                h[k] = w[k] - sine * alpha / rho * h[k];
              }
            // An exact solution leaves nothing to divide by.
            if (!std::isfinite(estimate) || alpha == 0. || beta == 0.)
              break;
          }
        damped->substitute(y.data());
        for (unsigned int k = 0; k < n; ++k)
          step[k] += y[k];
      }
  }



  double
  SketchedEquations::round_off(const double square) const
  {
    std::vector<double> errors(n);
    for (unsigned int k = 0; k < n; ++k)
      errors[k] =
        (CounterBasedRandom::bits(seed, options.n_nonzeros, k) & 1 ? 1. : -1.) *
        std::numeric_limits<double>::epsilon() *
        std::sqrt(column_squares[k] * square);
    damped->substitute_transposed(errors.data());
    return norm(errors);
  }



  void
  SketchedEquations::run_conjugate_gradients(std::vector<double> &b) const
  {
    std::vector<double> u(n_rows, 0.), z, y(n, 0.), residual = b;
    damped->substitute_transposed(residual.data());
    std::vector<double> direction = residual;
    double              square    = norm(residual) * norm(residual);
    const double        target    = options.tolerance * norm(residual);

    n_iterations_done = 0;
    while (std::sqrt(square) > target &&
           n_iterations_done < options.max_iterations)
      {
        ++n_iterations_done;
        z = direction;
        damped->substitute(z.data());
        auto product = multiply({z, 0., true}, u, u);
        product.resize(n);
        for (unsigned int k = 0; k < n; ++k)
          product[k] += damping * z[k];
        damped->substitute_transposed(product.data());

        const double length =
          square / std::inner_product(
                     direction.begin(), direction.end(), product.begin(), 0.);
        for (unsigned int k = 0; k < n; ++k)
          {
            y[k] += length * direction[k];
            residual[k] -= length * product[k];
          }
        const double square_before = square;
        square                     = norm(residual) * norm(residual);
        for (unsigned int k = 0; k < n; ++k)
          direction[k] = residual[k] + square / square_before * direction[k];
      }
    converged = std::sqrt(square) <= target;
    damped->substitute(y.data());
    b = y;
  }



  std::vector<double>
  SketchedEquations::multiply(const Order               &order,
                              const std::vector<double> &v,
                              std::vector<double>       &u) const
  {
    std::vector<double> message = order.z;
    message.push_back(order.s);
    message.push_back(order.restart ? restart : go_on);
    problem.broadcast(dealii::make_array_view(message));
    auto product = multiply_locally(order, v, u);
    problem.sum_on_root(dealii::make_array_view(product));
    return product;
  }



  void
  SketchedEquations::serve(const std::vector<double> &v) const
  {
    std::vector<double> message(n + 2), u(n_rows, 0.);
    while (true)
      {
        problem.broadcast(dealii::make_array_view(message));
        if (message[n + 1] == finish)
          return;
        const bool is_restart = message[n + 1] == restart;
        auto       product =
          multiply_locally({message, message[n], is_restart}, v, u);
        problem.sum_on_root(dealii::make_array_view(product));
      }
  }



  void
  SketchedEquations::dismiss() const
  {
    std::vector<double> message(n + 2, 0.);
    message[n + 1] = finish;
    problem.broadcast(dealii::make_array_view(message));
  }



  std::vector<double>
  SketchedEquations::multiply_locally(const Order               &order,
                                      const std::vector<double> &v,
                                      std::vector<double>       &u) const
  {
    if (order.restart)
      u = v;
    std::vector<double> result(n + 1, 0.);
    for (std::size_t begin = 0; begin < n_rows; begin += block_rows)
      {
        const std::size_t height = std::min(block_rows, n_rows - begin);
        const double     *block  = jacobian.data() + begin * n;
        multiply_vector('N',
                        height,
                        n,
                        1.,
                        block,
                        height,
                        order.z.data(),
                        -order.s,
                        u.data() + begin);
        multiply_vector('T',
                        height,
                        n,
                        1.,
                        block,
                        height,
                        u.data() + begin,
                        1.,
                        result.data());
      }
    result[n] = std::inner_product(u.begin(), u.end(), u.begin(), 0.);
    return result;
  }



  void
  SketchedEquations::share(std::vector<double> &solution) const
  {
    std::vector<double> state{1. * n_iterations_done, converged ? 1. : 0.};
    problem.broadcast(dealii::make_array_view(state));
    n_iterations_done = static_cast<unsigned int>(state[0]);
    converged         = state[1] > 0.;
    problem.broadcast(dealii::make_array_view(solution));
  }
} // namespace sobolev
