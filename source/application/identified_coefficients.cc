// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/box_comparison.h>
#include <sobolev/application/identified_coefficients.h>
#include <sobolev/training/least_squares_problem.h>
#include <sobolev/training/parameter_deviations.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // What a deviation may cost: about one step of Levenberg-Marquardt.
    constexpr unsigned int max_parameters_for_deviations = 3000;



    std::string
    to_text(const double value, const unsigned int precision)
    {
      if (!std::isfinite(value))
        return "-";
      std::ostringstream text;
      text << std::setprecision(precision) << value;
      return text.str();
    }



    void
    add_deviations(const Network                      &network,
                   const std::vector<double>          &theta,
                   const LocalObjective               &objective,
                   const MPI_Comm                      communicator,
                   std::vector<IdentifiedCoefficient> &coefficients)
    {
      std::vector<unsigned int> which, parameters;
      for (unsigned int k = 0; k < coefficients.size(); ++k)
        if (!network.architecture().coefficients[k].field)
          {
            which.push_back(k);
            parameters.push_back(network.layout().coefficients()[k].first);
          }
      if (which.empty())
        return;
      const LeastSquaresProblem problem(&objective, nullptr, communicator);
      const auto deviations = parameter_deviations(problem, theta, parameters);
      for (unsigned int i = 0; i < which.size(); ++i)
        {
          const auto &map = network.architecture().coefficients[which[i]].map;
          coefficients[which[i]].standard_deviation =
            std::abs(map.derivative(theta[parameters[i]])) * deviations[i];
        }
    }
  } // namespace



  std::vector<IdentifiedCoefficient>
  identify_coefficients(const CoefficientParameters &parameters,
                        const Network               &network,
                        const std::vector<double>   &theta,
                        const InputPoints           &points,
                        const LocalObjective        *objective,
                        const MPI_Comm               communicator)
  {
    const unsigned int n_unknowns = network.architecture().n_layer_outputs();
    const auto         values     = evaluate_outputs(network, theta, points);

    std::vector<IdentifiedCoefficient> result;
    for (unsigned int k = 0; k < parameters.names().size(); ++k)
      {
        // Integrals of 1, c, c*, c*^2, (c - c*)^2.
        std::vector<double> sums(5, 0.);
        for (std::size_t p = 0; p < points.size(); ++p)
          {
            const double c       = values[n_unknowns + k][p];
            const double exact   = parameters.has_exact_values()
                                     ? parameters.exact_value(points.point(p), k)
                                     : 0.;
            const double terms[] = {
              1., c, exact, exact * exact, (c - exact) * (c - exact)};
            for (unsigned int i = 0; i < sums.size(); ++i)
              sums[i] += points.weights[p] * terms[i];
          }
        dealii::Utilities::MPI::sum(sums, communicator, sums);

        IdentifiedCoefficient coefficient;
        coefficient.name  = parameters.names()[k];
        coefficient.value = sums[1] / sums[0];
        if (parameters.has_exact_values())
          {
            coefficient.exact_value    = sums[2] / sums[0];
            coefficient.relative_error = std::sqrt(sums[4] / sums[3]);
          }
        result.push_back(coefficient);
      }

    if (objective != nullptr &&
        network.n_parameters() <= max_parameters_for_deviations)
      add_deviations(network, theta, *objective, communicator, result);
    return result;
  }



  bool
  all_errors_are_below(const std::vector<IdentifiedCoefficient> &coefficients,
                       const double                              bound)
  {
    return std::all_of(coefficients.begin(),
                       coefficients.end(),
                       [&](const IdentifiedCoefficient &coefficient) {
                         return coefficient.relative_error < bound;
                       });
  }



  double
  mean_relative_error(const std::vector<IdentifiedCoefficient> &coefficients)
  {
    double sum = 0.;
    for (const auto &coefficient : coefficients)
      sum += coefficient.relative_error;
    return sum / coefficients.size();
  }



  ReportTable
  make_table(const std::vector<IdentifiedCoefficient> &coefficients)
  {
    ReportTable table{
      "Identified coefficients",
      {"coefficient", "value", "exact value", "rel. error", "std. deviation"},
      {},
      "The value of a field is its mean, its error that in the "
      "L2 norm. The standard deviation is what random errors "
      "of the data cause."};
    for (const auto &coefficient : coefficients)
      table.rows.push_back({coefficient.name,
                            to_text(coefficient.value, 7),
                            to_text(coefficient.exact_value, 7),
                            to_text(coefficient.relative_error, 3),
                            to_text(coefficient.standard_deviation, 3)});
    return table;
  }



  JsonObject
  to_json(const std::vector<IdentifiedCoefficient> &coefficients)
  {
    JsonObject all;
    for (const auto &coefficient : coefficients)
      {
        JsonObject one;
        one.set("value", coefficient.value);
        if (std::isfinite(coefficient.exact_value))
          {
            one.set("exact_value", coefficient.exact_value);
            one.set("relative_error", coefficient.relative_error);
          }
        if (std::isfinite(coefficient.standard_deviation))
          one.set("standard_deviation", coefficient.standard_deviation);
        all.set(coefficient.name, one);
      }
    return all;
  }
} // namespace sobolev
