// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/energy_force_pictures.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace sobolev
{
  namespace
  {
    dealii::ArrayView<const double>
    view(const std::vector<double> &values)
    {
      return {values.data(), values.size()};
    }



    // Smallest and largest value of a coordinate.
    std::pair<double, double>
    range_of(const LabelledSamples &samples, const unsigned int coordinate)
    {
      double lower = std::numeric_limits<double>::max(), upper = -lower;
      for (std::size_t i = 0; i < samples.size(); ++i)
        {
          const double x =
            samples.coordinates[i * samples.n_coordinates() + coordinate];
          lower = std::min(lower, x);
          upper = std::max(upper, x);
        }
      return {lower, upper};
    }
  } // namespace



  void
  add_surface_pictures(const EnergyPrediction &prediction,
                       const PotentialEnergy  &potential,
                       const double            offset,
                       const double            largest_energy,
                       const LabelledSamples  &samples,
                       Report                 &report)
  {
    // 1. Values on a grid; nothing where there are no samples.
    FieldImage image;
    image.nx = image.ny          = 161;
    std::tie(image.x0, image.x1) = range_of(samples, 0);
    std::tie(image.y0, image.y1) = range_of(samples, 1);
    std::vector<double> forces(2), exact, surrogate, error;
    for (unsigned int j = 0; j < image.ny; ++j)
      for (unsigned int i = 0; i < image.nx; ++i)
        {
          const std::vector<double> q{
            image.x0 + (image.x1 - image.x0) * i / (image.nx - 1.),
            image.y0 + (image.y1 - image.y0) * j / (image.ny - 1.)};
          const auto   f         = dealii::make_array_view(forces);
          const double E         = potential.energy_and_forces(view(q), f);
          const double u         = prediction(view(q), f) - offset;
          const bool   is_inside = E <= largest_energy;
          const double nothing   = std::numeric_limits<double>::quiet_NaN();
          exact.push_back(is_inside ? E : nothing);
          surrogate.push_back(is_inside ? u : nothing);
          error.push_back(is_inside ? std::abs(u - E) : nothing);
        }

    // 2. Pictures with a common range of colours.
    image.color_min =
      *std::min_element(samples.energies.begin(), samples.energies.end()) -
      offset;
    image.color_max = largest_energy;
    image.title     = "E(x, y), surrogate";
    image.values    = surrogate;
    report.fields.push_back(image);
    image.title  = "E(x, y), exact";
    image.values = exact;
    report.fields.push_back(image);
    image.title       = "E(x, y), |exact - surrogate|";
    image.values      = error;
    image.logarithmic = true;
    image.color_min = image.color_max = 0.;
    report.fields.push_back(image);
  }



  void
  add_breathing_curves(const EnergyPrediction    &prediction,
                       const PotentialEnergy     &potential,
                       const double               offset,
                       const std::vector<double> &minimum,
                       Report                    &report)
  {
    constexpr unsigned int n        = 101;
    constexpr double       smallest = 0.93, largest = 1.1;

    FieldCurve curve;
    curve.title   = "Energy of the cluster, blown up evenly";
    curve.x_label = "length / length at the minimum";
    std::vector<double> forces(minimum.size()), surrogate, exact;
    for (unsigned int i = 0; i < n; ++i)
      {
        const double factor   = smallest + (largest - smallest) * i / (n - 1.);
        std::vector<double> q = minimum;
        for (double &x : q)
          x *= factor;
        const auto f = dealii::make_array_view(forces);
        curve.x.push_back(factor);
        surrogate.push_back(prediction(view(q), f) - offset);
        exact.push_back(potential.energy_and_forces(view(q), f));
      }
    curve.series = {{"surrogate", surrogate}, {"exact", exact}};
    report.curves.push_back(curve);
  }



  void
  add_error_curves(const EnergyPrediction &prediction,
                   const LabelledSamples  &samples,
                   Report                 &report)
  {
    // 1. Predictions, sorted by the energy of the label.
    const unsigned int                     n_q = samples.n_coordinates();
    std::vector<std::pair<double, double>> energies;
    std::vector<double>                    energy_errors, force_errors;
    for (std::size_t i = 0; i < samples.size(); ++i)
      {
        std::vector<double> forces(n_q);
        const double        energy =
          prediction({samples.coordinates.data() + i * n_q, n_q},
                     dealii::make_array_view(forces));
        energies.emplace_back(samples.energies[i], energy);
        energy_errors.push_back(std::abs(energy - samples.energies[i]));
        double largest = 0.;
        for (unsigned int k = 0; k < n_q; ++k)
          largest = std::max(largest,
                             std::abs(forces[k] - samples.forces[i * n_q + k]));
        force_errors.push_back(largest);
      }
    std::sort(energies.begin(), energies.end());
    std::sort(energy_errors.begin(), energy_errors.end());
    std::sort(force_errors.begin(), force_errors.end());

    // 2. Energies around their mean, so that axes can show them.
    double mean = 0.;
    for (const double energy : samples.energies)
      mean += energy / samples.size();
    FieldCurve curve;
    curve.title   = "Energies minus their mean";
    curve.x_label = "label";
    std::vector<double> predicted;
    for (const auto &[label, energy] : energies)
      {
        curve.x.push_back(label - mean);
        predicted.push_back(energy - mean);
      }
    curve.series = {{"surrogate", predicted}, {"label", curve.x}};
    report.curves.push_back(curve);

    // 3. Errors by the part of the samples with smaller ones.
    FieldCurve parts;
    parts.title       = "Errors of the samples, sorted";
    parts.x_label     = "part of the samples";
    parts.logarithmic = true;
    for (std::size_t i = 0; i < samples.size(); ++i)
      parts.x.push_back((i + 1.) / samples.size());
    parts.series = {{"energy", energy_errors},
                    {"largest component of the forces", force_errors}};
    report.curves.push_back(parts);
  }
} // namespace sobolev
