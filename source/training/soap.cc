// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/training/soap.h>

#include <deal.II/lac/lapack_templates.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "first_order_run.h"

namespace sobolev
{
  namespace
  {
    using dealii::types::blas_int;
    using Vector = std::vector<double>;



    // C = op(A) op(B) for column-major matrices, C has m rows and n columns.
    void
    multiply(const char     transpose_a,
             const char     transpose_b,
             const blas_int m,
             const blas_int n,
             const blas_int k,
             const double  *a,
             const double  *b,
             double        *c,
             const double   alpha = 1.,
             const double   beta  = 0.)
    {
      const blas_int leading_a = transpose_a == 'N' ? m : k;
      const blas_int leading_b = transpose_b == 'N' ? k : n;
      dgemm_(&transpose_a,
             &transpose_b,
             &m,
             &n,
             &k,
             &alpha,
             a,
             &leading_a,
             b,
             &leading_b,
             &beta,
             c,
             &m);
    }



    // One side of a matrix: the average of G G^T and a basis near its
    // eigenvectors.
    class Side
    {
    public:
      explicit Side(const blas_int n)
        : n(n)
        , average(std::size_t(n) * n, 0.)
        , work(64 * std::max<blas_int>(n, 1))
        , tau(n)
      {
      }

      // average = beta average + (1 - beta) G G^T for n x k or, transposed,
      // k x n matrices.
      void
      add(const Vector &G, const blas_int k, const bool transposed, double beta)
      {
        multiply(transposed ? 'T' : 'N',
                 transposed ? 'N' : 'T',
                 n,
                 n,
                 k,
                 G.data(),
                 G.data(),
                 average.data(),
                 1. - beta,
                 beta);
      }

      // The eigenvectors.
      void
      initialize()
      {
        basis         = average;
        blas_int info = 0, size = work.size();
        Vector   eigenvalues(n);
        dsyev_("V",
               "L",
               &n,
               basis.data(),
               &n,
               eigenvalues.data(),
               work.data(),
               &size,
               &info);
        if (info != 0)
          throw ComputationError("SOAP: the eigenvectors of a gradient's "
                                 "square were not found.");
        // The largest eigenvalue first, as the power iteration wants it.
        for (blas_int k = 0; k < n / 2; ++k)
          std::swap_ranges(basis.begin() + k * n,
                           basis.begin() + (k + 1) * n,
                           basis.begin() + (n - 1 - k) * n);
      }

      // One step of the power iteration with all columns at once.
      void
      refresh()
      {
        Vector product(basis.size());
        multiply(
          'N', 'N', n, n, n, average.data(), basis.data(), product.data());
        basis.swap(product);
        blas_int info = 0, size = work.size();
        dgeqrf_(
          &n, &n, basis.data(), &n, tau.data(), work.data(), &size, &info);
        dorgqr_(
          &n, &n, &n, basis.data(), &n, tau.data(), work.data(), &size, &info);
      }

      const blas_int n;
      Vector         average, basis;

    private:
      Vector work, tau;
    };



    // A matrix is given row by row: LAPACK sees its transpose, with n_columns
    // rows. So left here means the inputs of a layer, right its neurons.
    class Matrix
    {
    public:
      Matrix(const ParameterGroup &group, const unsigned int max_dimension)
        : group(group)
        , m(group.n_columns)
        , n(group.n_rows)
      {
        if (m > 1 && m <= static_cast<blas_int>(max_dimension))
          left = std::make_unique<Side>(m);
        if (n > 1 && n <= static_cast<blas_int>(max_dimension))
          right = std::make_unique<Side>(n);
      }

      // Q_L^T X Q_R in place, or back again.
      void
      rotate(Vector &X, const bool back) const
      {
        Vector result(X.size());
        if (left)
          {
            multiply(back ? 'N' : 'T',
                     'N',
                     m,
                     n,
                     m,
                     left->basis.data(),
                     X.data(),
                     result.data());
            X.swap(result);
          }
        if (right)
          {
            multiply('N',
                     back ? 'T' : 'N',
                     m,
                     n,
                     n,
                     X.data(),
                     right->basis.data(),
                     result.data());
            X.swap(result);
          }
      }

      void
      add(const Vector &G, const double beta)
      {
        if (left)
          left->add(G, n, false, beta);
        if (right)
          right->add(G, m, true, beta);
      }

      void
      initialize()
      {
        if (left)
          left->initialize();
        if (right)
          right->initialize();
      }

      void
      refresh()
      {
        if (left)
          left->refresh();
        if (right)
          right->refresh();
      }

      const ParameterGroup  group;
      const blas_int        m, n;
      std::unique_ptr<Side> left, right;
    };



    class SOAPRule : public internal::StepRule
    {
    public:
      SOAPRule(const SOAPOptions                 &options,
               const std::vector<ParameterGroup> &groups,
               const std::size_t                  n)
        : options(options)
        , momentum(n, 0.)
        , squares(n, 0.)
      {
        for (const auto &group : groups)
          if (group.n_rows > 1 && group.n_columns > 1)
            matrices.emplace_back(group, options.max_dimension);
      }

      void
      compute_step(const Vector &gradient,
                   const double  learning_rate,
                   Vector       &step) override
      {
        ++t;
        const double beta_1 = options.beta_1, beta_2 = options.beta_2;
        for (std::size_t i = 0; i < gradient.size(); ++i)
          momentum[i] = beta_1 * momentum[i] + (1. - beta_1) * gradient[i];

        // 1. Gradient and momentum in the bases.
        Vector g = gradient, m = momentum, part;
        for (Matrix &matrix : matrices)
          {
            part = cut(gradient, matrix.group);
            if (t == 1)
              {
                matrix.add(part, 0.);
                matrix.initialize();
              }
            matrix.rotate(part, false);
            paste(part, matrix.group, g);
            part = cut(momentum, matrix.group);
            matrix.rotate(part, false);
            paste(part, matrix.group, m);
          }

        // 2. Adam there.
        const double correction_1 = 1. - std::pow(beta_1, t);
        const double correction_2 = 1. - std::pow(beta_2, t);
        for (std::size_t i = 0; i < gradient.size(); ++i)
          {
            squares[i] = beta_2 * squares[i] + (1. - beta_2) * g[i] * g[i];
            step[i]    = learning_rate * (m[i] / correction_1) /
                      (std::sqrt(squares[i] / correction_2) + options.epsilon);
          }

        // 3. Back, and on with the bases.
        for (Matrix &matrix : matrices)
          {
            part = cut(step, matrix.group);
            matrix.rotate(part, true);
            paste(part, matrix.group, step);

            // The first gradient has the weight of all before it.
            if (t > 1)
              matrix.add(cut(gradient, matrix.group), beta_2);
            if (t % options.refresh_interval == 0)
              matrix.refresh();
          }
      }

      void
      forget() override
      {
        std::fill(momentum.begin(), momentum.end(), 0.);
      }

      double
      schedule(const unsigned int step) const override
      {
        if (step < options.warm_up_steps)
          return double(step) / options.warm_up_steps;
        if (options.decay_steps == 0)
          return 1.;
        return std::pow(options.decay_rate,
                        double(step - options.warm_up_steps) /
                          options.decay_steps);
      }

    private:
      static Vector
      cut(const Vector &all, const ParameterGroup &group)
      {
        return {all.begin() + group.first,
                all.begin() + group.first + group.size()};
      }

      static void
      paste(const Vector &part, const ParameterGroup &group, Vector &all)
      {
        std::copy(part.begin(), part.end(), all.begin() + group.first);
      }

      const SOAPOptions  &options;
      std::vector<Matrix> matrices;
      Vector              momentum, squares;
      unsigned int        t = 0;
    };
  } // namespace



  SOAP::SOAP(const SOAPOptions &options)
    : options(options)
  {
  }



  std::string
  SOAP::name() const
  {
    return "SOAP";
  }



  void
  SOAP::minimize(const TrainingProblem &problem,
                 std::vector<double>   &theta,
                 TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 2000, 50);
    SOAPRule rule(options, problem.parameter_groups(), theta.size());
    internal::run_first_order(
      name(), rule, options.learning_rate, problem, theta, monitor);
  }
} // namespace sobolev
