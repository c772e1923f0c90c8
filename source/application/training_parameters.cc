// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_parameters.h>

#include <deal.II/base/patterns.h>

namespace sobolev
{
  void
  TrainingParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Training");
    prm.add_parameter("optimizer",
                      optimizer,
                      "Method [-].",
                      Selection("Levenberg-Marquardt|L-BFGS|Adam"));
    prm.add_parameter("max iterations",
                      monitor.max_iterations,
                      "Iterations, at most [-].",
                      Integer(1));
    prm.add_parameter("max seconds",
                      monitor.max_seconds,
                      "Wall time, at most [s].",
                      Double(0.));
    prm.add_parameter("target loss",
                      monitor.target_loss,
                      "Stop when the loss falls below this [-].",
                      Double(0.));
    prm.add_parameter("patience",
                      monitor.patience,
                      "Stop after so many iterations without a better "
                      "hold-out loss; 0: the method's default [-].",
                      Integer(0));
    prm.add_parameter("hold-out interval",
                      monitor.hold_out_interval,
                      "Iterations between evaluations of the hold-out loss; "
                      "0: the method's default [-].",
                      Integer(0));
    prm.add_parameter("initial surrogate",
                      initial_surrogate,
                      "File of a surrogate with the same network whose "
                      "parameters the training begins with, for instance the "
                      "checkpoint of an interrupted run; empty: random "
                      "parameters [-].");
    prm.add_parameter("checkpoint interval",
                      monitor.checkpoint_interval,
                      "Time between two checkpoints of the best parameters "
                      "[s].",
                      Double(0.));
    prm.add_parameter("progress interval",
                      monitor.progress_interval,
                      "Time between two lines of progress [s].",
                      Double(0.));

    prm.enter_subsection("Levenberg-Marquardt");
    prm.add_parameter("initial damping",
                      levenberg_marquardt.initial_damping,
                      "First damping, relative to the largest diagonal entry "
                      "of the normal matrix [-].",
                      Double(1e-30));
    prm.add_parameter("geodesic acceleration",
                      levenberg_marquardt.acceleration,
                      "Second-order correction of the step [-].");
    prm.add_parameter("acceleration limit",
                      levenberg_marquardt.acceleration_limit,
                      "Largest ratio of correction to step [-].",
                      Double(0.));
    prm.add_parameter("refinement damping",
                      levenberg_marquardt.refinement_damping,
                      "Steps with a damping below this, relative to the "
                      "largest diagonal entry of the normal matrix, are "
                      "refined; 0: never [-].",
                      Double(0.));
    prm.add_parameter("minimal ratio",
                      levenberg_marquardt.minimal_ratio,
                      "Smallest ratio of actual to predicted decrease of an "
                      "accepted step [-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.enter_subsection("L-BFGS");
    prm.add_parameter("storage",
                      lbfgs.storage,
                      "Pairs of vectors that are kept [-].",
                      Integer(1));
    prm.leave_subsection();

    prm.enter_subsection("Adam");
    prm.add_parameter(
      "learning rate", adam.learning_rate, "Step length [-].", Double(1e-300));
    prm.leave_subsection();
    prm.leave_subsection();
  }



  std::unique_ptr<Optimizer>
  TrainingParameters::make_optimizer() const
  {
    if (optimizer == "Levenberg-Marquardt")
      return std::make_unique<LevenbergMarquardt>(levenberg_marquardt);
    if (optimizer == "L-BFGS")
      return std::make_unique<LBFGS>(lbfgs);
    return std::make_unique<Adam>(adam);
  }

} // namespace sobolev
