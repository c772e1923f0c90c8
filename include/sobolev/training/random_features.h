// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_random_features_h
#define sobolev_training_random_features_h

#include <sobolev/training/optimizer.h>

#include <cstdint>

namespace sobolev
{
  /** Options of RandomFeatures. */
  struct RandomFeaturesOptions
  {
    /**
     * Draw the weights of the hidden layers anew, normally distributed with
     * this deviation; 0: leave them as they are. With sin as activation, it is
     * the typical frequency of a feature in the scaled inputs.
     */
    double weight_spread = 0.;

    /** The same for the biases, uniformly distributed in [-spread, spread]. */
    double bias_spread = 0.;

    /** Seed of these numbers. */
    std::uint64_t seed = 1;

    /** Singular values below this, relative to the largest, count as zero. */
    double truncation = 1e-14;

    /** A step is halved at most so many times. */
    unsigned int max_halvings = 20;

    /**
     * Stop when the loss is within this part of what the linear model had
     * predicted.
     */
    double tolerance = 1e-6;
  };



  /**
   * Trains the last layer only, the hidden ones stay as they were drawn: a
   * random feature method (Chen, Chi, E and Yang, J. Machine Learning 1, 2022;
   * for equations, Sulc, arXiv:2602.10541).
   *
   * As the unknowns are affine in these parameters, linear laws with linear
   * boundary conditions are one linear least-squares problem: one step of
   * LastLayerEquations. For others, it is repeated as a Gauss-Newton method,
   * which halves a step until the loss decreases. Decreases are sums of
   * $(\rho_i - \rho'_i)(\rho_i + \rho'_i)$.
   *
   * Works best with one wide layer. A step costs one Jacobian, $2 N m^2$
   * operations for $m$ parameters of the last layer, and $O(m^3)$ on the root
   * process. Needs a sum of squares and TrainingProblem::parameter_groups().
   */
  class RandomFeatures : public LeastSquaresOptimizer
  {
  public:
    explicit RandomFeatures(const RandomFeaturesOptions &options = {});

    std::string name() const override;

  private:
    void minimize_squares(const LeastSquaresProblem &problem,
                          std::vector<double>       &theta,
                          TrainingMonitor           &monitor) const override;

    const RandomFeaturesOptions options;
  };
} // namespace sobolev

#endif
