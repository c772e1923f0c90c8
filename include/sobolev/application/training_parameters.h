// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_parameters_h
#define sobolev_application_training_parameters_h

#include <sobolev/sampling/point_rule.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/dense_quasi_newton.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/optimizer.h>
#include <sobolev/training/random_features.h>
#include <sobolev/training/soap.h>
#include <sobolev/training/training_monitor.h>
#include <sobolev/training/trust_region_newton_cg.h>

#include <deal.II/base/parameter_handler.h>

#include <cstdint>
#include <memory>
#include <string>

namespace sobolev
{
  /**
   * The parts of a parameter file that say how a network is trained: sections
   * Sampling, Weights and Training.
   */
  class TrainingParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse_parameters(dealii::ParameterHandler &prm);

    /** Rules for interior and boundary points of the given stream. */
    PointRule
    interior_rule(const std::uint64_t seed, const std::uint64_t stream) const;

    PointRule
    boundary_rule(const std::uint64_t seed, const std::uint64_t stream) const;

    std::unique_ptr<Optimizer> make_optimizer() const;

    /** Whether the energy is minimised, not the residuals. */
    bool
    uses_energy() const
    {
      return objective == "energy";
    }

    /** Weights of the blocks [-]. */
    double interior_weight = 1., dirichlet_weight = 100., flux_weight = 10.;

    MonitorOptions monitor;

    /** File of a surrogate to begin with; empty: random parameters. */
    std::string initial_surrogate;

  private:
    std::string  rule              = "low discrepancy";
    unsigned int interior_points   = 2500;
    unsigned int boundary_points   = 400;
    unsigned int quadrature_points = 4;

    std::string                objective = "residual";
    std::string                optimizer = "Levenberg-Marquardt";
    LevenbergMarquardtOptions  levenberg_marquardt;
    LBFGSOptions               lbfgs;
    DenseQuasiNewtonOptions    self_scaled_broyden, self_scaled_bfgs;
    TrustRegionNewtonCGOptions newton_cg;
    SOAPOptions                soap;
    RandomFeaturesOptions      random_features;
    AdamOptions                adam;
  };
} // namespace sobolev

#endif
