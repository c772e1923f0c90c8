// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// What every optimizer promises, above all when the loss is not finite.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/dense_quasi_newton.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/soap.h>
#include <sobolev/training/trust_region_newton_cg.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "training/small_objectives.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  // All optimizers, with first steps so long that they leave the region where
  // the loss is finite.
  std::vector<std::unique_ptr<Optimizer>>
  bold_optimizers()
  {
    LevenbergMarquardtOptions damping;
    damping.initial_damping = 1e-12;
    damping.acceleration    = false;
    AdamOptions rate;
    rate.learning_rate = 5.;

    std::vector<std::unique_ptr<Optimizer>> result;
    result.push_back(std::make_unique<LevenbergMarquardt>(damping));
    damping.acceleration = true;
    result.push_back(std::make_unique<LevenbergMarquardt>(damping));
    LBFGSOptions limited_memory;
    limited_memory.first_length = 20.;
    result.push_back(std::make_unique<LBFGS>(limited_memory));
    result.push_back(std::make_unique<Adam>(rate));
    SOAPOptions soap;
    soap.learning_rate = 5.;
    result.push_back(std::make_unique<SOAP>(soap));
    TrustRegionNewtonCGOptions radius;
    radius.initial_radius = 10.;
    result.push_back(std::make_unique<TrustRegionNewtonCG>(radius));
    DenseQuasiNewtonOptions quasi_newton;
    quasi_newton.first_length = 20.;
    result.push_back(std::make_unique<DenseQuasiNewton>(quasi_newton));
    quasi_newton.formula = DenseInverseHessian::Formula::self_scaled_bfgs;
    result.push_back(std::make_unique<DenseQuasiNewton>(quasi_newton));
    return result;
  }



  bool
  needs_rows(const Optimizer &optimizer)
  {
    return dynamic_cast<const LeastSquaresOptimizer *>(&optimizer) != nullptr;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(optimizer)

BOOST_AUTO_TEST_CASE(a_loss_that_is_not_finite_is_rejected_and_told)
{
  // The minimum (1,1) has the norm 1.41 and is just inside.
  const auto objective = distributed(NaNOutside<Rosenbrock>(1.45));
  const bool is_root =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  for (const auto &optimizer : bold_optimizers())
    {
      BOOST_TEST_CONTEXT(optimizer->name())
      {
        const auto outcome =
          run(*optimizer, objective, {-1., 0.9}, iterations(300, 1e-20));

        BOOST_TEST(std::isfinite(outcome.last_loss));
        BOOST_TEST(outcome.last_loss < outcome.first_loss);
        BOOST_TEST(outcome.best_loss < outcome.first_loss);
        for (const double t : outcome.best)
          BOOST_TEST(std::isfinite(t));
        BOOST_TEST(!outcome.stop_reason.empty());
        // Newton's steps are good here, however long they may be.
        if (dynamic_cast<const TrustRegionNewtonCG *>(optimizer.get()) ==
            nullptr)
          BOOST_TEST(contains(outcome.progress, "not finite") == is_root);
      }
    }
}



BOOST_AUTO_TEST_CASE(nan_on_one_rank_is_seen_by_all)
{
  const auto objective = on_last_rank(NaNOutside<Rosenbrock>(1.45));
  for (const auto &optimizer : bold_optimizers())
    {
      BOOST_TEST_CONTEXT(optimizer->name())
      {
        const auto outcome =
          run(*optimizer, objective, {-1., 0.9}, iterations(300, 1e-20));

        BOOST_TEST(std::isfinite(outcome.last_loss));
        BOOST_TEST(outcome.last_loss < outcome.first_loss);
      }
    }
}



BOOST_AUTO_TEST_CASE(a_gradient_that_is_not_finite_ends_at_a_better_loss)
{
  // Outside there are better points, among them the minimum.
  const auto objective = distributed(NaNDerivativesOutside<Rosenbrock>(1.35));
  for (const auto &optimizer : bold_optimizers())
    {
      BOOST_TEST_CONTEXT(optimizer->name())
      {
        const auto outcome =
          run(*optimizer, objective, {-1., 0.9}, iterations(300, 1e-20));

        BOOST_TEST(std::isfinite(outcome.last_loss));
        BOOST_TEST(outcome.best_loss <= outcome.first_loss);
        BOOST_TEST(!outcome.stop_reason.empty());
        BOOST_TEST(!contains(outcome.stop_reason, "zero"));
        BOOST_TEST(!contains(outcome.stop_reason, "depend"));
      }
    }
}



BOOST_AUTO_TEST_CASE(nan_at_the_start_is_an_error_on_all_ranks)
{
  const auto objective = on_last_rank(NaNOutside<Rosenbrock>(1.));
  for (const auto &optimizer : bold_optimizers())
    BOOST_TEST_CONTEXT(optimizer->name())
  BOOST_CHECK_THROW(run(*optimizer, objective, {-1.2, 1.}, iterations(10)),
                    ComputationError);
}



BOOST_AUTO_TEST_CASE(iterations_are_counted_and_limited)
{
  for (const auto &optimizer : bold_optimizers())
    BOOST_TEST_CONTEXT(optimizer->name())
    {
      const auto outcome = run(
        *optimizer, distributed(CurveFit()), {0.8, 1.5, 0.3}, iterations(3));

      BOOST_TEST(outcome.n_iterations == 3u);
      BOOST_TEST(contains(outcome.stop_reason, "maximum of 3 iterations"));
    }
}



BOOST_AUTO_TEST_CASE(the_result_does_not_depend_on_which_rank_has_the_rows)
{
  for (const auto &optimizer : bold_optimizers())
    BOOST_TEST_CONTEXT(optimizer->name())
    {
      const Vector start{0.8, 1.5, 0.3};
      const auto   spread =
        run(*optimizer, distributed(CurveFit()), start, iterations(5));
      const auto gathered =
        run(*optimizer, on_last_rank(CurveFit()), start, iterations(5));

      BOOST_TEST(relative_error(spread.theta, gathered.theta) < 1e-9);
    }
}



BOOST_AUTO_TEST_CASE(what_needs_no_rows_minimises_any_function)
{
  const SumOfCosh       loss(4);
  const TrainingProblem problem(&loss, nullptr, MPI_COMM_WORLD);
  for (const auto &optimizer : bold_optimizers())
    if (!needs_rows(*optimizer))
      BOOST_TEST_CONTEXT(optimizer->name())
      {
        // The loss is negative: a target of zero must not end the run.
        const auto outcome =
          run(*optimizer, problem, {0.9, 1.5, 1.3, 2.}, iterations(400, 0.));

        BOOST_TEST(outcome.best_loss < -4. + 1e-2);
        BOOST_TEST(!contains(outcome.stop_reason, "target"));
      }
}



BOOST_AUTO_TEST_CASE(what_needs_rows_says_so)
{
  const SumOfCosh       loss(4);
  const TrainingProblem problem(&loss, nullptr, MPI_COMM_WORLD);
  unsigned int          n = 0;
  for (const auto &optimizer : bold_optimizers())
    if (needs_rows(*optimizer))
      {
        ++n;
        BOOST_CHECK_EXCEPTION(
          run(*optimizer, problem, Vector(4), iterations(5)),
          InputError,
          [&](const InputError &error) {
            return contains(error.what(), optimizer->name()) &&
                   contains(error.what(), "sum of squares");
          });
      }
  BOOST_TEST(n > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
