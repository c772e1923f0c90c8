// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_objective_block_checks_h
#define sobolev_tests_objective_block_checks_h

#include <sobolev/objective/residual_block.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

/** Checks of single residual blocks, without a network. */
namespace sobolev::block_checks
{
  using derivative_checks::jacobian_column;
  using derivative_checks::Vector;

  constexpr unsigned int first = 2, n_points = 3, stride = 8;
  constexpr double       untouched = 1e300;



  /** Evaluates three points of a block, starting with its third. */
  struct Evaluation
  {
    Evaluation(const ResidualBlock &block, const unsigned int n_components)
      : block(block)
      , n_jets(n_components * block.jet_specification().n_channels())
    {
      for (unsigned int i = 0; i < n_jets * stride; ++i)
        jets.push_back(pseudo_random(30, i));
    }

    Vector
    residuals(const Vector &jets, Vector linearisation = {}) const
    {
      return residuals_and(jets, linearisation);
    }

    Vector
    residuals_and(const Vector &jets, Vector &linearisation) const
    {
      Vector result(block.n_equations() * stride, untouched);
      block.evaluate(
        first, n_points, view(jets), stride, view(result), view(linearisation));
      return result;
    }

    const ResidualBlock &block;
    const unsigned int   n_jets;
    Vector               jets;
  };



  /** At each point, a residual depends on the jets at that point only. */
  inline void
  check_linearisation(const Evaluation &evaluation)
  {
    Vector slopes(evaluation.block.n_equations() * evaluation.n_jets * stride,
                  0.);
    evaluation.residuals_and(evaluation.jets, slopes);

    const auto residuals = [&](const Vector &jets) {
      return evaluation.residuals(jets);
    };
    for (unsigned int k = 0; k < evaluation.n_jets; ++k)
      for (unsigned int q = 0; q < n_points; ++q)
        {
          const auto column =
            jacobian_column(residuals, evaluation.jets, k * stride + q);
          for (unsigned int e = 0; e < evaluation.block.n_equations(); ++e)
            for (unsigned int p = 0; p < n_points; ++p)
              {
                const double slope =
                  p == q ? slopes[(e * evaluation.n_jets + k) * stride + p]
                         : 0.;
                BOOST_TEST(std::abs(column[e * stride + p] - slope) < 1e-9);
              }
        }
  }
} // namespace sobolev::block_checks

#endif
