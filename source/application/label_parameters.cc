// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/label_parameters.h>
#include <sobolev/application/selection_of.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

#include <cmath>
#include <numeric>

namespace sobolev
{
  void
  LabelParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Labels");
    prm.add_parameter("scale",
                      scale,
                      "Unit of energies and, per length, of forces in which "
                      "the network works and the loss is measured: a number, "
                      "or 'deviation' for the standard deviation of the "
                      "energies [u].");
    prm.add_parameter("centring",
                      centring,
                      "What is subtracted from the energies first [-].",
                      Selection("none|mean"));
    prm.add_parameter("energy weight",
                      energy_weight,
                      "Weight of the mean over the samples [-].",
                      Double(0.));
    prm.add_parameter("force weight",
                      force_weight,
                      "Weight of the mean over samples and coordinates [-].",
                      Double(0.));
    prm.add_parameter("loss",
                      loss,
                      "What an error contributes: itself, its square, or its "
                      "square if it is small and itself otherwise [-].",
                      selection_of(loss_function_names()));
    prm.add_parameter("threshold",
                      threshold,
                      "Of huber: from which error on, in units of the scale "
                      "[-].",
                      Double(1e-300));
    prm.leave_subsection();
  }



  void
  LabelParameters::parse_parameters()
  {
    AssertInput(scale == "deviation" ||
                  (dealii::Patterns::Double(1e-300).match(scale) &&
                   std::isfinite(dealii::Utilities::string_to_double(scale))),
                "Labels/scale: '" << scale
                                  << "' must be a positive number or "
                                     "'deviation'.");
    AssertInput(energy_weight > 0. || force_weight > 0.,
                "Labels/energy weight: it and 'force weight' are zero, so that "
                "there is nothing to learn; one of them must be positive.");
  }



  LabelScaling
  LabelParameters::make_scaling(const std::vector<double> &energies) const
  {
    const double mean =
      std::accumulate(energies.begin(), energies.end(), 0.) / energies.size();
    LabelScaling scaling;
    if (centring == "mean")
      scaling.shift = mean;
    if (scale != "deviation")
      {
        scaling.scale = dealii::Utilities::string_to_double(scale);
        return scaling;
      }
    double square = 0.;
    for (const double energy : energies)
      square += (energy - mean) * (energy - mean);
    scaling.scale = std::sqrt(square / energies.size());
    AssertInput(scaling.scale > 0.,
                "Labels/scale: all energies are "
                  << mean
                  << " and have no deviation; the entry must be a number.");
    return scaling;
  }



  LossFunction
  LabelParameters::loss_function() const
  {
    return {make_loss_function_kind(loss), threshold};
  }
} // namespace sobolev
