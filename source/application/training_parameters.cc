// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/training_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>
#include <sobolev/network/corner_function.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

namespace sobolev
{
  namespace
  {
    using namespace dealii::Patterns;



    // Both parts of the singular function of each corner 'x, y, angle, angle'.
    std::vector<std::shared_ptr<const InputFunction>>
    make_corner_features(const std::string &text)
    {
      constexpr double degree = dealii::numbers::PI / 180.;

      std::vector<std::shared_ptr<const InputFunction>> features;
      if (dealii::Utilities::trim(text).empty())
        return features;
      for (const std::string &corner :
           dealii::Utilities::split_string_list(text, ';'))
        {
          AssertInput(List(Double(), 4, 4).match(corner),
                      "Network/corner features: '"
                        << corner
                        << "' must be four numbers 'x, y, first angle, "
                           "interior angle', with angles in degrees.");
          const auto v = dealii::Utilities::string_to_double(
            dealii::Utilities::split_string_list(corner, ','));
          for (const auto part :
               {CornerFunction::Part::sine, CornerFunction::Part::cosine})
            features.push_back(std::make_shared<CornerFunction>(
              part, v[0], v[1], v[2] * degree, v[3] * degree));
        }
      return features;
    }



    std::string
    joined_activation_names()
    {
      std::string names;
      for (const std::string &name : activation_names())
        names += (names.empty() ? "" : "|") + name;
      return names;
    }
  } // namespace



  void
  TrainingParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Network");
    prm.add_parameter("hidden layers",
                      hidden_layers,
                      "Neurons of each hidden layer [-].",
                      List(Integer(1, 10000), 1, 100));
    prm.add_parameter("activation",
                      activation,
                      "Function of the hidden neurons [-].",
                      Selection(joined_activation_names()));
    prm.add_parameter("corner features",
                      corner_features,
                      "Corners 'x, y, first angle, interior angle; ...' of a "
                      "plane domain (angles in degrees, counterclockwise from "
                      "the x axis) whose singular functions become inputs "
                      "[x, x, degrees, degrees].");
    prm.add_parameter("output scale",
                      output_scale,
                      "Factor behind the last layer, about the size of the "
                      "solution [u].",
                      Double(1e-300));
    prm.leave_subsection();

    prm.enter_subsection("Sampling");
    prm.add_parameter("rule",
                      rule,
                      "How collocation points are placed in the cells [-].",
                      Selection("low discrepancy|quadrature"));
    prm.add_parameter("interior points",
                      interior_points,
                      "Collocation points in the domain, for low discrepancy "
                      "[-].",
                      Integer(1));
    prm.add_parameter("boundary points",
                      boundary_points,
                      "Collocation points on the whole boundary, for low "
                      "discrepancy [-].",
                      Integer(1));
    prm.add_parameter("quadrature points",
                      quadrature_points,
                      "Gauss points per direction of a cell, for quadrature "
                      "[-].",
                      Integer(1, 100));
    prm.leave_subsection();

    prm.enter_subsection("Weights");
    prm.add_parameter("interior",
                      interior_weight,
                      "Weight of the strong residual in the loss [-].",
                      Double(0.));
    prm.add_parameter("dirichlet",
                      dirichlet_weight,
                      "Weight of Dirichlet conditions [-].",
                      Double(0.));
    prm.add_parameter("flux",
                      flux_weight,
                      "Weight of Neumann and Robin conditions [-].",
                      Double(0.));
    prm.leave_subsection();

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



  void
  TrainingParameters::parse_parameters(dealii::ParameterHandler &)
  {
    make_corner_features(corner_features);
    AssertInput(interior_weight > 0.,
                "Weights/interior: the value 0 leaves nothing of the law; it "
                "must be positive.");
  }



  template <int dim>
  Architecture
  TrainingParameters::make_architecture(const dealii::BoundingBox<dim> &box,
                                        const unsigned int n_components) const
  {
    Architecture architecture;
    for (unsigned int d = 0; d < dim; ++d)
      {
        architecture.lower.push_back(box.lower_bound(d));
        architecture.upper.push_back(box.upper_bound(d));
      }
    architecture.features = make_corner_features(corner_features);
    AssertInput(dim == 2 || architecture.features.empty(),
                "Network/corner features: '"
                  << corner_features << "' is for plane domains; in " << dim
                  << "D the entry must be empty.");
    architecture.hidden_widths = hidden_layers;
    architecture.activation    = activation;
    architecture.output_scale.assign(n_components, output_scale);
    architecture.output_shift.assign(n_components, 0.);
    return architecture;
  }



  PointRule
  TrainingParameters::interior_rule(const std::uint64_t seed,
                                    const std::uint64_t stream) const
  {
    PointRule result;
    result.kind = rule == "quadrature" ? PointRule::Kind::quadrature
                                       : PointRule::Kind::low_discrepancy;
    result.n_quadrature_points = quadrature_points;
    result.n_points            = interior_points;
    result.seed                = seed;
    result.stream              = stream;
    // Gauss points do not depend on the stream: judge with another formula.
    if (stream == PointRule::hold_out_stream)
      result.n_quadrature_points += 1;
    return result;
  }



  PointRule
  TrainingParameters::boundary_rule(const std::uint64_t seed,
                                    const std::uint64_t stream) const
  {
    PointRule result = interior_rule(seed, stream);
    result.n_points  = boundary_points;
    return result;
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



  template Architecture
  TrainingParameters::make_architecture<1>(const dealii::BoundingBox<1> &,
                                           const unsigned int) const;
  template Architecture
  TrainingParameters::make_architecture<2>(const dealii::BoundingBox<2> &,
                                           const unsigned int) const;
  template Architecture
  TrainingParameters::make_architecture<3>(const dealii::BoundingBox<3> &,
                                           const unsigned int) const;
} // namespace sobolev
