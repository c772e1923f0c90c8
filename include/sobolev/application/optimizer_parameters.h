// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_optimizer_parameters_h
#define sobolev_application_optimizer_parameters_h

#include <sobolev/training/adagrad.h>
#include <sobolev/training/adam.h>
#include <sobolev/training/dense_quasi_newton.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/optimizer.h>
#include <sobolev/training/random_features.h>
#include <sobolev/training/rmsprop.h>
#include <sobolev/training/soap.h>
#include <sobolev/training/trust_region_newton_cg.h>

#include <deal.II/base/parameter_handler.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Which methods minimise the loss, one after the other, and a section with
   * the entries of each: parts of the section Training.
   */
  class OptimizerParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse_parameters(const bool uses_energy);

    /** The methods by their names. */
    const std::vector<std::string> &methods() const;

    /** The optimizer of an attempt; attempts count from 1. */
    std::unique_ptr<Optimizer> make(const unsigned int attempt) const;

    /** By what the target ratio is multiplied with each attempt. */
    double ratio_factor = 0.5;

  private:
    std::unique_ptr<Optimizer>
    make(const std::string &optimizer, const unsigned int attempt) const;

    std::vector<std::string>   names{"Levenberg-Marquardt"};
    std::vector<unsigned int>  iterations_of_each;
    LevenbergMarquardtOptions  levenberg_marquardt;
    LBFGSOptions               lbfgs;
    DenseQuasiNewtonOptions    self_scaled_broyden, self_scaled_bfgs;
    TrustRegionNewtonCGOptions newton_cg;
    SOAPOptions                soap;
    RandomFeaturesOptions      random_features;
    AdamOptions                adam;
    RMSPropOptions             rmsprop;
    AdaGradOptions             adagrad;
  };
} // namespace sobolev

#endif
