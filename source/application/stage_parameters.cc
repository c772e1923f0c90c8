// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/selection_of.h>
#include <sobolev/application/stage_parameters.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>

#include <deal.II/base/patterns.h>

#include <numeric>

namespace sobolev
{
  void
  StageParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.add_parameter("stages",
                      number,
                      "Networks that are trained one after the other, each for "
                      "what those before have left; the sum is the surrogate "
                      "[-].",
                      Integer(1, 10));
    prm.enter_subsection("Later stages");
    prm.add_parameter("shares",
                      shares,
                      "Parts of 'max iterations' and 'max seconds' for each "
                      "stage, the first one included; what a stage does not "
                      "need is left to the next. Empty: equal parts [-].",
                      List(Double(0.)));
    prm.add_parameter("hidden layers",
                      hidden_layers,
                      "Neurons of each hidden layer; empty: as in section "
                      "Network [-].",
                      List(Integer(1, 10000), 0, 100));
    prm.add_parameter("activation",
                      activation,
                      "Function of the hidden neurons [-].",
                      selection_of(activation_names()));
    prm.add_parameter("first slope",
                      first_slopes,
                      "Slope of the first hidden layer; of several, the one "
                      "that suits the remaining residual best is taken [-].",
                      List(Double(1e-300), 1));
    prm.add_parameter(
      "slope", slope, "Slope of the other hidden layers [-].", Double(1e-300));
    prm.add_parameter("last layer factor",
                      last_layer_factor,
                      "Factor of the first weights of the last layer: with 1, "
                      "a stage begins with a change of the residual by its own "
                      "size [-].",
                      Double(0.));
    prm.leave_subsection();
  }



  void
  StageParameters::parse_parameters(const bool has_residuals)
  {
    AssertInput(number == 1 || has_residuals,
                "Training/stages: " << number
                                    << " stages need Training/objective = "
                                       "residual; an energy does not tell how "
                                       "much is left.");
    if (shares.empty())
      return;
    AssertInput(shares.size() == number,
                "Training/Later stages/shares: there are "
                  << shares.size() << " numbers for " << number
                  << " stage(s); it takes one for each, or none.");
    for (const double share : shares)
      AssertInput(share > 0.,
                  "Training/Later stages/shares: the part "
                    << share << " of a stage must be positive.");
  }



  double
  StageParameters::end_of(const unsigned int stage) const
  {
    if (stage + 1 >= number)
      return 1.;
    if (shares.empty())
      return (stage + 1.) / number;
    return std::accumulate(shares.begin(), shares.begin() + stage + 1, 0.) /
           std::accumulate(shares.begin(), shares.end(), 0.);
  }



  std::vector<NextStageOptions>
  StageParameters::candidates() const
  {
    std::vector<NextStageOptions> result;
    for (const double first_slope : first_slopes)
      result.push_back({hidden_layers, activation, first_slope, slope});
    return result;
  }
} // namespace sobolev
