// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_identified_coefficients_h
#define sobolev_application_identified_coefficients_h

#include <sobolev/application/coefficient_parameters.h>
#include <sobolev/application/json_object.h>
#include <sobolev/application/report.h>
#include <sobolev/network/network.h>
#include <sobolev/objective/local_objective.h>
#include <sobolev/sampling/input_points.h>

#include <deal.II/base/mpi.h>

#include <limits>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * What training has found for an unknown coefficient; NaN for what is not
   * known.
   */
  struct IdentifiedCoefficient
  {
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

    std::string name;

    /** Of a field, its mean. */
    double value = unknown, exact_value = unknown;

    /** In the $L_2$ norm for a field. */
    double relative_error = unknown;

    /** See parameter_deviations(); for numbers only. */
    double standard_deviation = unknown;
  };



  /**
   * The coefficients of a network that was trained. Collective.
   *
   * @param points    Where fields are evaluated, with quadrature weights.
   * @param objective The loss, for standard deviations; null for none. They
   *                  are left out for more than 3000 parameters.
   */
  std::vector<IdentifiedCoefficient>
  identify_coefficients(const CoefficientParameters &parameters,
                        const Network               &network,
                        const std::vector<double>   &theta,
                        const InputPoints           &points,
                        const LocalObjective        *objective,
                        const MPI_Comm               communicator);

  /** Whether the relative errors of all are known and below @p bound. */
  bool
  all_errors_are_below(const std::vector<IdentifiedCoefficient> &coefficients,
                       const double                              bound);

  /** The mean of the relative errors; NaN unless all of them are known. */
  double
  mean_relative_error(const std::vector<IdentifiedCoefficient> &coefficients);

  /** For terminal and report. */
  ReportTable
  make_table(const std::vector<IdentifiedCoefficient> &coefficients);

  /** By name; what is not known is left out. */
  JsonObject to_json(const std::vector<IdentifiedCoefficient> &coefficients);
} // namespace sobolev

#endif
