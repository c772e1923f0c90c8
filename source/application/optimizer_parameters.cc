// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/optimizer_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/training/optimizer_sequence.h>

#include <deal.II/base/patterns.h>

#include <cmath>

namespace sobolev
{
  namespace
  {
    void
    declare_learning_rate(dealii::ParameterHandler &prm,
                          double                   &learning_rate,
                          LearningRateDecay        &decay)
    {
      using namespace dealii::Patterns;

      prm.add_parameter(
        "learning rate", learning_rate, "Step length [-].", Double(1e-300));
      prm.add_parameter("decay iterations",
                        decay.iterations,
                        "After each of these, the learning rate falls [-].",
                        List(Integer(1)));
      prm.add_parameter("decay factor",
                        decay.factor,
                        "It falls by this factor [-].",
                        Double(0., 1.));
    }



    void
    declare_line_search(dealii::ParameterHandler &prm,
                        WolfeOptions             &search,
                        double                   &first_length)
    {
      using namespace dealii::Patterns;

      prm.add_parameter("sufficient decrease",
                        search.sufficient_decrease,
                        "Part of the linear decrease that a step must bring "
                        "[-].",
                        Double(0., 0.5));
      prm.add_parameter("curvature",
                        search.curvature,
                        "Part of the slope that a step may leave [-].",
                        Double(0., 1.));
      prm.add_parameter("line search evaluations",
                        search.max_evaluations,
                        "Evaluations in a line search, at most [-].",
                        Integer(1));
      prm.add_parameter("first length",
                        first_length,
                        "Length of the first trial step, at most [-].",
                        Double(1e-300));
    }
  } // namespace



  void
  OptimizerParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.add_parameter("optimizer",
                      names,
                      "Method, see doc/optimizers.md, or several of them "
                      "that follow one another [-].",
                      List(Selection("Levenberg-Marquardt|L-BFGS|"
                                     "SelfScaledBroyden|SelfScaledBFGS|"
                                     "TrustRegionNewtonCG|Adam|RMSProp|"
                                     "AdaGrad|SOAP|RandomFeatures"),
                           1));
    prm.add_parameter("iterations of each",
                      iterations_of_each,
                      "Of several methods: the iterations of each, at most; "
                      "the last one has what remains if its number is "
                      "missing [-].",
                      List(Integer(1)));

    prm.enter_subsection("Levenberg-Marquardt");
    prm.add_parameter("initial damping",
                      levenberg_marquardt.initial_damping,
                      "First damping, relative to the largest diagonal entry "
                      "of the normal matrix [-].",
                      Double(1e-30));
    prm.add_parameter("linear algebra",
                      levenberg_marquardt.linear_algebra,
                      "How steps are computed, see DampedLeastSquares; "
                      "automatic changes from gram to orthogonal where "
                      "rounding errors demand it [-].",
                      Selection("automatic|gram|orthogonal|dual|sketched"));
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
    prm.add_parameter("step control",
                      levenberg_marquardt.step_control,
                      "What the ratio of actual to predicted decrease changes: "
                      "the damping, or the length of the step [-].",
                      Selection("damping|radius"));
    prm.add_parameter("candidates",
                      levenberg_marquardt.n_candidates,
                      "With step control radius: steps that are tried at once "
                      "[-].",
                      Integer(1));
    prm.add_parameter("target ratio",
                      levenberg_marquardt.target_ratio,
                      "With step control radius: the longest step is taken "
                      "that reaches this ratio [-].",
                      Double(0., 1.));
    prm.add_parameter("initial radius",
                      levenberg_marquardt.initial_radius,
                      "With step control radius: length of the first step [-].",
                      Double(1e-300));
    prm.add_parameter("smallest radius",
                      levenberg_marquardt.smallest_radius,
                      "With step control radius: stop where steps have to be "
                      "shorter [-].",
                      Double(1e-300));
    prm.add_parameter("largest radius",
                      levenberg_marquardt.largest_radius,
                      "With step control radius: steps are not longer [-].",
                      Double(1e-300));
    prm.leave_subsection();

    prm.enter_subsection("L-BFGS");
    prm.add_parameter("storage",
                      lbfgs.storage,
                      "Pairs of vectors that are kept [-].",
                      Integer(1));
    declare_line_search(prm, lbfgs.line_search, lbfgs.first_length);
    prm.leave_subsection();

    for (const std::string name : {"SelfScaledBroyden", "SelfScaledBFGS"})
      {
        prm.enter_subsection(name);
        auto &options =
          name == "SelfScaledBFGS" ? self_scaled_bfgs : self_scaled_broyden;
        declare_line_search(prm, options.line_search, options.first_length);
        prm.leave_subsection();
      }

    prm.enter_subsection("Adam");
    declare_learning_rate(prm, adam.learning_rate, adam.decay);
    prm.leave_subsection();

    prm.enter_subsection("RMSProp");
    declare_learning_rate(prm, rmsprop.learning_rate, rmsprop.decay);
    prm.add_parameter("memory",
                      rmsprop.memory,
                      "Memory of the squares of the gradients [-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.enter_subsection("AdaGrad");
    declare_learning_rate(prm, adagrad.learning_rate, adagrad.decay);
    prm.leave_subsection();

    prm.enter_subsection("TrustRegionNewtonCG");
    prm.add_parameter("cg iterations",
                      newton_cg.max_cg_iterations,
                      "Products with the Hessian per step, at most [-].",
                      Integer(1));
    prm.add_parameter("cg tolerance",
                      newton_cg.cg_tolerance,
                      "Linear systems are solved up to this part of the "
                      "gradient [-].",
                      Double(0., 1.));
    prm.add_parameter("initial radius",
                      newton_cg.initial_radius,
                      "Length of the first step, at most [-].",
                      Double(1e-300));
    prm.leave_subsection();

    prm.enter_subsection("SOAP");
    prm.add_parameter(
      "learning rate", soap.learning_rate, "Step length [-].", Double(1e-300));
    prm.add_parameter("beta 1",
                      soap.beta_1,
                      "Memory of the gradients [-].",
                      Double(0., 1. - 1e-10));
    prm.add_parameter("beta 2",
                      soap.beta_2,
                      "Memory of the squares and of the bases [-].",
                      Double(0., 1. - 1e-10));
    prm.add_parameter("refresh interval",
                      soap.refresh_interval,
                      "Steps between two refreshments of the bases [-].",
                      Integer(1));
    prm.add_parameter("max dimension",
                      soap.max_dimension,
                      "Longer sides of matrices are not rotated [-].",
                      Integer(1));
    prm.add_parameter("warm-up steps",
                      soap.warm_up_steps,
                      "Steps over which the learning rate grows [-].",
                      Integer(0));
    prm.add_parameter("decay steps",
                      soap.decay_steps,
                      "Steps over which the learning rate falls by the decay "
                      "rate; 0 for no decay [-].",
                      Integer(0));
    prm.add_parameter("decay rate",
                      soap.decay_rate,
                      "Factor of the learning rate in so many steps [-].",
                      Double(0., 1.));
    prm.leave_subsection();

    prm.enter_subsection("RandomFeatures");
    prm.add_parameter("weight spread",
                      random_features.weight_spread,
                      "Deviation of the hidden weights, drawn anew; 0: those "
                      "of the network [-].",
                      Double(0.));
    prm.add_parameter("bias spread",
                      random_features.bias_spread,
                      "Largest hidden bias, drawn anew; 0: those of the "
                      "network [-].",
                      Double(0.));
    prm.add_parameter(
      "seed", random_features.seed, "Seed of these numbers [-].");
    prm.add_parameter("truncation",
                      random_features.truncation,
                      "Singular values below this part of the largest one "
                      "count as zero [-].",
                      Double(0., 1.));
    prm.leave_subsection();
  }



  void
  OptimizerParameters::parse_parameters(const bool uses_energy)
  {
    for (const std::string &optimizer : names)
      AssertInput(
        !uses_energy ||
          (optimizer != "Levenberg-Marquardt" && optimizer != "RandomFeatures"),
        "Training/optimizer: '"
          << optimizer
          << "' needs a sum of squares, which an energy is not; allowed "
             "are 'L-BFGS', 'SelfScaledBroyden', 'SelfScaledBFGS', "
             "'TrustRegionNewtonCG', 'Adam', 'RMSProp', 'AdaGrad' and 'SOAP'.");
    AssertInput(iterations_of_each.size() == names.size() ||
                  iterations_of_each.size() + 1 == names.size(),
                "Training/iterations of each: there are "
                  << iterations_of_each.size() << " numbers for "
                  << names.size()
                  << " optimizers; it takes one for each, or for each but the "
                     "last.");
    AssertInput(levenberg_marquardt.smallest_radius <=
                    levenberg_marquardt.initial_radius &&
                  levenberg_marquardt.initial_radius <=
                    levenberg_marquardt.largest_radius,
                "Training/Levenberg-Marquardt/initial radius is "
                  << levenberg_marquardt.initial_radius
                  << "; it must lie between 'smallest radius', "
                  << levenberg_marquardt.smallest_radius
                  << ", and 'largest radius', "
                  << levenberg_marquardt.largest_radius << ".");
    for (const auto *search : {&lbfgs.line_search,
                               &self_scaled_broyden.line_search,
                               &self_scaled_bfgs.line_search})
      AssertInput(search->sufficient_decrease < search->curvature,
                  "Training: the entry 'curvature' of a line search is "
                    << search->curvature
                    << "; it must be larger than 'sufficient decrease', "
                    << search->sufficient_decrease << ".");
  }



  const std::vector<std::string> &
  OptimizerParameters::methods() const
  {
    return names;
  }



  std::unique_ptr<Optimizer>
  OptimizerParameters::make(const std::string &optimizer,
                            const unsigned int attempt) const
  {
    if (optimizer == "Levenberg-Marquardt")
      {
        auto options = levenberg_marquardt;
        options.target_ratio *= std::pow(ratio_factor, attempt - 1.);
        return std::make_unique<LevenbergMarquardt>(options);
      }
    if (optimizer == "L-BFGS")
      return std::make_unique<LBFGS>(lbfgs);
    if (optimizer == "SelfScaledBroyden" || optimizer == "SelfScaledBFGS")
      {
        const bool is_bfgs = optimizer == "SelfScaledBFGS";
        auto       options = is_bfgs ? self_scaled_bfgs : self_scaled_broyden;
        options.formula    = is_bfgs
                               ? DenseInverseHessian::Formula::self_scaled_bfgs
                               : DenseInverseHessian::Formula::self_scaled_broyden;
        return std::make_unique<DenseQuasiNewton>(options);
      }
    if (optimizer == "TrustRegionNewtonCG")
      return std::make_unique<TrustRegionNewtonCG>(newton_cg);
    if (optimizer == "SOAP")
      return std::make_unique<SOAP>(soap);
    if (optimizer == "RandomFeatures")
      {
        auto options = random_features;
        options.seed += attempt - 1;
        return std::make_unique<RandomFeatures>(options);
      }
    if (optimizer == "RMSProp")
      return std::make_unique<RMSProp>(rmsprop);
    if (optimizer == "AdaGrad")
      return std::make_unique<AdaGrad>(adagrad);
    return std::make_unique<Adam>(adam);
  }



  std::unique_ptr<Optimizer>
  OptimizerParameters::make(const unsigned int attempt) const
  {
    if (names.size() == 1 && iterations_of_each.empty())
      return make(names[0], attempt);

    std::vector<OptimizerSequence::Stage> stages;
    for (unsigned int i = 0; i < names.size(); ++i)
      stages.push_back(
        {make(names[i], attempt),
         i < iterations_of_each.size() ? iterations_of_each[i] : 0});
    return std::make_unique<OptimizerSequence>(std::move(stages));
  }
} // namespace sobolev
