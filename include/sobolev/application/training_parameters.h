// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_parameters_h
#define sobolev_application_training_parameters_h

#include <sobolev/training/adam.h>
#include <sobolev/training/lbfgs.h>
#include <sobolev/training/levenberg_marquardt.h>
#include <sobolev/training/optimizer.h>
#include <sobolev/training/training_monitor.h>

#include <deal.II/base/parameter_handler.h>

#include <memory>
#include <string>

namespace sobolev
{
  /** The section Training of a parameter file: how the loss is minimised. */
  class TrainingParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    std::unique_ptr<Optimizer> make_optimizer() const;

    MonitorOptions monitor;

    /** File of a surrogate to begin with; empty: random parameters. */
    std::string initial_surrogate;

  private:
    std::string               optimizer = "Levenberg-Marquardt";
    LevenbergMarquardtOptions levenberg_marquardt;
    LBFGSOptions              lbfgs;
    AdamOptions               adam;
  };
} // namespace sobolev

#endif
